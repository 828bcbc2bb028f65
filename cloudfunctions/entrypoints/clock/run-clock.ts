import { figureProjectors } from '../../contexts/figures/projectors'
import { foldFigures } from '../../contexts/figures/shared/fold-figures'
import { type Drift, recountFigures } from '../../contexts/figures/shared/recount'
import { redFaceProjectors } from '../../contexts/red-face/projectors'
import { checkLedger, type LedgerCheck } from '../../contexts/red-face/shared/check-ledger'
import { weighAnew } from '../../contexts/red-face/shared/weigh-anew'
import { catchUpReports } from '../../contexts/report/shared/catch-up-reports'
import { countFirst } from '../../contexts/report/shared/count-first'
import { countBeyondHorizon } from '../../contexts/report/shared/watch-horizon'
import type { Ports } from '../ports'

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
  /** Sections of units' figures that were taken up to those above. */
  readonly folded: number
  /** Figures that did not agree with the reports and were put right. */
  readonly figuresDrifted: readonly Drift[]
  /** Reports whose turn failed; they stay due and are tried again by the next run. */
  readonly failures: readonly { readonly reportId: string; readonly reason: string }[]
  /** False when the time allowed was over before the work was. */
  readonly isComplete: boolean
}

/**
 * Catches everything up to `now`: deadlines, silence, notices, derived work, weights, the ledger's daily
 * heads and check. Late, doubled and skipped runs end in the same state; one failing report does not stop the rest.
 * `isInTime` is asked between batches so that a run ends within the function's time.
 */
export const runClock = (ports: Ports) => {
  const catchUp = catchUpReports({ ...ports, projectors: { ...redFaceProjectors(ports), ...figureProjectors(ports) } })
  const weigh = weighAnew(ports)
  const check = checkLedger(ports)
  const fold = foldFigures(ports)
  const recount = recountFigures({ ...ports, countFirst: countFirst(ports) })

  return async (now: number, isInTime: () => boolean): Promise<ClockRun> => {
    // Whatever part of the work is cut off, the run is not complete: no part has to say so for itself.
    let isComplete = true
    const mayGoOn = (): boolean => {
      const may = isInTime()
      if (!may) isComplete = false
      return may
    }
    await recount.countUncounted(now, mayGoOn)
    const reports = await catchUp(now, mayGoOn)
    const folded = await fold(now, mayGoOn)
    const figuresDrifted = await recount.check(now, mayGoOn)
    const reweighed = await weigh(now, mayGoOn)
    const ledger = await check(now, mayGoOn)
    if (!ledger.isComplete) isComplete = false
    const { count, horizonOn } = await countBeyondHorizon(ports)
    return {
      ...reports,
      folded,
      figuresDrifted,
      reweighed,
      anchored: ledger.published,
      ledgerBroken: ledger.broken,
      beyondHorizon: count,
      calendarHorizonOn: horizonOn,
      isComplete,
    }
  }
}
