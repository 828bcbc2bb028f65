import * as fc from 'fast-check'
import { readPhoneNumber } from '../../../cloudfunctions/ground/text/phone-number'

test.each([
  '13800138000',
  '+8613800138000',
  '008613800138000',
  '8613800138000',
  '+86 138 0013 8000',
  '138-0013-8000',
  '138–0013—8000',
  '(+86)138 0013 8000',
  '１３８００１３８０００',
  '＋８６　１３８－００１３－８０００',
  '\u202d138 0013 8000\u202c',
  '\u200e138\u00a00013\u202f8000\u200f',
  '᠑᠓᠘᠐᠐᠑᠓᠘᠐᠐᠐',
  '١٣٨٠٠١٣٨٠٠٠',
])('the mobile number written %j is 13800138000', (raw) => {
  expect(readPhoneNumber(raw)).toBe('13800138000')
})

test.each([
  ['0472-1234567', '04721234567'],
  ['（0472）1234567', '04721234567'],
  ['0471 12345678', '047112345678'],
  ['010-12345678', '01012345678'],
  ['+86 472 1234567', '04721234567'],
  ['0086-0472-1234567', '04721234567'],
  ['8604721234567', '04721234567'],
])('the landline written %j is %s', (raw, number) => {
  expect(readPhoneNumber(raw)).toBe(number)
})

test.each([
  '',
  ' ',
  '110',
  '12345',
  '1380013800',
  '138001380000',
  '23800138000',
  '13800138000 张',
  '+1 202 555 0123',
  '+85291234567',
  '1234567',
  '0012345678901',
  '13800138000;13900139000',
  '1'.repeat(10_000),
  '-'.repeat(61),
])('%j is no number', (raw) => {
  expect(readPhoneNumber(raw)).toBeUndefined()
})

test('a number that is kept is read again as itself, and nothing typed is an error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc
          .array(fc.constantFrom(...'0123456789+-() ８１\u202d'), { maxLength: 18 })
          .map((all) => all.join('')),
        fc.stringMatching(/^(\+86|0086|86|)(1[3-9]\d{9}|0[1-9]\d{8,10})$/),
      ),
      (raw) => {
        const number = readPhoneNumber(raw)
        if (number === undefined) return
        expect(number).toMatch(/^\d{10,12}$/)
        expect(readPhoneNumber(number)).toBe(number)
      },
    ),
    { numRuns: 2000 },
  )
})
