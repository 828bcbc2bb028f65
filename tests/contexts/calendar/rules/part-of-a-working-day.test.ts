import {
  addAllowance,
  endOfWorkingDayAfter,
} from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { calendar, mondayAt } from '../../../support/builders'

test.each([
  [0.25, 1],
  [0.5, 1],
  [1.5, 2],
])('part of a working day counts as a whole one: %p is %p', (part, whole) => {
  expect(endOfWorkingDayAfter(calendar, mondayAt, part)).toBe(endOfWorkingDayAfter(calendar, mondayAt, whole))
  expect(addAllowance(calendar, mondayAt, { unit: 'working-days', count: part })).toBe(
    addAllowance(calendar, mondayAt, { unit: 'working-days', count: whole }),
  )
})
