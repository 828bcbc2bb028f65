import { figureProjectors } from '../../contexts/figures/projectors'
import { checkSeals } from '../../contexts/figures/shared/check-seals'
import { computeMonths, touchEndedMonths } from '../../contexts/figures/shared/compute-months'
import { foldFigures } from '../../contexts/figures/shared/fold-figures'
import { recountFigures } from '../../contexts/figures/shared/recount'
import { sealMonths } from '../../contexts/figures/shared/seal-months'
import { watchRecount } from '../../contexts/figures/shared/watch-recount'
import { dropOldLimits } from '../../contexts/limits/shared/drop-old-limits'
import { unitDuty } from '../../contexts/organisation/shared/hold-changes'
import { peopleDuties } from '../../contexts/people/shared/people-duties'
import { sweepPhotos } from '../../contexts/photo/shared/sweep-photos'
import { redFaceProjectors } from '../../contexts/red-face/projectors'
import { checkLedger } from '../../contexts/red-face/shared/check-ledger'
import { weighAnew } from '../../contexts/red-face/shared/weigh-anew'
import { countFirst } from '../../contexts/report/shared/count-first'
import { reportDuties } from '../../contexts/report/shared/report-duties'
import { watchHorizon } from '../../contexts/report/shared/watch-horizon'
import { defaultRuleBook } from '../../contexts/rule-book/rules/rule-book'
import { dropOverSignIns } from '../../contexts/sign-in/shared/drop-over'
import { type Duties, type DutiesRun, daily, runDuties } from '../../journal/duties'
import type { Ports } from '../ports'

/**
 * Everything that the clock sees to, in this order. What a room adds is one more line here; how a duty is cut off,
 * remembered, and kept from holding up the others is the frame's (journal/duties.ts).
 */
const dutiesOf = (ports: Ports) => {
  const { deadlines, endedUnits, daysOff, outboxes } = reportDuties({
    ...ports,
    projectors: { ...redFaceProjectors(ports), ...figureProjectors(ports) },
  })
  const recount = recountFigures({ ...ports, countFirst: countFirst(ports) })
  return {
    // Before what ended units leave is taken home: whoever takes over has begun by then.
    unitChanges: unitDuty(ports),
    deadlines,
    endedUnits,
    daysOff,
    outboxes,
    ...peopleDuties(ports),
    uncounted: { oncePer: daily, mostMs: 4_000, work: recount.countUncounted },
    endedMonths: { oncePer: daily, mostMs: 3_000, work: touchEndedMonths(ports) },
    months: { mostMs: 5_000, work: computeMonths(ports) },
    figures: { mostMs: 5_000, work: foldFigures(ports) },
    seals: { oncePer: daily, mostMs: 5_000, work: sealMonths(ports) },
    sealed: { oncePer: daily, mostMs: 5_000, work: checkSeals(ports) },
    recount: { oncePer: daily, mostMs: 10_000, work: watchRecount({ ...ports, ...recount }) },
    weights: { oncePer: daily, mostMs: 15_000, work: weighAnew(ports) },
    ledger: { oncePer: daily, mostMs: 15_000, work: checkLedger(ports) },
    horizon: watchHorizon(ports),
    ruleBooks: {
      oncePer: () => defaultRuleBook.version,
      mostMs: 5_000,
      work: async () => {
        await ports.ruleBooks.keepRegions()
        return {}
      },
    },
    limits: { mostMs: 5_000, work: dropOldLimits(ports.limits) },
    signIns: { oncePer: daily, mostMs: 5_000, work: dropOverSignIns(ports) },
    photos: { oncePer: daily, mostMs: 5_000, work: sweepPhotos(ports) },
  } satisfies Duties
}

export type ClockRun = DutiesRun<ReturnType<typeof dutiesOf>>

/**
 * Catches everything up to `now`. Late, doubled and skipped runs end in the same state. `isInTime` is asked between
 * parts of the work so that a run ends within the function's time; `elapsedMs` divides that time among the duties, and
 * where nobody measures it they are bounded by the whole run alone.
 */
export const runClock = (
  ports: Ports,
  elapsedMs: () => number = () => 0,
): ((now: number, isInTime: () => boolean) => Promise<ClockRun>) =>
  runDuties(ports.dutyMemory, dutiesOf(ports), elapsedMs)
