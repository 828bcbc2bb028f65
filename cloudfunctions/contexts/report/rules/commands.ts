import type { Point } from '../../../ground/geometry'
import type { CategoryId } from '../../category/rules/category'
import type { Partnership, RoutedUnit, UnitKind } from '../../organisation/rules/unit'
import type { CauseRecord } from '../../red-face/rules/red-face'
import type { Place, RoutingDecision } from '../../routing/rules/routing'
import type { ContactChannel } from './contact'
import type { Colleague } from './own-people'
import type { Verdict } from './rating'
import type { Deadlines, Plan, Remedy, Report, Supporter } from './report'
import type { RequestKind } from './request'

/** A unit that something may be handed to, with what decides whether it may (L2). */
export interface UnitFacts extends RoutedUnit {
  readonly kind: UnitKind
  readonly memberCount: number
  readonly endsAt?: number
}

interface WorkDone {
  readonly note: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly remedy: Remedy
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

/** Every step somebody can take on a report that exists. Facts that need a look-up are resolved beforehand. */
export type ReportCommand =
  // residents
  | { readonly kind: 'support'; readonly key: string; readonly digest: string }
  | { readonly kind: 'take-up'; readonly key: string; readonly from: Point }
  | { readonly kind: 'add-to'; readonly words: string; readonly photos: readonly string[] }
  | { readonly kind: 'urge' }
  | { readonly kind: 'answer'; readonly words: string; readonly photos: readonly string[] }
  | { readonly kind: 'open-message' }
  | { readonly kind: 'deny-contact' }
  | { readonly kind: 'rate'; readonly rating: Verdict; readonly home?: UnitFacts }
  | {
      readonly kind: 'reopen'
      readonly reason: string
      readonly photos: readonly string[]
      readonly home?: UnitFacts
    }
  | { readonly kind: 'appeal'; readonly reason: string }
  | { readonly kind: 'appeal-look'; readonly reason: string }
  | { readonly kind: 'say-to-appeal'; readonly words: string; readonly photos: readonly string[] }
  | { readonly kind: 'appeal-struck'; readonly reason: string }
  | {
      readonly kind: 'answer-red-face'
      readonly isGone: boolean
      readonly photo?: string
      readonly note: string
    }
  | {
      readonly kind: 'agree'
      readonly request: RequestKind
      /** For what is no complaint any more: where its place and its new kind lead. */
      readonly rerouting?: Rerouting
      /** What the matter is now into which it is to be merged again (M4). */
      readonly parent?: MergeParent
    }
  | { readonly kind: 'say-reason-gone'; readonly reason: string }
  | { readonly kind: 'unmerge'; readonly family: FamilyNow }
  | { readonly kind: 'withdraw'; readonly reason: string }
  // the answering unit
  | { readonly kind: 'accept'; readonly publicSummary?: string }
  | { readonly kind: 'reveal-phone' }
  | {
      readonly kind: 'contact'
      readonly channel: ContactChannel
      readonly note: string
      /** The reporter belongs by now to a unit concerned (H3). */
      readonly isWithOwn?: boolean
    }
  | { readonly kind: 'ask'; readonly words: string }
  | {
      readonly kind: 'return'
      readonly reason: ReturnReason
      readonly note: string
      readonly sorter: UnitFacts
    }
  | { readonly kind: 'transfer'; readonly to: UnitFacts; readonly note: string }
  | { readonly kind: 'take-over'; readonly by: UnitFacts }
  | {
      readonly kind: 'dispatch'
      readonly unit: UnitFacts
      readonly partnership?: Partnership
      /** One of the answering unit's own people, and all of them: whoever does it, another must look (L2). */
      readonly member?: { readonly id: string; readonly colleagues: readonly Colleague[] }
      readonly note: string
    }
  | { readonly kind: 'recall'; readonly note: string }
  | {
      readonly kind: 'progress'
      readonly note: string
      readonly photos: readonly string[]
      readonly isPublic: boolean
    }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'lay-plan'; readonly text: string; readonly doneBy: number; readonly budget: string }
  | { readonly kind: 'reclassify'; readonly categoryId: CategoryId; readonly note: string }
  | {
      readonly kind: 'relocate'
      readonly place: Place
      readonly publicPoint?: Point
      readonly tiles: readonly string[]
      readonly to: UnitFacts | null
      readonly note: string
    }
  | { readonly kind: 'correct-summary'; readonly publicSummary: string }
  | { readonly kind: 'check'; readonly note: string }
  | { readonly kind: 'rework'; readonly note: string }
  | ({ readonly kind: 'resolve' } & WorkDone)
  | { readonly kind: 'lay-evidence'; readonly note: string; readonly photos: readonly string[] }
  | { readonly kind: 'merge'; readonly parent: MergeParent }
  | { readonly kind: 'decline'; readonly reason: DeclineReason; readonly note: string }
  | {
      readonly kind: 'suspend'
      readonly reason: string
      readonly plan: string
      readonly untilAt: number
      readonly isSeasonal?: boolean
    }
  | { readonly kind: 'extend'; readonly reason: string; readonly resolveDueAt: number }
  | { readonly kind: 'resume'; readonly note: string }
  | { readonly kind: 'ask-look'; readonly note: string }
  | { readonly kind: 'appeal-red-face'; readonly reason: string; readonly causeNos: readonly number[] }
  | { readonly kind: 'declare-red-face'; readonly note: string }
  // the handler
  | { readonly kind: 'send-back'; readonly note: string }
  | ({ readonly kind: 'claim-fixed' } & WorkDone)
  // a level above
  | { readonly kind: 'route'; readonly to: UnitFacts; readonly note: string }
  | { readonly kind: 'reassign'; readonly to: UnitFacts; readonly note: string }
  | { readonly kind: 'supervise'; readonly note: string }
  | {
      readonly kind: 'rule-on'
      readonly request: RequestKind
      readonly isGranted: boolean
      readonly note: string
      /** Where it goes when the answer sends it on: the unit's successor, or whom the level chose (L1, A5). */
      readonly home?: UnitFacts
    }
  | {
      readonly kind: 'look'
      readonly finding: LookFinding
      readonly note: string
      readonly photos: readonly string[]
      readonly home?: UnitFacts
    }
  // the product itself
  | { readonly kind: 'absorb'; readonly child: MergedChild }
  | { readonly kind: 'release'; readonly childReportId: string; readonly mergingNo: number }
  | {
      readonly kind: 'give-back'
      readonly parentReportId: string
      readonly mergingNo: number
      readonly family: FamilyNow
    }
  | {
      readonly kind: 'go-home'
      readonly to: UnitFacts
      /** The unit that has ended, and to whom all that it left went, where it was wound up. */
      readonly gone: { readonly unit: string; readonly handsTo?: string }
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
