import type { Point } from '../../../ground/geometry'
import type { Journalled, Queued, TraceLine } from '../../../journal/rules/journalled'
import { type CategoryGroupId, type CategoryId, groupOf } from '../../category/rules/category'
import type { Judge, StaffRole, UnitRef } from '../../organisation/rules/unit'
import type { LedgerKind, RowFacts, WrittenRow } from '../../red-face/rules/ledger'
import type { RedFaceEpisode } from '../../red-face/rules/red-face'
import type { Place } from '../../routing/rules/routing'
import type { BookVersion } from '../../rule-book/rules/rule-book'
import type { Contact } from './contact'
import type { DeadlineKind } from './deadline-kind'
import type { FigureMove } from './lies-in'
import type { ReportStatus } from './lifecycle'
import type { AsWritten, Doer, Told } from './lines'
import type { MessageFacts } from './messages'
import type { Rating, SaidNo } from './rating'
import type { Receipt } from './receipt'
import type { ReportNumber } from './report-number'
import type { LevelRequest } from './request'
import type { Participation } from './standing'
import type { ClockHold, EarlierStint, Stint } from './stint'
import type { Shelved } from './trace'
import type { Whereabouts, WhyHere } from './why-here'

export const remedies = ['temporary', 'lasting'] as const
export type Remedy = (typeof remedies)[number]

export const remedyLabels: Readonly<Record<Remedy, string>> = { temporary: '临时处置', lasting: '根治' }

