import { begun } from '../../../ground/begun'
import type { Asked } from '../../../terms/action'
import type { Participant, ReadingPorts } from '../ports'
import { participantKey } from '../rules/participant-key'
import type { Report } from '../rules/report'

/** What is read, while it is looked up which seats they hold, for somebody who is about to get a part in a report. */
export interface Ahead {
  readonly report: Promise<Report | undefined>
  /** The caller's row, once: whoever reads the report again reads the row again. */
  readonly takeRow: () => Promise<Participant | undefined> | undefined
}

export const readAhead = (
  { reports, participants, keyed }: Pick<ReadingPorts, 'reports' | 'participants' | 'keyed'>,
  { accountId }: Asked,
  reportId: string,
): Ahead => {
  let row =
    accountId === null
      ? undefined
      : begun(participants.get(reportId, participantKey(keyed, accountId, reportId)))
  return {
    report: begun(reports.get(reportId)),
    takeRow: () => {
      const taken = row
      row = undefined
      return taken
    },
  }
}
