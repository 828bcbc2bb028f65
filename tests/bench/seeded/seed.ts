import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { ownerOf } from '../../../cloudfunctions/contexts/photo/shared/own-photos'
import {
  type LedgerDocument,
  toLedgerDocument,
} from '../../../cloudfunctions/contexts/red-face/ledger-documents'
import {
  appendLedger,
  type ChainHead,
  type OpenedFacts,
} from '../../../cloudfunctions/contexts/red-face/rules/ledger'
import { presentShapes } from '../../../cloudfunctions/entrypoints/shapes'
import { chinaDateOn, dayMs } from '../../../cloudfunctions/ground/instant'
import { shaped } from '../../../cloudfunctions/platform/cloudbase/shape'
import { sha256 } from '../../../cloudfunctions/platform/digest'
import databaseConfig from '../../../config/database.json'
import type { DatabaseConfig } from '../../../local/cloudbase'
import { openBulkLoad, openEntries } from '../../../local/cloudbase/database/bulk'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { demoInboxMarks } from '../../../local/demo/personas'
import { photoIds } from '../../../local/demo/photo-ids'
import { openFigures } from './figures'
import { type Made, type Making, openMaking } from './make'
import { callerOf, compiling, findReady, type Ready } from './moments'
import { planCopies, type Stock, stockAccount, stockPhoto } from './plan'
import { type Document, playTemplates, seededKeyed, seededNow } from './played'
import { copyTemplate, inputOfCopy, type Template, type Variant } from './template'

const root = path.join(__dirname, '../../..')
const { collections } = databaseConfig as unknown as DatabaseConfig

const shapes = presentShapes(openMemoryStore(), { keyed: seededKeyed, sha256 })
const stored = (collection: string, document: Document): Document => shaped(shapes, collection, document)

/** A step on a copy, as its caller sends it; every one can be taken once. */
export interface ReadyCall {
  readonly accountId: string
  readonly reportId: string
  readonly input: Readonly<Record<string, unknown>>
  /** The entry of the report on the public list, where it has one. */
  readonly publicEntryId?: string
}

/** What databases of every size are made of. */
export interface Stocked {
  readonly hash: string
  readonly templates: readonly Template[]
  readonly momentCount: number
  readonly ready: readonly Ready[]
  readonly given: Readonly<Record<string, readonly Document[]>>
  readonly chains: readonly Document[]
}

/** Sources that decide what lies in a seeded database besides the documents that were played. */
const makers = [
  ...readdirSync(__dirname).map((file) => path.join(__dirname, file)),
  ...['bulk', 'keys', 'store'].map((name) => path.join(root, `local/cloudbase/database/${name}.ts`)),
]

/** Plays the templates: some seconds. */
export const stockUp = async (): Promise<Stocked> => {
  const played = await playTemplates()
  const compile = compiling(seededKeyed, stored)
  const ready = await findReady(played, compile)
  const templates = [
    ...ready.map(({ template }) => template),
    ...played.families.map((family) => compile(family, [], {})),
  ]
  const { given, chains } = played
  const hash = createHash('sha256')
    .update(JSON.stringify([templates, given, chains, collections]))
    .update(makers.map((file) => readFileSync(file, 'utf8')).join('\n'))
    .digest('hex')
    .slice(0, 12)
  return { hash, templates, momentCount: ready.length, ready, given, chains }
}

export interface Wanted {
  readonly reports: number
  /** How often each step can be taken. */
  readonly copies: number
  /** Rows on a page, of which there is one at every size; 0: there is none. */
  readonly page: number
}

export const usualPage = 20

const stockOf = ({ ready }: Stocked, { copies }: Wanted): readonly Stock[] =>
  ready.map(({ action, shiftMs }, template) => ({ action, template, copies, shiftMs }))

const sizeOf = (stocked: Stocked, wanted: Wanted) => ({
  reports: wanted.reports,
  page: wanted.page === 0 ? 0 : wanted.page + 1,
  stock: stockOf(stocked, wanted),
})

