import { clockRun, type Failure } from '../../../journal/clock'
import type { ReportPorts } from '../ports'
import type { Law } from '../rules/change'
import { isOpen } from '../rules/lifecycle'
import type { Report } from '../rules/report'
import { nextClockAt } from '../rules/schedule'
import { goHome } from '../steps/go-home'
import { takeSystemStep } from '../take-step'
import { catchUp } from '../tick'
import { followNewNotices } from '../use-cases/follow-calendar'
import { settleReport } from '../use-cases/settle-report'
import { homeOf, lawOf } from '../use-cases/standing-of'
import { windUpUnits } from '../use-cases/wind-up-units'

interface CaughtUp {
  readonly caughtUp: number
  readonly settled: number
  /** Reports whose deadlines moved later because days off were announced. */
  readonly rescheduled: number
  /** Reports whose turn failed; they stay due and are tried again by the next run. */
  readonly failures: readonly { readonly reportId: string; readonly reason: string }[]
}

const ofReport = ({ id, reason }: Failure) => ({ reportId: id, reason })

/** Catches reports up to `now`: deadlines, silence, ended units, announced days off, derived work. */
export const catchUpReports = (ports: ReportPorts) => {
  const settle = settleReport(ports)
  const follow = followNewNotices(ports)
  const windUp = windUpUnits(ports)

  /** L1: what the clock itself brings back (an appeal nobody ruled on) goes home where its unit has ended. */
  const sentHome = async (before: Report, after: Report, law: Law, now: number): Promise<Report> => {
    if (isOpen(before.status) || !isOpen(after.status)) return after
    const to = await homeOf(ports, after, now)
    if (!to) return after
    const id = `home:${after.answerableUnit.id}`
    const gone = { unit: after.answerableUnit.name }
    const home = takeSystemStep(after, goHome, { to, gone }, { id, now, law })
    return home.ok ? home.value : after
  }

  return async (now: number, mayGoOn: () => boolean): Promise<CaughtUp> => {
    const clock = clockRun(ports.reports, now, mayGoOn)
    const caughtUp = await clock.catchUp(async (report) => {
      const law = await lawOf(ports, report)
      const after = await sentHome(report, catchUp(report, now, law), law, now)
      return { after, nextClockAt: nextClockAt(report, law) }
    })
    const woundUp = await windUp(now, mayGoOn)
    const followed = await follow(now, mayGoOn)
    const settled = await clock.settle(settle)
    return {
      caughtUp: caughtUp.done,
      settled: settled.done,
      rescheduled: followed.rescheduled,
      failures: [
        ...caughtUp.failures.map(ofReport),
        ...woundUp.failures,
        ...followed.failures,
        ...settled.failures.map(ofReport),
      ],
    }
  }
}
