import type { KeptFigures } from '../../../cloudfunctions/contexts/figures/ports'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import type { Chance } from '../confidentiality/chance'

/** What may go wrong with figures while they are derived, and what a planted fault does to the product itself. */
export type Planted = 'none' | 'counted-twice' | 'lost' | 'folded-stale'

export interface Faults {
  /** The repositories with the faults between them and the product. */
  readonly ports: Ports
  /** Nothing goes wrong any more; what was held back stays to be done by the clock. */
  readonly end: () => void
  /** The same folding, cut off after one of its calls. */
  readonly cutOff: (calls: number) => KeptFigures
}

class CutOff extends Error {}

/**
 * Derivations are done twice, long after, in another order, and cut off after each call: a function that ended between
 * the figures and the outbox leaves its work there.
 */
export const withFaults = (real: Ports, chance: Chance, planted: Planted): Faults => {
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
  const ports: Ports = {
    ...real,
    figures: {
      ...real.figures,
      add,
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
      let left = calls
      const counted =
        <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
          if (left === 0) throw new CutOff()
          left -= 1
          return call(...args)
        }
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
  }
}

export const isCutOff = (error: unknown): boolean => error instanceof CutOff
