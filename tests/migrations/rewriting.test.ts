import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import { noHistory } from '../../cloudfunctions/contexts/organisation/rules/seat'
import { rowText } from '../../cloudfunctions/contexts/red-face/words'
import type { SharedEpisode } from '../../cloudfunctions/contexts/report/cause-shapes'
import { toFacts } from '../../cloudfunctions/contexts/report/facts-shapes'
import {
  type ReportDocument,
  toReport,
  toReportDocument,
} from '../../cloudfunctions/contexts/report/report-documents'
import type { Report, Supporters } from '../../cloudfunctions/contexts/report/rules/report'
import type { ParticipantDocument } from '../../cloudfunctions/contexts/report/store'
import { supporterIn } from '../../cloudfunctions/contexts/report/use-cases/standing-of'
import { doerName, lineText, messageText, whyHereText } from '../../cloudfunctions/contexts/report/words'
import { presentShapes } from '../../cloudfunctions/entrypoints/shapes'
import { openDatabase, type Store } from '../../cloudfunctions/platform/cloudbase/database'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import type { PresentShapes, Stored } from '../../cloudfunctions/platform/cloudbase/shape'
import {
  DocumentsNotReady,
  openShapedStore,
  type ShapedStore,
} from '../../cloudfunctions/platform/cloudbase/shaped-store'
import { sha256 } from '../../cloudfunctions/platform/digest'
import { openTestCloud, type TestCloud, testSecret } from '../support/cloud'
import { commits, type Documents, documentsOf, writtenAt } from './old-documents'

const keyed = keyedWith(Buffer.from(testSecret, 'hex'))
/** As the functions have it, over a database of the test's. */
const storeOver = (store: Store): ShapedStore =>
  openShapedStore(store, presentShapes(store, { keyed, sha256 }))
const present = presentShapes({} as Store, { keyed, sha256 })
const names = [
  'memberships',
  'grid_cells',
  'rule_books',
  'photos',
  'participants',
  'reports',
  'red_face_entries',
  'inbox_messages',
] as const