/** What shows that work was done: a note, pictures before and after. */
export interface Evidence {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/**
 * Work handed to a partner unit, or to one person of the unit that answers: always the report's current handler is
 * the last one.
 */
export interface Dispatch {
  readonly unitId: string
  readonly unitName: string
  /** Opaque id of the person; absent where the work is a partner's, and whoever sits there may do it. */
  readonly memberId?: string
  /** The same person in every report of the unit (`handKeyOf`): what they have in hand is found by it. */
  readonly handKey?: string
  readonly at: number
  /** What was asked, for colleagues alone. */
  readonly note: string
}

/** The handler says it is done; someone else looks. */
export interface FixClaim extends Evidence {
  readonly unitId: string
  readonly unitName: string
  readonly at: number
  readonly note: string
  readonly remedy: Remedy
}

export interface Resolution extends Evidence {
  /** 1, 2, 3 … within the report. */
  readonly no: number
  readonly at: number
  readonly note: string
  readonly remedy: Remedy
  /** The unit that answered for the report then: verdicts on this resolution belong to it for good (A3). */
  readonly unit: UnitRef
  /** Unit whose hands did the work. */
  readonly byUnitName: string
  readonly isOwnHands: boolean
  /** Who did it, or laid what it rests on: from no seat are they the ones to judge it (H1). Never shown. */
  readonly doneBy?: Judge
  /** Who has gone and found it done: a question about it goes above all of them (H1). */
  readonly vouchedBy?: readonly Judge[]
}

export interface Suspension {
  readonly reason: string
  readonly untilAt: number
  /** What the wait is bound to: a budget plan, a help request. Shown publicly. */
  readonly plan: string
  readonly approvedBy: Doer
  readonly at: number
  /** For frozen ground: its days are no ordinary ones (K6). */
  readonly isSeasonal?: boolean
}

export interface Extension {
  readonly reason: string
  readonly resolveDueAt: number
  /** Milliseconds by which it moved the deadline: the original allowance is without them (K7). */
  readonly byMs: number
  readonly approvedBy: Doer
  readonly at: number
}

/** The plan of a lane hardening (报计划): ends the plan clock. */
export interface Plan {
  readonly at: number
  readonly text: string
  /** When the work is to be done. */
  readonly doneBy: number
  /** Where the money comes from, and how much. */
  readonly budget: string
}

export interface Deadlines {
  /** Of the unit that has the report now; counted anew for each (A1). */
  readonly acceptDueAt: number
  readonly contactDueAt: number
  readonly planDueAt?: number
  readonly resolveDueAt: number
  /** When the problem's clock started; a transfer never moves it (K5). */
  readonly startedAt: number
  /** Since when the clock counts that runs now, where another of the family had run out before it came (M2). */
  readonly restartedAt?: number
  /** Since when each runs that was set anew, or resumed, after it had begun: it is warned of from then on (K2). */
  readonly setAnewAt?: Readonly<Partial<Record<DeadlineKind, number>>>
  /** Version of the rule book that set them. */
  readonly ruleVersion: string
  /** The last announced date of the calendar that set them, `YYYY-MM-DD`. */
  readonly calendarHorizonOn?: string
  /** Milliseconds by which holding the clock has moved the resolution: no part of the allowance. */
  readonly heldMs?: number
  /** The time that its kind allows for the resolution: what an extension or a third is measured by (K5, K7). */
  readonly allowanceMs: number
}

/** What the reports of a family share of their deadlines (M2): all but what each unit owes for itself. */
export type Clock = Pick<
  Deadlines,
  'startedAt' | 'restartedAt' | 'heldMs' | 'contactDueAt' | 'planDueAt' | 'resolveDueAt' | 'allowanceMs'
>

/** Somebody who said 我也遇到. */
export interface Supporter {
  /** Opaque per-report key; the account lives in its own collection. */
  readonly key: string
  readonly at: number
  /** The merged report with which this person came. */
  readonly fromReportId?: string
}

/**
 * What a matter itself knows of those who said 我也遇到: not who they are, for they may be tens of thousands, each a row of
 * their own (`Participant`).
 */
export interface Supporters {
  readonly count: number
  /** Keys of those who were counted in last: their rows may not say so yet. */
  readonly countedIn: readonly string[]
  /** Those whose word something here rests on: who answered, who appealed. */
  readonly heard: readonly Supporter[]
}

/** Somebody whose report was merged into this one: the reporter's rights, never another's words (M3). */
export interface CoReporter {
  readonly key: string
  readonly at: number
  readonly fromReportId: string
  /** Further reports of the same person that lie in this one. */
  readonly alsoFrom?: readonly string[]
  /** They belonged to a unit that had their report when they filed it (H3). */
  readonly isByMember?: true
  /**
   * Set where they are none of ours (H3) and were still owed a first word when they came: a call that reaches one of ours
   * alone is then no first word to the family.
   */
  readonly isToBeCalled?: true
  /** What they said here before: they are a supporter again when their report leaves. */
  readonly wasSupporter?: Supporter
}

/** A first word that fell due and had not been said: whose that is for good (A2, A4). */
export interface MissedContact {
  readonly dueAt: number
  readonly unitIds: readonly string[]
  /** It was due to one of the units' own people (H3). */
  readonly isOwn: boolean
}

/** Where a merged report stood, so that it can go back there (并案 → 拆案). */
export interface Merged {
  readonly parentReportId: string
  /** The report's revision that merged it: tells this merging from every other one. */
  readonly no: number
  readonly at: number
  readonly previousStatus: ReportStatus
  readonly handlerUnitId: string | null
}

/** Who took a reporter's place that stood empty (`key`), and how the report was before (`of`), for when they leave again. */
export interface TakenPlace {
  readonly key: string
  readonly of: Pick<
    Report,
    'reporterKey' | 'pseudonym' | 'isByMember' | 'reporterLeftAt' | 'succeededAt' | 'takenUpAt'
  >
  readonly contactDueAt: number
  /**
   * Since when the first word to `key` is counted. Absent where the one to whoever had left before was due already: then
   * that one stays kept, or missed, and `key` is owed none.
   */
  readonly firstWordSince?: number
  readonly wasSupporter?: Supporter
}

/** What a parent knows of a merging of some other report into it. */
export interface Merging {
  readonly childReportId: string
  /** The latest that was taken in or let go; an earlier one that comes late means nothing any more. */
  readonly no: number
  /** How many supporters are in it who came with that report. */
  readonly cameCount?: number
  /** What its reporter has said is another matter (M4): none of these comes in beside it. */
  readonly apartFrom?: readonly string[]
  /** Its reporter had left the parent then, and has the place there for as long as this report lies in it (M3). */
  readonly cameBack?: { readonly key: string; readonly leftAt: number }
  /** Nobody reported the parent any more, and who came with that report has the place while it lies in it (M3, M4). */
  readonly tookPlace?: TakenPlace
  /** The clock by which that report moved the parent's, and when it was merged: it leaves with it (M4). */
  readonly clock?: Clock & { readonly mergedAt: number }
  /** Who had that report before, each since when on its clock: as long as the family goes by it, their time counts (A2). */
  readonly stints?: readonly EarlierStint[]
  /** What that report had used beyond what the parent had (K5 to K7): it leaves with it, too. */
  readonly used?: Used
  /** The units that were in that report (H1), while it lies here; absent in what was merged before that was known. */
  readonly unitIds?: readonly string[]
}

/** Somebody asked where it stands (催办). */
export interface Urge {
  readonly at: number
  /** Whose next one has to wait: the level's (its id), the reporter's (their key), or all supporters' together. */
  readonly by: string
}

/** What the branch asked the resident, and the answer; no clock stops for it. */
export interface Question {
  readonly no: number
  readonly at: number
  readonly unitName: string
  readonly text: string
  readonly answeredAt?: number
}

/** Past-tense facts, each one line of the public or internal trace (办理轨迹). */
export const reportEventKinds = [
  'submitted',
  'filed-on-behalf',
  'receipt-reprinted',
  'declared',
  'routed',
  'supported',
  'taken-up',
  'added',
  'urged',
  'asked',
  'answered',
  'accepted',
  'phone-revealed',
  'contacted',
  'message-opened',
  'contact-denied',
  'returned',
  'transferred',
  'taken-over',
  'reassigned',
  'went-home',
  'dispatched',
  'recalled',
  'sent-back',
  'progressed',
  'noted',
  'plan-laid',
  'reclassified',
  'relocated',
  'summary-corrected',
  'fix-claimed',
  'rework-ordered',
  'evidence-laid',
  'resolved',
  'rated',
  'reopened',
  'closed',
  'declined',
  'merged',
  'absorbed',
  'unmerged',
  'released',
  'handed-on',
  'withdrawn',
  'requested',
  'request-agreed',
  'request-moved-up',
  'request-granted',
  'request-denied',
  'request-lapsed',
  'suspended',
  'resumed',
  'extended',
  'rescheduled',
  'looked',
  'due-soon',
  'overdue',
  'supervised',
  'red-face-noticed',
  'red-face-published',
  'red-face-appealed',
  'said-to-appeal',
  'red-face-struck',
  'red-face-restored',
  'red-face-posted',
  'red-face-answered',
  'red-face-cleared',
] as const
/** What a line of the trace tells. */
export type ReportEventKind = (typeof reportEventKinds)[number]

/** Who acted, as the trace may say it: a side and a unit, never a person. */
export type EventSide = 'resident' | 'staff' | 'system'

/**
 * Who may read a line: `public` everyone; `parties` the reporter, co-reporters and staff; `person` the one
 * resident named by `personKey`, and staff; `staff` the colleagues of the units concerned.
 */
export const visibilities = ['public', 'parties', 'person', 'staff'] as const
export type Visibility = (typeof visibilities)[number]

/** One line of the trace: what it tells as facts (see lines.ts), who acted, and who may read it. */
export type ReportEvent = EventFrame & (Told | AsWritten)

/** What every line has, whatever it tells. */
export interface EventFrame extends TraceLine<ReportEventKind, ReportStatus> {
  readonly side: EventSide
  readonly unitName?: string
  readonly role?: StaffRole
  readonly visibility: Visibility
  /** Whose words these are, or to whom: set exactly where `visibility` is `person`. */
  readonly personKey?: string
  readonly photos?: readonly string[]
  /** The version of the rule book that decided it, by its name; absent in lines older than that. */
  readonly decidedUnder?: string
}

/** Work of one kind that lies in the outbox of a report. */
export type OutboxEntry = Queued<OutboxWork>

/** A unit's colleagues, or the one of them who has or had the work. */
export interface UnitRecipient {
  readonly unitId: string
  readonly memberId?: string
}
/** Whom a message is for; who that is by name is looked up when it is written. */
export type MessageRecipient =
  | 'reporter'
  | 'co-reporters'
  | 'supporters'
  | UnitRecipient
  | { readonly personKey: string }

/** How far people have been moved from one report to another. */
interface Underway {
  /** Behind whom the next piece begins. */
  readonly movedUntil?: string
  /** How many of those before have come along. */
  readonly cameCount?: number
}

/** What work of an outbox may be, kind by kind. */
export type OutboxWork =
  | (MessageFacts & {
      readonly kind: 'message'
      readonly to: MessageRecipient
      /** For what is said about a complaint, whom it accuses (`accusedBy`): they do not read it (H4). */
      readonly accusedUnitId?: string
      /** How far a message to many has been delivered: the key of the last person told. */
      readonly toldUntil?: string
    })
  | { readonly kind: 'red-face'; readonly episodeNo: number }
  | {
      readonly kind: 'ledger'
      readonly entry: LedgerKind
      readonly episodeNo: number
      readonly causeNo: number
      readonly unit: UnitRef
      readonly facts: RowFacts | WrittenRow
      /** Was the cause public when this happened? A row of what is not yet public is a commitment (F6). */
      readonly isPublic: boolean
    }
  | ({ readonly kind: 'merge'; readonly parentReportId: string; readonly mergingNo: number } & Underway)
  /** Tell the parent that this child is no more in it. */
  | ({
      readonly kind: 'leave-parent'
      readonly parentReportId: string
      readonly mergingNo: number
      /** Who reported it when it left, and so was in the parent because of it: the place may be another's since. */
      readonly reporterKey?: string | null
    } & Underway)
  /** 没人联系我, said in this merged report: the call that came along has not reached them in the parent either. */
  | { readonly kind: 'deny-in-parent'; readonly parentReportId: string; readonly key: string }
  /** Give every merged report its own life back. */
  | { readonly kind: 'release-children' }
  /** It has come back by itself: where its unit has ended it goes home (L1). */
  | { readonly kind: 'go-home' }
  /** A unit has come on the list for it that may have ended: then its heir acts for it (A4). */
  | { readonly kind: 'find-heirs' }
  /** The reporter's place is somebody else's now; `leavingKey` is absent where nobody had it, as in what a branch declared. */
  | { readonly kind: 'succeed'; readonly key: string; readonly leavingKey?: string }
  /** What this person objected to is another matter: it becomes a report of their own. */
  | { readonly kind: 'split'; readonly key: string }
  | { readonly kind: 'coverage-gap' }
  /** It accuses somebody else than it did (`accusedBy`): what was said of it before is kept from them as well (H4). */
  | { readonly kind: 'accused'; readonly was: string; readonly is: string }
  /** It lies in other lists than before. `isNow`: whoever acted sees it in their unit's figures at once. */
  | { readonly kind: 'moved'; readonly moves: readonly FigureMove[]; readonly isNow?: true }
  /** It says something else of how units have answered for it: their months are worked out anew. */
  | { readonly kind: 'outcome' }
  /** The trace is long: its older lines go into a document of their own. */
  | { readonly kind: 'shelve' }

/** What a matter that was a complaint keeps to those who knew of it then (K9, H4). */
export interface EndedComplaint {
  readonly at: number
  /** The last line of the trace that was written within it. */
  readonly lastSeq: number
  /** The units that had it, and all above them. */
  readonly unitIds: readonly string[]
  readonly reporterKey: string | null
  /** Whom it accused (`accusedBy`). */
  readonly accusedUnitId?: string
}

export interface Report extends Journalled<ReportEvent, OutboxWork> {
  /** Of the lines of its trace between the first and the latest ones, which lie elsewhere (`TracePiece`). */
  readonly shelved?: Shelved
  /** Missing where it was stored before matters had numbers: such a one is named without. */
  readonly number?: ReportNumber
  /** 居民 7F3K: differs from report to report, so that nobody can follow one person. */
  readonly pseudonym: string
  /** The reporter's key within this report; null for what the branch declared and nobody has taken up. */
  readonly reporterKey: string | null
  /**
   * When somebody took the empty reporter's place: of what a branch declared, or of what its reporter has left. The first
   * word to them is counted from then on (`firstWordSince`).
   */
  readonly takenUpAt?: number
  /** When somebody else took the reporter's place: what was written before is not theirs to read (M3). */
  readonly succeededAt?: number
  /**
   * When whoever had taken up what a branch declared left the place empty again: what was asked of them is not for
   * who takes it next (M3).
   */
  readonly emptiedAt?: number
  /** Set when the reporter has left a matter that is not finished (撤回) and nobody took the place. */
  readonly reporterLeftAt?: number
  /** Who reported it and has left it lately while it goes on: filed anew by them, its clock goes on there too (K5). */
  readonly leavings?: readonly { readonly key: string; readonly at: number }[]
  readonly categoryId: CategoryId
  /** The kinds it had before the branch alone put its kind right: what recurs is found by these too (K9). */
  readonly formerCategoryIds?: readonly CategoryId[]
  /** The groups its kind was of before, and until when: what happened to it then counts by that (K9). */
  readonly formerGroups?: readonly { readonly groupId: CategoryGroupId; readonly untilAt: number }[]
  readonly text: string
  /** What everyone may read; made of category and place until staff write a better one. */
  readonly publicSummary: string
  readonly photos: readonly string[]
  readonly place: Place
  /** Where it was thought to lie before the place was put right: what recurs goes by the place it had then (K9). */
  readonly formerPoints?: readonly Point[]
  /** Place rounded to about 100 m, for public pages. */
  readonly publicPoint?: Point
  /**
   * The unit a complaint is about; no view shows it, and nobody with a seat there knows of the report (H4). Absent while
   * nobody has said which: `accusedBy` says who may know nothing of it then.
   */
  readonly accusedUnitId?: string
  /** Set when its reporter has said that it is no complaint any more. */
  readonly wasComplaint?: EndedComplaint
  /** Its reporter has let the question pass whether it is one: it is asked once (K9). */
  readonly staysComplaint?: true
  /**
   * The unit that must act now, whatever its kind: it answers for the report, or has to say who does while `isSorting`.
   * Always the unit of the last stint.
   */
  readonly answerableUnit: Pick<UnitRef, 'id' | 'name'>
  readonly isSorting: boolean
  /** Ids from region down to the answerable unit. */
  readonly unitPath: readonly string[]
  readonly routing: Whereabouts
  /** Every unit that has had the report, in order; the last has it now. */
  readonly stints: readonly Stint[]
  /** Who had the matter before it was filed anew: their time is theirs where a deadline is missed (A2, K5). */
  readonly earlierStints?: readonly EarlierStint[]
  /** Times at which the problem's clock was held: done states and suspensions. */
  readonly holds: readonly ClockHold[]
  readonly submittedAt: number
  /** What the reporter was told on submitting; a repeated submission is told the same. */
  readonly firstAnswer: {
    readonly status: ReportStatus
    readonly unitName: string
    readonly reasons: readonly WhyHere[]
    readonly isProvisional: boolean
    readonly acceptDueAt: number
    readonly contactDueAt?: number
    readonly planDueAt?: number
    readonly resolveDueAt: number
  }
  /** The rule book under which it was submitted: what that promised is kept (K10). */
  readonly submittedUnder: BookVersion
  readonly deadlines: Deadlines
  /** What the queue sorts by: the next deadline that runs, or a far future when none does. */
  readonly dueAt: number
  readonly contacts: readonly Contact[]
  /** The first contact that counts and has not been denied (C1). */
  readonly contactedAt?: number
  /** A first word that was missed with somebody who had the reporter's place, and has left it with their report (M6). */
  readonly missedContact?: MissedContact
  /** When it was last called done, until it is reopened. */
  readonly resolvedAt?: number
  readonly closedAt?: number
  readonly hasPhone: boolean
  /** Names of the units that have looked at it, each time a line of the trace. */
  readonly phoneRevealedTo?: readonly string[]
  /** Filed by somebody who belongs to a unit that answers for it (H3): their yes counts nowhere. */
  readonly isByMember: boolean
  /** Of what a service centre filed for somebody: by what they follow it. Never shown. */
  readonly receipt?: Receipt
  readonly dispatches: readonly Dispatch[]
  /** Unit that has the work now, its own where a member has it: set while `dispatched` and `awaiting-check`. */
  readonly handlerUnitId: string | null
  /** Opaque ids of all who acted for a handler: none of them ever checks (H2). Never shown. */
  readonly workers: readonly string[]
  readonly fixClaim?: FixClaim
  readonly resolutions: readonly Resolution[]
  readonly ratings: readonly Rating[]
  /** The nos that stood when something new was laid, or it was reopened: nothing said of a later fix takes one back (F5). */
  readonly formerNos?: readonly SaidNo[]
  readonly plan?: Plan
  /** When somebody last went and saw (核实). */
  readonly lookedAt?: number
  readonly questions: readonly Question[]
  /** Returns, transfers and take-overs asked for together (A5). */
  readonly passCount: number
  readonly reworkCount: number
  readonly reopenedAts: readonly number[]
  readonly supervisedAts: readonly number[]
  readonly urges: readonly Urge[]
  readonly suspension?: Suspension
  /** Chinese days that approved suspensions have taken, the running one included, those for frozen ground not. */
  readonly suspendedDays: number
  /** Winters, by the year in which they began, for which the work has been put off: once each (K6). */
  readonly suspendedWinters: readonly number[]
  readonly extensions: readonly Extension[]
  /** Every request that has not been ruled on; at most one of each kind. */
  readonly requests: readonly LevelRequest[]
  /** How many requests there have been: the number of the next. */
  readonly requestCount: number
  /** The last that was proposed: once by each that has it (A1); `deniedAt` when the level above did not grant it. */
  readonly decline?: {
    readonly proposedAt: number
    /** Who proposed what was granted: they do not judge it either (H1). Never shown. */
    readonly proposedBy?: Judge
    readonly grantedAt?: number
    /** Who granted it: the appeal goes above (H1). */
    readonly grantedBy?: Judge
    readonly deniedAt?: number
    readonly overturnedAt?: number
  }
  /** Keys of those who have appealed against the last decline or closing. */
  readonly appealedKeys: readonly string[]
  readonly supporters: Supporters
  readonly coReporters: readonly CoReporter[]
  readonly parentReportId?: string
  readonly merged?: Merged
  /** Parents this report was taken out of by its own reporter: only their word merges it again (M4). */
  readonly neverMergeInto: readonly string[]
  readonly childReportIds: readonly string[]
  /** Of every report that is or was in it. */
  readonly mergings: readonly Merging[]
  /** While others lie in it: the clock that it has without them. */
  readonly ownClock?: Clock
  readonly redFaces: readonly RedFaceEpisode[]
  /** It comes back (F1), and nobody has accepted it yet: the unit whose fix did not hold. Told to nobody before. */
  readonly comesBackTo?: UnitRef
  /** The lists that have been told that it lies in them (`liesIn`); missing in one that no figure contains yet. */
  readonly countedIn?: readonly string[]
}

/** What has been used of the hand-overs, the suspensions and the extensions that a problem is granted. */
export type Used = Pick<Report, 'passCount' | 'suspendedDays' | 'suspendedWinters' | 'extensions'>

/** Does the unit answer for the report now? One that only sorts it does not. */
export const isAnsweredBy = (
  { answerableUnit, isSorting }: Pick<Report, 'answerableUnit' | 'isSorting'>,
  unitId: string | null | undefined,
): boolean => !isSorting && answerableUnit.id === unitId

export const currentHandler = (report: Pick<Report, 'handlerUnitId' | 'dispatches'>): Dispatch | undefined =>
  report.handlerUnitId === null ? undefined : report.dispatches[report.dispatches.length - 1]

export const lastResolution = (report: Report): Resolution | undefined =>
  report.resolutions[report.resolutions.length - 1]

/** Every place the matter has had. */
export const pointsOf = ({
  place,
  formerPoints,
}: Pick<Report, 'place' | 'formerPoints'>): readonly Point[] => [
  ...(place.point ? [place.point] : []),
  ...(formerPoints ?? []),
]

/** The groups of its kind and of those it had before the branch alone put it right. */
export const groupsOf = ({
  categoryId,
  formerCategoryIds,
}: Pick<Report, 'categoryId' | 'formerCategoryIds'>): readonly CategoryGroupId[] => [
  ...new Set([categoryId, ...(formerCategoryIds ?? [])].map(groupOf)),
]

/** Households that have the problem (户): those who reported it, and those who said 我也遇到. */
export const householdsIn = (
  report: Pick<Report, 'reporterKey' | 'reporterLeftAt' | 'coReporters' | 'supporters'>,
): number => reporterKeys(report).length + report.supporters.count

/**
 * As everybody reads them: each report that lies in it is one more, whoever sent it. Where one moved the number and
 * another did not, outsiders could tell that two reports have one reporter.
 */
export const householdsShown = ({
  reporterKey,
  childReportIds,
  supporters,
  mergings,
}: Pick<Report, 'reporterKey' | 'childReportIds' | 'supporters' | 'mergings'>): number => {
  // Declared, it is a report of nobody's beside the one of whoever took the place.
  const isDeclared =
    reporterKey === null || mergings.some(({ tookPlace }) => tookPlace?.of.reporterKey === null)
  return (isDeclared ? 0 : 1) + childReportIds.length + supporters.count
}

/** How many of these have it besides its reporter, where there is one, and those who said 我也遇到. */
export const coReportersShown = (report: Parameters<typeof householdsShown>[0]): number =>
  Math.max(0, householdsShown(report) - report.supporters.count - (report.reporterKey === null ? 0 : 1))

/** Until when somebody else had the reporter's place, where anybody had: what was written by then is theirs (M3). */
export const othersUntil = ({
  succeededAt,
  emptiedAt,
}: Pick<Report, 'succeededAt' | 'emptiedAt'>): number | undefined => {
  const ends = [succeededAt, emptiedAt].flatMap((at) => at ?? [])
  return ends.length > 0 ? Math.max(...ends) : undefined
}

/** Since when whoever has the reporter's place has it; 0 where nobody had it before them. */
export const reporterSince = ({
  takenUpAt = 0,
  succeededAt = 0,
}: Pick<Report, 'takenUpAt' | 'succeededAt'>): number => Math.max(takenUpAt, succeededAt)

/** What tells who has which part in a report. */
export type PartedReport = Pick<Report, 'reporterKey' | 'coReporters' | 'supporters' | 'childReportIds'>

/** What somebody's row says of them as a supporter; the part it gives them lasts while the matter bears it out. */
export interface SupporterRow extends Supporter {
  /** Counted in by the matter; before that, and where it is not so, the matter must name them. */
  readonly isCounted: boolean
}

/** Does the row give its person a supporter's part? Who came with a report leaves with it. */
const isSupporter = ({ supporters, childReportIds }: PartedReport, row: SupporterRow): boolean =>
  (row.isCounted || supporters.countedIn.includes(row.key)) &&
  (row.fromReportId === undefined || childReportIds.includes(row.fromReportId))

/**
 * Somebody's part: reporters are named by the report, whatever rows say, which may lag behind; a supporter has a row.
 */
export const partIn = (
  report: PartedReport,
  key: string,
  row: SupporterRow | undefined,
): Participation | undefined => {
  if (report.reporterKey === key) return 'reporter'
  if (report.coReporters.some((one) => one.key === key)) return 'co-reporter'
  return row && isSupporter(report, row) ? 'supporter' : undefined
}

/** All who reported it and have not left: they rate, reopen, appeal and consent. */
export const reporterKeys = (
  report: Pick<Report, 'reporterKey' | 'reporterLeftAt' | 'coReporters'>,
): readonly string[] => [
  ...(report.reporterKey === null || report.reporterLeftAt !== undefined ? [] : [report.reporterKey]),
  ...report.coReporters.map((one) => one.key),
]
