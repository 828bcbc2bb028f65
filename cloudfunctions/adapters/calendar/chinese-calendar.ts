import { createHash } from 'node:crypto'
import chineseDays from 'chinese-days/dist/chinese-days.json'
import { type CalendarNotice, calendarOf } from '../../contexts/calendar/rules/calendar-notice'
import { defaultWorkingHours, type WorkingCalendar } from '../../contexts/calendar/rules/working-calendar'

// The package's data file alone: its code also carries lunar tables, which are 25 KB and no deadline needs.
const packaged: CalendarNotice = {
  id: 'chinese-days',
  year: 0,
  source: 'https://github.com/vsme/chinese-days',
  holidays: Object.keys(chineseDays.holidays),
  makeUpDays: Object.keys(chineseDays.workdays),
  announcedAt: 0,
}

/**
 * The national calendar: every year that the State Council has announced and chinese-days knows, and these
 * notices, which have been checked. A year not announced yet has its weekends and the law's own days off.
 */
export const chineseCalendar = (notices: readonly CalendarNotice[] = []): WorkingCalendar =>
  calendarOf([packaged, ...notices], defaultWorkingHours, (text) =>
    createHash('sha256').update(text).digest('hex').slice(0, 16),
  )
