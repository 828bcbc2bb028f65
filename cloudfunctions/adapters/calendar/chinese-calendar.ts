import chineseDays from 'chinese-days/dist/chinese-days.json'
import { defaultWorkingHours, type WorkingCalendar } from '../../domain/calendar/working-calendar'

// The package's data file alone: its code also carries lunar tables, which no deadline needs.
const calendar: WorkingCalendar = {
  holidays: new Set(Object.keys(chineseDays.holidays)),
  makeUpDays: new Set(Object.keys(chineseDays.workdays)),
  hours: defaultWorkingHours,
}

/**
 * The national calendar of every year the State Council has announced and chinese-days knows. A year not yet
 * announced has only its weekends off, until the package is updated.
 */
export const chineseCalendar = (): WorkingCalendar => calendar
