import type { RedFaceCause, RedFaceConsent } from '../../red-face/rules/red-face'
import type { ContactChannel } from './contact'
import type { Due, MovedDue } from './deadline-kind'
import type { SatisfactionAnswer, SolvedAnswer } from './rating'
import type { DeclineReason, LookFinding, ReturnReason } from './reasons'
import type { Remedy } from './report'
import type { LookReason, RequestKind } from './request'

/**
 * Who asked for something or ruled on it, as its readers are told: a unit by its name of then, or somebody without one.
 * `time`: nobody ruled, and the time to rule was over.
 */
export type Doer = { readonly unit: string } | 'resident' | 'every-reporter' | 'time' | 'system'

/** Why a matter is worked on again. */
export type Reopening =
  | { readonly because: 'broken-again' | 'rated-unsolved' | 'look-unsolved' }
  | { readonly because: 'appeal-upheld'; readonly by: Doer }

/** A decline that was not upheld: by a level's word, or because none came in time (K8). */
export interface Overturning {
  readonly isUnanswered?: true
}

/** What closed a matter: the last rating, or the time in which everybody could have rated. */
export type Closing =
  | { readonly because: 'solved' | 'partly-solved' }
  | { readonly because: 'silence'; readonly days: number }

/** Why a suspension is over. */
export interface Resuming {
  readonly because: 'handed-on' | 'time-over' | 'unit-goes-on' | 'reason-gone' | 'needs-no-thaw'
}

/** Until when and why the work waits, and what the wait is bound to. */
export interface Suspending {
  readonly untilAt: number
  readonly reason: string
  readonly plan: string
  readonly isSeasonal?: true
}

/** Why an entry of the list was struck. */
export interface Striking {
  readonly because: 'found-not-urgent' | 'asked-in-time' | 'appeal-upheld'
}

/** How an entry left the list: by whose word, or by itself. */
export interface Clearing {
  readonly because: Extract<
    RedFaceConsent,
    'reporter' | 'posted' | 'supporters' | 'look' | 'declined' | 'withdrawn'
  >
  /** Working days for which a yes had been posted. */
  readonly days?: number
}

/** Why a merged matter goes its own way again. */
export interface Parting {
  readonly because: 'not-the-same' | 'parent-is-over'
}

/** From one unit to another. */
export interface HandingOver {
  readonly from: string
  readonly to: string
}

/** To whom a matter went by routing: it answers, or says who does. */
export interface Routing {
  readonly unit: string
  readonly isAnswering: boolean
}

/** What was asked for, and by whom. */
export interface AskedFor {
  readonly by: Doer
  readonly request: RequestKind
}
/** How somebody ruled on it. */
export interface RuledOn extends AskedFor {
  readonly note?: string
}

/** A plan as it was laid. */
export interface PlanFacts {
  readonly plan: string
  readonly budget: string
}

/** Somebody’s own words. */
interface Said {
  readonly note: string
}

/** A line that tells nothing but that it happened. */
interface Bare<K extends string> {
  readonly kind: K
}
interface Telling<K extends string, F> {
  readonly kind: K
  readonly facts: F
}
/** A further line of its kind, by a name of its own. */
interface Named<K extends string, L extends string> {
  readonly kind: K
  readonly line: L
}
interface NamedTelling<K extends string, L extends string, F> extends Named<K, L> {
  readonly facts: F
}

/**
 * What each line of the trace tells, besides who acted, when, and what it led to. A line is called by its kind, or by a
 * name of its own where its kind has another; `words.ts` says it. Names of units and kinds are those of then: what they
 * are called later does not change what happened.
 * Names and facts lie in documents: one that is taken away or changed needs a shape step (shapes.ts).
 */
