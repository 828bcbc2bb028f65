import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { reportContract, targetsContract } from './contract'
import type { ReportPorts } from './ports'
import { listMyReports } from './use-cases/list-my-reports'
import { listNearbyReports } from './use-cases/list-nearby-reports'
import { countQueue, listQueue } from './use-cases/list-queue'
import { listRecentReports } from './use-cases/list-recent-reports'
import { listTargets } from './use-cases/list-targets'
import { viewReport } from './use-cases/view-report'

type Reading =
  | 'report.mine'
  | 'report.get'
  | 'report.recent'
  | 'report.nearby'
  | 'queue.list'
  | 'queue.counts'

/** What is asked of reports. */
export const readingRoutes = (
  ports: ReportPorts,
): Pick<RoutesOf<typeof reportContract, Session>, Reading> & RoutesOf<typeof targetsContract, Session> => ({
  'report.mine': listMyReports(ports),
  'report.get': viewReport(ports),
  'report.recent': listRecentReports(ports),
  'report.nearby': listNearbyReports(ports),
  'queue.list': listQueue(ports),
  'queue.counts': countQueue(ports),
  'unit.targets': listTargets(ports),
})
