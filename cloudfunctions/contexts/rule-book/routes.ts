import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { ruleBookContract } from './contract'
import type { RuleBookPorts } from './ports'
import { readRules } from './use-cases/read-rules'

export const ruleBookRoom = (ports: RuleBookPorts): Room<typeof ruleBookContract, Session> => ({
  contract: ruleBookContract,
  routes: {
    'rules.get': readRules(ports),
  },
})
