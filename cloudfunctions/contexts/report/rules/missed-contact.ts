import type { ReportChange } from './change'
import type { MissedContact } from './report'
import { hasNoReporter } from './reporters-place'
import { heldSince, unitsThatMissed } from './stint'

/** The first word that whoever reports it now has been due and has not got (C1, Q2). */
export const missedContact = ({ report, at }: ReportChange): MissedContact | undefined => {
  const { status, decline, stints, holds, deadlines, contactedAt, takenUpAt, isByMember } = report
  const dueAt = deadlines.contactDueAt
  const isMissed = dueAt <= at && (contactedAt === undefined || contactedAt >= dueAt)
  // Missed before they took the place it is their own report's; what ended before it fell due asks for none.
  const since = Math.max(takenUpAt ?? 0, report.wasComplaint?.at ?? 0)
  const endedAt =
    (status === 'declined' ? decline?.proposedAt : undefined) ??
    (status === 'withdrawn' || status === 'declined' ? heldSince(report) : undefined)
  if (hasNoReporter(report) || !isMissed || dueAt <= since || (endedAt ?? dueAt) < dueAt) return undefined
  const units = unitsThatMissed(stints, holds, takenUpAt ?? deadlines.startedAt, dueAt)
  return { dueAt, unitIds: units.map(({ id }) => id), isOwn: isByMember }
}
