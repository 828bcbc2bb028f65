import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { accountContract } from './contract'
import type { AccountPorts } from './ports'
import { describeCaller } from './use-cases/describe-caller'

export const accountRoom = (ports: AccountPorts): Room<typeof accountContract, Session> => ({
  contract: accountContract,
  routes: {
    'me.get': describeCaller(ports),
  },
})
