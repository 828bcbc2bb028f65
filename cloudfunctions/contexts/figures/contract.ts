import * as z from 'zod/mini'
import { chinaDaysBetween, isDate, startOfChinaDate } from '../../ground/instant'
import { type Answered, type Parsed, query } from '../../terms/action'
import { at, id, text } from '../../terms/primitives'
import { categoryGroupIds } from '../category/rules/category'
import { unitRef, unitView } from '../organisation/contract'
import { comparisons } from './rules/compare'
import { type FlowName, flowNames } from './rules/flows'

/** One figure and what it was made of; `value` is null when the denominator is 0. */
export const rateView = z.object({
  numerator: z.number(),
  denominator: z.number(),
  value: z.nullable(z.number()),
  isSmallSample: z.boolean(),
})

const rateRange = z.object({ lowest: z.nullable(z.number()), highest: z.nullable(z.number()) })

const standing = z.nullable(z.enum(comparisons))

export const ratesView = z.object({
  fromAt: at,
  toAt: at,
  response: rateView,
  solved: rateView,
  satisfaction: rateView,
  coverage: rateView,
  /** Declined ÷ received. */
  declined: rateView,
  /** What the rates would be if all who did not rate were dissatisfied, or all content. */
  solvedRange: rateRange,
  satisfactionRange: rateRange,
  /** How each stands to the banner's own, by funnel limits; null where the banner has none. */
  standings: z.object({ response: standing, solved: standing, satisfaction: standing }),
  combined: z.nullable(z.number()),
  weights: z.object({ response: z.number(), solved: z.number(), satisfaction: z.number() }),
  weightsSource: text,
  ruleVersion: text,
})

const date = z.string('日期不对').check(z.refine(isDate, '日期不对'))

/** A quarter at once; a longer span is made of months. */
const mostDays = 92

/** Its days are counted, never listed: it is asked before anybody's limits are, of a span as long as the calendar. */
const span = z.strictObject({ unitId: id, from: date, to: date }).check(
  z.refine(({ from, to }) => {
    if (!isDate(from) || !isDate(to)) return false
    const days = chinaDaysBetween(startOfChinaDate(from), startOfChinaDate(to)) + 1
    return days > 0 && days <= mostDays
  }, `一次最多看${mostDays}天`),
)

/** How many of each on one Chinese day, of the unit and all that lies below it. */
const flowCounts = z.object(
  Object.fromEntries(flowNames.map((name) => [name, z.number()])) as Record<FlowName, z.ZodMiniNumber>,
)

export const figuresContract = {
  'unit.get': query(
    z.strictObject({ unitId: id }),
    z.object({
      unit: unitView,
      parents: z.array(unitRef),
      partners: z.array(unitRef),
      openCount: z.number(),
      redFaceCount: z.number(),
      /** Up to when both are counted; null while reports are still being counted for the first time: of some of them. */
      asOf: z.nullable(at),
      /**
       * Null where the banner has not switched publication on and the caller is not its staff, and while reports are
       * still being counted for the first time: no rate is made of some of them.
       */
      rates: z.nullable(ratesView),
      /**
       * For the banner's own staff, while open reports are to be resolved later than this: the last date,
       * `YYYY-MM-DD`, whose days off have been announced. Null otherwise.
       */
      calendarHorizonOn: z.nullable(z.string()),
      /** For the banner's own staff: why its own rule book is not used and the region's serves. Null otherwise. */
      ruleBookFault: z.nullable(z.string()),
    }),
  ),
  /**
   * What happened in a unit's area on each day of a span, both ends in it, by group of kinds: for who has a seat in the
   * unit or above it. A day and a group of which there is nothing to say is not named.
   */
  'unit.days': query(
    span,
    z.object({
      days: z.array(
        z.object({
          on: text,
          groups: z.array(z.object({ groupId: z.enum(categoryGroupIds), counts: flowCounts })),
        }),
      ),
      /** What happened up to then is in it; null before the first run of the clock. */
      asOf: z.nullable(at),
    }),
  ),
} as const

type Own = typeof figuresContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
