import type { RoutesOf } from '../../terms/action'
import type { organisationContract } from './contract'
import type { OrganisationPorts } from './ports'
import type { Session } from './rules/session'
import { listChildren } from './use-cases/list-children'

export const organisationRoutes = (
  ports: OrganisationPorts,
): RoutesOf<typeof organisationContract, Session> => ({
  'unit.children': listChildren(ports),
})
