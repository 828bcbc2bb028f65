import fc from 'fast-check'
import {
  newSpokenCode,
  readSpokenCode,
  saidCode,
  spokenCodeFrom,
  spokenCodeLength,
} from '../../../cloudfunctions/ground/text/spoken-code'

const codes = fc
  .array(fc.nat(31), { minLength: spokenCodeLength, maxLength: spokenCodeLength })
  .map((numbers) => newSpokenCode(() => numbers.shift() ?? 0))

test('a code is read however it is typed: small, in two halves, full width, with letters for digits that look alike', () => {
  fc.assert(
    fc.property(codes, (code) => {
      const lookAlike = code.replace(/0/g, 'o').replace(/1/g, 'l')
      const wide = [...code]
        .map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
        .join('')
      for (const typed of [
        code,
        saidCode(code),
        code.toLowerCase(),
        ` ${lookAlike} `,
        saidCode(code).replace(' ', '-'),
        wide,
      ])
        expect(readSpokenCode(typed)).toBe(code)
    }),
  )
})

test.each(['', '1234', '123456789', 'UUUUUUUU', '！！！！！！！！', '七八九十七八九十'])(
  '%p was never given out',
  (typed) => {
    expect(readSpokenCode(typed)).toBeUndefined()
  },
)

test('no code has a letter that is taken for a digit', () => {
  fc.assert(fc.property(codes, (code) => expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)))
})

test('a digest stands for one code', () => {
  const digest = '00ff10a1b2c3d4e5f6'
  expect(spokenCodeFrom(digest)).toBe(spokenCodeFrom(digest))
  expect(readSpokenCode(spokenCodeFrom(digest))).toBe(spokenCodeFrom(digest))
})
