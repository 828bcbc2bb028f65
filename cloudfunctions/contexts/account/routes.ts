import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { accountContract } from './contract'
import type { AccountPorts } from './ports'
import { describeCaller } from './use-cases/describe-caller'

export const accountRoutes = (ports: AccountPorts): RoutesOf<typeof accountContract, Session> => ({
  'me.get': describeCaller(ports),
})
