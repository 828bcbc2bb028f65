import type { WorkingCalendar } from '../contexts/calendar/rules/working-calendar'
import type { CategoryGroupId, CategoryId } from '../contexts/category/rules/category'
import type { GridCell } from '../contexts/grid/rules/grid-cell'
import type { Membership, Partnership, RoutedUnit, Unit } from '../contexts/organisation/rules/unit'
import type { PictureDigest } from '../contexts/photo/rules/same-picture'
import type { ChainHead, LedgerBreak, LedgerRow, OpenedFacts } from '../contexts/red-face/rules/ledger'
import type { RedFaceCause, RedFaceConsent } from '../contexts/red-face/rules/red-face'
import type { OutboxEntry, Report } from '../contexts/report/rules/report'
import type { ReportNumber } from '../contexts/report/rules/report-number'
import type { RuleBook } from '../contexts/rule-book/rules/rule-book'
import type { Point } from '../ground/geometry'

/** Where a report lies in its unit's queue. */
export type QueueTab = 'sorting' | 'waiting' | 'working' | 'check' | 'suspended' | 'done'

/** A page of a keyset-paged list; `nextCursor` is opaque. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly nextCursor: string | null
}
export interface PageRequest {
  readonly cursor?: string
  readonly limit: number
}

/**
 * Whose eyes a list is for. What they may not know of is left out by the query, so from rows, cursors, counts
 * and order alike: `everyone` reads no complaint at all, staff none that accuses a unit they have a seat in (H4).
 */
export type Audience = 'everyone' | { readonly seatsIn: readonly string[] }