let town: TestCloud
let raw: Store
beforeAll(async () => {
  town = await openTestCloud({ documents: {}, startsAt: writtenAt })
  raw = openDatabase(town.app.database())
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const inIt = (name: string): Promise<readonly Stored[]> => town.documents<Stored>(name)
const everything = async (): Promise<Documents> =>
  Object.fromEntries(
    await Promise.all(
      [...names, 'ledger'].map(async (name) => [
        name,
        [...(await inIt(name))].sort((a, b) => (a._id < b._id ? -1 : 1)),
      ]),
    ),
  )

const kept = [...names, 'ledger', 'clock_progress'] as const
/** Begins again with these documents in the collections that this is about. */
const fill = async (documents: Documents): Promise<void> => {
  for (const name of kept) {
    const ids = (await inIt(name)).map(({ _id }) => _id)
    await raw.removeMany(name, ids)
    await town.put(name, documents[name] ?? [])
  }
}

/** Of every collection the documents that have most to do with one another, few enough to begin again at each write. */
const someOf = (documents: Documents): Documents => {
  const reports = (documents.reports ?? []).filter(
    ({ redFaces, fixClaim, categoryId }) =>
      (redFaces as readonly unknown[]).length > 0 || fixClaim !== undefined || categoryId === 'about-branch',
  )
  const few = reports.slice(0, 2)
  const ids = new Set(few.map(({ _id }) => _id))
  return {
    ...Object.fromEntries(names.map((name) => [name, (documents[name] ?? []).slice(0, 1)])),
    reports: few,
    participants: (documents.participants ?? [])
      .filter(({ reportId }) => ids.has(reportId as string))
      .slice(0, 4),
    red_face_entries: (documents.red_face_entries ?? []).filter(({ reportId }) =>
      ids.has(reportId as string),
    ),
  }
}

/** Collections that those who wrote these documents had not taken to their present shape. */
const behindIn = (documents: Documents): readonly string[] => {
  const progress = documents.clock_progress?.find(({ _id }) => _id === 'shapes') ?? {}
  const shapeIn = (name: string) => (progress as Readonly<Record<string, { shape?: number }>>)[name]?.shape
  return names.filter((name) => shapeIn(name) !== present[name].no)
}

class CutOff extends Error {}

/** The store of a process that is ended after so many writes. */
const cutOffAfter = (writes: number): Store => {
  let left = writes
  const counted =
    <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (left === 0) throw new CutOff()
      left -= 1
      return write(...args)
    }
  return {
    ...raw,
    add: counted(raw.add),
    update: counted(raw.update),
    setInMany: counted(raw.setInMany),
    removeMany: counted(raw.removeMany),
  }
}

describe.each(commits)('documents of %s are rewritten', (commit) => {
  const documents = documentsOf(commit)

  test('once: the second time changes nothing, nor does another function beside it', async () => {
    await fill(documents)
    const [one, other] = [storeOver(raw), storeOver(raw)]
    expect(await Promise.all([one.bringAllHome(() => true), other.bringAllHome(() => true)])).toEqual([
      true,
      true,
    ])
    const rewritten = await everything()
    for (const name of names)
      for (const { shape } of rewritten[name] ?? []) expect(shape).toBe(present[name].no)
    await raw.removeMany('clock_progress', ['shapes'])
    expect(await storeOver(raw).bringAllHome(() => true)).toBe(true)
    expect(await everything()).toEqual(rewritten)
  })

  test('and the rows of the ledger are not', async () => {
    await fill(documents)
    await storeOver(raw).bringAllHome(() => true)
    expect(await inIt('ledger')).toEqual(documents.ledger)
  })

  test('in pieces, each going on where the last one ended', async () => {
    await fill(documents)
    const store = () => storeOver(raw)
    await store().bringAllHome(() => true)
    const whole = await everything()
    await fill(documents)
    let pieces = 0
    for (let isDone = false; !isDone; pieces += 1) {
      let mayGoOn = true
      isDone = await store().bringAllHome(() => {
        const may = mayGoOn
        mayGoOn = false
        return may
      })
    }
    expect(pieces).toBeGreaterThanOrEqual(behindIn(documents).length)
    expect(await everything()).toEqual(whole)
  })
})

test('rewriting that is cut off after any write is ended by the next run, as if it had not been', async () => {
  const few = someOf(documentsOf('7883f7e'))
  await fill(few)
  await storeOver(raw).bringAllHome(() => true)
  const whole = await everything()
  let isCutOff = true
  for (let writes = 0; isCutOff; writes += 1) {
    await fill(few)
    isCutOff = await storeOver(cutOffAfter(writes))
      .bringAllHome(() => true)
      .then(
        () => false,
        (error: unknown) => {
          if (error instanceof CutOff) return true
          throw error
        },
      )
    await storeOver(raw).bringAllHome(() => true)
    expect(await everything()).toEqual(whole)
  }
})

/** What holds facts now, or sentences as they were written: that it says the same is another test. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  reports: ['timeline', 'outbox', 'routing', 'firstAnswer', 'requests', 'suspension', 'extensions'],
  inbox_messages: ['title', 'text', 'about', 'parts'],
}
/** What shapes 4 and 5 find reports by and shows of them in lists, and what it no longer needs for that. */
const foundAnew = [
  ...['tiles', 'groupTiles', 'heldByUnitIds', 'isOpen', 'publicPlace', 'placeName'],
  ...[
    'openIn',
    'sortingIn',
    'spots',
    'aliveUntilAt',
    'openPublicPlace',
    'openPlaceName',
    'openPlaceNames',
    'inHandOf',
    // By whose hands it is found has been added to each dispatch.
    'dispatches',
    'excerpt',
    'cut',
    'accuses',
  ],
]
const withoutSentences = (name: string, documents: readonly Stored[]): readonly object[] =>
  documents.map((document) =>
    Object.fromEntries(
      Object.entries(document).filter(
        ([field]) =>
          field !== 'shape' &&
          !sentences[name]?.includes(field) &&
          !(name === 'reports' && foundAnew.includes(field)),
      ),
    ),
  )

interface Line {
  readonly kind: string
  readonly at: number
  readonly unitName?: string
  readonly photos?: readonly string[]
}
/** Evidence names its photographs, which stood in its line alone. */
const withPhotos = (episode: object, lines: readonly Line[]): object => {
  const { evidence } = episode as { readonly evidence?: { readonly at: number } }
  const laid = lines.find(
    ({ kind, at, photos }) => ['evidence-laid', 'progressed'].includes(kind) && at === evidence?.at && photos,
  )
  return laid ? { ...episode, evidence: { ...evidence, photos: laid.photos } } : episode
}

/**
 * What shapes 2 and 4 say in other words of a report of shape 1: which unit answers, or only sorts it; how many support
 * it; with whom each contact was made; how much time its kind allows; whose a cause is; who has looked at the number, and
 * when somebody went and saw.
 */
const inOtherWords = ({
  branchId,
  branchName,
  firstAnswer,
  supporters,
  contacts,
  redFaces,
  urgedAts: _urgedAts,
  ...kept
}: Stored): Stored => {
  const { branchName: unitName, ...told } = firstAnswer as Readonly<Record<string, unknown>>
  const id = branchId ?? (kept.unitPath as readonly string[]).at(-1)
  const lines = kept.timeline as readonly Line[]
  const calling = lines.flatMap(({ kind, unitName }) =>
    kind === 'phone-revealed' && unitName ? [unitName] : [],
  )
  const lookedAt = lines.filter(({ kind }) => kind === 'looked').at(-1)?.at
  return {
    ...kept,
    cut: null,
    // Facts of lines, for these leave a long trace.
    ...(calling.length > 0 ? { phoneRevealedTo: [...new Set(calling)] } : {}),
    ...(lookedAt === undefined ? {} : { lookedAt }),
    rev: (kept.rev as number) + 1,
    answerableUnit: { id, name: branchName },
    isSorting: branchId === null,
    queueUnitId: branchId,
    firstAnswer: { ...told, unitName },
    urges: [],
    deadlines: { ...(kept.deadlines as object), allowanceMs: expect.any(Number) },
    redFaces: (redFaces as readonly SharedEpisode[]).map((episode) => ({
      ...withPhotos(episode, lines),
      causes: episode.causes.flatMap(({ units, ...cause }) => units.map((unit) => ({ ...cause, unit }))),
    })),
    // Whoever took the reporter's place since was not called.
    contacts: (contacts as readonly { readonly at: number }[]).map((contact) =>
      contact.at < ((kept.succeededAt as number | undefined) ?? 0)
        ? contact
        : { ...contact, key: kept.reporterKey },
    ),
    supporters: { count: (supporters as readonly unknown[]).length, countedIn: [], heard: expect.any(Array) },
  }
}

/** A seat has a history from now on, which begins with nothing. */
const withHistory = (seat: Stored): Stored => ({ ...seat, ...noHistory, outboxAt: null, cut: null })

test('a document of 2022abf keeps every field and gets its number; sentences aside, a report says otherwise whose it is, who was called and how many support it, and a seat has a history', async () => {
  const documents = documentsOf('2022abf')
  const changed: Readonly<Record<string, readonly Stored[]>> = {
    memberships: documents.memberships?.map(withHistory) ?? [],
  }
  const reports = documents.reports?.map(inOtherWords) ?? []
  expect(new Set(reports.map(({ isSorting }) => isSorting))).toEqual(new Set([true, false]))
  await fill(documents)
  await storeOver(raw).bringAllHome(() => true)
  for (const name of names)
    expect(withoutSentences(name, await inIt(name))).toEqual(
      withoutSentences(name, (name === 'reports' ? reports : (changed[name] ?? documents[name])) ?? []),
    )
})

type Spoken = { readonly text: string; readonly title?: string; readonly about?: string }
type OldReport = Stored & {
  readonly timeline: readonly Spoken[]
  readonly outbox: readonly (Spoken & { readonly kind: string })[]
  readonly routing: { readonly reasons: readonly string[] }
  readonly firstAnswer: { readonly reasons: readonly string[] }
  readonly requests: readonly { readonly byUnitName: string }[]
  readonly suspension?: { readonly approvedByUnitName: string }
}

test.each(['2022abf', '2b66eb6'] as const)(
  'what documents of %s say is said letter by letter',
  async (commit) => {
    const documents = documentsOf(commit)
    await fill(documents)
    const store = storeOver(raw)
    await store.bringAllHome(() => true)
    const reports = await store.findAll<Report & Stored>('reports', {}, { atMost: 1000 })
    const wasSaid = (message: Spoken) => ({
      title: message.title,
      text: message.text,
      about: message.about ?? null,
    })
    const messages = (outbox: Report['outbox']) =>
      outbox.flatMap((work) => (work.kind === 'message' ? [messageText(work)] : []))
    for (const was of documents.reports as readonly OldReport[]) {
      const is = reports.find(({ _id }) => _id === was._id)
      if (!is) throw new Error(`${was._id} is gone`)
      expect(is.timeline.map(lineText)).toEqual(was.timeline.map(({ text }) => text))
      expect(messages(is.outbox)).toEqual(was.outbox.filter(({ kind }) => kind === 'message').map(wasSaid))
      expect(is.routing.reasons.map(whyHereText)).toEqual(was.routing.reasons)
      expect(is.firstAnswer.reasons.map(whyHereText)).toEqual(was.firstAnswer.reasons)
      expect(is.requests.map(({ by }) => doerName(by))).toEqual(
        was.requests.map(({ byUnitName }) => byUnitName),
      )
      expect(is.suspension && doerName(is.suspension.approvedBy)).toBe(was.suspension?.approvedByUnitName)
    }
    const inbox = await store.findAll<Message & Stored>('inbox_messages', {}, { atMost: 1000 })
    for (const was of (documents.inbox_messages ?? []) as readonly (Stored & Spoken)[]) {
      const is = inbox.find(({ _id }) => _id === was._id)
      expect(is && messageText(is)).toEqual(wasSaid(was))
    }
  },
)

test('what was still to be written into the ledger says what it said', () => {
  const [report] = documentsOf('2b66eb6').reports ?? []
  const row = { id: '9.0', at: writtenAt, kind: 'ledger', entry: 'opened', text: '路灯不亮：超时未受理' }
  const { outbox } = toFacts({ ...(report as Stored), outbox: [row] }) as unknown as Report
  const [work] = outbox
  expect(work?.kind === 'ledger' && rowText(work.facts)).toBe('路灯不亮：超时未受理')
})

test('what a step cannot tell is asked of other documents: keys, who claimed a fix, whom a complaint accuses', async () => {
  const documents = documentsOf('7883f7e')
  await fill(documents)
  const store = storeOver(raw)
  const people = await store.findAll<{
    readonly reportId: string
    readonly key: string
    readonly part: string
  }>('participants', {}, { atMost: 1000 })
  type Row = Readonly<Record<string, unknown>> & { readonly _id: string }
  const reports = await store.findAll<Row>('reports', {}, { atMost: 1000 })
  for (const { _id, reporterKey, supporters } of reports) {
    const keys = people.filter(({ reportId }) => reportId === _id)
    expect(keys.find(({ part }) => part === 'reporter')?.key).toBe(reporterKey)
    expect(keys.filter(({ part }) => part === 'supporter')).toHaveLength((supporters as Supporters).count)
  }
  const old = documents.reports ?? []
  const claimed = old.filter(
    ({ fixClaim }) => (fixClaim as { unitId?: string } | undefined)?.unitId === '150221-housing',
  )
  expect(claimed.length).toBeGreaterThan(0)
  for (const { _id } of claimed)
    expect(reports.find((one) => one._id === _id)?.workers).toEqual([
      keyed(`actor|${_id}|custom:partner-150221-housing`).slice(0, 16),
    ])
  const complaint = reports.find(({ categoryId }) => categoryId === 'about-branch')
  expect(complaint?.accusedUnitId).toBe('150221104002-1')
})

test('whom a report named as a supporter has a row that says so, and nobody else; the report has their number', async () => {
  const documents = documentsOf('fb44677')
  await fill(documents)
  const store = storeOver(raw)
  await store.bringAllHome(() => true)
  type Named = { readonly key: string; readonly fromReportId?: string }
  type Was = Stored & { readonly supporters: readonly Named[] }
  let most = 0
  for (const was of documents.reports as unknown as readonly Was[]) {
    const is = await store.get<Report & Stored>('reports', was._id)
    if (!is) throw new Error(`${was._id} is gone`)
    const rows = await store.findAll<ParticipantDocument>(
      'participants',
      { reportId: was._id, part: 'supporter' },
      { atMost: 1000, by: 'joinedAt' },
    )
    const supporting = rows.flatMap((row) => supporterIn(is, row) ?? [])
    expect(supporting.map(({ key, fromReportId }) => [key, fromReportId]).sort()).toEqual(
      was.supporters.map(({ key, fromReportId }) => [key, fromReportId]).sort(),
    )
    expect(is.supporters.count).toBe(was.supporters.length)
    const came = was.supporters.filter(({ fromReportId }) => fromReportId !== undefined)
    expect(is.mergings.reduce((sum, { cameCount = 0 }) => sum + cameCount, 0)).toBe(came.length)
    most = Math.max(most, was.supporters.length)
  }
  expect(most).toBeGreaterThan(40)
})

test('a report of before is found by what is worked out of it anew, and keeps nothing of what it was found by', async () => {
  const documents = documentsOf('2b66eb6')
  await fill(documents)
  await storeOver(raw).bringAllHome(() => true)
  const reports = (await inIt('reports')) as unknown as readonly ReportDocument[]
  for (const document of reports) {
    const { outboxAt: _was, ...derived } = toReportDocument(toReport(document))
    expect(document).toMatchObject(derived)
    for (const field of foundAnew.slice(0, 5)) expect(document).not.toHaveProperty(field)
    expect(document.requests.filter((request) => 'tiles' in request)).toEqual([])
  }
  expect(reports.filter(({ spots, openIn }) => spots.length > 0 && openIn.length > 0).length).toBeGreaterThan(
    5,
  )
})

describe('a query over a collection', () => {
  const slowly: PresentShapes = {
    units: { no: 1, history: async () => ({ steps: [(document) => ({ ...document, parentId: 'new' })] }) },
  }
  const units = Array.from({ length: 250 }, (_, at) => ({
    _id: `u${String(at).padStart(3, '0')}`,
    parentId: 'old',
  }))

  test('finds what is still of an older shape, since it is rewritten first', async () => {
    await raw.removeMany(
      'units',
      (await inIt('units')).map(({ _id }) => _id),
    )
    await town.put('units', units)
    const store = openShapedStore(raw, slowly)
    expect(await store.count('units', { parentId: 'old' })).toBe(0)
    expect(await store.get('units', 'u001')).toEqual({ _id: 'u001', parentId: 'new' })
  })

  test('says that it cannot answer yet rather than leave any out', async () => {
    await raw.removeMany(
      'units',
      units.map(({ _id }) => _id),
    )
    await raw.removeMany('clock_progress', ['shapes'])
    await town.put('units', units)
    const elapsed = jest.spyOn(performance, 'now')
    let ms = 0
    elapsed.mockImplementation(() => {
      ms += 4_000
      return ms
    })
    const store = openShapedStore(raw, slowly)
    await expect(store.count('units', {})).rejects.toThrow(DocumentsNotReady)
    elapsed.mockRestore()
    expect(await store.get('units', 'u249')).toEqual({ _id: 'u249', parentId: 'new' })
    expect(await store.count('units', { parentId: 'new' })).toBe(250)
  })

  test('does not wait for a shape that changes nothing it asks for, once all have the one before', async () => {
    const later: PresentShapes = {
      units: {
        no: 2,
        queriedFrom: 1,
        history: async () => ({
          steps: [(document) => document, (document) => ({ ...document, name: '改名' })],
        }),
      },
    }
    await raw.removeMany(
      'units',
      (await inIt('units')).map(({ _id }) => _id),
    )
    await town.put(
      'units',
      units.map((unit) => ({ ...unit, shape: 1 })),
    )
    await raw.removeMany('clock_progress', ['shapes'])
    const elapsed = jest.spyOn(performance, 'now')
    let ms = 0
    elapsed.mockImplementation(() => {
      ms += 4_000
      return ms
    })
    // Nobody has looked whether all have it.
    await expect(openShapedStore(raw, later).count('units', {})).rejects.toThrow(DocumentsNotReady)
    const before = { units: { shape: 1, cursor: 'u249', isDone: true } }
    await raw.removeMany('clock_progress', ['shapes'])
    await town.put('clock_progress', [{ _id: 'shapes', ...before }])
    expect(await openShapedStore(raw, later).count('units', {})).toBe(250)
    let mayGoOn = true
    await openShapedStore(raw, later).bringAllHome(() => {
      const may = mayGoOn
      mayGoOn = false
      return may
    })
    const halfWay = openShapedStore(raw, later)
    expect(await halfWay.count('units', { parentId: 'old' })).toBe(250)
    const rows = await halfWay.findAll<Stored>('units', {}, { atMost: 1000 })
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['改名']))
    elapsed.mockRestore()
    expect(await openShapedStore(raw, later).bringAllHome(() => true)).toBe(true)
    expect(new Set((await inIt('units')).map(({ shape }) => shape))).toEqual(new Set([2]))
    await raw.removeMany('clock_progress', ['shapes'])
  })

  test('of a later version’s documents is no business of this one', async () => {
    await town.meddle('units', 'u001', { shape: 2 })
    await expect(openShapedStore(raw, slowly).get('units', 'u001')).rejects.toThrow('newer')
  })
})

