import { type Category, defaultCategories } from './category/category'

/**
 * Everything a banner may set for itself: weights, days and thresholds. Versioned; each decision records
 * the version that decided. The values here are the region's defaults.
 */
export interface RuleBook {
  readonly version: string
  readonly categories: readonly Category[]
  readonly routing: {
    /** How far from the nearest cell a place may lie and still be given to its branch, provisionally. */
    readonly nearestWithinMetres: number
    /** What a pin set by hand is worth when the phone gives no accuracy. */
    readonly defaultAccuracyMetres: number
    /** A position less accurate than this names no cell: the resident's words or a person decide. */
    readonly vagueBeyondMetres: number
  }
  readonly report: {
    readonly maxSuspensionDays: number
    readonly appealWithinDays: number
    readonly silenceClosesAfterDays: number
    readonly maxReturns: number
    readonly reworksBeforeSupervision: number
  }
  readonly redFace: {
    readonly noticeHours: number
    readonly recurrence: {
      readonly count: number
      readonly withinMetres: number
      readonly withinDays: number
    }
    readonly temporaryRecurrenceDays: number
    readonly consentWithinDays: number
  }
  readonly rates: {
    readonly weights: { readonly response: number; readonly solved: number; readonly satisfaction: number }
    readonly weightsSource: string
    readonly smallSample: number
    readonly reopenedWithinDays: number
    /** Publication of comparisons is a switch of the banner, off by default. */
    readonly isPublished: boolean
  }
}

export const defaultRuleBook: RuleBook = {
  version: 'region-2026-1',
  categories: defaultCategories,
  routing: { nearestWithinMetres: 500, defaultAccuracyMetres: 15, vagueBeyondMetres: 1000 },
  report: {
    maxSuspensionDays: 90,
    appealWithinDays: 30,
    silenceClosesAfterDays: 7,
    maxReturns: 3,
    reworksBeforeSupervision: 3,
  },
  redFace: {
    noticeHours: 24,
    recurrence: { count: 3, withinMetres: 50, withinDays: 90 },
    temporaryRecurrenceDays: 365,
    consentWithinDays: 7,
  },
  rates: {
    weights: { response: 0.3, solved: 0.35, satisfaction: 0.35 },
    weightsSource: '准格尔旗',
    smallSample: 10,
    reopenedWithinDays: 30,
    isPublished: false,
  },
}

export const categoryOf = (rules: RuleBook, id: string): Category | undefined =>
  rules.categories.find((category) => category.id === id)
