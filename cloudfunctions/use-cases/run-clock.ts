import { redFaceWeight } from '../contexts/red-face/rules/red-face'
import { checkLedger, type LedgerCheck } from '../contexts/red-face/shared/check-ledger'
import { decideBySystem } from '../contexts/report/decide'
import type { Law } from '../contexts/report/rules/change'
import { isOpen } from '../contexts/report/rules/lifecycle'
import type { Report } from '../contexts/report/rules/report'
import { nextClockAt } from '../contexts/report/rules/schedule'
import { countBeyondHorizon } from '../contexts/report/shared/watch-horizon'
import { catchUp } from '../contexts/report/tick'
import { followNewNotices } from '../contexts/report/use-cases/follow-calendar'
import { homeOf, lawOf } from '../contexts/report/use-cases/standing-of'
import { windUpUnits } from '../contexts/report/use-cases/wind-up-units'
import { chinaDateOn, startOfChinaDate } from '../ground/instant'
import { unitOf } from '../ground/unit-path'
import { clockRun, type Failure } from '../journal/clock'
import type { Ports } from './ports'
import { settleReport } from './settle-report'

export interface ClockRun {
  readonly caughtUp: number
  readonly settled: number
  readonly reweighed: number
  readonly anchored: number
  /** Reports whose deadlines moved later because days off were announced. */
  readonly rescheduled: number
  /** Open reports that are to be resolved after the last date whose days off are known: their deadlines may move. */
  readonly beyondHorizon: number
  readonly calendarHorizonOn: string
  /** F6: chains of the ledger that do not stand as written; told by every run until they are put right. */
  readonly ledgerBroken: LedgerCheck['broken']
  /** Reports whose turn failed; they stay due and are tried again by the next run. */
  readonly failures: readonly { readonly reportId: string; readonly reason: string }[]
  /** False when the time allowed was over before the work was. */
  readonly isComplete: boolean
}

const batch = 100

const ofReport = ({ id, reason }: Failure) => ({ reportId: id, reason })

/**
 * Catches everything up to `now`: deadlines, silence, notices, derived work, weights, the ledger's daily
 * heads and check. Late, doubled and skipped runs end in the same state; one failing report does not stop the rest.
 * `isInTime` is asked between batches so that a run ends within the function's time.
 */
export const runClock = (ports: Ports) => {
  const settle = settleReport(ports)
  const follow = followNewNotices(ports)
  const windUp = windUpUnits(ports)

  /** L1: what the clock itself brings back (an appeal nobody ruled on) goes home where its unit has ended. */
  const sentHome = async (before: Report, after: Report, law: Law, now: number): Promise<Report> => {
    if (isOpen(before.status) || !isOpen(after.status)) return after
    const to = await homeOf(ports, after, now)
    if (!to) return after
    const id = `home:${unitOf(after.unitPath)}`
    const home = decideBySystem(
      after,
      { kind: 'go-home', to, note: `${after.branchName}已撤` },
      { id, now, law },
    )
    return home.ok ? home.value : after
  }

  return async (now: number, isInTime: () => boolean): Promise<ClockRun> => {
    // Whatever part of the work is cut off, the run is not complete: no part has to say so for itself.
    let isComplete = true
    const mayGoOn = (): boolean => {
      const may = isInTime()
      if (!may) isComplete = false
      return may
    }
    const clock = clockRun(ports.reports, now, mayGoOn)
    const caughtUp = await clock.catchUp(async (report) => {
      const law = await lawOf(ports, report)
      const after = await sentHome(report, catchUp(report, now, law), law, now)
      return { after, nextClockAt: nextClockAt(report, law) }
    })
    const woundUp = await windUp(now, mayGoOn)
    const followed = await follow(now, mayGoOn)
    const settled = await clock.settle(settle)

    let reweighed = 0
    // Once a day, and for everybody of one day the same: a page read slowly misses nothing (F4).
    const staleAt = startOfChinaDate(chinaDateOn(now))
    for (
      let entries = await ports.redFaceEntries.weighedBefore(staleAt, batch);
      entries.length > 0 && mayGoOn();
    ) {
      for (const entry of entries) {
        const weight = redFaceWeight(
          { since: entry.noticedAt, until: entry.heldUntilAt, isCleared: false },
          entry.supporterCount,
          now,
        )
        await ports.redFaceEntries.reweigh(entry.id, entry.reportRev, weight, now)
        reweighed += 1
      }
      if (entries.length < batch) break
      entries = await ports.redFaceEntries.weighedBefore(staleAt, batch)
    }

    const ledger = await checkLedger(ports)(now, mayGoOn)
    if (!ledger.isComplete) isComplete = false
    const { count, horizonOn } = await countBeyondHorizon(ports)
    return {
      caughtUp: caughtUp.done,
      settled: settled.done,
      reweighed,
      anchored: ledger.published,
      ledgerBroken: ledger.broken,
      rescheduled: followed.rescheduled,
      beyondHorizon: count,
      calendarHorizonOn: horizonOn,
      failures: [
        ...caughtUp.failures.map(ofReport),
        ...woundUp.failures,
        ...followed.failures,
        ...settled.failures.map(ofReport),
      ],
      isComplete,
    }
  }
}
