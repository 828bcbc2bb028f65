import type { Point } from '../../ground/geometry'
import type { Keyed } from '../../ground/keyed'
import type { Page, PageRequest } from '../../ground/page'
import type { Matters } from '../../journal/matters'
import type { Projectors } from '../../journal/settle'
import type { Calendars } from '../calendar/ports'
import type { CategoryGroupId, CategoryId } from '../category/rules/category'
import type { Grid } from '../grid/ports'
import type { Limits } from '../limits/ports'
import type { Inbox } from '../notice/ports'
import type { Units } from '../organisation/ports'
import type { Photos } from '../photo/ports'
import type { CoverageGaps } from '../routing/ports'
import type { RuleBooks } from '../rule-book/ports'
import type { CountedList, QueueTab } from './rules/lies-in'
import type { ListedReport } from './rules/listed-report'
import type { OutboxEntry, PartedReport, Report } from './rules/report'
import type { ReportNumber } from './rules/report-number'
import type { TracePiece } from './rules/trace'

/**
 * Whose eyes a list is for. What they may not know of is left out by the query, so from rows, cursors, counts
 * and order alike: `everyone` reads no complaint at all, staff none that accuses one of `seatsIn` (H4): units they have
 * a seat in, and all below those above them (`accusableSeats`).
 */
export type Audience = 'everyone' | { readonly seatsIn: readonly string[] }

