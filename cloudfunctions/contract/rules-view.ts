import * as z from 'zod/mini'

const numbers = <K extends string>(...names: readonly K[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.number()])) as Record<K, z.ZodMiniNumber>)

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
    'urgeEveryHours',
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
