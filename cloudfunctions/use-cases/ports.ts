import type { Calendars } from '../contexts/calendar/ports'
import type { Grid } from '../contexts/grid/ports'
import type { Limits } from '../contexts/limits/ports'
import type { Inbox } from '../contexts/notice/ports'
import type { Units } from '../contexts/organisation/ports'
import type { Photos } from '../contexts/photo/ports'
import type { Ledger, RedFaceEntries } from '../contexts/red-face/ports'
import type { Participants, Reports } from '../contexts/report/ports'
import type { CoverageGaps } from '../contexts/routing/ports'
import type { RuleBooks } from '../contexts/rule-book/ports'

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
