import * as fc from 'fast-check'
import {
  reportNumberAt,
  reportNumberCount,
  spokenNumber,
} from '../../../../cloudfunctions/contexts/report/rules/report-number'
import { isReportNumber } from '../../../support/numbers'

const anyNumber = fc.integer({ min: 0, max: reportNumberCount - 1 }).map(reportNumberAt)
const anyPlace = (length: number) => fc.integer({ min: 0, max: length - 1 })

test('a number is ten digits, none of them a leading 0, and is said in threes and four', () => {
  expect(reportNumberAt(0)).toMatch(/^100000000\d$/)
  expect(reportNumberAt(reportNumberCount - 1)).toMatch(/^999999999\d$/)
  expect(reportNumberAt(160_411_783)).toBe('2604117838')
  expect(spokenNumber('2604117838')).toBe('260-411-7838')
  fc.assert(fc.property(anyNumber, (number) => isReportNumber(number) && number.length === 10))
})

test('the check digit is Damm’s, worked out by hand from the published table', () => {
  // 1→3, 0→1, 0→7, 0→8, 0→9, 0→2, 0→4, 0→6, 0→5: the row that comes out is the digit.
  expect(reportNumberAt(0)).toBe('1000000005')
})

test('one digit heard or typed wrong is noticed, whichever and wherever', () => {
  fc.assert(
    fc.property(anyNumber, anyPlace(10), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
      const wrong = (Number(number[place]) + by) % 10
      return !isReportNumber(`${number.slice(0, place)}${wrong}${number.slice(place + 1)}`)
    }),
  )
})

test('two neighbours exchanged are noticed', () => {
  fc.assert(
    fc.property(anyNumber, anyPlace(9), (number, place) => {
      const [one, other] = [number[place], number[place + 1]]
      fc.pre(one !== other)
      return !isReportNumber(`${number.slice(0, place)}${other}${one}${number.slice(place + 2)}`)
    }),
  )
})

test('two places never have one number', () => {
  fc.assert(
    fc.property(anyPlace(reportNumberCount), anyPlace(reportNumberCount), (one, other) => {
      expect(reportNumberAt(one) === reportNumberAt(other)).toBe(one === other)
    }),
  )
})

test.each([-1, 0.5, reportNumberCount, Number.NaN])('there is none at %p', (place) => {
  expect(() => reportNumberAt(place)).toThrow(RangeError)
})
