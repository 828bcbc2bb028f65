import { reportNumberAt } from '../../../../cloudfunctions/contexts/report/rules/report-number'
import {
  numberReports,
  numbersAtOnce,
} from '../../../../cloudfunctions/contexts/report/shared/number-reports'
import { isReportNumber } from '../../../support/numbers'

/** Draws these places one after the other, of the numbers whose places are taken. */
const drawing = (places: readonly number[], taken: readonly number[]) => {
  const kept = new Set(taken.map(reportNumberAt))
  let [draws, calls] = [0, 0]
  return {
    kept,
    calls: () => calls,
    newNumber: numberReports({
      draw: () => {
        draws += 1
        return places[(draws - 1) % places.length] ?? 0
      },
      reports: {
        keepNumbers: async (numbers) => {
          calls += 1
          const free = numbers.filter((number) => !kept.has(number))
          for (const number of free) kept.add(number)
          return free.length === numbers.length
        },
      },
    }),
  }
}
const upTo = (count: number) => Array.from({ length: count }, (_, place) => place)

test('each report gets a number that was drawn and kept, and the database is asked once for sixteen', async () => {
  const { newNumber, kept, calls } = drawing(upTo(100), [])
  const given: string[] = []
  for (let count = 0; count < numbersAtOnce; count += 1) given.push(await newNumber())
  expect(calls()).toBe(1)
  expect(new Set(given).size).toBe(numbersAtOnce)
  expect(given.filter((number) => !isReportNumber(number) || !kept.has(number))).toEqual([])
  await newNumber()
  expect(calls()).toBe(2)
})

test('where one of them has been kept before, none of them is given', async () => {
  const { newNumber } = drawing(upTo(100), [7])
  expect(upTo(numbersAtOnce).map(reportNumberAt)).not.toContain(await newNumber())
})

test('where nearly all are taken, what is free is found one by one', async () => {
  const { newNumber } = drawing(upTo(40), upTo(38))
  expect([reportNumberAt(38), reportNumberAt(39)]).toContain(await newNumber())
})

test('two who ask an instance at once are given two numbers', async () => {
  const { newNumber } = drawing(upTo(100), [])
  const [one, other] = await Promise.all([newNumber(), newNumber()])
  expect(one).not.toBe(other)
})

test('a source that draws nothing but taken ones is a fault, and is not asked for ever', async () => {
  const { newNumber, calls } = drawing([7], [7])
  await expect(newNumber()).rejects.toThrow('no free numbers in 20 tries')
  expect(calls()).toBe(20)
})
