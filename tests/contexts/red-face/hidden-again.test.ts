import { ledgerRepository } from '../../../cloudfunctions/contexts/red-face/ledger-store'
import { checkLedger } from '../../../cloudfunctions/contexts/red-face/shared/check-ledger'
import { appendToLedger, chainOf } from '../../../cloudfunctions/contexts/red-face/shared/keep-ledger'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { verifyChains } from '../../../local/ledger/verify'
import { branch, mondayAt } from '../../support/builders'
import { somePorts } from '../../support/some-ports'

const chainId = chainOf(branch.path)

/** A matter that was noticed, became public and was cleared, and one that was struck within its notice. */
const aLedger = async () => {
  const store = openMemoryStore()
  const ledger = ledgerRepository(store)
  const ports = somePorts({ ledger, units: {} })
  const append = appendToLedger(ports)
  const of = { unitId: branch.id, unitName: branch.name, unitPath: branch.path, causes: ['declared'] }
  for (const [subjectKey, kind, isPublic] of [
    ['甲', 'opened', false],
    ['乙', 'opened', false],
    ['甲', 'published', true],
    ['乙', 'struck', false],
    ['甲', 'cleared', true],
    // Whatever is said of it later: what ended within its notice stays closed.
    ['乙', 'published', true],
  ] as const) {
    const about = { reportId: `r-${subjectKey}`, episodeKey: `r-${subjectKey}:1`, subjectKey, text: '巷子' }
    await append([{ ...of, ...about, eventKey: `${subjectKey}:${kind}`, at: mondayAt, kind, isPublic }])
  }
  const check = async (days: number) =>
    (await checkLedger(ports)(mondayAt + days * dayMs, () => true)).ledgerBroken
  const verify = async () => {
    const rows = await ledger.from(chainId, 1, 200)
    const chain = { id: chainId, rows, revealed: 0, anchors: [], heads: [], unreadable: [] }
    return (await verifyChains([chain])).broken
  }
  const put = (seq: number, fate: string) => store.update('ledger', { _id: `${chainId}:${seq}` }, { fate })
  return { ledger, check, verify, put }
}

test('F6: what was struck within its notice is closed, and no flaw', async () => {
  const { ledger, check, verify } = await aLedger()
  expect((await ledger.from(chainId, 1, 200)).map(({ fate }) => fate)).toEqual([
    'revealed',
    'closed',
    'revealed',
    'closed',
    'revealed',
    'revealed',
  ])
  expect(await check(1)).toEqual([])
  expect(await verify()).toEqual([])
})

test.each([
  ['the row by which it became public', 3, 'closed'],
  ['the row by which it became public, as if it were within its notice', 3, 'withheld'],
  ['a row before it became public', 1, 'closed'],
  ['a row after it became public', 5, 'closed'],
  ['what became public after all', 6, 'closed'],
])(
  'F6: what was public and is hidden again is found by everybody who looks: %s',
  async (_which, seq, fate) => {
    const { check, verify, put } = await aLedger()
    expect(await check(1)).toEqual([])
    await put(seq, fate)
    expect(await check(2)).toEqual([{ chainId, seq, flaw: 'hidden' }])
    expect(await verify()).toEqual([{ chainId, seq, flaw: 'hidden' }])
    await put(seq, 'revealed')
    expect(await check(2)).toEqual([])
  },
)

test('F6: what is withheld of a matter that is public is opened, whoever was cut off in between', async () => {
  const { ledger, check, put } = await aLedger()
  await put(1, 'withheld')
  expect(await check(1)).toEqual([])
  expect((await ledger.from(chainId, 1, 1))[0]?.fate).toBe('revealed')
})
