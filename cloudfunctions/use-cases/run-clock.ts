import { hourMs } from '../domain/instant'
import { redFaceWeight } from '../domain/red-face/red-face'
import type { Report } from '../domain/report/report'
import { nextClockAt } from '../domain/report/schedule'
import { catchUp } from '../domain/report/tick'
import { followNewNotices } from './follow-calendar'
import { checkLedger, type LedgerCheck } from './check-ledger'
import type { Ports } from './ports'
import { settleReport } from './settle-report'
import { countBeyondHorizon } from './watch-horizon'

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

/**
 * Catches everything up to `now`: deadlines, silence, notices, derived work, weights, the ledger's daily
 * heads and check. Late, doubled and skipped runs end in the same state; one failing report does not stop the rest.
 * `mayGoOn` is asked between batches so that a run ends within the function's time.
 */
export const runClock = (ports: Ports) => {
  const settle = settleReport(ports)
  const follow = followNewNotices(ports)

  return async (now: number, mayGoOn: () => boolean): Promise<ClockRun> => {
    const failures: { reportId: string; reason: string }[] = []
    const failed = new Set<string>()
    const tally = { caughtUp: 0, settled: 0, reweighed: 0, anchored: 0 }

    const each = async (
      fetch: () => Promise<readonly Report[]>,
      work: (report: Report) => Promise<boolean>,
      count: 'caughtUp' | 'settled',
    ): Promise<boolean> => {
      let hasProgress = true
      while (hasProgress) {
        if (!mayGoOn()) return false
        const reports = (await fetch()).filter((report) => !failed.has(report.id))
        hasProgress = false
        for (const report of reports) {
          try {
            if (await work(report)) {
              tally[count] += 1
              hasProgress = true
            }
          } catch (error) {
            failed.add(report.id)
            failures.push({
              reportId: report.id,
              reason: error instanceof Error ? error.message : String(error),
            })
          }
        }
      }
      return true
    }

    let isComplete = await each(
      () => ports.reports.dueForClock(now, batch + failed.size),
      async (report) => {
        const rules = await ports.ruleBooks.of(report.unitPath[2])
        const after = catchUp(report, now, rules)
        // Nothing due after all: its next look was set by an older rule book.
        const next = after === report ? { ...report, nextClockAt: nextClockAt(report, rules) } : after
        return ports.reports.replace(report, next)
      },
      'caughtUp',
    )
    const followed = await follow(now, mayGoOn)
    failures.push(...followed.failures)
    isComplete =
      (await each(
        () => ports.reports.withOutbox(now, batch + failed.size),
        (report) => settle(report, now),
        'settled',
      )) && isComplete

    const staleAt = now - hourMs
    for (
      let entries = await ports.redFaceEntries.weighedBefore(staleAt, batch);
      entries.length > 0 && mayGoOn();
    ) {
      for (const entry of entries) {
        const weight = redFaceWeight(entry, entry.supporterCount, now)
        await ports.redFaceEntries.reweigh(entry.id, entry.reportRev, weight, now)
        tally.reweighed += 1
      }
      if (entries.length < batch) break
      entries = await ports.redFaceEntries.weighedBefore(staleAt, batch)
    }

    const ledger = await checkLedger(ports)(now, mayGoOn)
    tally.anchored = ledger.published
    isComplete = ledger.isComplete && isComplete
    const { count, horizonOn } = await countBeyondHorizon(ports)
    return {
      ...tally,
      ledgerBroken: ledger.broken,
      rescheduled: followed.rescheduled,
      beyondHorizon: count,
      calendarHorizonOn: horizonOn,
      failures,
      isComplete,
    }
  }
}
