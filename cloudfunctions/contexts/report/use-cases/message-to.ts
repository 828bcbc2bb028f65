import type { Message } from '../../notice/ports'
import type { ReportPorts } from '../ports'
import type { OutboxEntry, Report } from '../rules/report'

export type MessageEntry = Extract<OutboxEntry, { kind: 'message' }>

/**
 * What one recipient is told; its id follows from entry and recipient, so that telling twice is telling once. It is read,
 * and lies in cursors: the entry's own would say how many changes there were and what else was told of them (F2). First
 * comes the instant, which is shown beside it: what arrived together stands in its order.
 */
export const messageTo = (
  keyed: ReportPorts['keyed'],
  report: Pick<Report, 'id'>,
  entry: MessageEntry,
  recipient: string,
  arrivedAt: number,
): Message => ({
  id: `${String(entry.at).padStart(13, '0')}.${keyed(`message|${report.id}|${entry.id}|${recipient}`).slice(0, 32)}`,
  recipient,
  reportId: report.id,
  parts: entry.parts,
  ...(entry.about === undefined ? {} : { about: entry.about }),
  at: entry.at,
  arrivedAt,
  ...(entry.accusedUnitId === undefined ? {} : { accusedUnitId: entry.accusedUnitId }),
})
