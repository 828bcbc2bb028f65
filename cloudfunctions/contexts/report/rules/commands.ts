import type { RoutedUnit, UnitKind } from '../../organisation/rules/unit'
import type { CauseRecord } from '../../red-face/rules/red-face'
import type { RoutingDecision } from '../../routing/rules/routing'
import type { Deadlines, Plan, Report, Supporter } from './report'

/** A unit that something may be handed to, with what decides whether it may (L2). */
export interface UnitFacts extends RoutedUnit {
  readonly kind: UnitKind
  readonly memberCount: number
  readonly endsAt?: number
}

/** What a child brings into the matter it is merged into. */
export interface MergedChild {
  readonly id: string
  /** Null for what the branch declared and nobody has taken up. */
  readonly reporterKey: string | null
  readonly supporters: readonly Supporter[]
  readonly deadlines: Deadlines
  readonly contactedAt?: number
  readonly causes: readonly CauseRecord[]
  /** Which of its mergings this is (`Merged.no`). */
  readonly mergingNo: number
}

/** What the matter it lay in has come to, for a child that goes its own way again. */
export interface FamilyNow {
  readonly contactedAt?: number
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
  readonly hasOpenCause: boolean
  readonly publicSummary: string
  /** What lies in it already. */
  readonly childReportIds: readonly string[]
}

/** What a look on the spot found: `another-matter`: this is solved, and what was objected to is something else. */
/** The words everybody reads of a matter are one line. */
export const longestSummary = 60

export const lookFindings = ['solved', 'unsolved', 'another-matter'] as const
/** What the level above found on the spot. */
export type LookFinding = (typeof lookFindings)[number]
export const lookFindingLabels: Readonly<Record<LookFinding, string>> = {
  solved: '已解决',
  unsolved: '没有解决',
  'another-matter': '已解决，没修好的是另一件事',
}

export const returnReasons = ['not-our-place', 'not-our-duty', 'needs-upper-level'] as const
/** Why a unit sends a report back as not its own (退回). */
export type ReturnReason = (typeof returnReasons)[number]
export const returnReasonLabels: Readonly<Record<ReturnReason, string>> = {
  'not-our-place': '地点不在本支部网格',
  'not-our-duty': '不属于本支部职责',
  'needs-upper-level': '需要上级统筹',
}

export const declineReasons = [
  'in-court',
  'already-decided',
  'private-dispute',
  'not-real',
  'not-here',
  'insult',
] as const
/** Why a matter cannot be handled (不予受理). */
export type DeclineReason = (typeof declineReasons)[number]
export const declineReasonLabels: Readonly<Record<DeclineReason, string>> = {
  'in-court': '已进入诉讼、仲裁程序',
  'already-decided': '已有信访终结结论',
  'private-dispute': '个人之间的纠纷，可找人民调解',
  'not-real': '经核实情况不存在',
  'not-here': '地点不在本区',
  insult: '没有具体事项，只有辱骂',
}
