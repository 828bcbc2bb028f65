import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'libsql'
import { appendToLedger } from '../../../cloudfunctions/contexts/red-face/shared/keep-ledger'
import { cloudPorts } from '../../../cloudfunctions/entrypoints/ports'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import type { LedgerReport } from '../../../local/ledger/verify'
import { banner, branch, league, mondayAt } from '../../support/builders'
import { openTestCloud, type TestCloud } from '../../support/cloud'

jest.setTimeout(180_000)

const root = path.join(__dirname, '../../..')

let town: TestCloud
let base: string
/** A data folder that nobody has touched, at rest. */
let sound: string
let copy: string

interface Ended {
  readonly code: number | null
  readonly said: readonly string[]
  readonly complained: string
}

const command = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'local/ledger/cli.ts', ...words], { cwd: root })
    let [said, complained] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complained += chunk
    })
    child.once('close', (code) => resolve({ code, said: said.trim().split('\n'), complained }))
  })
const verify = async (...words: readonly string[]): Promise<Ended & { readonly report: LedgerReport }> => {
  const ended = await command(...words)
  return { ...ended, report: JSON.parse(ended.said[ended.said.length - 1] ?? '') as LedgerReport }
}

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'redface-ledger-'))
  town = await openTestCloud()
  const append = appendToLedger(cloudPorts(town.app))
  for (const subject of ['甲', '乙', '丙', '丁', '戊']) {
    for (const kind of subject === '戊' ? (['opened'] as const) : (['opened', 'published'] as const)) {
      const event = {
        eventKey: `${subject}:${kind}`,
        subjectKey: subject,
        at: mondayAt,
        kind,
        // One text a row: where rows lie in the file is the engine's own affair.
        text: `巷子${subject}${kind === 'opened' ? '始' : '榜'}`,
      }
      const of = { reportId: `r-${subject}`, episodeKey: `r-${subject}:1`, causes: ['declared'] }
      const unit = { unitId: branch.id, unitName: branch.name, unitPath: branch.path }
      await append([{ ...event, ...of, ...unit, isPublic: kind === 'published' }])
    }
  }
  const elsewhere = { unitId: 'banner-2', unitName: '另一旗', unitPath: [...league.path, 'banner-2'] }
  const rest = { reportId: 'r', episodeKey: 'r:1', subjectKey: 'r', eventKey: 'r', causes: [], text: '别处' }
  await append([{ ...elsewhere, ...rest, at: mondayAt, kind: 'published', isPublic: true }])
  // The figures of a month that has long been final.
  const month = { _id: 'banner-2@2025-12', month: '2025-12', rev: 1, own: { due: 3, kept: 2 }, below: {} }
  const above = league.path.map((id) => `${id}@2025-12`)
  const folded = { above, aboveId: above[1], depth: 2, isChanged: false, moves: [], computeAt: null }
  await town.put('figures', [{ ...month, ...folded }])
  await town.later(dayMs)
  await town.later(dayMs)
  sound = path.join(base, 'sound')
  await cp(town.folder, sound, { recursive: true })
  // The write-ahead log is checkpointed into the database file, so that the bytes changed below are bytes of the
  // data.
  const file = new Database(path.join(sound, 'database.sqlite'))
  file.exec('pragma wal_checkpoint(truncate)')
  file.close()
})
afterAll(async () => {
  await town.close()
  await rm(base, { recursive: true, force: true })
})
beforeEach(async () => {
  copy = await mkdtemp(path.join(base, 'copy-'))
  await cp(sound, copy, { recursive: true })
})

const sql = (text: string, ...values: readonly unknown[]): void => {
  const file = new Database(path.join(copy, 'database.sqlite'))
  file.prepare(text).run(...values)
  file.close()
}
/** Changes as many bytes of the file as there are in `before`, wherever they stand for the last time. */
const changeBytes = async (before: string, after: string): Promise<void> => {
  expect(Buffer.byteLength(after)).toBe(Buffer.byteLength(before))
  const name = path.join(copy, 'database.sqlite')
  const bytes = await readFile(name)
  const at = bytes.lastIndexOf(before)
  expect(at).toBeGreaterThan(0)
  bytes.write(after, at)
  await writeFile(name, bytes)
}
const bodyOf = (id: string): string => {
  const file = new Database(path.join(copy, 'database.sqlite'))
  const [body] = file.prepare('select body from docs where id = ?').raw().get(id) as [string]
  file.close()
  return body
}

const rowId = (seq: number) => `${banner.id}:${seq}`

