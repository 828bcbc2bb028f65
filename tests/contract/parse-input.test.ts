import * as fc from 'fast-check'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { refusalMessages } from '../../cloudfunctions/ground/result'
import { parseInput } from '../support/parse-input'

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
    ['a text of fillers', { text: '\u3164\u2800\u1160' }],
    ['words for a place that are too many', { place: { words: '泥'.repeat(101) } }],
    ['a phone that is none', { phone: '110' }],
    ['a phone with words', { phone: '13800000000 张' }],
  ])('is refused with %s, and says so in Chinese', (_what, overrides) => {
    const result = parse(overrides)
    expect(codeOf(result)).toBe('invalid-input')
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

  test('is told all its mistakes at once, each field once', () => {
    const result = parse({ text: '', phone: '12', photos: 7, place: { words: '泥'.repeat(101) } })
    expect(result).toMatchObject({
      error: {
        code: 'invalid-input',
        details: {
          field: 'text',
          why: '不能空着',
          fields: [
            { field: 'text', why: '不能空着' },
            { field: 'photos', why: '照片不对' },
            { field: 'place.words', why: '最多写100个字' },
            { field: 'phone', why: expect.stringContaining('手机号') },
          ],
        },
      },
    })
    const worst = parseInput('report.resolve', {
      commandId: 0,
      reportId: 0,
      rev: 0,
      note: 0,
      before: Array(9).fill(0),
      after: Array(9).fill(0),
      remedy: 0,
    })
    const told = (worst.ok ? [] : worst.error.details?.fields) as readonly { readonly field: string }[]
    expect(told).toHaveLength(20)
    expect(new Set(told.map(({ field }) => field)).size).toBe(20)
  })

  const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
  const nestedList = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
  test.each([
    ['is 5,000 objects deep', nested(5000)],
    ['is 5,000 lists deep', nestedList(5000)],
    ['is 13 objects deep', nested(13)],
    ['is 3,000 fields wide', Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`f${at}`, at]))],
    ['is a list of a million', new Array(1_000_000).fill(0)],
    ['hides depth in a field', { ...aSubmission, photos: nestedList(5000) }],
  ])('is refused before anything walks through it when it %s', (_what, input) => {
    for (const action of ['report.submit', 'me.get'] as const) {
      expect(parseInput(action, input)).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', message: '内容太多，请分几次提交' },
      })
    }
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

  test('is cleaned of what nobody sees, in every field that is typed', () => {
    expect(
      parse({
        text: '\u202e巷子\u0000里\ud83d\r\n都是泥',
        phone: '\u202d138-0013-8000\u202c',
        place: { words: '\ufeff供销社\u200e' },
      }),
    ).toMatchObject({
      ok: true,
      value: { text: '巷子里\n都是泥', phone: '13800138000', place: { words: '供销社' } },
    })
  })

  test('is counted by code points: 500 rare characters are taken, 501 are not', () => {
    expect(parse({ text: '𠮷'.repeat(500) })).toMatchObject({ ok: true })
    expect(messageOf(parse({ text: '𠮷'.repeat(501) }))).toBe('“情况说明”最多写500个字')
  })

  test('may be missing where it is not asked for', () => {
    expect(parseInput('report.withdraw', anAcceptance)).toMatchObject({ ok: true, value: { reason: '' } })
    expect(parseInput('report.withdraw', { ...anAcceptance, reason: '  ' })).toMatchObject({
      ok: true,
      value: { reason: '' },
    })
  })
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
