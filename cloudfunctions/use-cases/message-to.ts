import type { OutboxEntry } from '../domain/report/report'
import type { Message, Ports } from './ports'

export type MessageEntry = Extract<OutboxEntry, { kind: 'message' }>

/** What one recipient is told; its id follows from entry and recipient, so that telling twice is telling once. */
export const messageTo = (
  keyed: Ports['keyed'],
  reportId: string,
  entry: MessageEntry,
  recipient: string,
  arrivedAt: number,
): Message => ({
  id: `${reportId}:${entry.id}:${keyed(`recipient|${recipient}`).slice(0, 16)}`,
  recipient,
  reportId,
  title: entry.title,
  text: entry.text,
  at: entry.at,
  arrivedAt,
})
