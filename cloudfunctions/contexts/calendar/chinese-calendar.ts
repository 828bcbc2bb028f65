import { packagedDays } from '../../platform/calendar/chinese-days'
import { sha256 } from '../../platform/digest'
import { type CalendarNotice, calendarOf } from './rules/calendar-notice'
import { defaultWorkingHours, type WorkingCalendar } from './rules/working-calendar'

const packaged: CalendarNotice = { id: 'chinese-days', year: 0, announcedAt: 0, ...packagedDays }

/**
 * The national calendar: every year that the State Council has announced and chinese-days knows, and these
 * notices, which have been checked. A year not announced yet has its weekends and the law's own days off.
 */
export const chineseCalendar = (notices: readonly CalendarNotice[] = []): WorkingCalendar =>
  calendarOf([packaged, ...notices], defaultWorkingHours, (text) => sha256(text).slice(0, 16))
