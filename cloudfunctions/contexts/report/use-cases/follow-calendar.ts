import { ok } from '../../../ground/result'
import { writeAnew } from '../../../journal/carry-out'
import { type Failure, reasonOf } from '../../../journal/clock'
import { readEach } from '../../../journal/read-each'
import type { CalendarProgress } from '../../calendar/ports'
import { regionUnitId } from '../../organisation/rules/unit'
import type { ReportPorts } from '../ports'
import { followCalendar } from '../rules/follow-calendar'
import type { Report } from '../rules/report'
import { catchUp } from '../tick'
import { readPage } from './read-page'
import { type LawPorts, lawOf } from './standing-of'

type FollowPorts = Pick<ReportPorts, 'reports' | 'calendars' | 'log'> & LawPorts

interface FollowRun {
  /** Reports whose deadlines have moved later. */
  readonly rescheduled: number
  readonly failures: readonly Failure[]
}

const nothing: FollowRun = { rescheduled: 0, failures: [] }

/** Function instances go on for a minute with the calendar they have read; what they set meanwhile is to be seen too. */
const settlingMs = 150_000
const pageSize = 100
const pagesARun = 10
/** More failures than this in one pass are no matter of single reports: the pass stands still until they are mended. */
const mostFailures = 200

/**
 * Sets deadlines not yet due anew when the calendar's days have changed: every open report is looked at once,
 * some pages a run, and how far the pass has come is remembered between runs. A report whose turn fails is
 * tried again by each later run. Running doubled or again from the start moves nothing twice.
 */
export const followNewNotices = (ports: FollowPorts) => {
  const write = writeAnew(ports.reports)

  /** Whether the report has moved. */
  const follow = async (report: Report, now: number): Promise<boolean> => {
    const written = await write(
      report.id,
      async (current) => {
        const law = await lawOf(ports, current)
        const caughtUp = catchUp(current, now, law)
        const after = followCalendar(caughtUp, law, now)
        return ok(after === caughtUp ? current : after)
      },
      report,
    )
    return written?.ok === true && written.value.isNew
  }

  return async (now: number, mayGoOn: () => boolean): Promise<FollowRun> => {
    const { version } = await ports.calendars.current()
    const known = await ports.calendars.progress()
    if (known?.version !== version) {
      await ports.calendars.saveProgress({
        version,
        seenAt: now,
        cursor: null,
        isDone: false,
        failedReportIds: [],
      })
      return nothing
    }
    let progress: CalendarProgress = known
    if (progress.isDone && progress.failedReportIds.length === 0) {
      return nothing
    }
    if (now - progress.seenAt < settlingMs) return nothing

    let rescheduled = 0
    const failures: Failure[] = []
    const failed = (id: string, error: unknown): void => {
      failures.push({ id, reason: reasonOf(error) })
    }
    const followEach = async (reports: readonly Report[]): Promise<void> => {
      for (const report of reports) {
        try {
          if (await follow(report, now)) rescheduled += 1
        } catch (error) {
          failed(report.id, error)
        }
      }
    }

    const failedBefore = progress.failedReportIds
    if (failedBefore.length > 0) await followEach(await readEach(ports.reports.getMany, failedBefore, failed))
    for (let pages = 0; pages < pagesARun && !progress.isDone && mayGoOn(); pages += 1) {
      if (failures.length >= mostFailures) break
      const page = await readPage(
        ports,
        { kind: 'area-running', unitId: regionUnitId, afterAt: now, audience: { seatsIn: [] } },
        { limit: pageSize, ...(progress.cursor === null ? {} : { cursor: progress.cursor }) },
        failed,
      )
      await followEach(page.rows)
      progress = { ...progress, cursor: page.nextCursor, isDone: page.nextCursor === null }
      await ports.calendars.saveProgress({
        ...progress,
        failedReportIds: [...new Set(failures.map(({ id }) => id))],
      })
    }
    const failedReportIds = [...new Set(failures.map(({ id }) => id))]
    await ports.calendars.saveProgress({ ...progress, failedReportIds })
    return { rescheduled, failures }
  }
}