/** Which reports a list shows, and to whom; each form has a declared index. */
export type ReportScope = { readonly audience: Audience } & (
  | { readonly kind: 'branch-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'branch-done'; readonly unitId: string }
  | { readonly kind: 'handler-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'handler-overdue'; readonly unitId: string; readonly now: number }
  | { readonly kind: 'handled'; readonly unitId: string }
  | { readonly kind: 'area-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'area-open'; readonly unitId: string }
  | { readonly kind: 'area-overdue'; readonly unitId: string; readonly now: number }
  /** Reports with a request that the unit may rule on: its turn, or the turn of a unit below it. */
  | { readonly kind: 'requests'; readonly unitId: string }
  | { readonly kind: 'area-recent'; readonly unitId: string }
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
  | 'branchId'
  | 'unitPath'
  | 'submittedAt'
  | 'resolvedAt'
  | 'resolutions'
  | 'reporterKey'
  | 'parentReportId'
>

export interface Reports {
  get(id: string): Promise<Report | undefined>
  getMany(ids: readonly string[]): Promise<readonly Report[]>
  /** False when a report of this id exists already. */
  insert(report: Report): Promise<boolean>
  /** Keeps a number for a report; false when another one has it. */
  takeNumber(number: ReportNumber, reportId: string): Promise<boolean>
  /** Compare-and-set on id, revision and status; false when somebody else was quicker. */
  replace(before: Report, after: Report): Promise<boolean>
  /** Leaves in the outbox what is still to do, if the report has not changed since it was read. */
  settleOutbox(report: Report, remaining: readonly OutboxEntry[], now: number): Promise<boolean>
  list(scope: ReportScope, page: PageRequest): Promise<Page<Report>>
  count(scope: ReportScope): Promise<number>
  /** Reports that count for the group (`groupsOf`) in the given map tiles, submitted since. */
  inTiles(
    tiles: readonly string[],
    groupId: CategoryGroupId,
    sinceAt: number,
  ): Promise<readonly PlacedReport[]>
  /** The open ones among them, whenever they were submitted. */
  openInTiles(tiles: readonly string[], groupId: CategoryGroupId): Promise<readonly PlacedReport[]>
  /** The open ones in a unit's area whose place is called so (`placeNameOf`). */
  openByPlaceName(
    unitId: string,
    placeName: string,
    categoryIds: readonly CategoryId[],
  ): Promise<readonly PlacedReport[]>
  /**
   * Open reports that everyone may know of at the rounded places, submitted since: in the order of the places,
   * at each the newest first.
   */
  openAtPublicPlaces(
    places: readonly string[],
    categoryIds: readonly CategoryId[],
    sinceAt: number,
    limit: number,
  ): Promise<readonly Report[]>
  /** Every report that the unit has had and that was submitted within the period, whoever has it now. */
  heldBy(unitId: string, fromAt: number, toAt: number): Promise<readonly Report[]>
  /** The longest due but those whose turn has failed. */
  dueForClock(now: number, limit: number, failedIds: readonly string[]): Promise<readonly Report[]>
  withOutbox(now: number, limit: number, failedIds: readonly string[]): Promise<readonly Report[]>
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
}
/** As it was last put down; who has a part in a matter, and which, the report itself says (`partIn`). */
export type ParticipantPart = 'reporter' | 'co-reporter' | 'supporter' | 'left'

export interface Participants {
  get(reportId: string, key: string): Promise<Participant | undefined>
  /** Does nothing when the account takes part already. */
  add(participant: Participant): Promise<void>
  getMany(
    people: readonly { readonly reportId: string; readonly key: string }[],
  ): Promise<readonly Participant[]>
  reporterOf(reportId: string): Promise<Participant | undefined>
  /** Those who have a part in a report, thousands perhaps, in the order in which they joined. */
  ofReport(reportId: string, part: ParticipantPart, page: PageRequest): Promise<Page<Participant>>
  /** Gives somebody who takes part already another part; `fromReportId` where a merged report gives it. */
  setPart(reportId: string, key: string, part: ParticipantPart, fromReportId?: string): Promise<void>
  ofAccount(accountId: string, page: PageRequest): Promise<Page<Participant>>
  /** Of the same the earliest, in the order in which they joined. */
  firstOfAccount(accountId: string, limit: number): Promise<readonly Participant[]>
}

export interface Units {
  get(id: string): Promise<Unit | undefined>
  getMany(ids: readonly string[]): Promise<readonly Unit[]>
  children(parentId: string | null): Promise<readonly Unit[]>
  /** Every seat the account has, had or will have. */
  membershipsOf(accountId: string): Promise<readonly Membership[]>
  /** Every seat in the unit, of now or not. */
  membersOf(unitId: string): Promise<readonly Membership[]>
  /** Units that this one has taken over from. */
  predecessors(unitId: string): Promise<readonly Unit[]>
  /** Units whose end has come and which have not been wound up. */
  ended(now: number, limit: number): Promise<readonly Unit[]>
  /** Nothing is left with the ended unit. */
  markWoundUp(unitId: string): Promise<void>
  partnershipsOf(unitIds: readonly string[]): Promise<readonly Partnership[]>
}

export interface SpecialUnit {
  readonly id: string
  readonly kind: 'specialised' | 'temporary'
  readonly bannerId: string
  readonly unit: RoutedUnit
  readonly categoryIds: readonly CategoryId[]
  readonly rings?: GridCell['rings']
  readonly activeFrom?: number
  readonly activeUntil?: number
}

export interface Grid {
  /** Cells with a part in any of the map tiles. */
  inTiles(tiles: readonly string[]): Promise<readonly GridCell[]>
  /**
   * The unit of a cell whose middle is near, up to about 30 km: the nearest, unless more than a thousand lie
   * equally far as tiles tell. Good enough for whose queue it is, never for who answers.
   */
  groundNear(point: Point): Promise<RoutedUnit | undefined>
  ofUnit(unitId: string): Promise<readonly GridCell[]>
  /** Specialised branches, and temporary units whose time is not over. */
  specialUnits(bannerId: string, at: number): Promise<readonly SpecialUnit[]>
}

export interface Photo {
  readonly id: string
  /** Tells the account it belongs to, to whoever has the secret (own-photos.ts); the database alone does not. */
  readonly owner: string
  /** The one use that shows this photo; null while nothing does. */
  readonly usedIn: string | null
  /** Missing where the photo was not taken in by the pipeline. */
  readonly digest?: PictureDigest
  readonly fileId: string
  readonly thumbFileId: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly admittedAt: number
}

export interface PhotoUrls {
  readonly url: string
  readonly thumbUrl: string
}

export interface Photos {
  getMany(ids: readonly string[]): Promise<readonly Photo[]>
  /** Does nothing when a photo of this id exists already. */
  add(photo: Photo): Promise<void>
  /** Gives the photo to a use unless another has it; answers the use that has it now. */
  claim(photo: Photo, use: string, isEvidence: boolean): Promise<string>
  /** A photo of its own made of another's files; doing it again changes nothing. */
  copy(photo: Photo, as: Pick<Photo, 'id' | 'owner' | 'usedIn'>, isEvidence: boolean): Promise<void>
  /** What the pictures look like, by photo id; ids that are unknown are missing. */
  digests(ids: readonly string[]): Promise<ReadonlyMap<string, PictureDigest>>
  /** Photos laid as evidence that may show the same picture as one of these, at most a thousand; compare them. */
  evidenceAlike(digests: readonly PictureDigest[]): Promise<readonly Photo[]>
  /** Temporary URLs by photo id; ids that are unknown are missing. */
  urls(ids: readonly string[]): Promise<ReadonlyMap<string, PhotoUrls>>
}

/** One stay on the public list, as everyone may read it; derived from its report. */
export interface RedFaceEntry {
  readonly id: string
  readonly reportId: string
  readonly reportRev: number
  readonly episodeNo: number
  readonly list: 'notice' | 'public' | 'cleared' | 'never-public'
  /** Every cause that stands is disputed (申诉中). */
  readonly isAppealed: boolean
  readonly summary: string
  /** Missing in an entry that was last written before entries knew it. */
  readonly submittedAt?: number
  readonly categoryId: CategoryId
  readonly unitId: string
  readonly unitName: string
  readonly unitPath: readonly string[]
  readonly causes: readonly RedFaceCause[]
  readonly noticedAt: number
  readonly publicAt: number
  readonly clearedAt: number | null
  /** When the unit passed the matter on: its days are counted up to then (A4). Null while it has it. */
  readonly heldUntilAt: number | null
  readonly consent: RedFaceConsent | null
  readonly supporterCount: number
  readonly weight: number
  readonly weighedAt: number
}

export interface RedFaceEntries {
  get(id: string): Promise<RedFaceEntry | undefined>
  /** Writes the entry unless a newer revision of its report has been projected already. */
  project(entry: RedFaceEntry): Promise<void>
  list(unitId: string, list: 'public' | 'cleared', page: PageRequest): Promise<Page<RedFaceEntry>>
  count(unitId: string, list: 'public' | 'cleared'): Promise<number>
  /** Public entries whose weight was last worked out before the instant. */
  weighedBefore(at: number, limit: number): Promise<readonly RedFaceEntry[]>
  reweigh(id: string, reportRev: number, weight: number, weighedAt: number): Promise<void>
}

/**
 * Whether everyone may read what a row says. `withheld`: what it is about is not public yet. `revealed`: it has become
 * public. `closed`: it ended before it became public and is never shown.
 */
export type LedgerFate = 'withheld' | 'revealed' | 'closed'

/** A row with its words, whoever may read them, and what they are about. */
export type StoredLedgerRow = (
  | (Extract<LedgerRow, { shape: 2 }> & { readonly opened: OpenedFacts })
  | (Extract<LedgerRow, { shape: 1 }> & { readonly facts: OpenedFacts['facts'] })
) & {
  readonly eventKey: string
  /** The episode or cause that becomes public or does not: the rows of one subject share its fate. */
  readonly subjectKey: string
  readonly fate: LedgerFate
}

/** What is known of a chain besides its rows: where it ends, and how far it has been checked. */
export interface LedgerChain {
  readonly id: string
  /** Ids from the region down to the chain's unit. */
  readonly path: readonly string[]
  readonly head: ChainHead
  /** Up to here today's check has found it sound; null before its first row. */
  readonly checked: ChainHead | null
  /** Chinese date on which that check began at the first row. */
  readonly checkedOn: string | null
  readonly checkedAt: number
  /** The furthest row that was ever found sound. */
  readonly furthest: ChainHead | null
  /** Where it was found broken by the latest check. */
  readonly broken: LedgerBreak | null
  /** The last Chinese date for which its head was published. */
  readonly publishedOn: string | null
}

/** A chain's head as it was published for a Chinese date. */
export interface PublishedHead extends ChainHead {
  readonly on: string
}

export interface Ledger {
  head(chainId: string): Promise<ChainHead | undefined>
  hasEvent(eventKey: string): Promise<boolean>
  /** False when the place in the chain or the event is taken: read the head again. */
  add(row: StoredLedgerRow): Promise<boolean>
  /** Latest first. */
  list(chainId: string, page: PageRequest): Promise<Page<StoredLedgerRow>>
  /** First row first, from the number on. */
  from(chainId: string, seq: number, limit: number): Promise<readonly StoredLedgerRow[]>
  /** Every row about a report, whichever chain it stands in. */
  ofReport(reportId: string): Promise<readonly StoredLedgerRow[]>
  /** Gives the rows of a subject that are still withheld their fate. */
  settleSubject(subjectKey: string, fate: 'revealed' | 'closed'): Promise<void>
  settleRow(id: string, fate: 'revealed' | 'closed'): Promise<void>

  chain(chainId: string): Promise<LedgerChain | undefined>
  /** The chains of a unit and of every unit below it, in the order of their ids. */
  chainsBelow(unitId: string, page: PageRequest): Promise<Page<LedgerChain>>
  chains(): Promise<readonly LedgerChain[]>
  /** The chains that have a first row, listed or not. */
  begunChainIds(): Promise<readonly string[]>
  /** Puts down where a chain ends; an older end changes nothing. */
  noteHead(chainId: string, path: readonly string[], head: ChainHead): Promise<void>
  noteCheck(
    chainId: string,
    check: Pick<LedgerChain, 'checked' | 'checkedOn' | 'checkedAt' | 'furthest' | 'broken'>,
  ): Promise<void>

  /** Publishes the head of a chain for a day; the first one of a day stands. */
  publish(chainId: string, head: PublishedHead, at: number): Promise<void>
  /** Published heads, latest first. */
  published(chainId: string, limit: number): Promise<readonly PublishedHead[]>
  /** Published heads with these numbers, both inclusive. */
  publishedBetween(chainId: string, fromSeq: number, toSeq: number): Promise<readonly PublishedHead[]>
  /** The published head with the highest number. */
  furthestPublished(chainId: string): Promise<ChainHead | undefined>
}

export interface Message {
  /** Made of report, outbox entry and recipient: delivering twice is delivering once. */
  readonly id: string
  /** `account:…`, `unit:…`, or `member:…` for one of a unit's people in their seat there. */
  readonly recipient: string
  readonly reportId: string | null
  readonly title: string
  readonly text: string
  /** Which matter it is about, as the recipient may know it; missing where it was sent before messages said so. */
  readonly about?: string
  /** When it happened. */
  readonly at: number
  /** When it came in: a message of the past that comes late is new all the same. */
  readonly arrivedAt: number
  /** The unit that the report accuses: whoever has a seat there reads it in no unit's inbox (H4). */
  readonly accusedUnitId?: string
}

/** Whose messages are meant: without those about complaints against the units named (H4). */
export interface InboxScope {
  /** `account:…` or `unit:…`. */
  readonly recipient: string
  /** In a unit's inbox also what is for this colleague alone (`member:…`): it is read from the seat, and goes with it. */
  readonly member?: string
  readonly seatsIn: readonly string[]
}

export interface Inbox {
  /** Those that are there already stay as they are. */
  deliver(messages: readonly Message[]): Promise<void>
  list(scope: InboxScope, page: PageRequest): Promise<Page<Message>>
  readUntil(accountId: string, recipient: string): Promise<number>
  markRead(accountId: string, recipient: string, untilAt: number): Promise<void>
  unreadCount(scope: InboxScope, afterAt: number): Promise<number>
}

export interface CoverageGaps {
  add(reportId: string, point: Point, unitPath: readonly string[], at: number): Promise<void>
}

export interface RuleBooks {
  /** The banner's own rule book; the region's where it has none, or one that may not be used. */
  of(bannerId: string | null): Promise<RuleBook>
  /** A version as it stood when something was decided by it; undefined where it is not kept. */
  version(bannerId: string | null, version: string): Promise<RuleBook | undefined>
  /**
   * Keeps the region's present version beside the banners': it comes with the code, and the code that follows has
   * another. Done again it does no harm.
   */
  keepRegions(): Promise<void>
  /** Why the banner's own book is not used, in words for its staff; null while it is, or while there is none. */
  faultOf(bannerId: string): Promise<string | null>
  /**
   * Brings a version into force. Answers why it may not (no rule book, beyond the region's bounds, another book
   * under the same name), and then changes nothing; nothing to say means done. The same again does no harm.
   */
  publish(bannerId: string, book: unknown): Promise<readonly string[]>
}

/** How far the open reports have been looked at since the calendar's days changed. */
export interface CalendarProgress {
  /** The calendar's version. */
  readonly version: string
  /** When the clock first saw this version. */
  readonly seenAt: number
  readonly cursor: string | null
  /** Every open report has been looked at; those that failed are still to be tried again. */
  readonly isDone: boolean
  readonly failedReportIds: readonly string[]
}

export interface Calendars {
  /** The national calendar with every notice that has been entered; at most a minute old. */
  current(): Promise<WorkingCalendar>
  progress(): Promise<CalendarProgress | undefined>
  saveProgress(progress: CalendarProgress): Promise<void>
}

/** How much has been done in a window of time. */
/** A call in one window of a limit. */
export interface CountedCall {
  readonly id: string
  readonly most: number
  readonly amount: number
  readonly endsAt: number
  /** What tells one command from all others; undefined for what is no command. */
  readonly command?: string | undefined
}

export interface Limits {
  /**
   * Adds `amount` to a window's count, unless it would exceed `most`: then it is false and nothing is added. True, and
   * nothing is added either, where the window counts the same command already.
   */
  take(call: CountedCall): Promise<boolean>
  /** Removes windows that are over, oldest first, `most` at once; says how many. */
  dropEnded(now: number, most: number): Promise<number>
}

export interface Ports {
  readonly reports: Reports
  readonly participants: Participants
  readonly units: Units
  readonly grid: Grid
  readonly photos: Photos
  readonly redFaceEntries: RedFaceEntries
  readonly ledger: Ledger
  readonly inbox: Inbox
  readonly coverageGaps: CoverageGaps
  readonly ruleBooks: RuleBooks
  readonly calendars: Calendars
  readonly limits: Limits
  /** Hex SHA-256, for what anybody may check: the ledger's chain. Never of anything that stands for a person. */
  sha256(text: string): string
  /** Hex HMAC-SHA256 under a secret that is not in the database: for whatever stands for a person. */
  keyed(text: string): string
  /** 128 random bits in hex, from the environment's source for secrets. */
  newSalt(): string
  /** A whole number from 0 up to but not including the limit, each as likely as any other, from the same source. */
  draw(limit: number): number
}

/** Who calls, when, and what they may be taken for; read once per invocation. */
export interface Session {
  /** Null for somebody who has not signed in. */
  readonly accountId: string | null
  /** Seats held now. */
  readonly memberships: readonly Membership[]
  /** Seats held at any time. */
  readonly everyMembership: readonly Membership[]
  readonly now: number
}
