import { ok, type Result, refuse } from '../../../ground/result'
import type { OutputOf } from '../contract'
import type { Report } from '../rules/report'
import { whyHereText } from '../words'

/** What whoever sent the report in is told again; refuses `command-reused` where the same id comes with another content. */
export const answerAgain = (report: Report, digest: string): Result<OutputOf<'report.submit'>> =>
  report.timeline[0]?.commandDigest === digest ? ok(receiptOf(report)) : refuse('command-reused')

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
