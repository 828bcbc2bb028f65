import {
  isOnWorkingDay,
  type WorkingCalendar,
} from '../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { startOfChinaDate } from '../../cloudfunctions/ground/instant'

/** Whether a date, `YYYY-MM-DD`, is worked. */
export const isWorkingDay = (calendar: WorkingCalendar, on: string): boolean =>
  isOnWorkingDay(calendar, startOfChinaDate(on))
