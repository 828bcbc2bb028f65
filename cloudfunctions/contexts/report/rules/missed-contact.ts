import type { ReportChange } from './change'
import type { MissedContact, Report } from './report'
import { hasNoReporter } from './reporters-place'
import { heldSince, holdsOfFirstWord, unitsThatMissed } from './stint'

/** Whose a missed first word is (A2): with a new report it was due anew, and whoever had an earlier one could not say it here (K5). */
export const whoMissedFirstWord = (
  report: Pick<Report, 'stints' | 'holds' | 'status' | 'takenUpAt' | 'deadlines' | 'submittedAt'>,
): readonly string[] => {
  const { stints, takenUpAt, deadlines, submittedAt } = report
  const since = Math.max(takenUpAt ?? deadlines.startedAt, submittedAt)
  return unitsThatMissed(stints, holdsOfFirstWord(report), since, deadlines.contactDueAt).map(({ id }) => id)
}

/** The first word that whoever reports it now has been due and has not got (C1, Q2). */
export const missedContact = ({ report, at }: ReportChange): MissedContact | undefined => {
  const { status, decline, deadlines, contactedAt, takenUpAt, isByMember } = report
  const dueAt = deadlines.contactDueAt
  const isMissed = dueAt <= at && (contactedAt === undefined || contactedAt >= dueAt)
  // Missed before they took the place it is their own report's; what ended before it fell due asks for none.
  const since = Math.max(takenUpAt ?? 0, report.wasComplaint?.at ?? 0)
  const endedAt =
    (status === 'declined' ? decline?.proposedAt : undefined) ??
    (status === 'withdrawn' || status === 'declined' ? heldSince(report) : undefined)
  if (hasNoReporter(report) || !isMissed || dueAt <= since || (endedAt ?? dueAt) < dueAt) return undefined
  return { dueAt, unitIds: whoMissedFirstWord(report), isOwn: isByMember }
}