/** Which reports a list shows, and to whom; each form has a declared index. */
export type ReportScope = { readonly audience: Audience } & (
  | { readonly kind: 'own-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'own-done'; readonly unitId: string }
  | { readonly kind: 'handler-queue'; readonly unitId: string; readonly tab: QueueTab }
  /** What one of a unit's own people has in hand. */
  | { readonly kind: 'in-hand'; readonly handKey: string }
  | { readonly kind: 'handler-overdue'; readonly unitId: string; readonly now: number }
  | { readonly kind: 'handled'; readonly unitId: string }
  | { readonly kind: 'area-sorting'; readonly unitId: string }
  | { readonly kind: 'area-open'; readonly unitId: string }
  | { readonly kind: 'area-overdue'; readonly unitId: string; readonly now: number }
  /** Reports with a request that the unit may rule on: its turn, or the turn of a unit below it. */
  | { readonly kind: 'requests'; readonly unitId: string }
  | { readonly kind: 'area-recent'; readonly unitId: string }
  /** Open ones in an order that everybody may know: a contact that is due is the parties' alone. */
  | { readonly kind: 'area-unsettled'; readonly unitId: string }
  /** Open reports that are to be resolved after the instant. */
  | { readonly kind: 'area-running'; readonly unitId: string; readonly afterAt: number }
)

/** What is asked of a report because of where it is: not the whole of it. */
export type PlacedReport = Pick<
  Report,
  | 'id'
  | 'status'
  | 'categoryId'
  | 'formerCategoryIds'
  | 'place'
  | 'formerPoints'
  | 'submittedAt'
  | 'resolvedAt'
  | 'resolutions'
  | 'reporterKey'
  | 'leavings'
>

/** What is asked of the past of a place: how far around it, for each rule by itself. */
export interface AskedAround {
  /** The place itself, or the community that was named where nobody knows better. */
  readonly where: Point | { readonly namedUnitId: string }
  readonly groupId: CategoryGroupId
  /** F1: matters that count as occurrences. */
  readonly occurrencesWithin?: number
  /** K5: what somebody has withdrawn. */
  readonly withdrawnWithin?: number
  /** Open, or done no earlier than that. */
  readonly sinceAt: number
}

/** What another report may be merged into: submitted before it, and read by whoever has one of these seats. */
export interface AskedParents {
  readonly groupId: CategoryGroupId
  readonly beforeAt: number
  readonly seatsIn: readonly string[]
}

/** A place by what it is called (`placeNameOf`), within the metres of a point where there is one, else in all of the township. */
export interface AskedPlaceName {
  readonly townshipId: string
  readonly name: string
  readonly point: Point | undefined
  readonly metres: number
}

/** A report as far as figures ask of many. */
export type CountedReport = Pick<Report, 'id' | 'countedIn'>
/** One whose outbox is not empty. */
export interface UnsettledReport {
  readonly id: string
  readonly moved: readonly Extract<OutboxEntry, { readonly kind: 'moved' }>[]
  /** What it says of months has still to be kept. */
  readonly hasOutcome: boolean
}

/** How many reports lie in each list of a unit, as far as whoever asks may know of them. */
export interface UnitFigures {
  readonly counts: Readonly<Partial<Record<CountedList, number>>>
  /**
   * What happened up to then is in them, in the unit's own lists also what its own people did since. Null until every
   * report has been counted once: the figures are then of some of them.
   */
  readonly asOf: number | null
  /** By the `handKey` that was asked for; 0 without one. */
  readonly inHand: number
}

/** The derived figures of units, as far as lists of reports are counted. */
export interface Figures {
  /** Without a scan, whatever there is to count; with what one of the unit's people has in hand, where it is asked whose. */
  of(unitId: string, audience: Audience, handKey?: string): Promise<UnitFigures>
}

export interface Reports extends Matters<Report> {
  /** Keeps numbers for reports to come; false when one of them has been kept before: then none of them is to be given. */
  keepNumbers(numbers: readonly ReportNumber[]): Promise<boolean>
  list(scope: ReportScope, page: PageRequest): Promise<Page<Report>>
  /** The same, as rows know reports. */
  rows(scope: ReportScope, page: PageRequest): Promise<Page<ListedReport>>
  /** Rows of these, with what says who has which part in them. */
  rowsWithParts(ids: readonly string[]): Promise<readonly (ListedReport & PartedReport)[]>
  /** Whether a partner was handed anything of an area since an instant; where it is too much to look at, it is said that it was. */
  isHandedSince(handlerId: string, areaId: string, since: number): Promise<boolean>
  /** How many open reports of the unit's area are to be resolved after the instant. */
  countRunning(unitId: string, afterAt: number, audience: Audience): Promise<number>
  /** How many reports say that they lie in the list (`listName`). */
  countIn(name: string): Promise<number>
  /** The first of those that lie in one of the lists. */
  lyingIn(names: readonly string[], limit: number): Promise<readonly CountedReport[]>
  /** Reports behind one in the order of their ids, as far as figures ask: whether they have been counted at all. */
  counted(behind: string | null, limit: number): Promise<readonly CountedReport[]>
  /** Those of the reports, or of all of them the first, that have derived work left to do, and what of it figures have. */
  unsettled(ids: readonly string[] | 'all', limit: number): Promise<readonly UnsettledReport[]>
  /**
   * Since when the clock owes a report something that may change figures, or they have not been told; null: nothing.
   * Some that fail again and again are left out.
   */
  waitingSince(now: number, leftOut: readonly string[]): Promise<number | null>
  /**
   * Matters of their own that count for the group (`groupsOf`) around a point, all within the metres and some a little
   * farther off: those that are open, the newest first, then those done since, the last first.
   */
  aliveAround(asked: AskedAround, page: PageRequest): Promise<Page<PlacedReport>>
  /** What takes others in, all within the metres and some a little farther off: the oldest first. */
  parentsAround(
    asked: AskedParents,
    point: Point,
    metres: number,
    page: PageRequest,
  ): Promise<Page<ListedReport>>
  /** What takes others in and lies at a place that is called so, likewise. */
  parentsByPlaceName(
    asked: AskedParents,
    place: AskedPlaceName,
    page: PageRequest,
  ): Promise<Page<ListedReport>>
  /** Open reports of a group that everyone may know of at the rounded places, submitted since: the newest first. */
  openAtPublicPlaces(
    places: readonly string[],
    groupId: CategoryGroupId,
    sinceAt: number,
    limit: number,
  ): Promise<readonly ListedReport[]>
}

/** Who took part in a report: the only place that ties an account to it. */
export interface Participant {
  readonly reportId: string
  /** Opaque key of the account within this report. */
  readonly key: string
  readonly accountId: string
  /** `left`: was its reporter and is no more; knows no more of it than anybody. */
  readonly part: ParticipantPart
  readonly phone: string | null
  readonly joinedAt: number
  /** The merged report with which this person came into this one. */
  readonly fromReportId?: string
  /** Of the command by which a supporter joined: sent again it is answered the same. */
  readonly digest?: string
  /** Of a co-reporter who was a supporter before, and is again when their report leaves. */
  readonly wasSupporter?: { readonly fromReportId?: string }
}

/**
 * As it was last put down; who is a reporter or co-reporter the report itself says, and whose row still counts
 * (`partIn`). `joining`: has said 我也遇到 and is not counted in yet. `left`: has no part, or none any more.
 */
export type ParticipantPart = 'reporter' | 'co-reporter' | 'supporter' | 'joining' | 'left'

export interface Participants {
  get(reportId: string, key: string): Promise<Participant | undefined>
  /** Whoever is to have a report that is about to be; nothing where they were there before, whatever they are by now. */
  enter(reporter: Participant): Promise<void>
  /** Does nothing when the account takes part already. */
  add(participant: Participant): Promise<void>
  /** Adds those that have no row yet, many in one call. */
  addMissing(participants: readonly Participant[]): Promise<void>
  /** Puts down anew whose row gives them no part any more, if it is as it was read; false when it is not. */
  joinAgain(was: Participant, is: Participant): Promise<boolean>
  /** Those who were joining are counted in. */
  countedIn(reportId: string, keys: readonly string[]): Promise<void>
  /** Those of them who came as supporters with that report have no part any more. */
  leaveWith(reportId: string, keys: readonly string[], fromReportId: string): Promise<void>
  /** A reporter who has handed the place on has no part any more. */
  leave(reportId: string, key: string): Promise<void>
  getMany(
    people: readonly { readonly reportId: string; readonly key: string }[],
  ): Promise<readonly Participant[]>
  /** Those who have a part in a report, thousands perhaps, in the order in which they joined. */
  ofReport(reportId: string, part: ParticipantPart, page: PageRequest): Promise<Page<Participant>>
  /** Gives somebody who takes part already another part; `fromReportId` where a merged report gives it. */
  setPart(
    reportId: string,
    key: string,
    part: ParticipantPart,
    from?: Pick<Participant, 'fromReportId' | 'wasSupporter'>,
  ): Promise<void>
  ofAccount(accountId: string, page: PageRequest): Promise<Page<Participant>>
  /** Of the same the earliest, in the order in which they joined. */
  firstOfAccount(accountId: string, limit: number): Promise<readonly Participant[]>
}

/** Where lines lie that have left a long trace. */
export interface Traces {
  /** Answers the piece as it lies there: of two with one first line only the one that came first is kept. */
  keep(piece: TracePiece): Promise<TracePiece>
  /** All of a report's, in the order of its trace. */
  ofReport(reportId: string): Promise<readonly TracePiece[]>
}

/** What a service centre has filed for somebody: the number alone opens nothing. */
export interface FiledReceipt {
  readonly number: ReportNumber
  readonly reportId: string
  /** Whose list it stands in; null where nobody may find it there: complaints (H4). */
  readonly unitId: string | null
  readonly at: number
  /** As it was filed: whoever filed it learns of nothing since. */
  readonly categoryId: CategoryId
  readonly where: string
}

export interface Receipts {
  keep(receipt: FiledReceipt): Promise<void>
  find(number: ReportNumber): Promise<FiledReceipt | undefined>
  /** Latest first. */
  ofUnit(unitId: string, page: PageRequest): Promise<Page<FiledReceipt>>
}

/** What reading reports asks of the outside. */
export interface ReadingPorts {
  readonly reports: Reports
  readonly participants: Participants
  readonly traces: Traces
  readonly units: Units
  readonly photos: Photos
  readonly ruleBooks: RuleBooks
  readonly calendars: Calendars
  readonly keyed: Keyed
  readonly figures: Figures
  /** Hears of what went wrong where nobody is refused anything because of it. */
  readonly log: { readonly error: (line: string) => void }
}

/** What changing them asks besides. */
export interface ReportPorts extends ReadingPorts {
  readonly grid: Grid
  readonly inbox: Inbox
  readonly coverageGaps: CoverageGaps
  readonly limits: Limits
  readonly receipts: Receipts
  /** A number that no other report has or will have. */
  readonly newNumber: () => Promise<ReportNumber>
  /** What time it is by now, in work that began at an instant; where time stands still (a demonstration is played) that. */
  readonly timeIn: (began: number) => number
  /** What the rooms above derive from a report. */
  readonly projectors: Pick<Projectors<Report>, 'red-face' | 'ledger' | 'moved' | 'outcome'>
}
