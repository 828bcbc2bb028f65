import type { ReportPorts } from '../ports'
import { type ReportNumber, reportNumberAt, reportNumberCount } from '../rules/report-number'

/** One number in a thousand would have to be taken for this many draws to fail once in 10 to the 60. */
const mostDraws = 20

/**
 * A number for a new report that no other report has or will have. One that is kept for a report which is not
 * written after all stays unused: there are nine hundred million.
 */
export const numberReport = async (
  ports: Pick<ReportPorts, 'reports' | 'draw'>,
  reportId: string,
): Promise<ReportNumber> => {
  for (let draws = 0; draws < mostDraws; draws += 1) {
    const number = reportNumberAt(ports.draw(reportNumberCount))
    if (await ports.reports.takeNumber(number, reportId)) return number
  }
  throw new Error(`no free number for report ${reportId} in ${mostDraws} draws`)
}