export type Told =
  // beginnings
  | Bare<'submitted'>
  | Telling<'filed-on-behalf', { readonly isForFamily?: true }>
  | Telling<'receipt-reprinted', { readonly no: number }>
  | Bare<'declared'>
  | Telling<'routed', Routing>
  | NamedTelling<'routed', 'sorted', { readonly to: string }>
  | Bare<'taken-up'>
  | Telling<'supported', { readonly households: number }>
  // what residents say and do
  | NamedTelling<
      | 'added'
      | 'answered'
      | 'withdrawn'
      | 'rated'
      | 'reopened'
      | 'requested'
      | 'red-face-answered'
      | 'said-to-appeal',
      'resident-said',
      /** Without words where there are only pictures. */
      Partial<Said>
    >
  | Bare<'added'>
  | Bare<'answered'>
  | Bare<'urged'>
  | Bare<'message-opened'>
  | Bare<'contact-denied'>
  | Telling<'rated', { readonly solved: SolvedAnswer; readonly satisfaction: SatisfactionAnswer }>
  | Bare<'withdrawn'>
  | Named<'withdrawn', 'ended-without-reporter'>
  | Bare<'handed-on'>
  | Named<'handed-on', 'left-while-listed'>
  // the answering unit
  | Bare<'accepted'>
  | NamedTelling<'accepted', 'accepted-by' | 'accepted-while-merged', { readonly unit: string }>
  | Bare<'phone-revealed'>
  | Telling<'contacted', { readonly channel: ContactChannel }>
  | NamedTelling<'contacted', 'contact-words', Said>
  | Telling<'asked', Said>
  | Telling<'progressed', Said>
  | NamedTelling<'progressed', 'listed-by-its-unit', Said>
  | Telling<'noted', Said>
  | NamedTelling<'noted', 'noted-on-return', Partial<Said> & { readonly reason: ReturnReason }>
  | NamedTelling<'noted', 'unit-gone', { readonly unit: string; readonly handsTo?: string }>
  | Telling<'plan-laid', PlanFacts>
  | NamedTelling<'plan-laid', 'plan-laid-while-merged', PlanFacts>
  | Telling<'reclassified', { readonly from: string; readonly to: string }>
  | NamedTelling<'reclassified', 'complaint-ended', { readonly to: string }>
  | Bare<'relocated'>
  | Telling<'summary-corrected', { readonly from: string; readonly to: string }>
  | Bare<'rework-ordered'>
  | Telling<'evidence-laid', Said>
  | Telling<'resolved', Said & { readonly remedy: Remedy }>
  | Telling<'reopened', Reopening>
  | NamedTelling<'reopened', 'decline-overturned', { readonly by: Doer }>
  | Telling<'closed', Closing>
  // who has it
  | Telling<'returned' | 'transferred' | 'taken-over' | 'went-home', HandingOver>
  | Telling<'reassigned', Said & { readonly to: string }>
  | Telling<'dispatched', { readonly unit: string }>
  | NamedTelling<'dispatched', 'given-to-own-people', { readonly unit: string }>
  | Telling<'recalled', { readonly from: string }>
  | Named<'recalled', 'recalled-from-own-people'>
  | Telling<'sent-back', { readonly unit: string }>
  | NamedTelling<'sent-back', 'sent-back-by-own-people', { readonly unit: string }>
  | Telling<'fix-claimed', { readonly unit: string; readonly checkedBy: string }>
  | NamedTelling<'fix-claimed', 'fix-claimed-by-own-people', { readonly unit: string }>
  | NamedTelling<'fix-claimed', 'handler-said', Said & { readonly unit: string }>
  // merging
  | Bare<'merged'>
  | Telling<'absorbed', { readonly households: number }>
  | Bare<'released'>
  | Telling<'unmerged', Parting>
  // requests
  | Telling<'requested', AskedFor>
  | NamedTelling<'requested', 'asked-to-end-complaint', { readonly by: Doer }>
  | NamedTelling<'requested', 'asked-to-merge-again', { readonly by: Doer; readonly other: string }>
  | NamedTelling<'requested', 'request-reason', Said>
  | NamedTelling<'requested', 'into-another-kind', { readonly category: string }>
  | NamedTelling<'requested', 'to-another-place', { readonly unit: string }>
  | NamedTelling<'requested', 'to-go-and-see', { readonly because: LookReason }>
  | Bare<'request-agreed'>
  | Named<'request-agreed', 'agreed-to-merge'>
  | Bare<'request-moved-up'>
  | Telling<'request-granted' | 'request-denied', RuledOn>
  | Telling<'request-lapsed', { readonly request: RequestKind; readonly awaited: 'reporter' | 'ruling' }>
  | NamedTelling<'request-lapsed', 'request-dropped', { readonly request: RequestKind }>
  | NamedTelling<'request-lapsed', 'merging-lapsed', { readonly other: string }>
  | Named<'request-lapsed', 'stays-complaint'>
  | Telling<'declined', { readonly by: Doer; readonly because: DeclineReason }>
  | Telling<'suspended', Suspending>
  | Telling<'resumed', Resuming>
  | Telling<'extended', { readonly by: Doer; readonly untilAt: number; readonly reason: string }>
  // the clock and the levels above
  | Telling<'rescheduled', { readonly moved: readonly MovedDue[] }>
  | Telling<'due-soon', { readonly due: Due; readonly leftMs: number }>
  | Telling<'overdue', { readonly due: Due }>
  | Bare<'supervised'>
  | NamedTelling<'supervised', 'reworked-too-often', { readonly count: number }>
  | Telling<'looked', Said & { readonly finding: LookFinding }>
  // the red-face list
  | Telling<'red-face-noticed', { readonly cause: RedFaceCause; readonly units: readonly string[] }>
  | Telling<'red-face-published', { readonly causes: readonly RedFaceCause[] }>
  | Bare<'red-face-appealed'>
  | Bare<'said-to-appeal'>
  | Telling<'red-face-struck', Striking>
  | Bare<'red-face-restored'>
  | Named<'red-face-restored', 'look-undone'>
  | Telling<'red-face-posted', { readonly days: number }>
  | Telling<'red-face-answered', { readonly isGone: boolean }>
  | Telling<'red-face-cleared', Clearing>
  | Named<'red-face-cleared', 'left-the-page'>

/** What a line is called: by its own name where it has one, else by its kind. */
export type NameOf<T extends Told> = T extends { readonly line: infer L } ? L : T['kind']
/** What it tells. */
export type FactsOf<T extends Told> = T extends { readonly facts: infer F } ? F : undefined

/** A line of the time when the trace held sentences: said as it was written then. */
export interface AsWritten {
  readonly line: 'as-written'
  readonly facts: { readonly words: string }
}
