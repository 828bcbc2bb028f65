import { ok } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import { passUnseen } from '../../../journal/rules/change'
import type { ReportPorts } from '../ports'
import { beginChange, finishChange } from '../rules/change'
import { isCountedAsBefore } from '../rules/lies-in'
import { lawOf } from '../use-cases/standing-of'

/**
 * Tells the figures for the first time where a report lies that no figure contains yet: one that was stored before there
 * were figures, or was counted where nothing is counted any more. Nothing that people see of it changes.
 */
export const countFirst = (ports: Pick<ReportPorts, 'reports' | 'ruleBooks' | 'calendars'>) => {
  const write = writeAnew(ports.reports)

  return async (reportId: string): Promise<void> => {
    await write(reportId, async (report) => {
      if (report.countedIn && !isCountedAsBefore(report.countedIn)) return ok(report)
      const change = beginChange(report, report.changedAt, { side: 'system' }, await lawOf(ports, report))
      passUnseen(change)
      return ok(finishChange(change))
    })
  }
}
