import type { Room, RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { type ParsedInputOf, reportContract, targetsContract } from './contract'
import type { ReportPorts } from './ports'
import {
  actOnReport,
  revealPhone,
  type SteppingAction,
  supportReport,
  takeUpReport,
} from './use-cases/act-on-report'
import { listMyReports } from './use-cases/list-my-reports'
import { listNearbyReports } from './use-cases/list-nearby-reports'
import { countQueue, listQueue } from './use-cases/list-queue'
import { listRecentReports } from './use-cases/list-recent-reports'
import { listTargets } from './use-cases/list-targets'
import { declareMatter, submitReport } from './use-cases/submit-report'
import { viewReport } from './use-cases/view-report'

const reportRoutes = (
  ports: ReportPorts,
): RoutesOf<typeof reportContract & typeof targetsContract, Session> => {
  const act = actOnReport(ports)
  const step =
    <A extends SteppingAction>(action: A) =>
    (session: Session, input: ParsedInputOf<A>) =>
      act(session, action, input)

  return {
    'report.submit': submitReport(ports),
    'report.withdraw': step('report.withdraw'),
    'report.support': supportReport(ports),
    'report.takeUp': takeUpReport(ports),
    'report.rate': step('report.rate'),
    'report.reopen': step('report.reopen'),
    'report.appeal': step('report.appeal'),
    'report.appealLook': step('report.appealLook'),
    'report.sayToAppeal': step('report.sayToAppeal'),
    'report.appealStruck': step('report.appealStruck'),
    'report.add': step('report.add'),
    'report.urge': step('report.urge'),
    'report.answer': step('report.answer'),
    'report.openMessage': step('report.openMessage'),
    'report.denyContact': step('report.denyContact'),
    'report.agree': step('report.agree'),
    'report.sayReasonGone': step('report.sayReasonGone'),
    'report.unmerge': step('report.unmerge'),
    'redFace.answer': step('redFace.answer'),
    'report.accept': step('report.accept'),
    'report.contact': step('report.contact'),
    'report.ask': step('report.ask'),
    'report.recall': step('report.recall'),
    'report.note': step('report.note'),
    'report.layPlan': step('report.layPlan'),
    'report.reclassify': step('report.reclassify'),
    'report.relocate': step('report.relocate'),
    'report.correctSummary': step('report.correctSummary'),
    'report.layEvidence': step('report.layEvidence'),
    'report.askLook': step('report.askLook'),
    'report.reassign': step('report.reassign'),
    'report.supervise': step('report.supervise'),
    'report.look': step('report.look'),
    'report.return': step('report.return'),
    'report.transfer': step('report.transfer'),
    'report.takeOver': step('report.takeOver'),
    'report.route': step('report.route'),
    'report.dispatch': step('report.dispatch'),
    'report.sendBack': step('report.sendBack'),
    'report.progress': step('report.progress'),
    'report.claimFixed': step('report.claimFixed'),
    'report.check': step('report.check'),
    'report.rework': step('report.rework'),
    'report.resolve': step('report.resolve'),
    'report.merge': step('report.merge'),
    'report.decline': step('report.decline'),
    'report.suspend': step('report.suspend'),
    'report.extend': step('report.extend'),
    'report.resume': step('report.resume'),
    'report.ruleOn': step('report.ruleOn'),
    'redFace.declare': step('redFace.declare'),
    'redFace.appeal': step('redFace.appeal'),
    'redFace.declareNew': declareMatter(ports),
    'report.revealPhone': revealPhone(ports),
    'report.mine': listMyReports(ports),
    'report.get': viewReport(ports),
    'report.recent': listRecentReports(ports),
    'report.nearby': listNearbyReports(ports),
    'queue.list': listQueue(ports),
    'queue.counts': countQueue(ports),
    'unit.targets': listTargets(ports),
  }
}

export const reportRoom = (
  ports: ReportPorts,
): Room<typeof reportContract & typeof targetsContract, Session> => ({
  contract: { ...reportContract, ...targetsContract },
  routes: reportRoutes(ports),
})
