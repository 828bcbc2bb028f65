import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { routingContract } from './contract'
import type { RoutingPorts } from './ports'
import { previewPlace } from './use-cases/preview-place'

export const routingRoom = (ports: RoutingPorts): Room<typeof routingContract, Session> => ({
  contract: routingContract,
  routes: {
    'place.preview': previewPlace(ports),
  },
})
