import { accountRoutes } from '../../contexts/account/routes'
import { categoryRoutes } from '../../contexts/category/routes'
import { figuresRoutes } from '../../contexts/figures/routes'
import { gridRoutes } from '../../contexts/grid/routes'
import { noticeRoutes } from '../../contexts/notice/routes'
import { organisationRoutes } from '../../contexts/organisation/routes'
import { ticketRoutes } from '../../contexts/photo/routes'
import { redFaceRoutes } from '../../contexts/red-face/routes'
import { readingRoutes } from '../../contexts/report/routes'
import { routingRoutes } from '../../contexts/routing/routes'
import { ruleBookRoutes } from '../../contexts/rule-book/routes'
import { type Action, contract } from '../../contract/contract'
import {
  actOnReport,
  revealPhone,
  type SteppingAction,
  supportReport,
  takeUpReport,
} from '../../use-cases/act-on-report'
import type { Ports } from '../../use-cases/ports'
import { declareMatter, submitReport } from '../../use-cases/submit-report'
import type { Routes } from '../serve-calls'

export type ApiAction = Exclude<Action, 'photo.admit'>

/** Every command but these is one step on a report, decided by the same use case. */
const ownUseCase = [
  'report.submit',
  'report.support',
  'report.takeUp',
  'report.revealPhone',
  'redFace.declareNew',
]
const stepRoutes = (act: ReturnType<typeof actOnReport>) =>
  Object.fromEntries(
    (Object.keys(contract) as Action[])
      .filter((action) => contract[action].kind === 'command' && !ownUseCase.includes(action))
      .map((action) => [
        action,
        (session: never, input: never) => act(session, action as SteppingAction, input),
      ]),
  ) as unknown as Pick<Routes<ApiAction>, Exclude<SteppingAction, 'report.revealPhone'>>

/** What each action does, over whatever provides the ports. */
export const apiRoutes = (ports: Ports): Routes<ApiAction> => ({
  ...accountRoutes(ports),
  ...categoryRoutes(ports),
  ...ruleBookRoutes(ports),
  ...routingRoutes(ports),
  ...gridRoutes(ports),
  ...organisationRoutes(ports),
  ...figuresRoutes(ports),
  ...noticeRoutes(ports),
  ...ticketRoutes(ports),
  ...readingRoutes(ports),
  ...redFaceRoutes(ports),
  ...stepRoutes(actOnReport(ports)),
  'report.submit': submitReport(ports),
  'report.support': supportReport(ports),
  'report.takeUp': takeUpReport(ports),
  'report.revealPhone': revealPhone(ports),
  'redFace.declareNew': declareMatter(ports),
})
