import {
  chinaDateOn,
  chinaDayNumber,
  dayMs,
  startOfChinaDate,
  startOfChinaDay,
} from '../../../ground/instant'

/** Half-open: `from` belongs to the period, `to` to the next one. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** A Chinese month, `YYYY-MM`. */
export type Month = string

export const monthOf = (at: number): Month => chinaDateOn(at).slice(0, 7)

/** `by` months later, or earlier where it is negative. */
export const monthAfter = (month: Month, by: number): Month => {
  const [year = 0, no = 0] = month.split('-').map(Number)
  const count = year * 12 + no - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** The last months, this one the last of them. */
export const lastMonths = (now: number, count: number): readonly Month[] =>
  Array.from({ length: count }, (_, no) => monthAfter(monthOf(now), no - count + 1))

/** From the month's first instant in China to the next month's. */
export const periodOf = (month: Month): Period => ({
  from: startOfChinaDate(`${month}-01`),
  to: startOfChinaDate(`${monthAfter(month, 1)}-01`),
})

/** Q6: until then a month's figures may still change. */
const provisionalDays = 35

/** When the figures of a month are final: every answer that counts in it has been given, and every reopening said. */
export const frozenAt = (month: Month): number => periodOf(month).to + provisionalDays * dayMs

/** So many months, the running one the last, among which every one is that is not final. */
const provisionalMonths = 3
/** The months whose figures may still change, the running one the last. */
export const monthsNotFinal = (now: number): readonly Month[] => lastMonths(now, provisionalMonths)
/** The first of them. */
export const oldestProvisional = (now: number): Month => monthAfter(monthOf(now), 1 - provisionalMonths)

const mark = '@'

/** A month of a unit, as its section is called. */
export const monthSection = (unitId: string, month: Month): string => `${unitId}${mark}${month}`

/** A Chinese day of a unit, `YYYY-MM-DD`, likewise. */
export const daySection = (unitId: string, on: string): string => `${unitId}${mark}${on}`

/** What lies where is added to (`stock`); what happened in a month or on a day is worked out. */
export type SectionKind = 'stock' | 'month' | 'day'

export const kindOfSection = (section: string): SectionKind => {
  const [, span = ''] = section.split(mark)
  return span === '' ? 'stock' : span.length === 'YYYY-MM'.length ? 'month' : 'day'
}

/** Of a month's section, and of one of its days. */
export const unitAndMonth = (section: string): { readonly unitId: string; readonly month: Month } => {
  const [unitId = '', span = ''] = section.split(mark)
  return { unitId, month: span.slice(0, 'YYYY-MM'.length) }
}

/** Whether it is of a span that lies before the month. */
export const isBefore = (section: string, month: Month): boolean =>
  kindOfSection(section) !== 'stock' && unitAndMonth(section).month < month

/** Behind all of its unit's sections of months before this one, in the order of ids. */
export const justBefore = (section: string, month: Month): string =>
  `${monthSection(unitAndMonth(section).unitId, monthAfter(month, -1))}~`

/** Every date from the first to the last. */
export const datesFrom = (first: string, last: string): readonly string[] => {
  const from = chinaDayNumber(startOfChinaDate(first))
  const to = chinaDayNumber(startOfChinaDate(last))
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, no) =>
    chinaDateOn(startOfChinaDay(from + no)),
  )
}

/** Every date of a month. */
export const datesOf = (month: Month): readonly string[] =>
  datesFrom(`${month}-01`, chinaDateOn(periodOf(month).to - 1))
