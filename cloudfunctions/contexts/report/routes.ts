import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { reportContract, targetsContract } from './contract'
import type { ReportPorts } from './ports'
import {
  countQueue,
  listMyReports,
  listNearbyReports,
  listQueue,
  listRecentReports,
  listTargets,
  viewReport,
} from './use-cases/list-reports'

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
