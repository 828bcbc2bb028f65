import type { JobKind } from '../../job/rules/job-kinds'
import type { SeatDates } from '../../organisation/rules/seat'
import type { StaffRole } from '../../organisation/rules/unit'
import type { RedFaceCause } from '../../red-face/rules/red-face'
import type { ContactChannel } from './contact'
import type { Due, MovedDue } from './deadline-kind'
import type {
  AskedFor,
  Clearing,
  Closing,
  Doer,
  HandingOver,
  Overturning,
  Parting,
  Reopening,
  Resuming,
  Routing,
  RuledOn,
  Striking,
  Suspending,
} from './lines'
import type { NamedMatter } from './matter-name'
import type { SatisfactionAnswer, SolvedAnswer } from './rating'
import type { DeclineReason, LookFinding } from './reasons'
import type { RequestKind } from './request'

/** For whom a text is meant, as far as it is said otherwise: see `Announcement` (change.ts). */
export type Audience = 'units' | 'member' | 'residents' | 'reporter' | 'supporters' | 'persons'

type To<A extends Audience, F = Readonly<Record<never, never>>> = { readonly [K in A]: F }
type Unit = { readonly unit: string }
type Note = { readonly note: string }
/** Who had the work: a partner by its name; absent where it is one of the answering unit's own people. */
type Handler = { readonly handler?: string }

/** A seat, to whoever has it or gave it. */
type SeatNamed = Unit & { readonly role: StaffRole }

/** Set where all who are told so appealed themselves: the appeal is called theirs, and nobody else's (H3, M3). */
type Appellant = { readonly isYours?: true }

/**
 * What each message tells each of its audiences, by the name of its template: `words.ts` says it. No audience’s fields
 * hold what it is not told: they lie in its inbox. So a template that is taken away or changed needs a shape step
 * (contexts/notice/shapes.ts).
 */
