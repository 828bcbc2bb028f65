import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { pageContract } from './contract'
import type { PagePorts } from './ports'
import { openPage } from './use-cases/open-page'

export const pageRoom = (ports: PagePorts): Room<typeof pageContract, Session> => ({
  contract: pageContract,
  routes: {
    'page.open': openPage(ports),
  },
})
