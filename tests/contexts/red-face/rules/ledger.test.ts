import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import {
  appendLedger,
  type CommittedRow,
  commitmentTo,
  type LedgerFacts,
  type LedgerRow,
  ledgerKinds,
  type OpenedFacts,
  type PlainRow,
  verifyLedger,
} from '../../../../cloudfunctions/contexts/red-face/rules/ledger'
import { redFaceCauses } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

const chainId = '150221'

const anyFacts: fc.Arbitrary<LedgerFacts> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom(...ledgerKinds),
  reportId: fc.string({ maxLength: 8 }),
  episodeKey: fc.integer({ min: 1, max: 9 }).map((no) => `r:${no}`),
  unitId: fc.string({ maxLength: 8 }),
  unitName: fc.string({ unit: 'grapheme', maxLength: 8 }),
  unitPath: fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 }),
  text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  causes: fc.subarray([...redFaceCauses]),
})
const anyOpened: fc.Arbitrary<OpenedFacts> = fc.record({
  salt: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  facts: anyFacts,
})

/** As the first shape was written: the facts themselves under the hash, without salt. */
const appendPlain = (previous: LedgerRow | undefined, facts: LedgerFacts): PlainRow => {
  const seq = (previous?.seq ?? 0) + 1
  const row = { id: `${chainId}:${seq}`, chainId, seq, previousHash: previous?.hash ?? '' }
  const plain = { ...facts, unitPath: [] }
  const { at, kind, reportId, unitId, unitName, text, causes } = plain
  const no = Number(facts.episodeKey.slice(2))
  const hashed = [
    row.id,
    chainId,
    seq,
    at,
    kind,
    reportId,
    no,
    unitId,
    unitName,
    text,
    causes,
    row.previousHash,
  ]
  return { ...row, shape: 1, facts: plain, hash: sha256(JSON.stringify(hashed)) }
}

/** A chain that was begun in the first shape and goes on in the second. */
const chainOf = (plain: readonly LedgerFacts[], opened: readonly OpenedFacts[]): readonly LedgerRow[] => {
  const rows: LedgerRow[] = []
  for (const one of plain) rows.push(appendPlain(rows[rows.length - 1], one))
  for (const one of opened)
    rows.push(appendLedger(chainId, rows[rows.length - 1] ?? null, '2026-11-23', one, sha256))
  return rows
}
const anyChain = fc
  .tuple(fc.array(anyFacts, { maxLength: 3 }), fc.array(anyOpened, { minLength: 2, maxLength: 6 }))
  .map(([plain, opened]) => chainOf(plain, opened))
const anyChainAndPlace = anyChain.chain((rows) =>
  fc.tuple(fc.constant(rows), fc.nat({ max: rows.length - 1 })),
)

const verify = (rows: readonly LedgerRow[], published: readonly LedgerRow[] = []) =>
  verifyLedger(chainId, rows, published, sha256)
const withoutWords = (row: LedgerRow): LedgerRow =>
  row.shape === 2 ? { ...row, opened: null } : { ...row, facts: null }

const otherFacts: { readonly [K in keyof LedgerFacts]-?: (value: LedgerFacts[K]) => LedgerFacts[K] } = {
  at: (value) => value + 1,
  kind: (value) => (value === 'cleared' ? 'opened' : 'cleared'),
  reportId: (value) => `${value}x`,
  episodeKey: (value) => `${value}0`,
  unitId: (value) => `${value}x`,
  unitName: (value) => `${value} `,
  unitPath: (value) => [...value, 'x'],
  text: (value) => `${value}。`,
  causes: (value) => (value.length === 0 ? ['declared'] : value.slice(1)),
  seal: (value) => ({ month: '2026-03', unitCount: 1, hash: `${value?.hash ?? ''}0` }),
}
const changedFacts = (facts: LedgerFacts, field: keyof LedgerFacts): LedgerFacts => ({
  ...facts,
  [field]: otherFacts[field](facts[field] as never),
})

