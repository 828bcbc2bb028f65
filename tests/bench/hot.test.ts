import { measureHotMatters } from './hot-matter'

jest.setTimeout(300_000)

test('a matter of many costs what one of one costs: in calls and bytes; all are told once, all who tap at once are counted', async () => {
  const { worst, toldOnce, atOnce, maxDocumentBytes } = await measureHotMatters([1, 600], { runs: 1 })
  expect({ toldOnce, allCounted: atOnce.allCounted }).toEqual({ toldOnce: true, allCounted: true })
  expect(worst.calls).toBeLessThanOrEqual(1.2)
  expect(worst.bytes).toBeLessThanOrEqual(1.2)
  expect(maxDocumentBytes).toBeLessThanOrEqual(64 * 1024)
})
