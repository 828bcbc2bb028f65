import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf } from '../contract'

/** Which matter the receipt is for that came with the call. Refuses `receipt-unknown`. */
export const matterOfReceipt = async ({ receipt }: Session): Promise<Result<OutputOf<'report.ofReceipt'>>> =>
  receipt
    ? ok({
        reportId: receipt.reportId,
        parentReportId: receipt.parentReportId ?? null,
        isThroughOurs: receipt.isThroughOurs,
      })
    : refuse('receipt-unknown')
