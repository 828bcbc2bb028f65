import { saidCode } from '../../../ground/text/spoken-code'
import type { OutputOf } from '../contract'
import type { ReportPorts } from '../ports'
import { receiptCode } from '../rules/receipt'
import type { Report } from '../rules/report'
import { receiptOf } from './submit-receipt'

/** What a print of a receipt says: the code lies nowhere and is worked out again from the command that made it. */
export const printedBy = (
  { keyed }: Pick<ReportPorts, 'keyed'>,
  report: Report,
  commandId: string,
  printNo: number,
  filed: { readonly categoryId: Report['categoryId']; readonly where: string },
): OutputOf<'report.submitOnBehalf'> => {
  if (report.number === undefined) throw new Error(`report ${report.id} was filed without a number`)
  return {
    ...receiptOf(report),
    number: report.number,
    code: saidCode(receiptCode(keyed, report.id, commandId)),
    printNo,
    categoryId: filed.categoryId,
    where: filed.where,
  }
}
