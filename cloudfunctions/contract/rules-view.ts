import * as z from 'zod/mini'

const numbers = <K extends string>(...names: readonly K[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.number()])) as Record<K, z.ZodMiniNumber>)

/** The name of a version, as `report.get` says it: 150221@2026-1. */
export const bookName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,79}(@[A-Za-z0-9][A-Za-z0-9._-]{0,39})?$/))

/** The numbers by which everybody is judged, as the banner's rule book in force has them; public. */
export const rulesView = z.object({
  version: z.string(),
  report: numbers(
    'maxSuspensionDays',
    'maxSuspensionDaysInAll',
    'maxExtensions',
    'freePasses',
    'appealWithinDays',
    'rateWithinDays',
    'reopenWithinDays',
    'silenceClosesAfterDays',
    'reworksBeforeSupervision',
    'requestMovesUpAfterWorkingDays',
    'appealUpheldAfterWorkingDays',
    'complaintAskedForWorkingDays',
    'messagesADay',
    'urgeEveryHours',
    'withdrawnClockKeptDays',
  ),
  redFace: numbers(
    'noticeHours',
    'noticeWorkingHours',
    'noNoticeWithinDays',
    'appealHoldsWorkingDays',
    'appealLapsesAfterWorkingDays',
    'hearingWorkingDays',
    'consentWithinDays',
    'supportersNeeded',
    'postingWorkingDays',
    'evidenceEveryDays',
    'lateStepLeavesPageAfterDays',
    'unsolvedBeforeLook',
  ),
  recurrence: numbers('count', 'withinMetres', 'withinDays'),
})
