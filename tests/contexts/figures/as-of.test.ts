import { foldFigures } from '../../../cloudfunctions/contexts/figures/shared/fold-figures'
import { figuresRepository } from '../../../cloudfunctions/contexts/figures/store'
import { hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import type { Failing } from '../../../cloudfunctions/journal/clock-memory'
import type { SoFar } from '../../../cloudfunctions/journal/duties'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { branch, mondayAt as now } from '../../support/builders'

const whole: SoFar = { isComplete: true, hasFailed: false }

/** Figures, what of the reports has not been counted into them, and a run of the clock over both. */
const openFigures = () => {
  const figures = figuresRepository(openMemoryStore())
  const town = { waiting: new Map<string, number>(), failing: [] as Failing[] }
  const reports = {
    unsettled: async () => [],
    waitingSince: async (_now: number, leftOut: readonly string[]) => {
      const instants = [...town.waiting].flatMap(([id, at]) => (leftOut.includes(id) ? [] : [at]))
      return instants.length === 0 ? null : Math.min(...instants)
    },
  }
  const ports = {
    figures,
    reports,
    deadlineMemory: { failing: async () => [] },
    outboxMemory: { failing: async () => town.failing },
  }
  return {
    figures,
    town,
    fold: (at: number, soFar = whole) => foldFigures(ports)(at, () => true, soFar),
    counted: (part: 'reports' | 'sections' | 'done') =>
      figures.saveRecountProgress({ on: '2026-03-02', part, cursor: null }),
    asOf: async () => (await figures.of(branch.id, 'everyone')).asOf,
  }
}

describe('as of when the figures are', () => {
  test('of the run that has counted everything', async () => {
    const { fold, counted, asOf } = openFigures()
    await counted('sections')
    await fold(now)
    expect(await asOf()).toBe(now)
    await fold(now + minuteMs)
    expect(await asOf()).toBe(now + minuteMs)
  })

  test('of the oldest of what is left, where a run was cut off or something of it failed', async () => {
    const { fold, counted, asOf, town } = openFigures()
    await counted('done')
    await fold(now)
    town.waiting.set('r1', now + 3 * minuteMs)
    await fold(now + 9 * minuteMs, { isComplete: false, hasFailed: false })
    expect(await asOf()).toBe(now + 3 * minuteMs)
    await fold(now + 10 * minuteMs, { isComplete: true, hasFailed: true })
    expect(await asOf()).toBe(now + 3 * minuteMs)
    town.waiting.clear()
    await fold(now + 11 * minuteMs, { isComplete: true, hasFailed: true })
    expect(await asOf()).toBe(now + 11 * minuteMs)
  })

  test('of what is tried again for a quarter of an hour; what fails on is named instead', async () => {
    const { fold, counted, asOf, town } = openFigures()
    await counted('done')
    await fold(now)
    town.waiting.set('fails-on', now + minuteMs)
    const failed = async (times: number) => {
      town.failing = [{ id: 'fails-on', times, reason: 'broken', againAt: now + hourMs }]
      return fold(now + times * minuteMs, { isComplete: true, hasFailed: true })
    }
    for (let times = 1; times <= 5; times += 1) {
      expect(await failed(times)).toMatchObject({ figuresLack: [] })
      expect(await asOf()).toBe(now + minuteMs)
    }
    expect(await failed(6)).toMatchObject({ figuresLack: ['fails-on'] })
    expect(await asOf()).toBe(now + 6 * minuteMs)
    // Whatever else waits holds it back as ever.
    town.waiting.set('waits', now + 7 * minuteMs)
    await failed(9)
    expect(await asOf()).toBe(now + 7 * minuteMs)
    town.waiting.clear()
    expect(await fold(now + 10 * minuteMs)).toMatchObject({ figuresLack: [] })
  })

  test('of no time before every report has been counted once, and what that left has been worked off', async () => {
    const { fold, counted, asOf } = openFigures()
    await fold(now)
    expect(await asOf()).toBeNull()
    await counted('reports')
    await fold(now)
    expect(await asOf()).toBeNull()
    await counted('sections')
    await fold(now, { isComplete: false, hasFailed: false })
    expect(await asOf()).toBeNull()
    await fold(now)
    expect(await asOf()).toBe(now)
  })

  test('of a time still while the reports are counted again, as they are every night', async () => {
    const { fold, counted, asOf } = openFigures()
    await counted('done')
    await fold(now)
    await counted('reports')
    await fold(now + minuteMs)
    expect(await asOf()).toBe(now + minuteMs)
  })
})