/** Every single thing that can be changed in a row, words included. */
const changes: Readonly<Record<string, (row: LedgerRow) => LedgerRow | undefined>> = {
  id: (row) => ({ ...row, id: `${row.id}x` }),
  chainId: (row) => ({ ...row, chainId: `${row.chainId}x` }),
  seq: (row) => ({ ...row, seq: row.seq + 1 }),
  previousHash: (row) => ({ ...row, previousHash: sha256(row.previousHash) }),
  hash: (row) => ({ ...row, hash: sha256(row.hash) }),
  shape: (row) =>
    row.shape === 2 && row.opened
      ? { ...row, shape: 1, facts: row.opened.facts }
      : ({ ...row, shape: 2, on: '', commitment: '', opened: null } as CommittedRow),
  on: (row) => (row.shape === 2 ? { ...row, on: '2026-11-24' } : undefined),
  commitment: (row) => (row.shape === 2 ? { ...row, commitment: sha256(row.commitment) } : undefined),
  salt: (row) =>
    row.shape === 2 && row.opened
      ? { ...row, opened: { ...row.opened, salt: sha256(row.opened.salt).slice(0, 32) } }
      : undefined,
  ...Object.fromEntries(
    (Object.keys(otherFacts) as (keyof LedgerFacts)[]).map((field) => [
      `facts.${field}`,
      (row: LedgerRow): LedgerRow | undefined => {
        if (row.shape === 2)
          return row.opened
            ? { ...row, opened: { ...row.opened, facts: changedFacts(row.opened.facts, field) } }
            : undefined
        // The first shape held no path, and sealed no month.
        if (field === 'unitPath' || field === 'seal' || !row.facts) return undefined
        return { ...row, facts: changedFacts(row.facts, field) }
      },
    ]),
  ),
}

describe('F6: the ledger', () => {
  test('numbers its rows from 1, binds each to the one before it, and holds whether or not the words are shown', () => {
    fc.assert(
      fc.property(anyChain, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (rows, isHidden) => {
        expect(verify(rows, rows)).toEqual([])
        expect(
          verify(
            rows.map((row, index) => (isHidden[index] ? withoutWords(row) : row)),
            rows,
          ),
        ).toEqual([])
        expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1))
        expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
      }),
    )
  })

  test('an empty chain is sound as long as nothing of it was published', () => {
    expect(verify([])).toEqual([])
    fc.assert(
      fc.property(anyChain, (rows) => {
        expect(verify([], rows.slice(-1))).toEqual([{ seq: 1, flaw: 'cut-off' }])
      }),
    )
  })

  test('the words are bound to whatever order they are stored in', () => {
    fc.assert(
      fc.property(anyOpened, ({ salt, facts }) => {
        const stored = Object.fromEntries(Object.entries({ ...facts, _id: 'x' }).reverse()) as unknown
        expect(commitmentTo({ salt, facts: stored as LedgerFacts }, sha256)).toBe(
          commitmentTo({ salt, facts }, sha256),
        )
      }),
    )
  })

  test.each(Object.keys(changes))('notices any change of %s of any row, and at that row', (field) => {
    fc.assert(
      fc.property(anyChainAndPlace, ([rows, place]) => {
        const changed = changes[field]?.(rows[place] as LedgerRow)
        fc.pre(changed !== undefined)
        const breaks = verify(rows.map((row, index) => (index === place && changed ? changed : row)))
        expect(breaks[0]?.seq).toBe(place + 1)
      }),
    )
  })

  test('notices words written anew together with their salt, commitment and hash, by the next row or the published head', () => {
    fc.assert(
      fc.property(anyChainAndPlace, anyOpened, ([rows, place], forged) => {
        const before = rows[place - 1] ?? null
        const row = appendLedger(chainId, before, '2026-11-23', forged, sha256)
        const changed = rows.map((one, index) => (index === place ? row : one))
        expect(verify(changed, rows.slice(-1))).not.toEqual([])
      }),
    )
  })

  test('notices a row of another chain, well made as it may be', () => {
    fc.assert(
      fc.property(anyChain, anyOpened, (rows, opened) => {
        const foreign = appendLedger('150222', rows[rows.length - 1] ?? null, '2026-11-23', opened, sha256)
        expect(verify([...rows, foreign])).toEqual([{ seq: foreign.seq, flaw: 'changed' }])
      }),
    )
  })

  test('notices any row left out, put in or put twice, and any cut at the end by the published head', () => {
    fc.assert(
      fc.property(anyChainAndPlace, ([rows, place]) => {
        const left = rows.filter((_, index) => index !== place)
        expect(verify(left, rows.slice(-1))[0]?.seq).toBe(place + 1)
        const doubled = rows.flatMap((row, index) => (index === place ? [row, row] : [row]))
        expect(verify(doubled)[0]?.seq).toBe(place + 2)
        expect(verify(rows.slice(0, place), rows.slice(-1))).toEqual([{ seq: place + 1, flaw: 'cut-off' }])
      }),
    )
  })

  test('notices any two rows swapped, with or without their numbers', () => {
    fc.assert(
      fc.property(anyChainAndPlace, fc.nat(), ([rows, place], shift) => {
        const other = (place + 1 + (shift % (rows.length - 1))) % rows.length
        const first = Math.min(place, other)
        const swapped = rows.map((_, index) => {
          const from = index === place ? other : index === other ? place : index
          return rows[from] as LedgerRow
        })
        expect(verify(swapped)[0]?.seq).toBe(first + 1)
        const renumbered = swapped.map((row, index) => ({
          ...row,
          seq: index + 1,
          id: `${chainId}:${index + 1}`,
        }))
        expect(verify(renumbered)[0]?.seq).toBe(first + 1)
      }),
    )
  })

  test('notices a whole chain written anew, by any head published before, and no older head disturbs one that grew', () => {
    fc.assert(
      fc.property(anyChainAndPlace, anyOpened, ([rows, place], forged) => {
        const published = rows.slice(place, place + 1)
        expect(verify(rows, published)).toEqual([])
        const rewritten = chainOf(
          [],
          rows.map((row, index) =>
            index > 0 && row.shape === 2 && row.opened ? row.opened : { ...forged, salt: `${index}` },
          ),
        )
        expect(verify(rewritten)).toEqual([])
        expect(verify(rewritten, published)).toEqual([{ seq: place + 1, flaw: 'not-as-published' }])
      }),
    )
  })
})

