import { createHash, randomUUID } from 'node:crypto'
import type { LedgerFacts } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import {
  appendToLedger,
  type LedgerEvent,
  revealSubject,
} from '../../cloudfunctions/contexts/red-face/shared/keep-ledger'
import type { ClockRun } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, league, mondayAt, region, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(120_000)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

let town: TestCloud
let ports: ReturnType<typeof cloudPorts>
beforeAll(async () => {
  town = await openTestCloud()
  ports = cloudPorts(town.app)
})
afterEach(() => {
  town.complaints.length = 0
})
afterAll(() => town.close())

const anEvent = (
  subject: string,
  kind: LedgerEvent['kind'],
  over: Partial<LedgerEvent> = {},
): LedgerEvent => ({
  eventKey: `${subject}:${kind}:${randomUUID()}`,
  subjectKey: subject,
  at: mondayAt,
  kind,
  reportId: `report-of-${subject}`,
  episodeKey: `report-of-${subject}:1`,
  unitId: branch.id,
  unitName: branch.name,
  unitPath: branch.path,
  text: `关于${subject}`,
  causes: ['rated-unsolved'],
  isPublic: kind === 'published',
  ...over,
})

const append = (event: LedgerEvent) => appendToLedger(ports)([event])
// Somebody signed in reads: what the anonymous are answered may be some seconds old.
const rowsOf = async (unitId: string) =>
  (await town.as('villager').get('ledger.list', { unitId, limit: 50 })).rows
const wordsOf = async (unitId: string = banner.id) =>
  (await rowsOf(unitId)).flatMap((row) => (row.facts ? [`${row.facts.text} ${row.facts.kind}`] : []))
const clock = async (): Promise<ClockRun> => (await town.cloud.runTimer('clock')).value as ClockRun

describe('F6: what within its notice is told to nobody', () => {
  test('shows number, date, commitment and hashes, the same for every kind of row, and no salt', async () => {
    await append(anEvent('secret', 'opened'))
    await append(anEvent('secret', 'frozen'))
    for (const person of [null, 'secretary', 'township-staff', 'banner-staff']) {
      const { rows } = await town.as(person).get('ledger.list', { unitId: branch.id })
      const texts = JSON.stringify(rows)
      for (const word of ['secret', 'rated-unsolved', 'opened', 'frozen', branch.id, branch.name])
        expect(texts).not.toContain(word)
      expect(rows).toMatchObject([
        { seq: 2, shape: 2, on: '2026-03-02', salt: null, facts: null },
        { seq: 1, shape: 2, on: '2026-03-02', salt: null, facts: null },
      ])
    }
  })

  test('its rows open when it becomes public, however often that is told, and their words are those committed to', async () => {
    await append(anEvent('secret', 'unfrozen'))
    const published = anEvent('secret', 'published', { eventKey: 'secret-published' })
    await append(published)
    await append(published)
    await revealSubject(ports)('secret')
    const rows = await rowsOf(banner.id)
    expect(rows.map((row) => row.facts?.kind)).toEqual(['published', 'unfrozen', 'frozen', 'opened'])
    for (const { facts, salt, commitment } of rows) {
      const said = facts as LedgerFacts
      const { at, kind, reportId, episodeKey, unitId, unitName, unitPath, text, causes } = said
      const words = JSON.stringify([at, kind, reportId, episodeKey, unitId, unitName, unitPath, text, causes])
      expect(salt).toMatch(/^[0-9a-f]{32}$/)
      expect(sha256(`${salt}${words}`)).toBe(commitment)
    }
    expect(new Set(rows.map((row) => row.salt)).size).toBe(rows.length)
  })

  test('a crash between the row and its opening is made good when the event is told again', async () => {
    await append(anEvent('crashed', 'opened'))
    const published = anEvent('crashed', 'published')
    await append(published)
    const [row] = (
      await town.documents<{ readonly _id: string; readonly subjectKey: string }>('ledger')
    ).filter((one) => one.subjectKey === 'crashed')
    await town.meddle('ledger', row?._id ?? '', { fate: 'withheld' })
    expect(await wordsOf()).not.toContain('关于crashed opened')
    await append(published)
    expect(await wordsOf()).toContain('关于crashed opened')
  })

  test.each(['struck', 'cleared'] as const)(
    'F3: what is %s within it stays closed for good, whatever is said of it later',
    async (kind) => {
      const subject = `ended-by-${kind}`
      await append(anEvent(subject, 'opened'))
      await append(anEvent(subject, kind))
      await revealSubject(ports)(subject)
      await append(anEvent(subject, 'published'))
      await town.later(40 * dayMs)
      const said = await wordsOf()
      expect(said).toContain(`关于${subject} published`)
      expect(said).not.toContain(`关于${subject} opened`)
      expect(said).not.toContain(`关于${subject} ${kind}`)
    },
  )

  test('F3: struck after it was public, its rows stay and say so', async () => {
    await append(anEvent('public', 'opened'))
    await append(anEvent('public', 'published'))
    await append(anEvent('public', 'struck', { isPublic: true }))
    expect((await wordsOf()).slice(0, 3)).toEqual([
      '关于public struck',
      '关于public published',
      '关于public opened',
    ])
  })

  test('many appended at once, some of them twice, stand one after the other and each once', async () => {
    const before = (await rowsOf(banner.id)).length
    const events = Array.from({ length: 12 }, (_, index) => anEvent(`at-once-${index}`, 'published'))
    await Promise.all([...events, ...events.slice(0, 6)].map(append))
    expect(await rowsOf(banner.id)).toHaveLength(before + events.length)
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toEqual([])
  })

  test('a public entry does not list a withheld row: that would tell what the row is about', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'danger' })
    await town.later(60 * hourMs)
    const entryId = `${reportId}:1:${branch.id}`
    const before = (await town.as('villager').get('redFace.get', { entryId })).ledger
    expect(before.map((row) => row.facts?.kind)).toContain('published')
    await append(anEvent('a-later-cause', 'opened', { reportId, episodeKey: entryId }))
    expect((await town.as('villager').get('redFace.get', { entryId })).ledger).toEqual(before)
  })
})