test('whoever writes while a document is rewritten does not lose what they wrote', async () => {
  const documents = documentsOf('7883f7e')
  await fill(documents)
  const [report] = documents.reports ?? []
  const id = report?._id ?? ''
  let isFirst = true
  const store = storeOver({
    ...raw,
    update: async (name, conditions, fields) => {
      if (isFirst && name === 'reports') {
        isFirst = false
        await raw.update('reports', { _id: id }, { rev: (report?.rev as number) + 1, text: '另外写的' })
      }
      return raw.update(name, conditions, fields)
    },
  })
  expect(await store.get('reports', id)).toMatchObject({ rev: (report?.rev as number) + 2, text: '另外写的' })
})

test('a version of before that has read a document does not write over it once it is rewritten', async () => {
  const documents = documentsOf('2b66eb6')
  await fill(documents)
  const read = documents.reports ?? []
  await storeOver(raw).bringAllHome(() => true)
  const rewritten = await inIt('reports')
  for (const { _id, rev, status, timeline } of read) {
    const itsOwn = { timeline: [...(timeline as readonly object[]), { kind: 'noted', text: '记一笔' }] }
    expect(await raw.update('reports', { _id, rev, status }, { ...itsOwn, rev: Number(rev) + 1 })).toBe(0)
  }
  expect(await inIt('reports')).toEqual(rewritten)
})

test('what a version of before adds behind the back of the rewriting joins the lists when the clock comes to it', async () => {
  const documents = documentsOf('2b66eb6')
  await fill(documents)
  const store = storeOver(raw)
  await store.bringAllHome(() => true)
  const late = documents.reports?.find(({ branchId, nextClockAt }) => branchId && nextClockAt) as Stored
  const queue = { queueUnitId: late.branchId, tab: late.tab }
  const before = await store.count('reports', queue)
  await raw.add('reports', { ...late, _id: '0-late' })
  expect(await store.count('reports', queue)).toBe(before)
  const due = { nextClockAt: raw.command.lte(late.nextClockAt) }
  const found = await store.first<Stored>('reports', due, [['nextClockAt', 'asc']], 1000)
  expect(found.find(({ _id }) => _id === '0-late')).toMatchObject({ queueUnitId: late.branchId })
  expect(await store.count('reports', queue)).toBe(before + 1)
})
