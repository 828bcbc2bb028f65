import { ok, type Result, refuse } from '../../../ground/result'
import { carryOut } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { Session } from '../../organisation/rules/session'
import { actingSideOf, authorise, sceneOf } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReportPorts } from '../ports'
import { actorIdOf } from '../rules/participant-key'
import { deviceDigest, receiptCode, receiptDigest } from '../rules/receipt'
import type { Report } from '../rules/report'
import { readReportNumber } from '../rules/report-number'
import { isAccused, seatsFor } from '../rules/standing'
import { reprint } from '../steps/reprint'
import { takeStep } from '../take-step'
import { denialOf } from '../whose-step'
import { lifeOf } from './act-on-report'
import { printedBy } from './printed-receipt'
import { callerOf } from './standing-of'

type Input = ParsedInputOf<'report.reprint'>

/** The print that this command made. */
const printOf = (report: Report, commandId: string) =>
  report.timeline.find((event) => event.commandId === commandId && event.kind === 'receipt-reprinted')

/**
 * 重打回执, by the number as it is said at the counter that filed it: a new code, and the old one ends. Refuses
 * `sign-in-required`, `receipt-unknown`, `command-reused`, `no-receipt` and `not-allowed`.
 */
export const reprintReceipt = (ports: ReportPorts) => {
  const carryOutOn = carryOut(lifeOf(ports))

  return async (session: Session, input: Input): Promise<Result<OutputOf<'report.reprint'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const { commandId, unitId, printerId } = input
    const number = readReportNumber(input.number)
    const filed = number === undefined ? undefined : await ports.receipts.find(number)
    if (!filed) return refuse('receipt-unknown', undefined, wrongNumber)
    const { reportId } = filed
    const origin = {
      id: commandId,
      action: reprint.call,
      digest: commandDigest(ports.keyed, accountId, reprint.call, input),
    }
    const printed = (report: Report): OutputOf<'report.reprint'> => {
      const event = printOf(report, commandId)
      if (event?.kind !== 'receipt-reprinted' || !('no' in event.facts))
        throw new Error(`report ${report.id}: a print left no trace`)
      return printedBy(ports, report, commandId, event.facts.no, filed)
    }

    return carryOutOn(reportId, now, {
      by: accountId,
      meet: async (report) => {
        const caller = callerOf(ports.keyed, session, report, undefined)
        // Whoever has not filed it learns not even that the number is somebody's.
        const isTheirs =
          report.number === number &&
          !isAccused(caller, report) &&
          seatsFor(caller, report, 'printer', ['counter']).some((seat) => seat.unitId === unitId)
        return isTheirs ? ok(caller) : refuse('receipt-unknown', undefined, wrongNumber)
      },
      answered: (report) => {
        const event = report.timeline.find((one) => one.commandId === commandId)
        if (!event) return undefined
        return event.commandDigest === origin.digest ? ok(printed(report)) : refuse('command-reused')
      },
      authorise: (report, caller) => {
        const verdict = authorise(caller, 'reprint', report, unitId)
        return verdict.isAllowed ? ok(verdict.membership) : denialOf(verdict.why, 'reprint', report)
      },
      take: async ({ current: report, law, caller, grant: membership }) => {
        const actorId = actorIdOf(ports.keyed, accountId, reportId)
        return takeStep(
          report,
          reprint,
          {
            codeDigest: receiptDigest(ports.keyed, reportId, receiptCode(ports.keyed, reportId, commandId)),
            ...(printerId === undefined ? {} : { device: deviceDigest(ports.keyed, reportId, printerId) }),
          },
          {
            law,
            by: actingSideOf(membership),
            scene: sceneOf(caller, report, { now, law, actorId }, membership),
            command: origin,
          },
        )
      },
      answer: (report) => printed(report),
    })
  }
}

const wrongNumber = '没有找到这个编号的回执：编号不对，或者不是在这个窗口办的'
