import type { WorkingCalendar } from '../domain/calendar/working-calendar'
import type { CategoryId } from '../domain/category/category'
import type { Membership, Partnership, Unit } from '../domain/organisation/unit'
import type { PictureDigest } from '../domain/photo/same-picture'
import type { LedgerEntry } from '../domain/red-face/ledger'
import type { RedFaceCause, RedFaceConsent } from '../domain/red-face/red-face'
import type { Point, Report } from '../domain/report/report'
import type { GridCell } from '../domain/routing/grid-cell'
import type { RoutedUnit } from '../domain/routing/routing'
import type { RuleBook } from '../domain/rules'

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

/** Which reports a list shows; each form has a declared index. */
export type ReportScope =
  | { readonly kind: 'branch-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'branch-done'; readonly unitId: string }
  | { readonly kind: 'handler-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'handled'; readonly unitId: string }
  | { readonly kind: 'area-queue'; readonly unitId: string; readonly tab: QueueTab }
  | { readonly kind: 'area-open'; readonly unitId: string }
  | { readonly kind: 'area-overdue'; readonly unitId: string; readonly now: number }
  | { readonly kind: 'area-requests'; readonly unitId: string }
  | { readonly kind: 'area-recent'; readonly unitId: string }

export interface Reports {
  get(id: string): Promise<Report | undefined>
  getMany(ids: readonly string[]): Promise<readonly Report[]>
  /** False when a report of this id exists already. */
  insert(report: Report): Promise<boolean>
  /** Compare-and-set on id, revision and status; false when somebody else was quicker. */
  replace(before: Report, after: Report): Promise<boolean>
  /** Empties the outbox if the report has not changed since it was read. */
  settleOutbox(report: Report): Promise<boolean>
  list(scope: ReportScope, page: PageRequest): Promise<Page<Report>>
  count(scope: ReportScope): Promise<number>
  /** Reports of one category in the given map tiles, submitted since. */
  inTiles(tiles: readonly string[], categoryId: CategoryId, sinceAt: number): Promise<readonly Report[]>
  /** Every report of a branch submitted within the period. */
  ofPeriod(branchId: string, fromAt: number, toAt: number): Promise<readonly Report[]>
  dueForClock(now: number, limit: number): Promise<readonly Report[]>
  withOutbox(now: number, limit: number): Promise<readonly Report[]>
}

/** Who took part in a report: the only place that ties an account to it. */
export interface Participant {
  readonly reportId: string
  /** Opaque key of the account within this report. */
  readonly key: string
  readonly accountId: string
  readonly part: 'reporter' | 'supporter'
  readonly phone: string | null
  readonly joinedAt: number
}

export interface Participants {
  get(reportId: string, key: string): Promise<Participant | undefined>
  /** Does nothing when the account takes part already. */
  add(participant: Participant): Promise<void>
  ofReport(reportId: string): Promise<readonly Participant[]>
  ofAccount(accountId: string, page: PageRequest): Promise<Page<Participant>>
}

export interface Units {
  get(id: string): Promise<Unit | undefined>
  getMany(ids: readonly string[]): Promise<readonly Unit[]>
  children(parentId: string | null): Promise<readonly Unit[]>
  membershipsOf(accountId: string): Promise<readonly Membership[]>
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
  inCoarseTiles(tiles: readonly string[]): Promise<readonly GridCell[]>
  ofUnit(unitId: string): Promise<readonly GridCell[]>
  specialUnits(bannerId: string): Promise<readonly SpecialUnit[]>
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
  readonly state: 'noticed' | 'public' | 'frozen' | 'cleared'
  readonly summary: string
  readonly categoryId: CategoryId
  readonly unitId: string
  readonly unitName: string
  readonly unitPath: readonly string[]
  readonly causes: readonly RedFaceCause[]
  readonly noticedAt: number
  readonly publicAt: number
  readonly clearedAt: number | null
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

/** `revealAt`: until then everyone sees only that the row exists. */
export type StoredLedgerEntry = LedgerEntry & { readonly eventKey: string; readonly revealAt: number }

export interface Ledger {
  head(chainId: string): Promise<StoredLedgerEntry | undefined>
  hasEvent(eventKey: string): Promise<boolean>
  /** False when the place in the chain or the event is taken: read the head again. */
  add(entry: StoredLedgerEntry): Promise<boolean>
  list(chainId: string, page: PageRequest): Promise<Page<StoredLedgerEntry>>
  ofReport(reportId: string): Promise<readonly StoredLedgerEntry[]>
  /** Fixes the head of a chain for a day; the first anchor of a day stands. */
  anchor(chainId: string, on: string, seq: number, hash: string, at: number): Promise<void>
  chainIds(): Promise<readonly string[]>
}

export interface Message {
  /** Made of report, outbox entry and recipient: delivering twice is delivering once. */
  readonly id: string
  /** `account:…` or `unit:…`. */
  readonly recipient: string
  readonly reportId: string | null
  readonly title: string
  readonly text: string
  readonly at: number
}

export interface Inbox {
  deliver(message: Message): Promise<void>
  list(recipient: string, page: PageRequest): Promise<Page<Message>>
  readUntil(accountId: string, recipient: string): Promise<number>
  markRead(accountId: string, recipient: string, untilAt: number): Promise<void>
  unreadCount(recipient: string, afterAt: number): Promise<number>
}

export interface CoverageGaps {
  add(reportId: string, point: Point, unitPath: readonly string[], at: number): Promise<void>
}

export interface RuleBooks {
  /** The banner's own rule book, else the region's default. */
  of(bannerId: string | undefined): Promise<RuleBook>
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
  readonly calendar: WorkingCalendar
  /** Hex SHA-256, for what anybody may check: the ledger's chain. Never of anything that stands for a person. */
  sha256(text: string): string
  /** Hex HMAC-SHA256 under a secret that is not in the database: for whatever stands for a person. */
  keyed(text: string): string
}

/** Who calls, when, and what they may be taken for; read once per invocation. */
export interface Session {
  /** Null for somebody who has not signed in. */
  readonly accountId: string | null
  readonly memberships: readonly Membership[]
  readonly now: number
}
