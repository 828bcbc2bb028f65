import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { neededReading, settled } from '../../terms/limits'
import { id } from '../../terms/primitives'

/** Sound though it is cast: the compiler does not count the entries that `Object.fromEntries` is handed by name. */
const numbers = <K extends string>(...names: readonly K[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.number()])) as Record<K, z.ZodMiniNumber>)

/** The name of a version, as `report.get` says it: 150221@2026-1. */
const bookName = z
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

export const ruleBookContract = {
  /**
   * The numbers of the rule book of the unit's banner, for sentences; without a unit, the region's. With the name of a
   * version those of a matter that was submitted under it (K10).
   */
  'rules.get': query(
    z.strictObject({ unitId: z.optional(id), submittedUnder: z.optional(bookName) }),
    rulesView,
    settled(neededReading),
  ),
} as const

type Own = typeof ruleBookContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
