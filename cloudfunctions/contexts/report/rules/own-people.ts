import { type Refusal, type RefusalCode, refusal } from '../../../ground/result'
import { currentHandler, type Report } from './report'
import type { Scene } from './scene'
import { branchLead, branchStaff, type Caller, seatsFor } from './standing'

/** One of the answering unit's people, with the seats that decide whether the work may be theirs, or the check. */
export type Colleague = Caller & {
  readonly actorId: string
  /** By what is found what they have in hand there. */
  readonly handKey: string
}

/**
 * Whoever fixed it, or sits with those who did, is not the one to look (H2). Of the answering unit's own people only
 * the one who was handed the work: the others are there to look.
 */
export const isWorker = (
  report: Pick<Report, 'workers' | 'dispatches'>,
  who: { readonly actorId: string; readonly seatUnitIds: readonly string[] },
): boolean =>
  report.workers.includes(who.actorId) ||
  report.dispatches.some(({ unitId, memberId }) =>
    memberId === undefined ? who.seatUnitIds.includes(unitId) : memberId === who.actorId,
  )

/** May they check what others of their unit have done (H2)? */
const mayCheck = (report: Report, one: Colleague): boolean =>
  seatsFor(one, report, 'branch', branchLead).length > 0 &&
  !isWorker(report, { actorId: one.actorId, seatUnitIds: one.memberships.map((seat) => seat.unitId) })

/**
 * Why the work may not be handed to this person of the answering unit: they have no seat there (or know nothing of
 * the complaint, H4), they have it already, or no colleague could check what they do (L2). Undefined when it may.
 */
export const whyNotHanded = (
  report: Report,
  memberId: string,
  colleagues: readonly Colleague[],
): RefusalCode | undefined => {
  const member = colleagues.find((one) => one.actorId === memberId)
  if (!member || seatsFor(member, report, 'branch', branchStaff).length === 0) return 'unknown-member'
  if (currentHandler(report)?.memberId === memberId) return 'handed-already'
  return colleagues.some((one) => one.actorId !== memberId && mayCheck(report, one))
    ? undefined
    : 'no-other-checker'
}

/** Why somebody may not say whether the work is done: they did it, or sit with those who did (H2). */
export const workerBars = (report: Report, scene: Scene): Refusal | undefined =>
  isWorker(report, scene) ? refusal('checker-is-fixer') : undefined