describe('F6: a row that is withheld', () => {
  const units = ['150221104001', '150221104002', '150221104003']
  const facts = (kind: LedgerFacts['kind'], unitId: string, cause: string): LedgerFacts => ({
    at: 1_795_000_000_000,
    kind,
    reportId: 'r-known',
    episodeKey: 'r-known:1',
    unitId,
    unitName: `支部${unitId}`,
    unitPath: ['15', '1502', '150221', '150221104', unitId],
    text: `巷子泥泞：${cause}`,
    causes: [cause],
  })

  test('is not found out by trying every cause, kind and unit, though all else is known but the salt', () => {
    const secret = facts('opened', '150221104002', 'rated-unsolved')
    const salt = '3f'.repeat(16)
    const row = appendLedger(chainId, null, '2026-11-23', { salt, facts: secret }, sha256)
    const shown = withoutWords(row)
    const guesses = ledgerKinds.flatMap((kind) =>
      units.flatMap((unit) => redFaceCauses.map((cause) => facts(kind, unit, cause))),
    )
    // With the salt the guess would be right: that it fails without is not the fault of the guesses.
    expect(
      guesses.filter((guess) => commitmentTo({ salt, facts: guess }, sha256) === row.commitment),
    ).toEqual([secret])
    const tried = ['', '0'.repeat(32), row.hash.slice(0, 32), sha256(row.id).slice(0, 32)].flatMap(
      (guessedSalt) => guesses.map((guess) => commitmentTo({ salt: guessedSalt, facts: guess }, sha256)),
    )
    expect(tried).not.toContain(row.commitment)
    expect(tried).not.toContain(row.hash)
    expect(JSON.stringify(shown)).not.toContain(salt)
    expect(Object.keys(shown).sort()).toEqual(
      ['chainId', 'commitment', 'hash', 'id', 'on', 'opened', 'previousHash', 'seq', 'shape'].sort(),
    )
  })

  test('hashes nothing that can be guessed: every text under a hash holds the salt or a commitment made with it', () => {
    fc.assert(
      fc.property(anyOpened, (opened) => {
        const texts: string[] = []
        const listening = (text: string): string => {
          texts.push(text)
          return sha256(text)
        }
        const row = appendLedger(chainId, null, '2026-11-23', opened, listening)
        expect(texts).toHaveLength(2)
        expect(texts[0]?.startsWith(opened.salt)).toBe(true)
        expect(JSON.parse(texts[1] ?? '')).toEqual([2, row.id, chainId, 1, '2026-11-23', row.commitment, ''])
      }),
    )
  })

  test('tells by its commitment nothing of likeness: the same facts under two salts look unlike', () => {
    fc.assert(
      fc.property(anyOpened, anyOpened, ({ salt, facts: same }, { salt: other }) => {
        fc.pre(salt !== other)
        expect(commitmentTo({ salt, facts: same }, sha256)).not.toBe(
          commitmentTo({ salt: other, facts: same }, sha256),
        )
      }),
    )
  })
})
