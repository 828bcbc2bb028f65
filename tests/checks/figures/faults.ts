import type { KeptFigures, ReportRow } from '../../../cloudfunctions/contexts/figures/ports'
import { type Counts, totalOf } from '../../../cloudfunctions/contexts/figures/rules/fold'
import { frozenAt } from '../../../cloudfunctions/contexts/figures/rules/month'
import type { MonthNumbers } from '../../../cloudfunctions/contexts/figures/rules/rates'
import type { Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import { chinaDateOn } from '../../../cloudfunctions/ground/instant'
import type { Chance } from '../confidentiality/chance'

/** What may go wrong with figures while they are derived, and what a planted fault does to the product itself. */
export type Planted =
  | 'none'
  | 'counted-twice'
  | 'lost'
  | 'folded-stale'
  | 'day-twice'
  | 'late-day-lost'
  | 'predecessor-twice'
  | 'frozen-recomputed'

export interface Faults {
  /** The repositories with the faults between them and the product. */
  readonly ports: Ports
  /** Nothing goes wrong any more; what was held back stays to be done by the clock. */
  readonly end: () => void
  /** The same folding, cut off after one of its calls. */
  readonly cutOff: (calls: number) => KeptFigures
  /** Of the months those that are not final yet, worked out by a run that is cut off likewise. */
  readonly cutOffMonths: (calls: number) => KeptFigures
}

class CutOff extends Error {}

/** A month that is never final, and is not worked out by itself. */
const neverFinal = 9_000_000_000_000_000

/** What a wrongly built product would do with days and months in place of what ours does. */
const plantedIn = (planted: Planted, real: Ports, now: () => number): Partial<KeptFigures> => {
  const { figures } = real
  if (planted === 'day-twice')
    return {
      setOwn: (id, known, own, above) => {
        const added: Counts = known ? totalOf({ own: known.own, below: own }) : own
        return figures.setOwn(id, known, added, above)
      },
    }
  if (planted === 'late-day-lost')
    return {
      setOwn: async (id, known, own, above) => {
        const isLate = !id.endsWith(chinaDateOn(now()))
        return isLate ? true : figures.setOwn(id, known, own, above)
      },
    }
  if (planted === 'predecessor-twice')
    return {
      // Contained in its successor's, a month is nothing by itself: here it stays what it was.
      setMonth: async (month, numbers, above, computeAt) => {
        const { endsAt = neverFinal } = (await real.units.get(month.unitId)) ?? {}
        // Sound: the section of a month holds such numbers.
        const kept = endsAt <= now() ? (month.section.own as MonthNumbers) : numbers
        return figures.setMonth(month, kept, above, computeAt)
      },
    }
  if (planted === 'frozen-recomputed')
    return {
      setMonth: (month, numbers, above, computeAt) =>
        figures.setMonth(month, numbers, above, computeAt ?? neverFinal),
    }
  return {}
}

/** Units of which whoever asks as of when a month became final is told how they are now. */
const asOfNow = ({ units }: Ports, now: () => number): Ports['units'] => {
  const told = <U extends Unit | undefined>(unit: U): U =>
    unit?.endsAt !== undefined && unit.endsAt <= now() ? { ...unit, endsAt: 1 } : unit
  return {
    ...units,
    get: async (id) => told(await units.get(id)),
    predecessors: async (id) => (await units.predecessors(id)).map(told),
  }
}

/** Calls that end the run after so many. */
const countedDown = (calls: number) => {
  let left = calls
  return <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (left === 0) throw new CutOff()
      left -= 1
      return call(...args)
    }
}

/**
 * Derivations are done twice, long after, in another order, and cut off after each call: a function that ended between
 * the figures and the outbox leaves its work there.
 */
export const withFaults = (real: Ports, chance: Chance, planted: Planted, now: () => number): Faults => {
  let isOver = false
  const told: (readonly [string, Parameters<KeptFigures['add']>[1]])[] = []
  const cutOffIds = new Set<string>()
  const goesWrong = (times: number): boolean => !isOver && chance.inHundred(times)
  /** The call that a wrongly built product would make under another key each time. */
  let anew = 0
  const add: KeptFigures['add'] = async (key, move) => {
    if (planted === 'lost' && chance.inHundred(3)) return
    if (goesWrong(15)) {
      cutOffIds.add(key.split('.').slice(0, -2).join('.'))
      if (goesWrong(50)) return
    }
    anew += 1
    const known = planted === 'counted-twice' ? `${key}.${anew}` : key
    await real.figures.add(known, move)
    if (goesWrong(10)) await real.figures.add(known, move)
    const late = told[told.length - 1 - chance.below(Math.max(1, told.length))]
    if (late && goesWrong(20)) await real.figures.add(...late)
    if (planted !== 'counted-twice') told.push([key, move])
  }
  const worked = { ...real.figures, ...plantedIn(planted, real, now) }
  const rows: ReportRow[] = []
  const ports: Ports = {
    ...real,
    ...(planted === 'frozen-recomputed' ? { units: asOfNow(real, now) } : {}),
    figures: {
      ...worked,
      add,
      putRow: async (row, known) => {
        await real.figures.putRow(row, known)
        // What a report said before is told again behind what it says now.
        const late = rows[rows.length - 1 - chance.below(Math.max(1, rows.length))]
        if (late && goesWrong(20)) await real.figures.putRow(late)
        rows.push(row)
      },
      touchMonth: async (id, at) => {
        await real.figures.touchMonth(id, at)
        if (goesWrong(10)) await real.figures.touchMonth(id, at)
      },
      // Somebody else was quicker: it is worked out once more.
      setMonth: async (...month) => (goesWrong(10) ? false : worked.setMonth(...month)),
      setOwn: async (...day) => (goesWrong(5) ? false : worked.setOwn(...day)),
      ...(planted === 'folded-stale'
        ? {
            setBelow: async (section, below) =>
              chance.inHundred(20) ? true : real.figures.setBelow(section, below),
          }
        : {}),
      // The recount would put right what the check is to find.
      recountProgress: async () => ({ on: '9999-12-31', part: 'done', cursor: null }),
    },
    reports: {
      ...real.reports,
      settleOutbox: async (report, remaining, now) =>
        cutOffIds.delete(report.id) ? true : real.reports.settleOutbox(report, remaining, now),
    },
  }
  return {
    ports,
    end: () => {
      isOver = true
    },
    cutOff: (calls) => {
      const counted = countedDown(calls)
      const { figures } = ports
      return {
        ...figures,
        changed: counted(figures.changed),
        get: counted(figures.get),
        below: counted(figures.below),
        setBelow: counted(figures.setBelow),
        markFolded: counted(figures.markFolded),
      }
    },
    cutOffMonths: (calls) => {
      const counted = countedDown(calls)
      const { figures } = ports
      return {
        ...figures,
        monthsDue: counted(async (at, limit) =>
          (await figures.monthsDue(at, limit)).filter(({ month }) => at < frozenAt(month)),
        ),
        kept: counted(figures.kept),
        rowsOf: counted(figures.rowsOf),
        setOwn: counted(figures.setOwn),
        setMonth: counted(figures.setMonth),
        touchMonth: counted(figures.touchMonth),
      }
    },
  }
}

export const isCutOff = (error: unknown): boolean => error instanceof CutOff
