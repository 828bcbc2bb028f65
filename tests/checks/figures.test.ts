import { playFigures } from './figures/play'

/** As many as a test run has time for; `npm run check:figures` plays thousands. */
const seeds = [1, 2, 3, 4, 5, 6]
const turns = 25

describe('the figures of units, after random histories', () => {
  test('are what their lists show to everybody, however often, late, out of order and cut off they were derived', async () => {
    for (const seed of seeds) {
      const { figures, differences } = await playFigures(seed, turns)
      expect(differences).toEqual([])
      expect(figures).toBeGreaterThan(500)
    }
  })

  test.each(['counted-twice', 'lost', 'folded-stale'] as const)(
    'are found wrong where a fault is planted: %s',
    async (planted) => {
      const found = []
      for (const seed of seeds) found.push(...(await playFigures(seed, turns, planted)).differences)
      expect(found).not.toEqual([])
    },
  )
})
