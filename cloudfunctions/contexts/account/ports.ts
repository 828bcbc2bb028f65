import type { Inbox } from '../notice/ports'
import type { Units } from '../organisation/ports'
import type { Participants, Reports } from '../report/ports'

/** What it asks of the outside. */
export interface AccountPorts {
  readonly units: Pick<Units, 'lately'>
  readonly participants: Pick<Participants, 'firstOfAccount'>
  readonly reports: Pick<Reports, 'getMany'>
  readonly inbox: Pick<Inbox, 'readUntil' | 'unreadCount'>
}