const publicEntryOf = (template: Template, variant: Variant): string | undefined =>
  template.redFaceLists.includes('public')
    ? copyTemplate(template, variant, seededKeyed).find(
        ({ collection, document }) => collection === 'red_face_entries' && document.list === 'public',
      )?.document._id
    : undefined

/** Everything that waits in a database of this size for somebody to take a step. */
export const readyCalls = (stocked: Stocked, wanted: Wanted): ReadonlyMap<string, readonly ReadyCall[]> => {
  const { templates, momentCount, ready } = stocked
  const { stockPlaces, copyAt } = planCopies(templates, momentCount, sizeOf(stocked, wanted))
  return new Map(
    ready.map((one) => [
      one.action,
      stockPlaces(one.action).map((place): ReadyCall => {
        const { variant } = copyAt(place)
        const publicEntryId = publicEntryOf(one.template, variant)
        return {
          ...(publicEntryId === undefined ? {} : { publicEntryId }),
          accountId: callerOf(one, variant.accountIds),
          reportId: variant.reportIds[one.report] ?? '',
          input: inputOfCopy(one.template, variant, seededKeyed),
        }
      }),
    ]),
  )
}

const aPhoto = (id: string, accountId: string, usedIn: string | null): Document => ({
  _id: id,
  owner: ownerOf(seededKeyed, id, accountId),
  usedIn,
  fileId: seededFileId,
  thumbFileId: seededFileId,
  width: 400,
  height: 300,
  bytes: 9,
  admittedAt: seededNow,
})
/** Every photograph is this file. */
export const seededPhotoPath = 'photos/seeded/full.jpg'
const seededFileId = `cloud://local.local-bucket/${seededPhotoPath}`

/** What is the same in databases of every size, but for the photographs of the steps that wait. */
const standingDocuments = (
  stocked: Stocked,
  wanted: Wanted,
): Readonly<Record<string, readonly Document[]>> => ({
  ...stocked.given,
  inbox_marks: demoInboxMarks(seededNow),
  clock_progress: [
    {
      _id: 'shapes',
      ...Object.fromEntries(
        Object.entries(shapes).map(([name, { no }]) => [name, { shape: no, cursor: null, isDone: true }]),
      ),
    },
  ],
  photos: [
    ...photoIds.map((id) => aPhoto(id, 'custom:demo', 'demo')),
    ...stocked.ready.flatMap((one) =>
      Array.from({ length: wanted.copies }, (_, no) =>
        Array.from({ length: one.template.photoCount }, (_none, place) =>
          aPhoto(
            stockPhoto(one.action, no, place),
            callerOf(one, (at) => stockAccount(one.action, no, at)),
            null,
          ),
        ),
      ).flat(),
    ),
  ],
})

const chunk = 4000

