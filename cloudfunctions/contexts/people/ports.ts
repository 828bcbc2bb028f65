import type { Matters } from '../../journal/matters'
import type { Limits } from '../limits/ports'
import type { Inbox } from '../notice/ports'
import type { Seats, Units } from '../organisation/ports'
import type { Figures } from '../report/ports'
import type { InHandPorts } from '../report/shared/in-hand'
import type { Invitation } from './rules/invitation'

export interface Invitations extends Matters<Invitation> {
  ofCode(codeDigest: string): Promise<Invitation | undefined>
  /** Which of the codes have been given out at any time. */
  codesAmong(codeDigests: readonly string[]): Promise<ReadonlySet<string>>
  /** Those of these units that were open when they were last written; the clock may owe one its end. */
  openIn(unitIds: readonly string[]): Promise<readonly Invitation[]>
  /** Those that somebody has come with the code of, the latest first. */
  ofInvitee(accountId: string, limit: number): Promise<readonly Invitation[]>
}

/** What the room asks of the outside. */
export interface PeoplePorts extends InHandPorts {
  readonly figures: Figures
  readonly invitations: Invitations
  readonly seats: Seats
  readonly units: Pick<Units, 'get' | 'getMany' | 'childrenBehind' | 'partnershipsOf'>
  readonly inbox: Pick<Inbox, 'deliver'>
  readonly limits: Limits
  readonly timeIn: (began: number) => number
}
