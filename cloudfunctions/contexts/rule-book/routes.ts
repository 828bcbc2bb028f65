import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { ruleBookContract } from './contract'
import type { RuleBookPorts } from './ports'
import { readRules } from './use-cases/read-rules'

export const ruleBookRoutes = (ports: RuleBookPorts): RoutesOf<typeof ruleBookContract, Session> => ({
  'rules.get': readRules(ports),
})
