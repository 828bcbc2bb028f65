import * as fc from 'fast-check'
import { namesIn, paramsIn, readParams, writeParams } from '../../../client/services/page-address'

/** Splits what follows the “?” and decodes nothing, as both routers do. */
const pairs = (search: string): Record<string, string> =>
  Object.fromEntries(
    search.split('&').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

const routers: Readonly<Record<string, (query: string) => Record<string, string>>> = {
  // The page's address lies in the fragment, which the browser encodes where it has to.
  'the browser': (query) => {
    const { hash } = new URL(`https://redface.example/#/pages/matter/detail?${query}`)
    return pairs(hash.slice(hash.indexOf('?') + 1))
  },
  WeChat: (query) => pairs(`/pages/matter/detail?${query}`.split('?')[1] ?? ''),
}

const names = Object.keys(routers) as (keyof typeof routers)[]

const through = (router: string, params: Record<string, string>) =>
  readParams(routers[router]?.(writeParams(params)) ?? {})

describe.each(names)('an address in %s', (router) => {
  test('carries any text: what is read is what was written', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    const key = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter((one) => one !== '__proto__')
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true }), (params) => {
        expect(through(router, params)).toEqual(params)
      }),
    )
  })

  test.each(['rpt_1:1', '100%', '%3A', '%25', 'a+b c', 'a&b=c', '?#/', '巷道泥泞 🛣'])(
    'carries %s',
    (value) => {
      expect(through(router, { entryId: value })).toEqual({ entryId: value })
    },
  )

  test('is read by whoever typed it plainly', () => {
    const { entryId, words, share } = readParams(
      routers[router]?.('entryId=rpt_1:1&words=泥泞的巷道&share=100%') ?? {},
    )
    expect({ entryId, words, share }).toEqual({ entryId: 'rpt_1:1', words: '泥泞的巷道', share: '100%' })
  })
})

test('what is not said is left out of an address', () => {
  expect(writeParams({ unitId: undefined, tab: '' })).toBe('')
  expect(writeParams({ unitId: '150221', tab: undefined })).toBe('unitId=150221')
})

test('a parameter without a value is empty, one said twice counts as said last', () => {
  expect(readParams({ unitId: null, tab: undefined, entryId: ['a%3A1', 'b%3A2'] })).toEqual({
    unitId: '',
    tab: '',
    entryId: 'b:2',
  })
})

describe('an address that somebody types over an open page', () => {
  const typed = (search: string) =>
    paramsIn(new URL(`https://redface.example/#/pages/red-face${search}`).hash, 'pages/red-face')

  test('carries what that page reads, and nothing where nothing is said', () => {
    expect(typed('?unitId=1502%3A21&tab=cleared')).toEqual({ unitId: '1502:21', tab: 'cleared' })
    expect(typed('?unitId=a=b?c&')).toEqual({ unitId: 'a=b?c' })
    expect(typed('')).toEqual({})
    expect(typed('?')).toEqual({})
  })

  test('is none of its own where it is another page’s', () => {
    expect(paramsIn('#/pages/home?unitId=1', 'pages/red-face')).toBeUndefined()
    expect(paramsIn('', 'pages/red-face')).toBeUndefined()
  })
})

describe('what an address names', () => {
  test.each([
    ['rpt_1:1', 'rpt_1:1'],
    ['150221104004', '150221104004'],
    ['claim-fixed', 'claim-fixed'],
  ])('%s is taken as it stands', (value, read) => {
    expect(namesIn({ value })).toEqual({ value: read })
  })

  test('a link that was encoded once too often is read once more', () => {
    expect(namesIn({ entryId: 'rpt_1%3A1' })).toEqual({ entryId: 'rpt_1:1' })
  })

  test.each(['', '%', '%25', '的', '%E7%9A%84', 'a b', "<b>'", '../../etc', 'rpt_1\u0000', 'x'.repeat(81)])(
    'nothing is called %j: it counts as not said',
    (value) => {
      expect(namesIn({ value, unitId: '150221' })).toEqual({ unitId: '150221' })
    },
  )
})
