import { chineseCalendar } from '../../../../cloudfunctions/contexts/calendar/chinese-calendar'
import type { CalendarProgress } from '../../../../cloudfunctions/contexts/calendar/ports'
import { legalDaysOff } from '../../../../cloudfunctions/contexts/calendar/rules/legal-days-off'
import type { Reports } from '../../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { submitReport } from '../../../../cloudfunctions/contexts/report/rules/submit'
import { followNewNotices } from '../../../../cloudfunctions/contexts/report/use-cases/follow-calendar'
import { minuteMs } from '../../../../cloudfunctions/ground/instant'
import { aCategory, aSubmission, rules } from '../../../support/builders'

const now = Date.parse('2027-02-04T10:00:00+08:00')
const before = chineseCalendar()
const after = chineseCalendar([
  {
    id: '2027',
    year: 2027,
    source: '国办发明电〔2026〕7号',
    holidays: [...legalDaysOff(2027), '2027-02-09'],
    makeUpDays: [],
    announcedAt: 1,
  },
])
const toldAt = Date.parse('2027-02-11T17:30:00+08:00')
const movedAt = Date.parse('2027-02-12T17:30:00+08:00')

/** So many reports about a lamp, and a clock that follows the new notice over them. */
const aTown = (count: number) => {
  const reports = new Map<string, Report>()
  for (let no = 0; no < count; no += 1) {
    const id = `r${String(no).padStart(4, '0')}`
    reports.set(
      id,
      submitReport(aSubmission({ id, category: aCategory('street-lamp') }), now, { rules, calendar: before }),
    )
  }
  let progress: CalendarProgress | undefined
  const reads: number[] = []
  /** Called before each write; what it throws is the write’s failure. */
  const town = { onWrite: (_id: string): void => undefined }
  const port: Pick<Reports, 'get' | 'getMany' | 'list' | 'replace'> = {
    get: async (id) => reports.get(id),
    getMany: async (ids) => ids.flatMap((id) => reports.get(id) ?? []),
    list: async (scope, { cursor, limit }) => {
      if (scope.kind !== 'area-running') throw new Error(`no list of ${scope.kind}`)
      const keyOf = ({ deadlines, id }: Report): string => `${deadlines.resolveDueAt}~${id}`
      const rows = [...reports.values()]
        .filter(({ deadlines }) => deadlines.resolveDueAt > scope.afterAt)
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
        .filter((report) => cursor === undefined || keyOf(report) > cursor)
      const page = rows.slice(0, limit)
      reads.push(page.length)
      const last = page[page.length - 1]
      return { rows: page, nextCursor: rows.length > limit && last ? keyOf(last) : null }
    },
    replace: async (was, is) => {
      town.onWrite(was.id)
      if (reports.get(was.id)?.rev !== was.rev) return false
      reports.set(was.id, is)
      return true
    },
  }
  const follow = followNewNotices({
    reports: port as Reports,
    log: { error: () => undefined },
    ruleBooks: { of: async () => rules, version: async () => rules },
    calendars: {
      current: async () => after,
      progress: async () => progress,
      saveProgress: async (saved) => {
        progress = saved
      },
    },
  })
  const run = (minutes: number, mayGoOn = () => true) => follow(now + minutes * minuteMs, mayGoOn)
  const movedCount = () =>
    [...reports.values()].filter(({ deadlines }) => deadlines.resolveDueAt === movedAt).length
  return { town, reports, reads, run, movedCount, progress: () => progress }
}

describe('following a new notice', () => {
  test('waits until every function instance knows it, then looks at each open report once', async () => {
    const { reports, reads, run, movedCount } = aTown(250)
    for (const { deadlines } of reports.values()) expect(deadlines.resolveDueAt).toBe(toldAt)
    expect((await run(0)).rescheduled + (await run(2)).rescheduled).toBe(0)
    expect(reads).toEqual([])
    expect(await run(3)).toEqual({ rescheduled: 250, failures: [] })
    expect(movedCount()).toBe(250)
    const readsOfThePass = reads.length
    expect(await run(4)).toEqual({ rescheduled: 0, failures: [] })
    expect(reads).toHaveLength(readsOfThePass)
  })

  test('goes on in the next run where the time of one was over', async () => {
    const { run, movedCount, progress } = aTown(250)
    await run(0)
    let pages = 0
    const forOnePage = () => {
      pages += 1
      return pages <= 1
    }
    expect((await run(3, forOnePage)).rescheduled).toBe(100)
    expect(progress()).toMatchObject({ isDone: false })
    pages = 0
    expect((await run(4, forOnePage)).rescheduled).toBe(100)
    expect((await run(5)).rescheduled).toBe(50)
    expect(movedCount()).toBe(250)
    expect(progress()).toMatchObject({ isDone: true })
  })

  test('takes no more than ten pages a run', async () => {
    const { run } = aTown(1050)
    await run(0)
    expect((await run(3)).rescheduled).toBe(1000)
    expect((await run(4)).rescheduled).toBe(50)
  })

  test('tries a report whose turn failed again, and the others do not wait for it', async () => {
    const { town, run, movedCount, progress } = aTown(5)
    town.onWrite = (id) => {
      if (id === 'r0002') throw new Error('the database is away')
    }
    await run(0)
    expect(await run(3)).toEqual({
      rescheduled: 4,
      failures: [{ id: 'r0002', reason: 'the database is away' }],
    })
    expect(progress()).toMatchObject({ isDone: true, failedReportIds: ['r0002'] })
    expect((await run(4)).failures).toHaveLength(1)
    town.onWrite = () => undefined
    expect(await run(5)).toEqual({ rescheduled: 1, failures: [] })
    expect(movedCount()).toBe(5)
    expect(progress()).toMatchObject({ failedReportIds: [] })
  })

  test('gives way to who was quicker and follows what they have made', async () => {
    const { town, reports, run } = aTown(1)
    let isQuicker = true
    town.onWrite = (id) => {
      const report = reports.get(id)
      if (!isQuicker || !report) return
      isQuicker = false
      reports.set(id, { ...report, rev: report.rev + 1, publicSummary: '改过的摘要' })
    }
    await run(0)
    expect((await run(3)).rescheduled).toBe(1)
    expect(reports.get('r0000')).toMatchObject({
      publicSummary: '改过的摘要',
      deadlines: { resolveDueAt: movedAt },
    })
  })
})
