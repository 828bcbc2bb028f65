import { playFigures } from './figures/play'

/** As many as a test run has time for; `npm run check:figures` plays thousands. */
const seeds = [1, 2, 3, 4, 5, 6]
const turns = 25
/** Far more than any planted fault needs to show: each is looked for until it is found. */
const mostHistories = 60

describe('the figures of units, after random histories', () => {
  test('are what lists and reports show to everybody, however often, late, out of order and cut off they were derived', async () => {
    for (const seed of seeds) {
      const { figures, differences } = await playFigures(seed, turns)
      expect(differences).toEqual([])
      expect(figures).toBeGreaterThan(500)
    }
  })

  test.each([
    'counted-twice',
    'lost',
    'folded-stale',
    'day-twice',
    'late-day-lost',
    'predecessor-twice',
    'frozen-recomputed',
  ] as const)('are found wrong where a fault is planted: %s', async (planted) => {
    let found = 0
    for (let seed = 1; found === 0 && seed <= mostHistories; seed += 1)
      found = (await playFigures(seed, turns, planted)).differences.length
    expect(found).toBeGreaterThan(0)
  })
})