/** Makes the parts side by side in threads and hands them over in order. */
async function* madeInThreads(making: Making, count: number, threads: number): AsyncGenerator<Made> {
  const workers = Array.from(
    { length: threads },
    () => new Worker(path.join(__dirname, 'making-worker.cjs'), { workerData: making, execArgv: [] }),
  )
  const ask = (worker: Worker, from: number): Promise<Made> =>
    new Promise((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (made: Made) => {
        worker.off('error', reject)
        resolve(made)
      })
      worker.postMessage({ from, to: Math.min(count, from + chunk) })
    })
  try {
    const parts = Math.ceil(count / chunk)
    const asked: Promise<Made>[] = []
    const askFor = (part: number): void => {
      const worker = workers[part % threads]
      if (part < parts && worker) asked.push(ask(worker, part * chunk))
    }
    for (let part = 0; part < threads; part += 1) askFor(part)
    for (let part = 0; part < parts; part += 1) {
      const made = await (asked[part] as Promise<Made>)
      delete asked[part]
      askFor(part + threads)
      yield made
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

async function* madeHere(making: Making, count: number): AsyncGenerator<Made> {
  const make = openMaking(making)
  for (let from = 0; from < count; from += chunk) yield await make(from, Math.min(count, from + chunk))
}

type Event = Extract<LedgerDocument, { shape: 2 }>

/** As long as places have been at work: one head a day, however many rows they have. */
const publishedDays = 365

/** A head for each day of the last year: the chain has long been as long as it is. */
const headsPublished = (chainId: string, { seq, hash }: ChainHead): readonly Document[] =>
  Array.from({ length: publishedDays }, (_, ago) => {
    const at = seededNow - ago * dayMs
    return { _id: `${chainId}:${chinaDateOn(at)}`, chainId, seq, hash, at }
  })

/** Fills a folder with a database of so many reports, made in so many threads; none: in this one. */
export const fillFolder = async (
  stocked: Stocked,
  wanted: Wanted,
  folder: string,
  threads: number,
): Promise<void> => {
  const { templates, momentCount, chains, given } = stocked
  const size = sizeOf(stocked, wanted)
  const load = openBulkLoad(folder, collections)
  const ruleBooks = given.rule_books ?? []
  const making: Making = { templates, momentCount, size, collections: load.collections, ruleBooks }
  const { count } = planCopies(templates, momentCount, size)
  const entries = openEntries(load.collections)
  const put = (name: string, documents: readonly Document[]): void => {
    for (const document of documents) entries.add(name, document._id, document)
    load.addDocuments(
      name,
      documents
        .map((document) => [document._id, JSON.stringify(document)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
    load.addRuns(entries.take())
  }
  for (const [name, documents] of Object.entries(standingDocuments(stocked, wanted)))
    put(
      name,
      documents.map((document) => stored(name, document)),
    )
  const heads = new Map<string, ChainHead>()
  const figures = openFigures()
  for await (const { documents, runs, ledger, tally } of threads === 0
    ? madeHere(making, count)
    : madeInThreads(making, count, threads)) {
    for (const [name, rows] of Object.entries(documents)) load.addDocuments(name, rows)
    load.addRuns(runs)
    figures.add(tally)
    put(
      'ledger',
      ledger.map((text) => {
        const { chainId, opened, eventKey, subjectKey, fate } = JSON.parse(text) as Event
        const row = appendLedger(
          chainId,
          heads.get(chainId) ?? null,
          chinaDateOn(opened.facts.at),
          opened as OpenedFacts,
          sha256,
        )
        heads.set(chainId, { seq: row.seq, hash: row.hash })
        return toLedgerDocument({ ...row, eventKey, subjectKey, fate }) as unknown as Document
      }),
    )
  }
  put('figures', await figures.documents(given.units ?? []))
  put(
    'ledger_anchors',
    chains.flatMap(({ _id }) => {
      const head = heads.get(_id)
      return head === undefined ? [] : headsPublished(_id, head)
    }),
  )
  put(
    'ledger_chains',
    chains.map((chain) => {
      const { seq, hash } = heads.get(chain._id) ?? { seq: 0, hash: '' }
      return { ...chain, headSeq: seq, headHash: hash }
    }),
  )
  load.finish()
}

const cacheFolder = path.join(root, 'dist/bench')

/**
 * The folder of a database of so many reports, made when there is none of the present shapes: a million in minutes.
 * Databases of former shapes are removed.
 */
export const seededFolder = async (stocked: Stocked, wanted: Wanted, threads = 2): Promise<string> => {
  mkdirSync(cacheFolder, { recursive: true })
  const ours = path.join(cacheFolder, stocked.hash)
  for (const name of readdirSync(cacheFolder))
    if (/^[0-9a-f]{12}$/.test(name) && name !== stocked.hash)
      rmSync(path.join(cacheFolder, name), { recursive: true, force: true })
  const folder = path.join(ours, `${wanted.reports}-${wanted.copies}-${wanted.page}`)
  const isWhole = path.join(folder, 'seeded')
  if (existsSync(isWhole)) return folder
  await fillFolder(stocked, wanted, folder, threads)
  writeFileSync(isWhole, '')
  return folder
}
