import { begun } from '../../../ground/begun'
import { ok, type Result, refuse } from '../../../ground/result'
import type { ReadingAhead } from '../../../terms/action'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import type { Membership } from '../../organisation/rules/unit'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReportPorts } from '../ports'
import { reportIdOf } from '../rules/participant-key'
import {
  deviceDigest,
  type Receipt,
  receiptAccount,
  receiptCode,
  receiptDigest,
  withDevice,
} from '../rules/receipt'
import { isAccused } from '../rules/standing'
import { printedBy } from './printed-receipt'
import { bringReport } from './submit-report'

type Input = ParsedInputOf<'report.submitOnBehalf'>

/** The seat at the counter of this service centre; undefined where the caller has none. */
export const counterSeat = ({ memberships }: Session, unitId: string): Membership | undefined =>
  memberships.find((seat) => seat.unitId === unitId && seat.role === 'counter')

/** What somebody else reads as the report itself. */
const reportOf = ({ commandId, categoryId, text, photos, place, accusedUnitId, phone }: Input) => ({
  commandId,
  categoryId,
  text,
  photos,
  place,
  ...(accusedUnitId === undefined ? {} : { accusedUnitId }),
  ...(phone === undefined ? {} : { phone }),
})

/**
 * 代办上报 (L3): the counter of a service centre reports for somebody. The reporter is whoever holds the receipt, and no
 * account of anybody's; sent again it is answered with the same number and code. Refuses `sign-in-required`,
 * `not-allowed`, `complaint-elsewhere` and what `submitReport` refuses.
 */
export const submitOnBehalf = (
  ports: ReportPorts,
): ReadingAhead<Session, Input, OutputOf<'report.submitOnBehalf'>> => {
  const { lookAround, submit } = bringReport(ports)

  const submitting = async (
    session: Session,
    input: Input,
    looking: ReturnType<typeof lookAround>,
  ): Promise<Result<OutputOf<'report.submitOnBehalf'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const seat = counterSeat(session, input.unitId)
    if (!seat) return refuse('not-allowed', undefined, '只有服务中心窗口能代办上报')
    const { commandId, printerId, isForFamily, unitId, categoryId } = input
    const id = reportIdOf(ports.keyed, accountId, commandId)
    const reporterId = receiptAccount(id)
    const where = input.place.words
    const receiptFor = (key: string): Receipt => ({
      codeDigest: receiptDigest(ports.keyed, id, receiptCode(ports.keyed, id, commandId)),
      key,
      unitId,
      printNo: 1,
      ...(isForFamily ? { isForFamily } : {}),
      devices: withDevice([], printerId === undefined ? undefined : deviceDigest(ports.keyed, id, printerId)),
    })
    const submitted = await submit(session, reportOf(input), looking, {
      call: 'report.submitOnBehalf',
      reporterId,
      isForFamily,
      sent: input,
      filedBy: { side: 'staff', unitId, unitName: seat.unitName, role: 'counter' },
      receiptOf: receiptFor,
      // H4: who sits where it is about would have it in hand, and the next at the counter in the list.
      bar: (accusable) =>
        isAccused(
          { isSignedIn: true, memberships: session.memberships, seatsEverIn: seatsEverIn(session) },
          accusable,
        )
          ? refuse('complaint-elsewhere')
          : ok(null),
      keepNumber: async (number, isConfidential) => {
        // Sent again it has its number: another one would stand in the list and open nothing.
        if (await ports.reports.get(id)) return
        await ports.receipts.keep({
          number,
          reportId: id,
          unitId: isConfidential ? null : unitId,
          at: now,
          categoryId,
          where,
        })
      },
    })
    if (!submitted.ok) return submitted
    return ok(printedBy(ports, submitted.value, commandId, 1, { categoryId, where }))
  }

  return {
    readAhead: ({ accountId, now }, input) => {
      const ids = (by: string) => ({
        accountId: by,
        reporterId: receiptAccount(reportIdOf(ports.keyed, by, input.commandId)),
      })
      const looking = begun(
        accountId === null
          ? Promise.resolve(refuse('sign-in-required'))
          : lookAround(reportOf(input), ids(accountId), now),
      )
      return (session) => submitting(session, input, looking)
    },
  }
}
