import type { WorkingCalendar } from './rules/working-calendar'

/** How far the open reports have been looked at since the calendar's days changed. */
export interface CalendarProgress {
  /** The calendar's version. */
  readonly version: string
  /** When the clock first saw this version. */
  readonly seenAt: number
  readonly cursor: string | null
  /** Every open report has been looked at; those that failed are still to be tried again. */
  readonly isDone: boolean
  readonly failedReportIds: readonly string[]
}

export interface Calendars {
  /** The national calendar with every notice that has been entered; at most a minute old. */
  current(): Promise<WorkingCalendar>
  progress(): Promise<CalendarProgress | undefined>
  saveProgress(progress: CalendarProgress): Promise<void>
}