describe('F6: npm run verify:ledger', () => {
  test('finds a ledger sound over a data folder, in use or at rest, and over HTTP, and says the same of it', async () => {
    const counts = { chains: 2, rows: 11, revealed: 10, withheld: 1, broken: [] }
    for (const where of [
      ['--data', sound],
      ['--data', town.folder],
      ['--url', town.cloud.url],
    ]) {
      const { code, report, complained } = await verify(...where)
      expect([complained, code]).toEqual(['', 0])
      expect(report).toMatchObject(counts)
      expect(report.anchors).toBeGreaterThanOrEqual(4)
    }
  })

  test('changes not a byte of the folder it reads', async () => {
    const before = await readFile(path.join(copy, 'database.sqlite'))
    await verify('--data', copy)
    expect(before.equals(await readFile(path.join(copy, 'database.sqlite')))).toBe(true)
  })

  test.each([
    [
      'words changed in the file, by their bytes',
      () => changeBytes('巷子乙榜"', '巷子己榜"'),
      'not-as-committed',
    ],
    [
      'a row made unreadable by one byte',
      () => changeBytes('"text":"巷子乙榜"', '"text":"巷子乙榜#'),
      'unreadable',
    ],
    ['a row left out', async () => sql('delete from docs where id = ?', rowId(4)), 'missing'],
    [
      'a row put in again, in the place of another one',
      async () =>
        sql(
          'update docs set body = ? where id = ?',
          bodyOf(rowId(2)).replaceAll(rowId(2), rowId(4)).replace('"seq":2', '"seq":4'),
          rowId(4),
        ),
      'unlinked',
    ],
  ] as const)('notices %s, and where', async (_what, change, flaw) => {
    await change()
    const { code, report, said } = await verify('--data', copy)
    expect(report.broken).toContainEqual({ chainId: banner.id, seq: 4, flaw })
    expect(said.join()).toContain('THE LEDGER IS BROKEN')
    expect(code).toBe(1)
  })

  test('Q6: looks at the figures of months that are final beside their seals, and finds one that was changed', async () => {
    expect((await verify('--data', copy)).report).toMatchObject({ seals: 1, broken: [] })
    sql(`update docs set body = replace(body, '"due":3', '"due":2') where id = ?`, 'banner-2@2025-12')
    const { code, report } = await verify('--data', copy)
    expect(report.broken).toEqual([{ chainId: 'banner-2', seq: 2, flaw: 'figures-changed' }])
    expect(code).toBe(1)
  })

  test('Q6: everybody reads in the ledger that a month is final, of how many units', async () => {
    const { rows } = await town.as(null).get('ledger.list', { unitId: 'banner-2' })
    expect(rows[0]?.facts).toMatchObject({ kind: 'sealed', seal: { month: '2025-12', unitCount: 1 } })
    expect(rows[0]?.facts?.text).toContain('2025年12月的三率定稿，1个单位')
  })

  test('notices an end cut off, rows and head together, by the heads published', async () => {
    sql('delete from docs where id in (?, ?)', rowId(8), rowId(9))
    sql("delete from docs where id = ? and body like '%headSeq%'", banner.id)
    const { code, report } = await verify('--data', copy)
    expect(report.broken).toEqual([{ chainId: banner.id, seq: 8, flaw: 'cut-off' }])
    expect(code).toBe(1)
  })

  test('notices a whole ledger gone while anything still speaks of it', async () => {
    sql("delete from docs where id like ? and body like '%commitment%'", `${banner.id}:%`)
    const { report } = await verify('--data', copy)
    expect(report.broken).toEqual([{ chainId: banner.id, seq: 1, flaw: 'cut-off' }])
  })

  test('finds a head that somebody wrote down, whole or its beginning in groups, and misses one that is gone', async () => {
    const { rows } = await town.as(null).get('ledger.list', { unitId: banner.id })
    const { hash, seq } = rows[3] ?? { hash: '', seq: 0 }
    const grouped = `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)} ${hash.slice(12, 16)}`
    for (const words of [hash, grouped.toUpperCase()]) {
      const { code, report } = await verify('--url', town.cloud.url, '--head', words)
      expect([code, report.head]).toEqual([0, { chainId: banner.id, seq }])
    }
    const gone = await verify('--data', sound, '--head', 'ab'.repeat(32))
    expect([gone.code, gone.report.head, gone.report.broken]).toEqual([1, null, []])
  })

  test('says how it is used, and that a folder holds nothing, and neither is a verdict', async () => {
    for (const words of [
      [],
      ['--data', sound, '--url', town.cloud.url],
      ['--data', sound, '--head', 'ab12'],
    ]) {
      const { code, complained } = await command(...words)
      expect([code, complained]).toEqual([2, expect.stringMatching(/usage|signs/)])
    }
    const nothing = await command('--data', path.join(base, 'nowhere'))
    expect([nothing.code, nothing.complained]).toEqual([2, expect.stringContaining('no database')])
  })
})
