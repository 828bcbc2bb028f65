import { legalDaysOff } from '../../cloudfunctions/contexts/calendar/rules/legal-days-off'
import { lineText } from '../../cloudfunctions/contexts/report/words'
import type { ClockRun } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { chinaDateOn, dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import { horizonLine } from '../../local/horizon-line'
import { banner, branch, township } from '../support/builders'
import { openTestCloud, type TestCloud, testSecret } from '../support/cloud'

const keyed = keyedWith(Buffer.from(testSecret, 'hex'))
const at = (text: string): number => Date.parse(`${text}:00+08:00`)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
}, 120_000)
afterAll(() => town.close())

const moveTo = (instant: number): Promise<void> => town.later(instant - town.now())
const complaintsSince = (count: number): readonly string[] => town.complaints.slice(count)

const database = () => town.app.database()
/** As somebody types it into the platform's console. */
const enter = async (notice: object): Promise<void> => {
  await database().collection('calendar_notices').add(notice)
}
const notice2027 = {
  _id: '2027',
  year: 2027,
  source: '国办发明电〔2026〕7号',
  holidays: [...legalDaysOff(2027), '2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12'],
  makeUpDays: ['2027-01-31', '2027-02-20'],
  announcedAt: at('2026-11-04T10:00'),
}

const runClock = async (): Promise<ClockRun> => {
  const { value } = await town.cloud.invoke('clock', {}, { kind: 'none' })
  return value as ClockRun
}

