import type { Page, PageRequest } from '../../ground/page'
import type { MessageFacts, MessageText } from '../report/rules/messages'

/** A message in an inbox: what it tells as facts, said by the words of the room it comes from. */
export interface Message extends MessageFacts {
  /** Made of report, outbox entry and recipient, legible to nobody: delivering twice is delivering once. */
  readonly id: string
  /** `account:…`, `unit:…`, or `member:…` for one of a unit's people in their seat there. */
  readonly recipient: string
  readonly reportId: string | null
  /** When it happened. */
  readonly at: number
  /** When it came in: a message of the past that comes late is new all the same. */
  readonly arrivedAt: number
  /** Whom the report accuses, as seats are compared with it: whoever has one of those reads it in no unit's inbox (H4). */
  readonly accusedUnitId?: string
}

/** Whose messages are meant: without those about complaints that accuse one of the seats (H4, `accusableSeats`). */
export interface InboxScope {
  /** `account:…` or `unit:…`. */
  readonly recipient: string
  /** In a unit's inbox also what is for this colleague alone (`member:…`): it is read from the seat, and goes with it. */
  readonly member?: string
  readonly seatsIn: readonly string[]
}

/** What units have been told of one report: of which, who, and since when. */
export interface ToldOf {
  readonly reportId: string
  readonly recipients: readonly string[]
  readonly since: number
}

export interface Inbox {
  /** Those that are there already stay as they are. */
  deliver(messages: readonly Message[]): Promise<void>
  /** What units have been told of a report while it accused `was` is kept from `is` instead. */
  accuse(told: ToldOf, was: string, is: string): Promise<void>
  list(scope: InboxScope, page: PageRequest): Promise<Page<Message>>
  /** Up to when somebody has read each of these inboxes, in their order; 0: nothing yet. */
  readUntil(accountId: string, recipients: readonly string[]): Promise<readonly number[]>
  markRead(accountId: string, recipient: string, untilAt: number): Promise<void>
  /** How many have arrived since, counted as far as a page tells it apart (99+). */
  unreadCount(scope: InboxScope, afterAt: number): Promise<number>
}

/** What it asks of the outside. */
export interface NoticePorts {
  readonly inbox: Inbox
}

/** What reading an inbox asks besides: how its messages are said. */
export interface ReadingPorts extends NoticePorts {
  readonly messageText: (message: MessageFacts) => MessageText
}
