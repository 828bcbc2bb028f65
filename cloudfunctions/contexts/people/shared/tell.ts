import type { Keyed } from '../../../ground/keyed'
import type { Inbox } from '../../notice/ports'
import type { MessagePart } from '../../report/rules/messages'

interface TellPorts {
  readonly inbox: Pick<Inbox, 'deliver'>
  readonly keyed: Keyed
  readonly timeIn: (began: number) => number
}

/** Of which matter and which of its works somebody is told, and when that was. */
interface Occasion {
  readonly matterId: string
  readonly workId: string
  readonly at: number
}

/**
 * Tells one inbox something about a seat or an invitation. Its id follows from the occasion and the inbox: telling twice
 * is telling once.
 */
export const tellOne =
  (ports: TellPorts) =>
  ({ matterId, workId, at }: Occasion, recipient: string, part: MessagePart, now: number): Promise<void> =>
    ports.inbox.deliver([
      {
        id: `${String(at).padStart(13, '0')}.${ports.keyed(`message|${matterId}|${workId}|${recipient}`).slice(0, 32)}`,
        recipient,
        reportId: null,
        parts: [part],
        at,
        arrivedAt: ports.timeIn(now),
      },
    ])
