import * as z from 'zod/mini'
import { isDayOfEveryYear } from '../../ground/instant'
import { categoryGroupIds, categoryIds } from '../category/rules/category'
import type { RuleBook } from './rules/rule-book'

const between = (least: number, most: number) => z.number().check(z.minimum(least), z.maximum(most))
const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most))
const words = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

const days = whole(1, 730)
const hours = between(1, 24 * 30)
const workingDays = whole(1, 60)
const metres = whole(1, 5_000)
const times = whole(1, 20)
const share = between(0, 1)

/** Letters and digits, as it stands in an id and beside a figure. */
const versionName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/))

/** Plain hours from five minutes to a fortnight, and so on: what no banner could mean is a slip of the hand. */
const allowance = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('hours'), count: between(1 / 12, 24 * 14) }),
  z.strictObject({ unit: z.literal('working-hours'), count: between(0.5, 80) }),
  z.strictObject({ unit: z.literal('days'), count: between(0.5, 365) }),
  z.strictObject({ unit: z.literal('working-days'), count: whole(1, 250) }),
])

/** `MM-DD` */
const dayOfYear = z.string().check(z.refine(isDayOfEveryYear))

/** K6: frozen from October at the earliest until April at the latest. */
const frozenSeason = z.strictObject({
  from: dayOfYear.check(z.refine((monthDay) => monthDay >= '10-01')),
  until: dayOfYear.check(z.refine((monthDay) => monthDay <= '04-30')),
})

const category = z.strictObject({
  id: z.enum(categoryIds),
  groupId: z.enum(categoryGroupIds),
  name: words(20),
  hint: words(40),
  acceptWithin: allowance,
  contactWithin: allowance,
  resolveWithin: allowance,
  planWithin: z.exactOptional(allowance),
  remedy: z.enum(['temporary', 'lasting']),
  emergencyCalls: z.exactOptional(
    z.array(z.string().check(z.regex(/^\d{3,12}$/))).check(z.minLength(1), z.maxLength(6)),
  ),
  // Left out, an urgent kind would quietly become an ordinary one.
  isUrgent: z.boolean(),
  cureHoldsDays: whole(0, 3650),
  needsThawedGround: z.exactOptional(z.boolean()),
  isAboutBranch: z.exactOptional(z.boolean()),
  source: words(80),
})

/**
 * A rule book as stored: every field there, none unknown, every number within what makes sense anywhere.
 * Whether it keeps to the level above is K10's business (`withinBounds`).
 */
const ruleBook = z.strictObject({
  version: versionName,
  categories: z.array(category).check(z.minLength(1), z.maxLength(categoryIds.length)),
  frozenSeason,
  routing: z.strictObject({
    nearestWithinMetres: whole(0, 5_000),
    defaultAccuracyMetres: whole(1, 1_000),
    vagueBeyondMetres: whole(1, 20_000),
  }),
  report: z.strictObject({
    maxSuspensionDays: days,
    maxSuspensionDaysInAll: days,
    maxExtensions: whole(0, 20),
    freePasses: whole(0, 20),
    appealWithinDays: days,
    rateWithinDays: days,
    reopenWithinDays: days,
    silenceClosesAfterDays: days,
    reworksBeforeSupervision: times,
    requestMovesUpAfterWorkingDays: workingDays,
    appealUpheldAfterWorkingDays: workingDays,
    complaintAskedForWorkingDays: workingDays,
    messagesADay: times,
    urgeEveryHours: hours,
    withdrawnClockKeptDays: days,
  }),
  redFace: z.strictObject({
    noticeHours: between(0, 240),
    noticeWorkingHours: between(0, 60),
    noNoticeWithinDays: days,
    appealHoldsWorkingDays: workingDays,
    appealLapsesAfterWorkingDays: workingDays,
    hearingWorkingDays: workingDays,
    recurrence: z.strictObject({
      // One occurrence alone is no recurrence.
      count: whole(2, 20),
      withinMetres: metres,
      withinDays: days,
    }),
    consentWithinDays: days,
    supportersNeeded: times,
    postingWorkingDays: workingDays,
    evidenceEveryDays: days,
    lateStepLeavesPageAfterDays: days,
    unsolvedBeforeLook: times,
  }),
  rates: z.strictObject({
    weights: z.strictObject({ response: share, solved: share, satisfaction: share }),
    weightsSource: words(80),
    smallSample: whole(1, 1_000),
    reopenedWithinDays: days,
    isPublished: z.boolean(),
  }),
})

export type ReadRuleBook =
  | { readonly isRead: true; readonly book: RuleBook }
  | { readonly isRead: false; readonly faults: readonly string[] }

type Issue = NonNullable<ReturnType<typeof ruleBook.safeParse>['error']>['issues'][number]

const inWords = (issue: Issue): string => {
  const at = issue.path.length > 0 ? issue.path.join('.') : '整本'
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${at}：不认识的字段 ${issue.keys.join('、')}`
    case 'too_small':
      return `${at}：不能小于${issue.minimum}`
    case 'too_big':
      return `${at}：不能大于${issue.maximum}`
    default:
      return `${at}：没有填，或者填得不对`
  }
}

/** Takes a document for a rule book, or says field by field why it is none. Never reads a part of one. */
export const readRuleBook = (document: unknown): ReadRuleBook => {
  const { success, data, error } = ruleBook.safeParse(document)
  return success ? { isRead: true, book: data } : { isRead: false, faults: error.issues.map(inWords) }
}
