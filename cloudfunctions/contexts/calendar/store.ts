import * as z from 'zod/mini'
import type { Store } from '../../platform/cloudbase/database'
import { instanceReads } from '../../platform/cloudbase/instance-memory'
import { setOrAdd } from '../../platform/cloudbase/stored'
import { chineseCalendar } from './chinese-calendar'
import type { CalendarProgress, Calendars } from './ports'
import { type CalendarNotice, faultsOfNotice } from './rules/calendar-notice'
import type { WorkingCalendar } from './rules/working-calendar'

const noticeDocument = z.object({
  _id: z.string(),
  year: z.int().check(z.minimum(2000), z.maximum(2100)),
  source: z.string().check(z.minLength(1)),
  holidays: z.array(z.string()).check(z.maxLength(60)),
  makeUpDays: z.array(z.string()).check(z.maxLength(60)),
  announcedAt: z.number(),
})

/** One or two a year: a collection with more holds something else. */
const mostNotices = 200

type ProgressDocument = CalendarProgress & { readonly _id: string }
const progressId = 'calendar'

export interface CalendarLog {
  readonly info: (line: string) => void
  readonly error: (line: string) => void
}

/**
 * The national calendar with the notices that stand in `calendar_notices`. A document that is no notice, or
 * whose days cannot be right, is named in the log and left out whole. The log says once an instance, and
 * again after each change, up to which date the days off are known.
 */
export const calendarRepository = (store: Store, log: CalendarLog): Calendars => {
  const calendars = instanceReads<WorkingCalendar>(1)
  let lastSaid = ''

  const checked = (document: unknown, refused: string[]): readonly CalendarNotice[] => {
    const { success, data, error } = z.safeParse(noticeDocument, document)
    if (!success) {
      const id = (document as { readonly _id?: unknown })._id
      refused.push(
        `${String(id)}: ${error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
      )
      return []
    }
    const { _id, ...rest } = data
    const notice: CalendarNotice = { id: _id, ...rest }
    const faults = faultsOfNotice(notice)
    if (faults.length === 0) return [notice]
    refused.push(`${_id}: ${faults.join('; ')}`)
    return []
  }

  const read = async (): Promise<WorkingCalendar> => {
    const documents = await store.first<unknown>('calendar_notices', {}, [['_id', 'asc']], mostNotices)
    const refused: string[] = []
    const calendar = chineseCalendar(documents.flatMap((document) => checked(document, refused)))
    if (documents.length === mostNotices) refused.push(`only the first ${mostNotices} documents are read`)
    const said = JSON.stringify([calendar.version, refused])
    if (said !== lastSaid) {
      lastSaid = said
      log.info(JSON.stringify({ calendar: calendar.version, daysOffKnownUntil: calendar.horizonOn }))
      if (refused.length > 0) log.error(JSON.stringify({ calendarNoticesNotUsed: refused }))
    }
    return calendar
  }

  return {
    current: () => calendars.of('', read),
    progress: async () => {
      const document = await store.get<ProgressDocument>('clock_progress', progressId)
      if (!document) return undefined
      const { _id, ...progress } = document
      return progress
    },
    saveProgress: (progress) =>
      setOrAdd(
        () => store.update('clock_progress', { _id: progressId }, { ...progress }),
        () => store.add('clock_progress', { _id: progressId, ...progress } as ProgressDocument),
      ),
  }
}
