import type { FrozenSeason } from '../../calendar/rules/frozen-season'
import { type Category, type CategoryId, defaultCategories } from '../../category/rules/category'

/**
 * Everything a banner may set for itself: weights, days and thresholds. Versioned; each decision records
 * the version that decided. The values here are the region's defaults.
 */
export interface RuleBook {
  readonly version: string
  readonly categories: readonly Category[]
  /** While it lasts, work that needs thawed ground can be put off (K6). */
  readonly frozenSeason: FrozenSeason
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
    readonly maxSuspensionDaysInAll: number
    readonly maxExtensions: number
    /** Returns, transfers and take-overs that need nobody's leave (A5). */
    readonly freePasses: number
    readonly appealWithinDays: number
    /** How long after closing a resident may still rate. */
    readonly rateWithinDays: number
    readonly reopenWithinDays: number
    readonly silenceClosesAfterDays: number
    readonly reworksBeforeSupervision: number
    /** An undecided request goes one level further up after so many working days (K8). */
    readonly requestMovesUpAfterWorkingDays: number
    /** An undecided appeal of a resident is upheld after so many working days (K8). */
    readonly appealUpheldAfterWorkingDays: number
    /** So many working days the reporter has to say whether a complaint is one still (K9). */
    readonly complaintAskedForWorkingDays: number
    /** How often a day a resident may be contacted in one way: messages, and so calls and visits. */
    readonly messagesADay: number
    readonly urgeEveryHours: number
    /** A report withdrawn and filed anew within these days keeps its clock (K5). */
    readonly withdrawnClockKeptDays: number
  }
  readonly redFace: {
    readonly noticeHours: number
    /** Of the notice so many must be working hours; urgent kinds apart (F2). */
    readonly noticeWorkingHours: number
    /** A no within so many days of a clearing its speaker had not agreed to has no notice (F2). */
    readonly noNoticeWithinDays: number
    readonly appealHoldsWorkingDays: number
    readonly appealLapsesAfterWorkingDays: number
    /** How long whoever said what an appeal disputes is given to speak to it (F3). */
    readonly hearingWorkingDays: number
    readonly recurrence: {
      readonly count: number
      readonly withinMetres: number
      readonly withinDays: number
    }
    readonly consentWithinDays: number
    readonly supportersNeeded: number
    readonly postingWorkingDays: number
    readonly evidenceEveryDays: number
    readonly lateStepLeavesPageAfterDays: number
    readonly unsolvedBeforeLook: number
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
  version: 'region-2026-3',
  categories: defaultCategories,
  frozenSeason: { from: '10-01', until: '04-30' },
  routing: { nearestWithinMetres: 500, defaultAccuracyMetres: 15, vagueBeyondMetres: 1000 },
  report: {
    maxSuspensionDays: 90,
    maxSuspensionDaysInAll: 180,
    maxExtensions: 2,
    freePasses: 2,
    appealWithinDays: 30,
    rateWithinDays: 30,
    reopenWithinDays: 30,
    silenceClosesAfterDays: 7,
    reworksBeforeSupervision: 3,
    requestMovesUpAfterWorkingDays: 5,
    appealUpheldAfterWorkingDays: 10,
    complaintAskedForWorkingDays: 10,
    messagesADay: 3,
    urgeEveryHours: 24,
    withdrawnClockKeptDays: 30,
  },
  redFace: {
    noticeHours: 24,
    noticeWorkingHours: 4,
    noNoticeWithinDays: 30,
    appealHoldsWorkingDays: 3,
    appealLapsesAfterWorkingDays: 10,
    hearingWorkingDays: 3,
    recurrence: { count: 3, withinMetres: 50, withinDays: 90 },
    consentWithinDays: 7,
    supportersNeeded: 3,
    postingWorkingDays: 3,
    evidenceEveryDays: 3,
    lateStepLeavesPageAfterDays: 7,
    unsolvedBeforeLook: 3,
  },
  rates: {
    weights: { response: 0.3, solved: 0.35, satisfaction: 0.35 },
    weightsSource: '准格尔旗',
    smallSample: 10,
    reopenedWithinDays: 30,
    isPublished: false,
  },
}

/** One version of one banner's rule book, as decisions name it; the region's, where no banner is named. */
export interface BookVersion {
  readonly bannerId: string | null
  readonly version: string
}

/** 150221@2026-1: by this name a version is stored, and every decision says by which it was made. */
export const bookName = ({ bannerId, version }: BookVersion): string =>
  bannerId === null ? version : `${bannerId}@${version}`

/** The version that a name names; one without a banner is the region's. */
export const readBookName = (name: string): BookVersion => {
  const at = name.indexOf('@')
  return at < 0
    ? { bannerId: null, version: name }
    : { bannerId: name.slice(0, at), version: name.slice(at + 1) }
}

export const categoryOf = (rules: RuleBook, id: string): Category | undefined =>
  rules.categories.find((category) => category.id === id)

/** What the kind is called; one that the banner has left out since keeps the region's name for what was reported. */
export const categoryNameOf = (rules: RuleBook, id: CategoryId): string =>
  (categoryOf(rules, id) ?? categoryOf(defaultRuleBook, id))?.name ?? id
