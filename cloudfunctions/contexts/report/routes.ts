import { byName } from '../../ground/by-name'
import type { Room, RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { reportContract, targetsContract } from './contract'
import type { ReportPorts } from './ports'
import { seenSteps } from './steps/registry'
import { actOnReport, revealPhoneOf, supportReport, takeUpReport } from './use-cases/act-on-report'
import { declareMatter } from './use-cases/declare-matter'
import { listFiledHere } from './use-cases/list-filed-here'
import { listMyReports } from './use-cases/list-my-reports'
import { listNearbyReports } from './use-cases/list-nearby-reports'
import { listOlderLines } from './use-cases/list-older-lines'
import { countQueue, listQueue } from './use-cases/list-queue'
import { listRecentReports } from './use-cases/list-recent-reports'
import { listTargets } from './use-cases/list-targets'
import { matterOfReceipt } from './use-cases/matter-of-receipt'
import { reprintReceipt } from './use-cases/reprint-receipt'
import { submitOnBehalf } from './use-cases/submit-on-behalf'
import { submitReport } from './use-cases/submit-report'
import { viewReport } from './use-cases/view-report'

const reportRoutes = (
  ports: ReportPorts,
): RoutesOf<typeof reportContract & typeof targetsContract, Session> => {
  const act = actOnReport(ports)

  return {
    ...byName(seenSteps.map((step) => [step.call, act(step)])),
    'report.submit': submitReport(ports),
    'report.submitOnBehalf': submitOnBehalf(ports),
    'report.filedHere': listFiledHere(ports),
    'report.ofReceipt': matterOfReceipt,
    'report.reprint': reprintReceipt(ports),
    'report.support': supportReport(ports),
    'report.takeUp': takeUpReport(ports),
    'redFace.declareNew': declareMatter(ports),
    'report.revealPhone': revealPhoneOf(ports),
    'report.mine': listMyReports(ports),
    'report.get': viewReport(ports),
    'report.olderLines': listOlderLines(ports),
    'report.recent': listRecentReports(ports),
    'report.nearby': listNearbyReports(ports),
    'queue.list': listQueue(ports),
    'queue.counts': countQueue(ports),
    'unit.targets': listTargets(ports),
  }
}

/** What may be done by a receipt, in its own matter: whatever its reporter may. */
const receiptCalls: ReadonlySet<string> = new Set([
  'report.ofReceipt',
  'report.get',
  'report.olderLines',
  ...seenSteps
    .filter(({ grants }) => grants.some(({ relation }) => relation === 'reporter'))
    .map(({ call }) => call),
])

export const reportRoom = (
  ports: ReportPorts,
): Room<typeof reportContract & typeof targetsContract, Session> => ({
  contract: { ...reportContract, ...targetsContract },
  routes: reportRoutes(ports),
  isForReceipts: (action) => receiptCalls.has(action),
})