describe('the year’s notice', () => {
  let lampId = ''
  let hardeningId = ''
  let told: { acceptDueAt: number; resolveDueAt: number }

  beforeAll(async () => {
    await moveTo(at('2026-12-14T10:00'))
    hardeningId = (await town.as('resident').submit({ categoryId: 'lane-hardening' })).reportId
    await moveTo(at('2027-02-04T10:00'))
    const receipt = await town.as('resident').submit({ categoryId: 'street-lamp' })
    lampId = receipt.reportId
    told = receipt
  }, 120_000)

  test('is missing: the lunar New Year is off by law all the same, and no day more', () => {
    // 4 February, a Thursday; New Year’s Eve is the 5th, the fourth day of the year is Tuesday the 9th.
    expect(chinaDateOn(told.acceptDueAt)).toBe('2027-02-04')
    expect(told.resolveDueAt).toBe(at('2027-02-11T17:30'))
  })

  test('is missing: the clock, the start and the banner’s page say so, and nobody else’s page', async () => {
    const before = town.complaints.length
    const run = await runClock()
    // As it was this morning: counted once a day, before the lamp was reported.
    expect(run).toMatchObject({ beyondHorizon: 1, calendarHorizonOn: '2026-12-31', rescheduled: 0 })
    expect(complaintsSince(before).join()).toContain('"deadlinesBeyond":1')
    expect(await horizonLine(town.cloud, keyed)).toMatch(/until 2026-12-31: 2 open reports/)
    const horizonFor = async (person: string | null, unitId: string) =>
      (await town.as(person).get('unit.get', { unitId })).calendarHorizonOn
    expect(await horizonFor('banner-staff', banner.id)).toBe('2026-12-31')
    expect(await horizonFor('resident', banner.id)).toBeNull()
    expect(await horizonFor(null, banner.id)).toBeNull()
    expect(await horizonFor('township-staff', township.id)).toBeNull()
    expect(await horizonFor('secretary', branch.id)).toBeNull()
  })

  test('with a working day that the law gives off is refused whole, aloud, and moves nothing', async () => {
    const before = town.complaints.length
    await enter({ ...notice2027, _id: 'mistyped', makeUpDays: ['2027-02-06'] })
    await enter({ ...notice2027, _id: 'no-days', holidays: '2027-02-09' })
    await moveTo(at('2027-02-04T10:06'))
    const said = complaintsSince(before).join()
    expect(said).toContain('mistyped: ')
    expect(said).toContain('2027-02-06 is off by law')
    expect(said).toContain('no-days: holidays')
    expect(await runClock()).toMatchObject({ calendarHorizonOn: '2026-12-31', rescheduled: 0 })
    expect((await town.report(lampId)).deadlines.resolveDueAt).toBe(told.resolveDueAt)
    for (const _id of ['mistyped', 'no-days']) {
      await database().collection('calendar_notices').where({ _id }).remove()
    }
  })

  test('once entered moves later what is not yet due, and everybody who was told a date is told', async () => {
    await enter(notice2027)
    await town.later(2 * minuteMs)
    // Other instances may still go on with the calendar they have read.
    expect((await town.report(lampId)).deadlines.resolveDueAt).toBe(told.resolveDueAt)
    await town.later(3 * minuteMs)
    const { deadlines, timeline, dueAt } = await town.report(lampId)
    expect(deadlines).toMatchObject({
      acceptDueAt: told.acceptDueAt,
      contactDueAt: at('2027-02-15T17:30'),
      resolveDueAt: at('2027-02-17T17:30'),
      calendarHorizonOn: '2027-12-31',
    })
    expect(dueAt).toBe(told.acceptDueAt)
    // The first word is between the branch and the resident.
    expect(timeline.slice(-2)).toMatchObject([{ visibility: 'parties' }, { visibility: 'public' }])
    expect(timeline.slice(-2).map(lineText)).toEqual([
      '按公布的放假安排，联系居民顺延到2027年2月15日',
      '按公布的放假安排，办结顺延到2027年2月17日',
    ])
    for (const event of timeline.slice(-2))
      expect(event).toMatchObject({ kind: 'rescheduled', side: 'system' })
    for (const [person, unitId] of [
      ['resident', undefined],
      ['secretary', branch.id],
    ] as const) {
      const { rows } = await town.as(person).get('inbox.list', { unitId, limit: 50 })
      expect(rows.filter(({ reportId, title }) => reportId === lampId && title === '时限顺延')).toHaveLength(
        1,
      )
    }
    // Due on 15 March, far from any day off: it stays.
    expect((await town.report(hardeningId)).timeline.map(({ kind }) => kind)).not.toContain('rescheduled')
  })

  test('moves nothing again, however often the clock runs', async () => {
    const before = await town.report(lampId)
    for (let run = 0; run < 3; run += 1) await runClock()
    await Promise.all([runClock(), runClock()])
    await town.later(10 * minuteMs)
    expect(await town.report(lampId)).toEqual(before)
    expect(await runClock()).toMatchObject({
      beyondHorizon: 0,
      calendarHorizonOn: '2027-12-31',
      rescheduled: 0,
      failures: [],
    })
    expect(
      (await town.as('banner-staff').get('unit.get', { unitId: banner.id })).calendarHorizonOn,
    ).toBeNull()
    expect(await horizonLine(town.cloud, keyed)).toBe('days off are known until 2027-12-31')
  })

  test('counts for what is submitted after it', async () => {
    const { resolveDueAt } = await town.as('neighbour').submit({ categoryId: 'street-lamp' })
    expect(resolveDueAt).toBe(at('2027-02-17T17:30'))
  })

  test('changed in the year itself moves what it takes off, and goes on where a run was cut off', async () => {
    await enter({
      ...notice2027,
      _id: '2027-change',
      source: '国办发明电〔2027〕1号',
      holidays: ['2027-02-17'],
      makeUpDays: [],
      announcedAt: at('2027-02-04T09:00'),
    })
    await town.later(2 * minuteMs)
    // The run that would have followed it ended after it had begun: the marker stands at the beginning.
    const [progress] = await town.documents<{ cursor: string | null; isDone: boolean }>('clock_progress')
    expect(progress).toMatchObject({ cursor: null, isDone: false })
    await town.later(4 * minuteMs)
    expect((await town.report(lampId)).deadlines.resolveDueAt).toBe(at('2027-02-18T17:30'))
    const [done] = await town.documents<{ isDone: boolean }>('clock_progress')
    expect(done).toMatchObject({ isDone: true, failedReportIds: [] })
  })

  test('leaves a matter that is done as it is', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary' })
    await town.as('resident').step('report.withdraw', reportId, {})
    const before = await town.report(reportId)
    await enter({
      ...notice2027,
      _id: '2027-another-change',
      holidays: [chinaDateOn(before.deadlines.resolveDueAt)],
      makeUpDays: [],
      announcedAt: at('2027-02-04T09:30'),
    })
    await town.later(dayMs)
    expect((await town.report(reportId)).deadlines).toEqual(before.deadlines)
  })
})