export interface Templates {
  // beginnings
  readonly received: To<'residents', Routing>
  readonly 'new-to-accept': To<'units'>
  readonly 'new-to-sort': To<'units'>
  readonly 'near-the-border': To<'units'>
  readonly 'taken-up': To<'units'> & To<'reporter', Unit>
  // what residents say and do
  readonly added: To<'units'>
  readonly answered: To<'units'>
  readonly urged: To<'units', { readonly by: Doer }>
  readonly 'contact-denied': To<'units'>
  readonly rated: To<'units', { readonly solved: SolvedAnswer; readonly satisfaction: SatisfactionAnswer }>
  readonly withdrawn: To<'units'>
  readonly 'handed-on': To<'units' | 'reporter' | 'residents'>
  readonly 'left-while-listed': To<'units'>
  // the answering unit
  readonly accepted: To<'units' | 'supporters', Unit> &
    To<'residents', Unit & { readonly contactDueAt?: number }>
  readonly 'accepted-after-a-no': To<'residents', Unit> & To<'supporters'>
  readonly 'phone-revealed': To<'reporter', Unit>
  readonly 'message-left': To<'reporter' | 'persons', Unit & Note>
  readonly contacted: To<'reporter' | 'persons', Unit & { readonly channel: ContactChannel }>
  readonly asked: To<'reporter', Note>
  readonly progressed: To<'units'> & To<'residents' | 'supporters', Note>
  readonly 'plan-laid': To<'units'> & To<'residents' | 'supporters', { readonly plan: string }>
  readonly reclassified: To<'units' | 'residents' | 'supporters', { readonly category: string }>
  readonly 'into-another-kind': To<'residents', Unit & { readonly category: string }>
  readonly 'no-complaint': To<'units' | 'residents', Unit & { readonly category: string }>
  readonly 'complaint-ended': To<'units' | 'residents', Routing>
  readonly relocated: To<'units' | 'residents' | 'supporters'>
  readonly 'to-another-place': To<'residents', Unit & { readonly to: string }>
  readonly 'summary-corrected': To<'units' | 'residents'>
  readonly reworked: To<'units', Note> & To<'residents' | 'supporters'>
  readonly 'reworked-too-often': To<'units', { readonly count: number }>
  readonly 'evidence-laid': To<'units'> &
    To<'residents', Note> &
    To<'supporters', Note & { readonly isAsked?: true }>
  readonly resolved: To<'units', { readonly hasNoReporter?: true }> & To<'residents' | 'supporters'>
  readonly reopened: To<'units' | 'supporters', Reopening> & To<'residents', Reopening & Appellant>
  readonly 'decline-overturned': To<'units' | 'supporters', Overturning> &
    To<'residents', Overturning & Appellant>
  readonly closed: To<'units', Closing> &
    To<'residents', Closing & { readonly reopenDays: number }> &
    To<'supporters'>
  // who has it
  readonly returned: To<'units' | 'residents' | 'supporters', HandingOver>
  readonly transferred: To<'units' | 'residents' | 'supporters', HandingOver>
  readonly 'taken-over': To<'units' | 'residents' | 'supporters', HandingOver>
  readonly 'went-home': To<'units' | 'residents' | 'supporters', HandingOver>
  readonly sorted: To<'units' | 'residents', { readonly by: string; readonly to: string }> &
    To<'supporters', { readonly to: string }>
  readonly reassigned: To<'units' | 'residents', Note & { readonly by: string; readonly to: string }> &
    To<'supporters', { readonly to: string }>
  readonly dispatched: To<'units', Unit & { readonly by: string }> & To<'residents' | 'supporters', Unit>
  readonly 'given-to-own-people': To<'units', Unit & { readonly isHandedOn?: true }> &
    To<'member'> &
    To<'residents' | 'supporters', Unit>
  readonly recalled: To<'units' | 'residents' | 'supporters', Unit>
  readonly 'recalled-from-own-people': To<'units' | 'residents' | 'supporters', Unit>
  readonly 'sent-back': To<'units', Handler & Note> & To<'residents', Handler & Unit> & To<'supporters', Unit>
  readonly 'fix-claimed': To<'units', Handler> &
    To<'residents' | 'supporters', Unit & { readonly checkedBy?: string }>
  // merging
  readonly merged: To<'units' | 'residents' | 'supporters', { readonly other: string }>
  readonly 'merge-again': To<'units' | 'reporter', { readonly by: Doer; readonly other: string }>
  readonly 'merging-lapsed': To<'units' | 'reporter', { readonly other: string }>
  readonly absorbed: To<'units', { readonly households: number }>
  readonly released: To<'units'>
  readonly unmerged: To<'units' | 'residents' | 'supporters', Parting>
  // requests
  readonly requested: To<'units', AskedFor>
  readonly 'extend-again': To<'residents', Unit>
  readonly 'request-moved-up': To<'units', { readonly request: RequestKind }>
  readonly 'request-granted': To<'units' | 'residents', Omit<RuledOn, 'note'>>
  readonly 'request-denied': To<'units' | 'residents' | 'supporters', Omit<RuledOn, 'note'>>
  readonly 'request-lapsed': To<
    'units',
    { readonly request: RequestKind; readonly awaited: 'reporter' | 'ruling' }
  >
  readonly 'request-dropped': To<'units' | 'residents' | 'persons', { readonly request: RequestKind }>
  readonly 'stays-complaint': To<'units' | 'residents'>
  readonly declined: To<'units'> &
    To<'residents' | 'supporters', { readonly because: DeclineReason; readonly appealDays: number }>
  readonly suspended: To<'units', Pick<Suspending, 'untilAt' | 'reason'>> &
    To<'residents' | 'supporters', Suspending>
  readonly resumed: To<'units' | 'residents' | 'supporters', Resuming>
  readonly extended: To<'units', { readonly untilAt: number }> &
    To<'residents' | 'supporters', { readonly untilAt: number; readonly reason: string }>
  readonly 'look-passed-up': To<'units'>
  // the clock and the levels above
  readonly rescheduled: To<'units' | 'residents' | 'supporters', { readonly moved: readonly MovedDue[] }>
  readonly 'due-soon': To<'units', { readonly due: Due; readonly dueAt: number }>
  readonly overdue: To<'units', { readonly due: Due; readonly dueAt: number }>
  readonly supervised: To<'units', Unit & Note> & To<'residents', Unit>
  readonly looked: To<'units' | 'supporters', Unit & { readonly finding: LookFinding }> &
    To<'residents', Unit & Note & { readonly finding: LookFinding }>
  // the red-face list
  /** A complaint is on no list: the level above is told instead. */
  readonly 'cause-of-complaint': To<'units', { readonly cause: RedFaceCause }>
  readonly 'listed-by-its-unit': To<'residents' | 'supporters', Unit>
  /** Public at once where no instant is given. */
  readonly 'red-face-noticed': To<'units', { readonly cause: RedFaceCause; readonly publicAt?: number }>
  /** An ended unit is on the list for it; this one acts for it from now on (A4). */
  readonly inherited: To<'units', { readonly from: string }>
  readonly 'red-face-published': To<'units', { readonly causes: readonly RedFaceCause[] }> &
    To<'residents'> &
    To<'supporters', { readonly isAsked?: true }>
  readonly 'verdict-disputed': To<'persons', Unit & { readonly days: number }>
  readonly 'said-to-appeal': To<'units'>
  readonly 'red-face-struck': To<'units' | 'supporters', Striking> &
    To<'residents', Striking & { readonly appealDays?: number }> &
    To<'persons', Striking & { readonly appealDays: number }>
  readonly 'red-face-posted': To<'units' | 'residents' | 'supporters', { readonly days: number }>
  readonly 'red-face-answered': To<'units', { readonly isGone: boolean }>
  readonly 'red-face-cleared': To<'units' | 'residents' | 'supporters', Clearing>
  // long work
  readonly 'job-done': To<'persons', { readonly job: JobKind; readonly bad: number }>
  readonly 'job-failed': To<'persons', { readonly job: JobKind; readonly because: string }>
  // people
  /** Nobody is left in charge of a branch; told to the level above it. */
  readonly 'without-secretary': To<'units', Unit>
  readonly 'invitation-accepted': To<'persons', SeatNamed & { readonly name: string }>
  readonly 'invitation-declined': To<'persons', SeatNamed & { readonly name: string }>
  readonly 'invitation-refused': To<'persons', SeatNamed>
  readonly 'seat-given': To<'persons', SeatNamed & SeatDates>
  readonly 'seat-changed': To<'persons', SeatNamed & SeatDates>
  readonly 'seat-restored': To<'persons', SeatNamed & SeatDates>
  readonly 'seat-ended': To<'persons', SeatNamed & SeatDates>
}

type TemplateName = keyof Templates

/** One thing that somebody is told. */
export type MessagePart =
  | {
      [T in TemplateName]: {
        [A in keyof Templates[T]]: {
          readonly template: T
          readonly audience: A
          readonly fields: Templates[T][A]
          /** What the matter was called, where the same step has renamed it since. */
          readonly matter?: string
        }
      }[keyof Templates[T]]
    }[TemplateName]
  | WrittenMessage

/** A message of the time when messages held sentences: said as it was written then. */
export interface WrittenMessage {
  readonly template: 'as-written'
  readonly fields: { readonly title: string; readonly words: string; readonly about?: string }
}

/** What somebody is told of one step, in the order in which it happened; the first part gives the title. */
export interface MessageFacts {
  readonly parts: readonly MessagePart[]
  /** Which matter it is about, as whoever is told may know it. */
  readonly about?: NamedMatter
}

/** A message as it is read. */
export interface MessageText {
  readonly title: string
  readonly text: string
  /** Which matter it is about; null where it was sent before messages said so. */
  readonly about: string | null
}

/** What each audience of a step is told: those named here are told, with these fields. */
export type Announced = {
  [T in TemplateName]: { readonly template: T } & Partial<Templates[T]>
}[TemplateName]
