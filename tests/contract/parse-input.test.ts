import * as fc from 'fast-check'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { isAction, parseInput } from '../../cloudfunctions/contract/parse-input'
import { refusalMessages } from '../../cloudfunctions/domain/result'

const actions = Object.keys(contract) as readonly Action[]

const aSubmission = {
  commandId: '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  categoryId: 'lane-repair',
  text: '巷子里都是泥',
  photos: ['p1'],
  place: { point: { lng: 110.52, lat: 40.56 }, words: '供销社往东' },
}
const anAcceptance = { commandId: aSubmission.commandId, reportId: 'r7F3K', rev: 1 }

const parse = (overrides: Record<string, unknown>) =>
  parseInput('report.submit', { ...aSubmission, ...overrides })
const codeOf = (result: ReturnType<typeof parse>) => (result.ok ? 'ok' : result.error.code)
const messageOf = (result: ReturnType<typeof parse>) => (result.ok ? '' : result.error.message)

const chinese = /[\u4e00-\u9fff]/

describe('what a client sends', () => {
  test('is taken when it is as the contract says', () => {
    expect(parse({})).toEqual({ ok: true, value: aSubmission })
    expect(parseInput('report.accept', anAcceptance)).toEqual({ ok: true, value: anAcceptance })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'report'],
    ['a number', 7],
  ])('is refused when it is %s', (_what, input) => {
    expect(codeOf(parseInput('report.submit', input) as ReturnType<typeof parse>)).toBe('invalid-input')
  })

  test.each([
    ['a number for a text', { text: 7 }],
    ['a list for a text', { text: ['巷子'] }],
    ['a text for photographs', { photos: 'p1' }],
    ['a number for a photograph', { photos: [1] }],
    ['a text for a place', { place: '供销社' }],
    ['a text for a longitude', { place: { point: { lng: '110.52', lat: 40.56 } } }],
    ['an infinite longitude', { place: { point: { lng: Number.POSITIVE_INFINITY, lat: 40.56 } } }],
    ['no number for a latitude', { place: { point: { lng: 110.52, lat: Number.NaN } } }],
    ['a longitude off the globe', { place: { point: { lng: 181, lat: 40.56 } } }],
    ['an unknown category', { categoryId: 'free-beer' }],
    ['a command id that is no UUID', { commandId: '1' }],
    ['no text', { text: undefined }],
    ['an empty text', { text: '' }],
    ['a text of blanks', { text: '  \n ' }],
    ['a text of nothing one can see', { text: '\u200b\u200d\u2060' }],
    ['ten thousand characters', { text: '泥'.repeat(10_000) }],
    ['501 characters', { text: '泥'.repeat(501) }],
    ['ten photographs', { photos: Array.from({ length: 10 }, (_, index) => `p${index}`) }],
    ['half an emoji at the end', { text: '路灯\ud83d' }],
    ['half an emoji at the front', { text: '\ude00路灯' }],
    ['a text turned round', { text: '巷子\u202e里' }],
    ['an isolate never closed', { text: '巷子\u2066里' }],
    ['a null character', { text: '巷子\u0000里' }],
    ['an escape sequence', { text: '\u001b[31m巷子' }],
    ['a phone that is none', { phone: '110' }],
    ['a phone with words', { phone: '13800000000 张' }],
  ])('is refused with %s, and says so in Chinese', (_what, overrides) => {
    const result = parse(overrides)
    expect(['invalid-input', 'text-has-control-characters']).toContain(codeOf(result))
    expect(messageOf(result)).toMatch(chinese)
  })

  test('names the field that is wrong as the form does', () => {
    expect(messageOf(parse({ text: '' }))).toBe('“情况说明”不能空着')
    expect(messageOf(parse({ text: '泥'.repeat(501) }))).toBe('“情况说明”最多写500个字')
    expect(messageOf(parse({ photos: Array(10).fill('p') }))).toBe('“照片”最多传9张照片')
    const declined = parseInput('report.decline', { ...anAcceptance, note: '说明' })
    expect(declined).toMatchObject({ error: { message: '请选择不予受理的原因' } })
    expect(parse({ place: { point: { lng: 999, lat: 1 } } })).toMatchObject({
      ok: false,
      error: { details: { field: 'place.point.lng' } },
    })
  })

  test.each([
    ['at the top', { accountId: 'wx:somebody-else' }],
    ['in the place', { place: { ...aSubmission.place, unitId: '15' } }],
    ['in the point', { place: { point: { lng: 110.52, lat: 40.56, height: 1 } } }],
  ])('is refused with an unknown field %s', (_where, overrides) => {
    expect(codeOf(parse(overrides))).toBe('invalid-input')
  })

  test.each([
    '{"__proto__":{"isAdmin":true}}',
    '{"constructor":{"prototype":{}}}',
    '{"toString":1}',
    '{"place":{"words":"供销社","__proto__":{"lng":1}}}',
  ])('is refused with %s, and no prototype changes', (json) => {
    const input = { ...aSubmission }
    const sent = JSON.parse(json) as Record<string, unknown>
    for (const key of Object.keys(sent)) {
      Object.defineProperty(input, key, {
        value: sent[key],
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    expect(codeOf(parseInput('report.submit', input) as ReturnType<typeof parse>)).toBe('invalid-input')
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  })

  test.each([
    ['an operator', { $ne: null }],
    ['an operator in a list', [{ $gt: '' }]],
    ['an operator as text', '$where'],
    ['an empty text', ''],
    ['a path', '../../photos/p1'],
    ['a text with a null character', 'r7F3K\u0000'],
    ['eighty-one characters', 'r'.repeat(81)],
    ['a number', 7],
  ])('is refused with %s for an id', (_what, reportId) => {
    for (const action of ['report.get', 'report.accept', 'report.support'] as const) {
      const result = parseInput(action, { ...anAcceptance, reportId })
      expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    }
  })

  test.each([
    ['no number', 'r1'],
    ['an operator', '{"$gt":0}~r1'],
    ['an id with a quote', '12~r1"'],
    ['a list', ['12~r1']],
  ])('is refused with %s for a cursor', (_what, cursor) => {
    expect(parseInput('report.mine', { cursor })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    })
  })

  test.each([0, 51, 1.5, -1, '20'])('is refused with a page of %s', (limit) => {
    expect(parseInput('report.mine', { limit })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    })
  })

  test.each([0, -1, 1.5, '1', null])('is refused with the revision %s', (rev) => {
    expect(parseInput('report.accept', { ...anAcceptance, rev })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    })
  })

  test('is refused with an instant a client clock wrong by a century would give', () => {
    const suspension = { ...anAcceptance, reason: '等预算', plan: '明年' }
    for (const untilAt of [0, Date.UTC(1999, 0), Date.UTC(2101, 0), 1e300, '2026-03-02']) {
      expect(parseInput('report.suspend', { ...suspension, untilAt })).toMatchObject({ ok: false })
    }
  })
})

