import type { Message } from '../../notice/ports'
import type { ReportPorts } from '../ports'
import type { OutboxEntry, Report } from '../rules/report'

export type MessageEntry = Extract<OutboxEntry, { kind: 'message' }>

/** What one recipient is told; its id follows from entry and recipient, so that telling twice is telling once. */
export const messageTo = (
  keyed: ReportPorts['keyed'],
  report: Pick<Report, 'id'>,
  entry: MessageEntry,
  recipient: string,
  arrivedAt: number,
): Message => ({
  id: `${report.id}:${entry.id}:${keyed(`recipient|${recipient}`).slice(0, 16)}`,
  recipient,
  reportId: report.id,
  parts: entry.parts,
  ...(entry.about === undefined ? {} : { about: entry.about }),
  at: entry.at,
  arrivedAt,
  ...(entry.accusedUnitId === undefined ? {} : { accusedUnitId: entry.accusedUnitId }),
})
