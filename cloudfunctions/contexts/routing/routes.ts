import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { routingContract } from './contract'
import type { RoutingPorts } from './ports'
import { previewPlace } from './use-cases/preview-place'

export const routingRoutes = (ports: RoutingPorts): RoutesOf<typeof routingContract, Session> => ({
  'place.preview': previewPlace(ports),
})
