import { accountRoutes } from '../../contexts/account/routes'
import { categoryRoutes } from '../../contexts/category/routes'
import { figuresRoutes } from '../../contexts/figures/routes'
import { gridRoutes } from '../../contexts/grid/routes'
import { noticeRoutes } from '../../contexts/notice/routes'
import { organisationRoutes } from '../../contexts/organisation/routes'
import { ticketRoutes } from '../../contexts/photo/routes'
import { redFaceProjectors } from '../../contexts/red-face/projectors'
import { redFaceRoutes } from '../../contexts/red-face/routes'
import { reportRoutes } from '../../contexts/report/routes'
import { messageText } from '../../contexts/report/words'
import { routingRoutes } from '../../contexts/routing/routes'
import { ruleBookRoutes } from '../../contexts/rule-book/routes'
import type { Action } from '../../contract/contract'
import type { Ports } from '../ports'
import type { Routes } from '../serve-calls'

export type ApiAction = Exclude<Action, 'photo.admit'>

/** What each action does, over whatever provides the ports. */
export const apiRoutes = (ports: Ports): Routes<ApiAction> => ({
  ...accountRoutes(ports),
  ...categoryRoutes(ports),
  ...figuresRoutes(ports),
  ...gridRoutes(ports),
  ...noticeRoutes({ ...ports, messageText }),
  ...organisationRoutes(ports),
  ...redFaceRoutes(ports),
  ...reportRoutes({ ...ports, projectors: redFaceProjectors(ports) }),
  ...routingRoutes(ports),
  ...ruleBookRoutes(ports),
  ...ticketRoutes(ports),
})
