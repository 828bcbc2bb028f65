import { reportRepository } from '../../../../cloudfunctions/contexts/report/store'
import { catchUp } from '../../../../cloudfunctions/contexts/report/tick'
import { followNewNotices } from '../../../../cloudfunctions/contexts/report/use-cases/follow-calendar'
import { anyone, presentCards } from '../../../../cloudfunctions/contexts/report/use-cases/present-cards'
import { readPage } from '../../../../cloudfunctions/contexts/report/use-cases/read-page'
import { windUpUnits } from '../../../../cloudfunctions/contexts/report/use-cases/wind-up-units'
import { sheetsOf } from '../../../../cloudfunctions/entrypoints/ports'
import { hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import { clockRun } from '../../../../cloudfunctions/journal/clock'
import type { CollectionName } from '../../../../cloudfunctions/platform/cloudbase/database'
import { readWhole } from '../../../../cloudfunctions/platform/cloudbase/long-documents'
import { openMemoryStore } from '../../../../local/demo/memory-store'
import {
  aMembership,
  aReport,
  branch,
  calendar,
  law,
  mondayAt,
  otherBranch,
  township,
} from '../../../support/builders'
import { somePorts } from '../../../support/some-ports'

const ids = ['r-bad', 'r-good', 'r-well']
const yes = () => true

/** Three reports, of which one cannot be read: what it has on a sheet is gone, as after a restore that missed one. */
const aTown = async () => {
  const store = readWhole<CollectionName>(openMemoryStore(), sheetsOf)
  const reports = reportRepository(store)
  for (const id of ids) await reports.insert(aReport({ id }))
  await store.update(
    'reports',
    { _id: 'r-bad' },
    { timeline: undefined, sheets: { timeline: ['r-bad.gone'] } },
  )
  return reports
}

test('a report that cannot be read holds up no other on the clock, and is named alone', async () => {
  const reports = await aTown()
  const now = aReport().deadlines.acceptDueAt + minuteMs
  const memory = {
    failing: async () => [],
    keepFailing: async () => undefined,
    claim: async () => true,
    giveBack: async () => undefined,
  }
  const run = await clockRun(reports, memory, now, yes).catchUp(async (report) => {
    const after = catchUp(report, now, law)
    return { after, nextClockAt: after.nextClockAt }
  })
  expect(run).toEqual({
    done: 2,
    failures: [{ id: 'r-bad', reason: 'reports: what r-bad have on sheets cannot be read' }],
  })
})

test('nor where deadlines follow a new notice: it is tried again', async () => {
  const reports = await aTown()
  const said: string[] = []
  let progress: unknown = {
    version: calendar.version,
    seenAt: 0,
    cursor: null,
    isDone: false,
    failedReportIds: [],
  }
  const ports = somePorts({
    reports,
    log: { error: (line) => said.push(line) },
    calendars: {
      current: async () => calendar,
      progress: async () => progress as never,
      saveProgress: async (saved) => {
        progress = saved
      },
    },
  })
  for (let runs = 0; runs < 2; runs += 1) {
    expect((await followNewNotices(ports)(mondayAt, yes)).failures).toMatchObject([{ id: 'r-bad' }])
    expect(progress).toMatchObject({ isDone: true, failedReportIds: ['r-bad'] })
  }
  expect(said.map((line) => JSON.parse(line))).toMatchObject([
    { pageReadOneByOne: { kind: 'area-running' }, error: expect.stringContaining('r-bad') },
  ])
})

test('a page that cannot be read for another reason is read one by one as well, and the reason is said to the log', async () => {
  const reports = await aTown()
  const said: string[] = []
  const unread: string[] = []
  const { rows } = await readPage(
    {
      reports: { ...reports, list: async () => Promise.reject(new Error('the database was away')) },
      log: { error: (line) => said.push(line) },
    },
    { kind: 'area-running', unitId: branch.id, afterAt: 0, audience: { seatsIn: [] } },
    { limit: 10 },
    (id) => unread.push(id),
  )
  expect(rows.map(({ id }) => id).sort()).toEqual(['r-good', 'r-well'])
  expect(unread).toEqual(['r-bad'])
  expect(said.map((line) => JSON.parse(line))).toMatchObject([
    { pageReadOneByOne: { unitId: branch.id }, error: 'the database was away' },
  ])
})

test('nor where a unit has ended: the others go home', async () => {
  const reports = await aTown()
  const ended = { ...branch, endedAt: mondayAt, successorId: otherBranch.id }
  const units = [ended, otherBranch, township]
  const ports = somePorts({
    reports,
    log: { error: () => undefined },
    units: {
      ended: async (_now, limit) => [ended].slice(0, limit),
      get: async (id) => units.find((unit) => unit.id === id),
      getMany: async (some) => units.filter((unit) => some.includes(unit.id)),
      membersOf: async () => [aMembership(otherBranch, 'secretary')],
      markWoundUp: async () => {
        throw new Error('something is left with it')
      },
    },
  })
  const run = await windUpUnits({ ...ports, projectors: {} } as never)(mondayAt + hourMs, yes)
  expect(run).toMatchObject({ wentHome: 2, failures: [{ id: 'r-bad' }] })
})

test('a list shows it as it stood, and says so to the log', async () => {
  const reports = await aTown()
  const said: string[] = []
  const ports = somePorts({
    reports,
    photos: { urls: async () => new Map() },
    log: { error: (line) => said.push(line) },
  })
  const rows = await reports.rowsWithParts(ids)
  const cards = await presentCards(ports)(rows, () => anyone, mondayAt, { concernsReader: yes })
  expect(cards.map(({ id }) => id)).toEqual(ids)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('r-bad')
})
