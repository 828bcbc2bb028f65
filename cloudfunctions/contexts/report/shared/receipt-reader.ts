import * as z from 'zod/mini'
import { bucket, latestFullAt, per, takeableAt } from '../../../ground/bucket'
import { hourMs } from '../../../ground/instant'
import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import { readSpokenCode } from '../../../ground/text/spoken-code'
import { id } from '../../../terms/primitives'
import type { Limits } from '../../limits/ports'
import { readerName, waitText } from '../../limits/shared/limit-calls'
import { tokenTaker } from '../../limits/shared/take-tokens'
import type { Units } from '../../organisation/ports'
import type { ShownReceipt } from '../../organisation/rules/session'
import { wasMembershipSince } from '../../organisation/rules/unit'
import type { Receipts, Reports } from '../ports'
import { deviceDigest, receiptAccount, receiptCodeLength, receiptDigest } from '../rules/receipt'
import { readReportNumber } from '../rules/report-number'

const sentReceipt = z.object({
  number: z.string().check(z.maxLength(40)),
  code: z.string().check(z.maxLength(40)),
  /** What this device is called where receipts are printed. */
  device: z.optional(id),
})

/** How many codes may be wrong: by who asks and never by the receipt, which a stranger could shut else. */
const wrongCodes = bucket(10, per(10, hourMs))

interface Asker {
  readonly accountId: string | null
  readonly network: string
}

/** Whoever a receipt was printed for, as its number and code show. */
interface Holder {
  readonly accountId: string
  readonly receipt: ShownReceipt
}

interface ReaderPorts {
  readonly receipts: Pick<Receipts, 'find'>
  readonly reports: Pick<Reports, 'get'>
  readonly units: Pick<Units, 'membershipsOf'>
  readonly limits: Limits
  readonly keyed: Keyed
}

/**
 * Reads a receipt that comes with a call. Refuses `receipt-unknown`, whether it is the number or the code that is wrong,
 * and `too-many` to whoever has shown ten wrong ones within an hour.
 */
export const receiptReader = ({ receipts, reports, units, limits, keyed }: ReaderPorts) => {
  const { take } = tokenTaker(limits)

  const tooManyWrong = (againAt: number, now: number) =>
    refuse(
      'too-many',
      { retryAt: againAt },
      `编号或查询码错的次数太多了，请${waitText(againAt - now)}再试，或者到窗口重打一张`,
    )

  /** Q5: the code is the resident's alone; whoever files, prints or works here may have seen it. */
  const isMember = async (accountId: string | null, since: number, now: number): Promise<boolean> =>
    accountId !== null &&
    (await units.membershipsOf(accountId)).some((membership) => wasMembershipSince(membership, since, now))

  return async (sent: unknown, asker: Asker, now: number): Promise<Result<Holder>> => {
    const shown = z.safeParse(sentReceipt, sent)
    const number = shown.success ? readReportNumber(shown.data.number) : undefined
    const code = shown.success ? readSpokenCode(shown.data.code, receiptCodeLength) : undefined
    // Nothing of the kind was ever printed: nobody learns anything by it, and a slip of the finger costs nothing.
    if (number === undefined || code === undefined) return refuse('receipt-unknown')
    const bucketId = `report.receipt:${readerName(keyed, asker)}`
    const [kept, filed] = await Promise.all([limits.read(bucketId), receipts.find(number)])
    if (kept && kept.fullAt > latestFullAt(wrongCodes, 1, now))
      return tooManyWrong(takeableAt(wrongCodes, 1, kept.fullAt), now)
    const report = filed && (await reports.get(filed.reportId))
    const { receipt } = report ?? {}
    if (
      !report ||
      !receipt ||
      report.number !== number ||
      receipt.codeDigest !== receiptDigest(keyed, report.id, code)
    ) {
      const againAt = await take({ id: bucketId, bucket: wrongCodes, amount: 1 }, now)
      return againAt === null ? refuse('receipt-unknown') : tooManyWrong(againAt, now)
    }
    const { id: reportId, parentReportId, submittedAt } = report
    const device = shown.data?.device
    const isThroughOurs =
      receipt.isForFamily === true ||
      (device !== undefined && receipt.devices.includes(deviceDigest(keyed, reportId, device))) ||
      (await isMember(asker.accountId, submittedAt, now))
    return ok({
      accountId: receiptAccount(reportId),
      receipt: { reportId, ...(parentReportId === undefined ? {} : { parentReportId }), isThroughOurs },
    })
  }
}
