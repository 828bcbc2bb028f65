import { rowFields, toReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { cloudPorts, cloudStore } from '../../cloudfunctions/entrypoints/ports'
import { movePoint, type Point, roundPoint } from '../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import type { AnsweredQuery } from '../../local/cloudbase'
import { aRedFaceEntry, banner, branch, mondayAt, region, reportIn, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

/**
 * What the lists of a busy branch at a dense place read: documents are counted, since time is the machine's. A thousand
 * matters of one kind lie open within a few hundred metres, and more are done.
 */
let town: TestCloud
let ports: ReturnType<typeof cloudPorts>
const heard: AnsweredQuery[] = []
const crowd = 1_000
const pageRows = 20

const matter = (
  id: string,
  status: ReportStatus,
  point: Point,
  at: number,
  changes: Partial<Report> = {},
) => {
  const { photos: _photos, ...report } = reportIn(status)
  return {
    ...report,
    photos: [],
    id,
    place: { point, words: `3号楼${id}` },
    publicPoint: roundPoint(point),
    submittedAt: at,
    changedAt: Math.max(report.changedAt, at),
    ...changes,
  } as Report
}
const around = (no: number): Point => movePoint(inTheLane, 60 + (no % 40) * 3, ((no * 7) % 120) - 60)

beforeAll(async () => {
  town = await openTestCloud({ onQuery: (query) => heard.push(query) })
  ports = cloudPorts(town.app as never)
  const store = cloudStore(town.app as never)
  const insert = (reports: readonly Report[]) => store.addMissing('reports', reports.map(toReportDocument))
  const open = Array.from({ length: crowd }, (_, no) =>
    matter(`open-${no}`, 'accepted', around(no), mondayAt - dayMs + no),
  )
  const done = Array.from({ length: 100 }, (_, no) =>
    matter(`done-${no}`, 'closed', around(no), mondayAt - dayMs + no),
  )
  const own = Array.from({ length: 45 }, (_, no) => {
    const key = participantKey(ports.keyed, 'custom:resident', `own-${no}`)
    const status = no % 9 === 0 ? 'resolved' : no % 2 === 0 ? 'accepted' : 'routed'
    return matter(`own-${no}`, status, movePoint(inTheLane, -400, 0), mondayAt - hourMs + no, {
      reporterKey: key,
    })
  })
  await insert([...open, ...done, ...own])
  await store.addMissing(
    'participants',
    own.map((report) => {
      const { id: reportId, reporterKey, submittedAt: joinedAt } = report
      const person = { reportId, key: reporterKey ?? '', accountId: 'custom:resident', joinedAt }
      return { _id: `${reportId}.${reporterKey}`, ...person, part: 'reporter', phone: null }
    }),
  )
  for (let no = 0; no < 45; no += 1)
    await ports.redFaceEntries.project(
      aRedFaceEntry(`entry-${no}`, {
        reportId: `open-${no}`,
        summary: '积水',
        submittedAt: mondayAt,
        weight: no % 5,
      }),
    )
  await ports.inbox.markRead('custom:resident', 'account:custom:resident', mondayAt + dayMs)
  await ports.inbox.deliver(
    Array.from({ length: 45 }, (_, no) => ({
      id: `message-${no}`,
      recipient: 'account:custom:resident',
      reportId: `own-${no}`,
      parts: [],
      at: mondayAt,
      arrivedAt: mondayAt + no,
    })),
  )
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const counted = ['reports', 'participants', 'red_face_entries', 'inbox_messages']
/** How many documents of matters and of what lists show of them a job reads; counts and look-ups of who asks are apart. */
const documentsReadBy = async <T>(job: () => Promise<T>): Promise<{ answer: T; documents: number }> => {
  heard.length = 0
  const answer = await job()
  const reads = heard.filter(({ kind, collection }) => kind === 'find' && counted.includes(collection))
  return { answer, documents: reads.reduce((sum, { examined }) => sum + (examined ?? Number.NaN), 0) }
}

interface Page {
  readonly rows: readonly { readonly id: string; readonly ask?: string | null }[]
  readonly nextCursor: string | null
}
type Read = (limit: number, cursor?: string) => Promise<Page>

const queueOf =
  (person: string, unitId: string, tab: string): Read =>
  (limit, cursor) =>
    town.as(person).get('queue.list', { unitId, tab: tab as never, limit, cursor })

const lists: readonly (readonly [string, Read])[] = [
  ['what the branch works on', queueOf('secretary', branch.id, 'working')],
  ['what the branch has done', queueOf('secretary', branch.id, 'done')],
  ['what is open in the banner', queueOf('banner-staff', banner.id, 'open')],
  [
    'what is recent in the region',
    (limit, cursor) => town.as(null).get('report.recent', { unitId: region.id, limit, cursor }),
  ],
  [
    'what is open in the region',
    (limit, cursor) => town.as(null).get('report.recent', { unitId: region.id, isOpen: true, limit, cursor }),
  ],
  ['one’s own reports', (limit, cursor) => town.as('resident').get('report.mine', { limit, cursor })],
  [
    'the red-face list',
    (limit, cursor) => town.as(null).get('redFace.list', { unitId: banner.id, tab: 'public', limit, cursor }),
  ],
  ['one’s inbox', (limit, cursor) => town.as('resident').get('inbox.list', { limit, cursor })],
]

/** One more than the page is asked for, to know whether there is a next one. */
const mostFor = (rows: number): number => 2 * rows + 1

describe.each(lists)('%s', (_name, read) => {
  test('reads no more than two documents for a row, on its first page and on those that follow', async () => {
    let cursor: string | undefined
    for (const _page of ['first', 'second', 'third']) {
      const { answer, documents } = await documentsReadBy(() => read(pageRows, cursor))
      expect(answer.rows.length).toBeGreaterThan(0)
      // Where something is asked of its reader, the whole of it says what.
      const asked = answer.rows.filter(({ ask }) => ask)
      expect(documents).toBeLessThanOrEqual(mostFor(answer.rows.length) + asked.length)
      if (answer.nextCursor === null) return
      cursor = answer.nextCursor
    }
  })
})

describe('at a dense place', () => {
  const nearby = () => town.as(null).get('report.nearby', { point: inTheLane, categoryId: 'lane-repair' })

  test('M1: of a thousand matters around it, what was sent last right here is offered, then the newest around', async () => {
    await ports.reports.insert(matter('older-here', 'accepted', inTheLane, mondayAt - 9 * dayMs))
    await ports.reports.insert(matter('newest-around', 'routed', movePoint(inTheLane, 120, 0), mondayAt))
    const { answer, documents } = await documentsReadBy(nearby)
    const ids = answer.rows.map(({ id }) => id)
    expect(ids).toHaveLength(10)
    expect(ids[0]).toBe('older-here')
    expect(ids).toContain('newest-around')
    expect(documents).toBeLessThanOrEqual(mostFor(10))
  })

  test('what is done there, or a complaint, takes the place of nothing that is open', async () => {
    const { rows } = await nearby()
    expect(rows.filter(({ status }) => status === 'closed')).toEqual([])
  })

  test('what a matter may be merged into is looked for among few', async () => {
    const late = matter('late', 'accepted', around(3), mondayAt + 1)
    await ports.reports.insert(late)
    const { answer, documents } = await documentsReadBy(() =>
      town.as('secretary').get('unit.targets', { reportId: 'late' }),
    )
    expect(answer.mergeTargets.length).toBeGreaterThan(5)
    // The report itself besides.
    expect(documents - 1).toBeLessThanOrEqual(mostFor(10))
  })

  test('F1: whether a new one comes back is told by what lies within a hundred metres, though all the rest is open, too', async () => {
    const { documents } = await documentsReadBy(() => town.as('neighbour').submit())
    expect(documents).toBeLessThanOrEqual(0.4 * crowd)
  })
})

test('a row that the clock has something to do to is as it will be then, though no more is read than it twice', async () => {
  const due = Array.from({ length: 5 }, (_, no) =>
    matter(`due-${no}`, 'routed', movePoint(inTheLane, -450, 0), mondayAt - 30 * dayMs + no, {
      nextClockAt: mondayAt - hourMs,
      deadlines: { ...reportIn('routed').deadlines, acceptDueAt: mondayAt - hourMs },
      stints: reportIn('routed').stints.map((stint) => ({ ...stint, acceptDueAt: mondayAt - hourMs })),
      dueAt: mondayAt - hourMs,
    }),
  )
  for (const report of due) await ports.reports.insert(report)
  const read = queueOf('township-staff', township.id, 'overdue')
  const { answer, documents } = await documentsReadBy(() => read(pageRows))
  expect(answer.rows).toHaveLength(due.length)
  for (const row of answer.rows) {
    const whole = await town.as('township-staff').get('report.get', { reportId: row.id })
    expect(row).toMatchObject({ status: whole.status, isOverdue: true, redFaceState: 'noticed' })
  }
  expect(documents).toBeLessThanOrEqual(mostFor(due.length))
})

test('a row is read in less than half the bytes of its matter', () => {
  for (const status of ['accepted', 'dispatched', 'resolved', 'closed'] as const) {
    const document: Readonly<Record<string, unknown>> = { ...toReportDocument(reportIn(status)) }
    const row = Object.fromEntries(rowFields.map((field) => [field, document[field]]))
    expect(JSON.stringify(row).length).toBeLessThan(JSON.stringify(document).length / 2)
  }
})
