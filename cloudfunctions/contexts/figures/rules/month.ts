import { chinaDateOn, dayMs, startOfChinaDate } from '../../../ground/instant'
import type { Period } from './rates'

/** A Chinese month, `YYYY-MM`. */
export type Month = string

export const monthOf = (at: number): Month => chinaDateOn(at).slice(0, 7)

/** `by` months later, or earlier where it is negative. */
const monthAfter = (month: Month, by: number): Month => {
  const [year = 0, no = 0] = month.split('-').map(Number)
  const count = year * 12 + no - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** The last months, this one the last of them. */
export const lastMonths = (now: number, count: number): readonly Month[] =>
  Array.from({ length: count }, (_, no) => monthAfter(monthOf(now), no - count + 1))

export const periodOf = (month: Month): Period => ({
  from: startOfChinaDate(`${month}-01`),
  to: startOfChinaDate(`${monthAfter(month, 1)}-01`),
})

/** Q6: until then a month's figures may still change. */
const provisionalDays = 35

/** When the figures of a month are final: every answer that counts in it has been given, and every reopening said. */
export const frozenAt = (month: Month): number => periodOf(month).to + provisionalDays * dayMs

const mark = '@'

/** A month of a unit, as its section is called. */
export const monthSection = (unitId: string, month: Month): string => `${unitId}${mark}${month}`

export const isMonthSection = (section: string): boolean => section.includes(mark)

export const unitAndMonth = (section: string): { readonly unitId: string; readonly month: Month } => {
  const [unitId = '', month = ''] = section.split(mark)
  return { unitId, month }
}
