import { reportNumberAt } from '../../../../cloudfunctions/contexts/report/rules/report-number'
import { numberReport } from '../../../../cloudfunctions/contexts/report/use-cases/number-report'
import { isReportNumber } from '../../../support/numbers'
import { somePorts } from '../../../support/some-ports'

/** Draws these places one after the other, of the numbers whose places are taken. */
const drawing = (places: readonly number[], taken: readonly number[]) => {
  const kept = new Map(taken.map((place) => [reportNumberAt(place), 'another report']))
  let draws = 0
  return {
    kept,
    draws: () => draws,
    ports: somePorts({
      draw: () => {
        draws += 1
        return places[(draws - 1) % places.length] ?? 0
      },
      reports: {
        takeNumber: async (number, reportId) => {
          if (kept.has(number)) return false
          kept.set(number, reportId)
          return true
        },
      },
    }),
  }
}

test('a report gets the number that was drawn, and it is kept for it', async () => {
  const { ports, kept } = drawing([41], [])
  const number = await numberReport(ports, 'r1')
  expect(number).toBe(reportNumberAt(41))
  expect(isReportNumber(number)).toBe(true)
  expect(kept.get(number)).toBe('r1')
})

test('what another report has is drawn again', async () => {
  const { ports, draws, kept } = drawing([7, 7, 8], [7])
  expect(await numberReport(ports, 'r1')).toBe(reportNumberAt(8))
  expect(draws()).toBe(3)
  expect(kept.get(reportNumberAt(7))).toBe('another report')
})

test('a source that draws nothing but taken ones is a fault, and is not asked for ever', async () => {
  const { ports, draws } = drawing([7], [7])
  await expect(numberReport(ports, 'r1')).rejects.toThrow('no free number for report r1')
  expect(draws()).toBe(20)
})
