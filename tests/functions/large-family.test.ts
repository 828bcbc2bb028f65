import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { cloudPorts, type Ports } from '../../cloudfunctions/entrypoints/ports'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import type { Sheets } from '../../cloudfunctions/platform/cloudbase/long-documents'
import { branch } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

/** Reports of other people that lie in one, and neighbours who have answered whether it is done. */
const [reporting, speaking, neighbours] = [500, 3_000, 48_000]

let town: TestCloud
let ports: Ports
beforeAll(async () => {
  town = await openTestCloud()
  ports = cloudPorts(town.app)
})
afterAll(() => town.close())

const longestOf = async (collection: string): Promise<number> =>
  Math.max(...(await town.documents<object>(collection)).map((one) => Buffer.byteLength(JSON.stringify(one))))

const read = async (id: string): Promise<Report> => {
  const report = await ports.reports.get(id)
  if (!report) throw new Error(`no report ${id}`)
  return report
}

/** As if so many had reported it, and said that the last three fixes were none: by calls it would take days. */
const grown = (report: Report): Report => {
  const { id, submittedAt: at, answerableUnit, unitPath } = report
  const unit = { ...answerableUnit, path: unitPath }
  const children = Array.from(
    { length: reporting },
    (_, no) => `r0123456789abcdef${String(no).padStart(4, '0')}`,
  )
  const keys = children.map((_, no) =>
    participantKey(ports.keyed, `custom:${no === 0 ? 'neighbour' : `co-${no}`}`, id),
  )
  const fans = Array.from({ length: speaking }, (_, no) =>
    participantKey(ports.keyed, `custom:fan-${no}`, id),
  )
  const word = (key: string, part: 'co-reporter' | 'supporter') =>
    ({
      key,
      part,
      isGone: false,
      hasPicture: false,
      isOwn: false,
      at,
      joinedAt: at,
      settledAt: at + dayMs,
    }) as const
  return {
    ...report,
    rev: report.rev + 1,
    childReportIds: children,
    coReporters: keys.map((key, no) => ({ key, at, fromReportId: children[no] ?? '' })),
    mergings: children.map((childReportId) => ({ childReportId, no: 3, cameCount: 2 })),
    neverMergeInto: children.slice(0, 9),
    supporters: { count: neighbours, countedIn: [], heard: fans.map((key) => ({ key, at })) },
    resolutions: [1, 2, 3].map((no) => ({
      no,
      at,
      note: '',
      remedy: 'temporary',
      unit,
      byUnitName: unit.name,
      isOwnHands: true,
      before: [],
      after: [],
    })),
    ratings: [1, 2, 3].flatMap((resolutionNo) =>
      keys.map(
        (key) =>
          ({
            key,
            at,
            contacted: true,
            solved: 'no',
            satisfaction: 'dissatisfied',
            remark: '还是老样子，雨一下就过不去人',
            resolutionNo,
            unit,
            isOwn: false,
          }) as const,
      ),
    ),
    redFaces: [
      {
        no: 1,
        openedAt: at,
        causes: [
          {
            no: 1,
            cause: 'rated-unsolved',
            unit,
            at,
            publicAt: at,
            publishedAt: at,
            wasAppealed: false,
            saidBy: keys,
          },
        ],
        words: [...keys.map((key) => word(key, 'co-reporter')), ...fans.map((key) => word(key, 'supporter'))],
        evidence: { at, othersCount: neighbours },
      },
    ],
  }
}

test('a matter of five hundred reports and forty-eight thousand neighbours is worked on like any other; no document is long', async () => {
  const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
  const before = await read(reportId)
  const large = grown(before)
  expect(Buffer.byteLength(JSON.stringify(large))).toBeGreaterThan(900_000)
  expect(await ports.reports.replace(before, large)).toBe(true)
  await town.put('participants', [
    {
      _id: `${reportId}.${large.coReporters[0]?.key}`,
      reportId,
      key: large.coReporters[0]?.key,
      accountId: 'custom:neighbour',
      part: 'co-reporter',
      phone: null,
      joinedAt: before.submittedAt,
      fromReportId: large.childReportIds[0],
    } as never,
  ])

  await town.as('secretary').step('report.accept', reportId, {})
  await town
    .as('second-neighbour')
    .get('report.support', { commandId: '00000000-0000-4000-8000-000000000001', reportId })
  await town
    .as('secretary')
    .step('report.progress', reportId, { note: '拉来了砂石', photos: [], isPublic: true })
  await town
    .as('secretary')
    .step('report.resolve', reportId, { note: '垫平了', remedy: 'lasting', before: [], after: [] })
  await town.as('neighbour').step('report.rate', reportId, {
    contacted: true,
    solved: 'partly',
    satisfaction: 'satisfied',
    remark: '好多了',
  })
  await town.later(minuteMs)

  for (const person of ['resident', 'neighbour', 'second-neighbour', 'secretary', 'villager'])
    expect((await town.as(person).get('report.get', { reportId })).status).toBe('resolved')
  const { rows } = await town.as('secretary').get('queue.list', { unitId: branch.id, tab: 'done', limit: 20 })
  expect(rows.map(({ id }) => id)).toContain(reportId)
  const mine = await town.as('neighbour').get('report.mine', { limit: 20 })
  expect(mine.rows.map(({ id }) => id)).toContain(reportId)

  const now = await read(reportId)
  expect(now.coReporters).toEqual(large.coReporters)
  expect(now.childReportIds).toEqual(large.childReportIds)
  expect(now.mergings).toEqual(large.mergings)
  expect(now.supporters).toMatchObject({ count: neighbours + 1, heard: large.supporters.heard })
  expect(now.ratings.slice(0, -1)).toEqual(large.ratings)
  expect(now.ratings.at(-1)).toMatchObject({ solved: 'partly', remark: '好多了' })
  expect(now.redFaces[0]?.words).toEqual(large.redFaces[0]?.words)
  expect(now.outbox).toEqual([])

  const row = await ports.figures.row(reportId)
  expect(row?.facts.answers.map(({ solved }) => solved?.by.length)).toEqual([500, 500, 3500, 1])

  const sheetsIn = async (collection: string) =>
    (await town.documents<{ readonly _id: string }>(collection)).map(({ _id }) => _id).sort()
  const namedBy = ({ sheets = {} }: Sheets = {}) => Object.values(sheets).flat().sort()
  expect(await sheetsIn('report_sheets')).toEqual(namedBy(now))
  const [rowDocument] = await town.documents<Sheets>('figure_rows')
  expect(namedBy(rowDocument)).not.toEqual([])
  expect(await sheetsIn('figure_row_sheets')).toEqual(namedBy(rowDocument))
  for (const collection of [
    'reports',
    'report_sheets',
    'figure_rows',
    'figure_row_sheets',
    'participants',
    'inbox_messages',
    'red_face_entries',
  ])
    expect([collection, (await longestOf(collection)) <= 64 * 1024]).toEqual([collection, true])
  expect(town.complaints).toEqual([])
})
