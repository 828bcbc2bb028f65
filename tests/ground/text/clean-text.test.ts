import * as fc from 'fast-check'
import { cleanText, isBlank } from '../../../cloudfunctions/ground/text/clean-text'

/** Characters that do something to a text, thick among ordinary ones. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...' \t\n\r\u000b\u000c\u0085\u2028\u2029\u00a0\u202f\u3000'),
      fc.constantFrom(
        ...'\u0000\u0008\u001b\u007f\u009f\u00ad\u061c\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u206f\ufeff\ufff9\ufffc\uffff\ufdd0',
      ),
      fc.constantFrom('\u{e0001}', '\u{e0067}', '\u{1d173}', '\u{1fffe}', '\ud83d', '\ude00', '\r\n'),
      fc.constantFrom(...'\u0301\u0300\u0323\u0338\u20e3\ufe0f\u180b\u180c\u180d\u180e\u180f\u200c\u200d'),
      fc.constantFrom(...'\u115f\u1160\u3164\uffa0\u2800\u1100\u1161\u11a8\uac00'),
      fc.constantFrom('e', 'a', '泥', '𠮷', '😭', 'ᠠ', 'ᠭ', 'Ө', '\u212b', '\u0958', '\uf900', '1', '。'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(''))

const strippedMark =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\ud800-\udfff]/u

describe('whatever is typed', () => {
  test('cleaning what is clean changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
      }),
      { numRuns: 3000 },
    )
  })

  test('keeps no mark that nobody sees and nobody means, and is composed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        expect(clean).not.toMatch(strippedMark)
        expect(clean.normalize('NFC')).toBe(clean)
      }),
      { numRuns: 3000 },
    )
  })

  test('has a bounded number of line breaks, and never two empty lines in a row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\n', '\r\n', ' ', '\u3164', '\u200b'), { maxLength: 400 }),
        (parts) => {
          const clean = cleanText(parts.join(''))
          expect(clean.split('\n').length).toBeLessThanOrEqual(41)
          expect(clean).not.toMatch(/\n\n\n/)
          expect(clean.replace(/\s/g, '').length).toBeGreaterThanOrEqual(
            parts.filter((part) => part === 'a').length,
          )
        },
      ),
    )
  })

  test('has at most four marks on a letter', () => {
    expect(cleanText(`e${'\u0301\u0323'.repeat(245)}`).normalize('NFD').length).toBeLessThanOrEqual(7)
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(text)).not.toMatch(/(?:\p{M}|[\u180e\u200c]|\u200d){5}/u)
      }),
    )
  })

  test('is nothing exactly when nothing in it can be seen', () => {
    fc.assert(fc.property(anyText, (text) => expect(cleanText(text) === '').toBe(isBlank(cleanText(text)))))
  })
})

describe('letters stay as they were written', () => {
  test.each([
    ['Chinese', '巷子里都是泥，老人出不了门。'],
    ['rare Chinese with an ideographic variant', '𠮷家巷 葛\u{e0100}家'],
    ['Cyrillic Mongolian', 'Зам эвдэрсэн, хүүхдүүд өнгөрч чадахгүй'],
    ['traditional Mongolian', 'ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ'],
    ['Mongolian variation selectors', 'ᠠ᠋ᠠ᠌ᠠ᠍ᠠ\u180f'],
    ['the Mongolian vowel separator and narrow space', 'ᠭ\u180eᠠ ᠪᠢᠴᠢᠭ\u202fᠤᠨ'],
    ['Mongolian with joiners', 'ᠪᠢ\u200dᠴᠢᠭ ᠠ\u200d \u200dᠠ ᠠ\u200cᠠ'],
    ['Tibetan', 'བསྒྲུབས་པའི་ལམ་'],
    ['Uyghur and Kazakh', 'يول بۇزۇلدى جول بۇزىلدى'],
    ['Korean', '길이 진흙탕이에요'],
    ['emoji sequences', '😭👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍🚒❤️‍🩹1️⃣🇨🇳'],
    ['signs', '¥5～8元，“坏”了…①㎡（急）'],
    ['lines and tabs', '第一\n第二\t第三\n\n第四'],
    ['a Vietnamese name', 'Nguyễn Thị Ổn'],
  ])('%s', (_what, text) => {
    expect(cleanText(text)).toBe(text)
  })

  test('and decomposed ones are the same as composed ones', () => {
    expect(cleanText('cafe\u0301')).toBe('caf\u00e9')
  })
})

describe('what nobody means goes', () => {
  test.each([
    ['the marks a phone puts around a copied number', '\u202d13800138000\u202c', '13800138000'],
    ['directional marks', '\u200e巷子\u200f里\u061c', '巷子里'],
    ['a text turned round', '巷子\u202e里', '巷子里'],
    ['isolates never closed', '巷子\u2066里', '巷子里'],
    ['a byte order mark', '\ufeff巷子', '巷子'],
    ['controls', '\u0000巷\u001b子', '巷子'],
    ['zero-width spaces and soft hyphens', '巷\u200b子\u00ad里', '巷子里'],
    ['hidden words in tags', `巷子${'\u{e0041}'.repeat(300)}`, '巷子'],
    ['half a character', '路灯\ud83d', '路灯'],
    ['line ends of other systems', '一\r\n二\r三\u000b四\u2028五', '一\n二\n三\n四\n五'],
    ['blanks at line ends', '一  \n二 \n', '一\n二'],
    ['hundreds of empty lines', `一${'\n'.repeat(498)}二`, '一\n\n二'],
    ['lines that only look empty', `一\n\u3164\n \n\u2800\n二`, '一\n\n二'],
  ])('%s', (_what, raw, clean) => {
    expect(cleanText(raw)).toBe(clean)
  })
})

test.each([
  '\u3164',
  '\u2800\u2800',
  '\u{13441}\u{13442}',
  '\u1160',
  '\u115f\u1160',
  '\uffa0',
  '\u200d',
  '\u200c\u200b\u2060',
  '\u180b\u180e',
  '\u202f\u3000 \t\n',
  '\u0301',
  '\ufe0f',
  '\u{1d159}',
  '\u{e0061}\u{e007f}',
  '\ufffc',
])('what is empty to the eye is empty: %j', (text) => {
  expect(cleanText(text)).toBe('')
})
