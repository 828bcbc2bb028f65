import type { RoutedUnit, UnitKind } from '../../organisation/rules/unit'
import type { CauseRecord } from '../../red-face/rules/red-face'
import type { RoutingDecision } from '../../routing/rules/routing'
import type { Contact } from './contact'
import type { Deadlines, Plan, Report, Supporter, Used } from './report'
import type { EarlierStint } from './stint'

/** A unit that something may be handed to, with what decides whether it may (L2). */
export interface UnitFacts extends RoutedUnit {
  readonly kind: UnitKind
  readonly memberCount: number
  readonly endsAt?: number
}

/** What a child brings into the matter it is merged into. */
export interface MergedChild {
  readonly id: string
  /** Null for what the branch declared and nobody has taken up, and where its reporter has left. */
  readonly reporterKey: string | null
  /** What the child's reporter was in the parent before: a supporter becomes a co-reporter. */
  readonly reporterWas?: Supporter
  /** How many of its supporters come along who were not in the parent before. */
  readonly cameCount: number
  readonly deadlines: Deadlines
  readonly contactedAt?: number
  /** What was said to its reporter and stands: goes along with whoever takes an empty place (C1). */
  readonly firstWords: readonly Contact[]
  /** Filed by one of our own (H3). */
  readonly isByMember: boolean
  readonly causes: readonly CauseRecord[]
  /** What its reporter has said is another matter (M4). */
  readonly neverMergeInto: readonly string[]
  readonly used: Used
  /** Who has had it, each since when on its clock (A2). */
  readonly stints: readonly EarlierStint[]
  /** Whoever answered for it or handled it (`unitsInIt`). */
  readonly unitIds: readonly string[]
  /** When it was merged: what had fallen due by then was missed without the parent. */
  readonly mergedAt: number
  /** Which of its mergings this is (`Merged.no`). */
  readonly mergingNo: number
}

/** What the matter it lay in has come to, for a child that goes its own way again. */
export interface FamilyNow {
  /** The unit that answers for the family, where it has accepted it, and since when. */
  readonly acceptedBy?: { readonly unitId: string; readonly at: number }
  readonly plan?: Plan
  readonly causes: readonly CauseRecord[]
  /** Where the child goes on when its own unit has ended (L1). */
  readonly home?: UnitFacts
}

/** Where routing leads, with what decides whether that unit may take it (L2). */
export interface Rerouting {
  readonly decision: RoutingDecision
  /** Null where the sorter says. */
  readonly responsible: UnitFacts | null
  readonly sorter: UnitFacts
}

/** What is known of the matter a report is to be merged into. */
export interface MergeParent {
  readonly id: string
  readonly isSameMatter: boolean
  readonly isOpen: boolean
  readonly isSuspended: boolean
  readonly isConfidential: boolean
  readonly answerableUnit: Report['answerableUnit']
  readonly isSorting: boolean
  readonly unitPath: readonly string[]
  readonly submittedAt: number
  readonly hasToldCause: boolean
  readonly publicSummary: string
  /** What lies in it already. */
  readonly childReportIds: readonly string[]
  /** What those in it have said is another matter (M4). */
  readonly apartFrom: readonly string[]
  /** Whoever answers or answered for it or handled it (`unitsInIt`). */
  readonly unitIds: readonly string[]
}