describe('the ledgers above a banner', () => {
  test('are listed for league and region with their number of rows and head, page by page, the region’s own among them', async () => {
    await append(anEvent('in-no-banner', 'published', { unitId: region.id, unitPath: region.path }))
    const elsewhere = [...region.path, league.id, 'banner-2']
    await append(anEvent('elsewhere', 'published', { unitId: 'banner-2', unitPath: elsewhere }))
    const { headHash, headSeq } = await town.as('villager').get('ledger.list', { unitId: banner.id })
    const ofBanner = { id: banner.id, name: banner.areaName, rowCount: headSeq, headHash, brokenAtSeq: 0 }
    const inLeague = await town.as('villager').get('ledger.chains', { unitId: league.id })
    expect(inLeague.rows).toContainEqual(ofBanner)
    expect(inLeague.rows.map((row) => row.id).sort()).toEqual(['banner-2', banner.id].sort())
    const inRegion = await town.as('villager').get('ledger.chains', { unitId: region.id })
    expect(inRegion.rows.map((row) => row.id).sort()).toEqual(['banner-2', banner.id, region.id].sort())
    const read: string[] = []
    for (let cursor: string | undefined, turn = 0; turn < 9; turn += 1) {
      const page = await town.as('villager').get('ledger.chains', { unitId: region.id, limit: 1, cursor })
      read.push(...page.rows.map((row) => row.id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(read).toEqual(inRegion.rows.map((row) => row.id))
  })

  test('one whose unit is no more can still be read', async () => {
    const { chain, rows } = await town.as('villager').get('ledger.list', { unitId: 'banner-2' })
    expect([chain?.id, rows.length]).toEqual(['banner-2', 1])
  })

  test('a league has none of its own and says so, which is not the same as an empty one', async () => {
    expect(await town.as('villager').get('ledger.list', { unitId: league.id })).toMatchObject({
      chain: null,
      rows: [],
    })
    expect((await town.as('villager').get('ledger.list', { unitId: region.id })).chain?.id).toBe(region.id)
    for (const unit of [banner, township, branch])
      expect((await town.as('villager').get('ledger.list', { unitId: unit.id })).chain?.id).toBe(banner.id)
    expect(await town.as('villager').refused('ledger.chains', { unitId: '999' })).toBe('unknown-unit')
  })
})

describe('the clock', () => {
  interface ChainDocument {
    readonly _id: string
    readonly checked: { readonly seq: number } | null
  }
  const rowAt = async (seq: number) => {
    const [row] = await town.documents<{
      readonly _id: string
      readonly opened: { readonly facts: LedgerFacts }
    }>('ledger', { _id: `${banner.id}:${seq}` })
    if (!row) throw new Error(`no row ${seq}`)
    return row
  }

  test('publishes a head a day, the first one seen, and shows them with the ledger’s first page', async () => {
    await town.later(dayMs)
    const first = await town.as('villager').get('ledger.list', { unitId: banner.id, limit: 2 })
    expect(first.anchors[0]).toMatchObject({ seq: first.headSeq, hash: first.headHash })
    await append(anEvent('after-the-head', 'published'))
    await clock()
    const later = await town.as('villager').get('ledger.list', { unitId: banner.id, limit: 2 })
    expect(later.anchors).toEqual(first.anchors)
    expect(later.headSeq).toBe(first.headSeq + 1)
    const second = await town.as('villager').get('ledger.list', {
      unitId: banner.id,
      limit: 2,
      cursor: later.nextCursor ?? undefined,
    })
    expect(second.anchors).toEqual([])
  })

  test('has checked every chain to its end by the next day', async () => {
    await town.later(dayMs)
    const chains = await town.documents<ChainDocument>('ledger_chains')
    expect(chains.length).toBeGreaterThanOrEqual(3)
    const rows = await town.documents<{ readonly chainId: string; readonly seq: number }>('ledger')
    for (const { _id, checked } of chains) {
      const ownSeqs = rows.filter((row) => row.chainId === _id).map((row) => row.seq)
      expect([_id, checked?.seq]).toEqual([_id, Math.max(...ownSeqs)])
    }
  })

  test('finds the last row gone the next day, says so in each run and on the page, and is content when it is back', async () => {
    const { headSeq } = await town.as('villager').get('ledger.list', { unitId: banner.id })
    const { _id, ...last } = await rowAt(headSeq)
    const database = town.app.database()
    await database.collection('ledger').doc(_id).remove()
    await town.later(dayMs)
    for (let run = 0; run < 2; run += 1) {
      expect((await clock()).ledgerBroken).toMatchObject([{ chainId: banner.id, seq: headSeq }])
      expect(town.complaints.join()).toContain('ledgerBroken')
    }
    expect((await town.as('villager').get('ledger.list', { unitId: banner.id })).brokenAtSeq).toBe(headSeq)
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toMatchObject([{ chainId: banner.id, seq: headSeq }])
    const unpublished = await town.as('villager').get('ledger.list', { unitId: banner.id })
    await database.collection('ledger').add({ _id, ...last })
    expect((await clock()).ledgerBroken).toEqual([])
    const published = await town.as('villager').get('ledger.list', { unitId: banner.id })
    expect(published.brokenAtSeq).toBe(0)
    expect(published.anchors.length).toBeGreaterThan(unpublished.anchors.length)
  })

  test('finds words changed long ago on the next day, and a published head changed too', async () => {
    const { opened } = await rowAt(2)
    await town.meddle('ledger', `${banner.id}:2`, {
      opened: { ...opened, facts: { ...opened.facts, text: '没有这回事' } },
    })
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toEqual([{ chainId: banner.id, seq: 2, flaw: 'not-as-committed' }])
    await town.meddle('ledger', `${banner.id}:2`, { opened })
    expect((await clock()).ledgerBroken).toEqual([])
    const [anchor] = (
      await town.documents<{
        readonly _id: string
        readonly seq: number
        readonly hash: string
        chainId: string
      }>('ledger_anchors')
    ).filter((one) => one.chainId === banner.id)
    await town.meddle('ledger_anchors', anchor?._id ?? '', { hash: sha256('另一本') })
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toEqual([
      { chainId: banner.id, seq: anchor?.seq, flaw: 'not-as-published' },
    ])
    await town.meddle('ledger_anchors', anchor?._id ?? '', { hash: anchor?.hash })
    expect((await clock()).ledgerBroken).toEqual([])
  })
})

describe('rows of the first shape', () => {
  /** As they were written before there were commitments. */
  const writePlain = async (
    seq: number,
    previousHash: string,
    fields: { kind: string; reportId: string },
  ) => {
    const chainId = 'banner-of-old'
    const { kind, reportId } = fields
    const id = `${chainId}:${seq}`
    const [at, no, unit, name, text] = [mondayAt, 1, 'unit', '老支部', `老账：${reportId}`]
    const hash = sha256(
      JSON.stringify([
        id,
        chainId,
        seq,
        at,
        kind,
        reportId,
        no,
        unit,
        name,
        text,
        ['declared'],
        previousHash,
      ]),
    )
    const row = {
      _id: id,
      chainId,
      seq,
      at,
      kind,
      reportId,
      episodeNo: no,
      unitId: unit,
      unitName: name,
      text,
    }
    const rest = { causes: ['declared'], previousHash, hash, eventKey: `old:${seq}`, revealAt: at }
    await town.app
      .database()
      .collection('ledger')
      .add({ ...row, ...rest })
    return hash
  }

  test('are listed, checked and published like any others, shown when their episode was public, and go on in the second', async () => {
    await town.app
      .database()
      .collection('units')
      .add({ ...banner, _id: 'banner-of-old', path: [...league.path, 'banner-of-old'] })
    const first = await writePlain(1, '', { kind: 'opened', reportId: 'old-public' })
    const second = await writePlain(2, first, { kind: 'opened', reportId: 'old-struck' })
    await writePlain(3, second, { kind: 'published', reportId: 'old-public' })
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toEqual([])
    const path = [...league.path, 'banner-of-old']
    await append(anEvent('new', 'published', { unitId: 'banner-of-old', unitPath: path }))
    expect(await wordsOf('banner-of-old')).toEqual([
      '关于new published',
      '老账：old-public published',
      '老账：old-public opened',
    ])
    expect((await town.as('villager').get('ledger.chains', { unitId: league.id })).rows).toContainEqual(
      expect.objectContaining({ id: 'banner-of-old', rowCount: 4 }),
    )
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toEqual([])
    await town.meddle('ledger', 'banner-of-old:2', { text: '没有这回事' })
    await town.later(dayMs)
    expect((await clock()).ledgerBroken).toEqual([{ chainId: 'banner-of-old', seq: 2, flaw: 'changed' }])
  })
})
