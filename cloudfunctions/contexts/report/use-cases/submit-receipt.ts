import type { OutputOf } from '../contract'
import type { Report } from '../rules/report'
import { whyHereText } from '../words'

/** What whoever brought a report in is told, the same however often they ask. */
export const receiptOf = (report: Report): OutputOf<'report.submit'> => {
  const { unitName, reasons, ...told } = report.firstAnswer
  return {
    reportId: report.id,
    number: report.number ?? null,
    rev: 1,
    at: report.submittedAt,
    ...told,
    branchName: unitName,
    reasons: reasons.map(whyHereText),
  }
}
