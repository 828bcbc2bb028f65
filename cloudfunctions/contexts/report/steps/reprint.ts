import * as z from 'zod/mini'
import { bucket, per } from '../../../ground/bucket'
import { hourMs } from '../../../ground/instant'
import { refusal, refuse } from '../../../ground/result'
import { commandId, id } from '../../../terms/primitives'
import { record } from '../rules/change'
import { reportStatuses } from '../rules/lifecycle'
import { withDevice } from '../rules/receipt'
import { joiningStep, staff } from './step'

/** 重打回执: a new code, which ends the old one; the trace tells whose receipt it is. */
export const reprint = joiningStep({
  action: 'reprint',
  grants: [staff('printer', ['counter'], reportStatuses)],
  input: z.strictObject({
    commandId,
    /** As it was said at the counter. */
    number: z.string('编号不对').check(z.maxLength(40, '编号不对')),
    unitId: id,
    printerId: z.optional(id),
  }),
  // As many as a counter meets in its busiest hour.
  limits: {
    group: 'report.reprint',
    resident: bucket(10, per(10, hourMs)),
    staff: bucket(60, per(60, hourMs)),
  },
  refuses: ({ receipt, reporterKey }) =>
    receipt && receipt.key === reporterKey ? undefined : refusal('no-receipt'),
  decide: (change, command: { readonly codeDigest: string; readonly device?: string }) => {
    const { report } = change
    const { receipt } = report
    if (!receipt) return refuse('no-receipt')
    const printNo = receipt.printNo + 1
    report.receipt = {
      ...receipt,
      codeDigest: command.codeDigest,
      printNo,
      devices: withDevice(receipt.devices, command.device),
    }
    record(change, {
      kind: 'receipt-reprinted',
      facts: { no: printNo },
      visibility: 'person',
      personKey: receipt.key,
    })
    return undefined
  },
})
