import type { Page, PageRequest } from '../../ground/page'
import type { CategoryId } from '../category/rules/category'
import type { Units } from '../organisation/ports'
import type { Figures } from '../report/ports'
import type { EpisodePorts } from '../report/shared/read-episode'
import type { ChainHead, LedgerBreak, LedgerFate, LedgerRow, OpenedFacts } from './rules/ledger'
import type { RedFaceCause, RedFaceConsent } from './rules/red-face'

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
  /** Who acts for the unit since it has ended (A4). */
  readonly heir?: { readonly id: string; readonly name: string }
  /** Ids from the region down to whoever acts now: in whose areas it is listed. */
  readonly unitPath: readonly string[]
  readonly causes: readonly RedFaceCause[]
  readonly noticedAt: number
  readonly publicAt: number
  readonly clearedAt: number | null
  /** When the unit passed the matter on: its days are counted up to then (A4). Null while it has it. */
  readonly heldUntilAt: number | null
  readonly consent: RedFaceConsent | null
  readonly supporterCount: number
  /** Others who reported it, as everybody counts them; missing in an entry that was last written before entries knew it. */
  readonly coReporterCount?: number
  /** The branch declared it, and nobody has reported it. */
  readonly isUnreported?: boolean
  /** When somebody reported what the branch had declared. */
  readonly reportedAt?: number
  readonly weight: number
  readonly weighedAt: number
}

export interface RedFaceEntries {
  get(id: string): Promise<RedFaceEntry | undefined>
  /** Writes the entry unless a newer revision of its report has been projected already. */
  project(entry: RedFaceEntry): Promise<void>
  list(unitId: string, list: 'public' | 'cleared', page: PageRequest): Promise<Page<RedFaceEntry>>
  /** Public entries whose weight was last worked out before the instant. */
  weighedBefore(at: number, limit: number): Promise<readonly RedFaceEntry[]>
  reweigh(id: string, reportRev: number, weight: number, weighedAt: number): Promise<void>
}

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
  /** Which of the events have a row already. */
  eventsAmong(eventKeys: readonly string[]): Promise<ReadonlySet<string>>
  /** False when the place in the chain or the event is taken: read the head again. */
  add(row: StoredLedgerRow): Promise<boolean>
  /** Latest first. */
  list(chainId: string, page: PageRequest): Promise<Page<StoredLedgerRow>>
  /** First row first, from the number on. */
  from(chainId: string, seq: number, limit: number): Promise<readonly StoredLedgerRow[]>
  /** The rows of these events, of those that have one. */
  ofEvents(eventKeys: readonly string[]): Promise<readonly StoredLedgerRow[]>
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

/** What keeping the ledger asks of the outside. */
export interface LedgerPorts {
  readonly ledger: Ledger
  readonly units: Pick<Units, 'get' | 'getMany'>
  /** Hex SHA-256, for what anybody may check. Never of anything that stands for a person. */
  readonly sha256: (text: string) => string
  /** 128 random bits in hex, from the environment's source for secrets. */
  readonly newSalt: () => string
}

/** What the list asks of the outside. */
export interface RedFacePorts extends EpisodePorts, LedgerPorts {
  readonly redFaceEntries: Pick<RedFaceEntries, 'get' | 'list'>
  readonly figures: Figures
}
