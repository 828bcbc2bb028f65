import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import {
  appendLedger,
  canonicalLedgerText,
  type LedgerEntry,
  verifyLedger,
} from '../../../cloudfunctions/domain/red-face/ledger'
import { redFaceCauses } from '../../../cloudfunctions/domain/red-face/red-face'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

type Fields = Parameters<typeof appendLedger>[1]

const anyFields: fc.Arbitrary<Fields> = fc.record({
  chainId: fc.constant('tumote-youqi'),
  at: fc.nat(),
  kind: fc.constantFrom('opened', 'published', 'frozen', 'unfrozen', 'cleared'),
  reportId: fc.string({ maxLength: 8 }),
  episodeNo: fc.integer({ min: 1, max: 9 }),
  unitId: fc.string({ maxLength: 8 }),
  unitName: fc.string({ unit: 'grapheme', maxLength: 8 }),
  text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  causes: fc.subarray([...redFaceCauses]),
})

const chainOf = (fields: readonly Fields[]): readonly LedgerEntry[] => {
  const entries: LedgerEntry[] = []
  for (const one of fields) entries.push(appendLedger(entries[entries.length - 1] ?? null, one, sha256))
  return entries
}
const anyChain = fc.array(anyFields, { minLength: 2, maxLength: 8 }).map(chainOf)
const anyChainAndPlace = anyChain.chain((entries) =>
  fc.tuple(fc.constant(entries), fc.nat({ max: entries.length - 1 })),
)

describe('the ledger', () => {
  test('numbers its entries from 1 and binds each to the one before it', () => {
    fc.assert(
      fc.property(anyChain, (entries) => {
        expect(verifyLedger(entries, sha256)).toEqual({ ok: true })
        expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1))
        expect(entries.map((entry) => entry.previousHash)).toEqual([
          '',
          ...entries.slice(0, -1).map((entry) => entry.hash),
        ])
        expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length)
      }),
    )
  })

  test('an empty chain is sound, and a chain cannot be continued with another one’s entry', () => {
    expect(verifyLedger([], sha256)).toEqual({ ok: true })
    fc.assert(
      fc.property(anyChain, anyFields, ([first], fields) => {
        expect(() => appendLedger(first ?? null, { ...fields, chainId: 'elsewhere' }, sha256)).toThrow(
          'chain',
        )
      }),
    )
  })

  test('keeps the text that is hashed the same, whatever else is stored and in whatever order', () => {
    fc.assert(
      fc.property(anyChain, ([entry]) => {
        if (!entry) throw new Error('an empty chain')
        const stored = Object.fromEntries(Object.entries({ ...entry, _id: 'x' }).reverse()) as unknown
        expect(canonicalLedgerText(stored as LedgerEntry)).toBe(canonicalLedgerText(entry))
      }),
    )
  })

  const tampered: { readonly [K in keyof LedgerEntry]: (value: LedgerEntry[K]) => LedgerEntry[K] } = {
    id: (value) => `${value}x`,
    chainId: (value) => `${value}x`,
    seq: (value) => value + 1,
    at: (value) => value + 1,
    kind: (value) => (value === 'cleared' ? 'opened' : 'cleared'),
    reportId: (value) => `${value}x`,
    episodeNo: (value) => value + 1,
    unitId: (value) => `${value}x`,
    unitName: (value) => `${value} `,
    text: (value) => `${value}。`,
    causes: (value) => (value.length === 0 ? ['declared'] : value.slice(1)),
    previousHash: (value) => `${value}0`,
    hash: (value) => `${value.slice(1)}${value.slice(0, 1) === '0' ? '1' : '0'}`,
  }
  const tamper = <K extends keyof LedgerEntry>(entry: LedgerEntry, field: K): LedgerEntry => ({
    ...entry,
    [field]: tampered[field](entry[field]),
  })

  test.each(Object.keys(tampered) as (keyof LedgerEntry)[])('notices a changed %s', (field) => {
    fc.assert(
      fc.property(anyChainAndPlace, ([entries, place]) => {
        const changed = entries.map((entry, index) => (index === place ? tamper(entry, field) : entry))
        expect(verifyLedger(changed, sha256)).toEqual({ ok: false, brokenAtSeq: place + 1 })
      }),
    )
  })

  test.each(Object.keys(tampered).filter((field) => field !== 'hash') as (keyof LedgerEntry)[])(
    'notices a changed %s even when its own hash is made anew, by the next entry or by the anchor',
    (field) => {
      fc.assert(
        fc.property(anyChainAndPlace, ([entries, place]) => {
          const head = entries[entries.length - 1]
          const changed = entries.map((entry, index) => {
            if (index !== place) return entry
            const forged = tamper(entry, field)
            return { ...forged, hash: sha256(canonicalLedgerText(forged)) }
          })
          expect(verifyLedger(changed, sha256, head).ok).toBe(false)
        }),
      )
    },
  )

  test('notices an entry of another chain, well made as it may be', () => {
    fc.assert(
      fc.property(anyChain, anyFields, (entries, fields) => {
        const head = entries[entries.length - 1]
        if (!head) throw new Error('an empty chain')
        const foreign = appendLedger(
          { ...head, chainId: 'elsewhere' },
          { ...fields, chainId: 'elsewhere' },
          sha256,
        )
        expect(verifyLedger([...entries, foreign], sha256)).toEqual({ ok: false, brokenAtSeq: foreign.seq })
      }),
    )
  })

  test('notices an entry left out, and with the anchored head also the last ones', () => {
    fc.assert(
      fc.property(anyChainAndPlace, ([entries, place]) => {
        const head = entries[entries.length - 1]
        const kept = entries.filter((_, index) => index !== place)
        expect(verifyLedger(kept, sha256, head)).toEqual({ ok: false, brokenAtSeq: place + 1 })
        if (place < entries.length - 1) {
          expect(verifyLedger(kept, sha256)).toEqual({ ok: false, brokenAtSeq: place + 1 })
        }
      }),
    )
  })

  test('notices a different order', () => {
    fc.assert(
      fc.property(
        anyChain.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          fc.pre(shuffled.some((entry, index) => entry !== entries[index]))
          expect(verifyLedger(shuffled, sha256).ok).toBe(false)
        },
      ),
    )
  })

  test('notices a whole chain written anew, by its anchor', () => {
    fc.assert(
      fc.property(fc.array(anyFields, { minLength: 2, maxLength: 6 }), (fields) => {
        const anchor = chainOf(fields)[fields.length - 1]
        const rewritten = chainOf(fields.map((one, index) => (index === 0 ? { ...one, text: '抹掉' } : one)))
        fc.pre(fields[0]?.text !== '抹掉')
        expect(verifyLedger(rewritten, sha256, anchor).ok).toBe(false)
      }),
    )
  })

  test('stays sound against an older anchor as it grows', () => {
    fc.assert(
      fc.property(anyChainAndPlace, ([entries, place]) => {
        expect(verifyLedger(entries, sha256, entries[place])).toEqual({ ok: true })
      }),
    )
  })
})
