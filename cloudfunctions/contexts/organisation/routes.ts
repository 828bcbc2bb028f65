import type { Room } from '../../terms/action'
import { organisationContract } from './contract'
import type { OrganisationPorts } from './ports'
import type { Session } from './rules/session'
import { listChildren } from './use-cases/list-children'

export const organisationRoom = (ports: OrganisationPorts): Room<typeof organisationContract, Session> => ({
  contract: organisationContract,
  routes: {
    'unit.children': listChildren(ports),
  },
})
