import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import { type LedgerDocument, toLedgerRow } from '../../cloudfunctions/contexts/red-face/ledger-documents'
import { verifyLedger } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import {
  type ReportDocument,
  toReport,
  toReportDocument,
} from '../../cloudfunctions/contexts/report/report-documents'
import { countsIn } from '../../cloudfunctions/contexts/report/rules/lies-in'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import type { Bucket } from '../../cloudfunctions/ground/bucket'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { sha256 } from '../../cloudfunctions/platform/digest'
import { wideReading } from '../../cloudfunctions/terms/limits'
import { readStoredDocuments } from '../../local/cloudbase/database/stored-documents'
import { demoUnits } from '../../local/demo/divisions'
import { opened } from '../support/opened'
import { questionsOf } from './seeded/asks'
import { openSeededCloud } from './seeded/cloud'
import { type Counts, countedAsks, countQuestions, growth, mostBytesOf, openCounter } from './seeded/measure'
import { askedSteps, rareActions } from './seeded/rare'
import { fillFolder, readyCalls, type Stocked, stockUp, type Wanted } from './seeded/seed'

const page = 5
const placeOf = (reports: number): Wanted => ({ reports, copies: countedAsks + 1, page })

const allowed = 1.5
const measures = ['calls', 'read', 'bytesRead', 'bytesAnswered'] as const

/** What lay around a place is read so many rows at first, of which a small place has fewer. */
const mostAround = 20
const looksAround = ['report.submit (dense place)', 'redFace.declareNew']

/** What one call asks of the database, by how it is asked. */
const countAt = async (stocked: Stocked, wanted: Wanted): Promise<ReadonlyMap<string, Counts>> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'redface-growth-'))
  const remove = opened(() => rm(folder, { recursive: true, force: true }))
  await fillFolder(stocked, wanted, folder, 0)
  const counter = openCounter()
  const { onQuery, onWrite } = counter
  const functionRoot = process.env.FUNCTION_ROOT ?? ''
  const cloud = await openSeededCloud({ folder, functionRoot, onQuery, onWrite })
  const close = opened(() => cloud.close())
  stored = readStoredDocuments(folder, ['reports', 'ledger', 'figures'])
  const world = { cloud, ready: readyCalls(stocked, wanted), page }
  const counted = await countQuestions(cloud, questionsOf(world), counter)
  expect(cloud.complaints).toEqual([])
  await close()
  await remove()
  return counted
}

/** As the largest place was made, before anybody came. */
let stored: ReturnType<typeof readStoredDocuments>
let small: ReadonlyMap<string, Counts>
let large: ReadonlyMap<string, Counts>

beforeAll(async () => {
  const stocked = await stockUp()
  small = await countAt(stocked, placeOf(300))
  large = await countAt(stocked, placeOf(3000))
})

test('every action of the contract that is not rare is asked, every step of a matter on which it can be taken', () => {
  const asked = [...small.keys()].map((name) => name.replace(/ \(.*$/, ''))
  expect([...new Set([...asked, ...rareActions])].sort()).toEqual(Object.keys(contract).sort())
  for (const { call } of askedSteps) expect(asked).toContain(call)
})

test('ten times as many reports ask no more than half as much again of the database, whatever is done', () => {
  const grown = [...small].flatMap(([name, before]) => {
    const after = large.get(name)
    if (looksAround.includes(name)) {
      expect((after?.read ?? Number.NaN) - before.read).toBeLessThanOrEqual(mostAround)
      return []
    }
    return measures.flatMap((of) => {
      const mostBytes = mostBytesOf(name)
      if (mostBytes !== undefined && of.startsWith('bytes')) {
        expect(after?.[of]).toBeLessThan(mostBytes)
        return []
      }
      const by = growth(before[of], after?.[of] ?? Number.POSITIVE_INFINITY)
      return by > allowed ? [`${name}: ${of} ${before[of]} → ${after?.[of]}`] : []
    })
  })
  expect(grown).toEqual([])
})

/** Bytes read for one question, when a page of a list has five rows. */
const wide = 200_000

test('what reads most of the database is allowed half as often as what reads one document', () => {
  const perMinute = ({ most, withinMs }: Bucket['rate']) => (most / withinMs) * minuteMs
  const mostOfWide = perMinute(wideReading.person.rate)
  const tooOften = [...large].flatMap(([name, { bytesRead }]) => {
    const terms = contract[name.replace(/ \(.*$/, '') as Action]
    if (terms.kind === 'command' || bytesRead <= wide) return []
    const allowed = perMinute(terms.readingOf({} as never).person.rate)
    return allowed > mostOfWide ? [`${name}: ${bytesRead} bytes, ${allowed} a minute`] : []
  })
  expect(tooOften).toEqual([])
})

test('what is derived in a copied report is what the product derives from it', () => {
  const reports = stored.get('reports') ?? []
  expect(reports.length).toBeGreaterThanOrEqual(3000)
  for (const { document } of reports) {
    const { shape: _shape, ...report } = document as unknown as ReportDocument & { readonly shape: number }
    const derived = JSON.parse(JSON.stringify(toReportDocument(toReport(report)))) as unknown
    // The matcher takes milliseconds a document: it is asked only to say what differs.
    if (!isDeepStrictEqual(derived, report)) expect(derived).toEqual(report)
  }
})

test('the copied ledger stands as it was written', () => {
  const chains = new Map<string, LedgerDocument[]>()
  for (const { document } of stored.get('ledger') ?? []) {
    const row = document as unknown as LedgerDocument
    chains.set(row.chainId, [...(chains.get(row.chainId) ?? []), row])
  }
  expect(chains.size).toBe(2)
  for (const [chainId, rows] of chains) {
    const inOrder = rows.sort((a, b) => a.seq - b.seq).map(toLedgerRow)
    expect(verifyLedger(chainId, inOrder, [], sha256)).toEqual([])
  }
})

test('the figures contain every copy where it lies, and those of the region all that lies below', () => {
  const reports = (stored.get('reports') ?? []).map(({ document }) => document as unknown as ReportDocument)
  const figures = (stored.get('figures') ?? []).map(({ document }) => document as unknown as FiguresDocument)
  const sections = figures.filter(({ _id }) => demoUnits.some(({ id }) => id === _id))
  expect(sections.length).toBeGreaterThan(100)
  for (const { _id, own = {} } of sections) {
    const counted = Object.entries(own).filter(([, count]) => count !== 0)
    expect({ _id, ...Object.fromEntries(counted) }).toEqual({ _id, ...countsIn(_id, reports) })
  }
  const isOpenToAll = ({ openIn, isPublic }: ReportDocument) => isPublic && openIn.includes('15')
  expect(figures.find(({ _id }) => _id === '15')?.below?.open).toBe(reports.filter(isOpenToAll).length)
})
