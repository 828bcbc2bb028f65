import type { Message } from '../contexts/notice/ports'
import type { OutboxEntry, Report } from '../contexts/report/rules/report'
import type { Ports } from './ports'

export type MessageEntry = Extract<OutboxEntry, { kind: 'message' }>

/** One of a unit's people, in their seat there. */
export const memberRecipient = (unitId: string, accountId: string): string => `member:${unitId}:${accountId}`

/** What one recipient is told; its id follows from entry and recipient, so that telling twice is telling once. */
export const messageTo = (
  keyed: Ports['keyed'],
  report: Pick<Report, 'id'>,
  entry: MessageEntry,
  recipient: string,
  arrivedAt: number,
): Message => ({
  id: `${report.id}:${entry.id}:${keyed(`recipient|${recipient}`).slice(0, 16)}`,
  recipient,
  reportId: report.id,
  title: entry.title,
  text: entry.text,
  ...(entry.about === undefined ? {} : { about: entry.about }),
  at: entry.at,
  arrivedAt,
  ...(entry.accusedUnitId === undefined ? {} : { accusedUnitId: entry.accusedUnitId }),
})