describe('text as people here write it', () => {
  test.each([
    ['emoji', '路灯坏了😭👨‍👩‍👧‍👦🏳️‍🌈'],
    ['line breaks and tabs', '第一\n第二\t第三'],
    ['Mongolian', 'ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ'],
    ['Mongolian with variation selectors', 'ᠠ᠋ᠠ᠌ᠠ᠍ ᠭ᠎ᠠ'],
    ['Mongolian with joiners and a narrow space', 'ᠪᠢ‍ᠴᠢᠭ᠌ ᠤᠨ\u202f᠎ᠠ'],
    ['rare characters', '𠮷家巷'],
    ['one sign', '？'],
  ])('is taken: %s', (_what, text) => {
    expect(parse({ text })).toMatchObject({ ok: true, value: { text } })
  })

  test('loses only the blanks around it', () => {
    expect(parse({ text: ' \n巷子 里\n ' })).toMatchObject({ ok: true, value: { text: '巷子 里' } })
  })

  test('may be missing where it is not asked for', () => {
    expect(parseInput('report.withdraw', anAcceptance)).toMatchObject({ ok: true, value: { reason: '' } })
    expect(parseInput('report.withdraw', { ...anAcceptance, reason: '  ' })).toMatchObject({
      ok: true,
      value: { reason: '' },
    })
  })
})

describe('an action', () => {
  test.each(['__proto__', 'constructor', 'toString', 'report.drop', '', 7, null, {}, ['report.get']])(
    'is not %p',
    (name) => {
      expect(isAction(name)).toBe(false)
    },
  )
})

describe('every refusal', () => {
  test.each(Object.entries(refusalMessages))('%s has its plain Chinese', (code, message) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(message).toMatch(chinese)
    expect(message).not.toMatch(/[A-Za-z]/)
  })
})

/** Objects that look a little like what the contract wants, with anything in their fields. */
const anyLikeness = (): fc.Arbitrary<unknown> => {
  const known = [
    'commandId',
    'reportId',
    'rev',
    'text',
    'photos',
    'place',
    'point',
    'note',
    'reason',
    'unitId',
    'cursor',
    'limit',
    'tab',
  ]
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(anAcceptance.commandId, 'r7F3K', 1, true, aSubmission.place),
  )
  return fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string()), anything)
}

describe('whatever is sent', () => {
  test('is taken or refused in Chinese, and never an error', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...actions)
          .chain((action) =>
            fc.tuple(fc.constant(action), fc.oneof(fc.jsonValue(), fc.anything(), anyLikeness())),
          ),
        ([action, input]) => {
          const result = parseInput(action, input)
          if (result.ok) return
          expect(Object.keys(refusalMessages)).toContain(result.error.code)
          expect(result.error.message).toMatch(chinese)
          expect(result.error.message.length).toBeLessThan(80)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('comes out of a second check as it came out of the first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        const once = parse({ text })
        if (!once.ok) return
        expect(parseInput('report.submit', once.value)).toEqual(once)
      }),
    )
  })
})
