import type { Page, PageRequest } from '../../ground/page'

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
  /** How many have arrived since, counted as far as a page tells it apart (99+). */
  unreadCount(scope: InboxScope, afterAt: number): Promise<number>
}

/** What it asks of the outside. */
export interface NoticePorts {
  readonly inbox: Inbox
}
