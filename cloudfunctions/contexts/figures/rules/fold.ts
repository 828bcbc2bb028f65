import { type AreaList, areaLists, type CountedList } from '../../report/rules/lies-in'
import { type MonthNumber, monthNumbers } from './rates'

/** What is counted of a unit and of all that lies below it. */
type AreaFigure = AreaList | MonthNumber
/** Whatever a section may count. */
export type Figure = CountedList | MonthNumber
export const areaFigures: readonly AreaFigure[] = [...areaLists, ...monthNumbers]

/** How much of each figure; what is not named is none. */
export type Counts<F extends Figure = Figure> = Readonly<Partial<Record<F, number>>>

/** What counts in one section of a unit: of itself, and of all that lies below it. */
export interface Section {
  readonly own: Counts
  readonly below: Counts<AreaFigure>
}

/** What a section shows: its own lists, and those of its area with all that lies below. */
export const totalOf = ({ own, below }: Section): Counts => {
  const total: Partial<Record<Figure, number>> = { ...own }
  for (const figure of areaFigures) {
    const sum = (own[figure] ?? 0) + (below[figure] ?? 0)
    if (sum !== 0) total[figure] = sum
  }
  return total
}

/** What lies below a unit is what its children show: worked out anew from all of them, never added to. */
export const foldedUp = (children: readonly Section[]): Counts<AreaFigure> => {
  const below: Partial<Record<AreaFigure, number>> = {}
  for (const child of children) {
    const total = totalOf(child)
    for (const figure of areaFigures)
      if (total[figure]) below[figure] = (below[figure] ?? 0) + (total[figure] ?? 0)
  }
  return below
}

/**
 * What somebody may know of: what is everybody's, and all complaints but those that accuse a unit they have a seat in
 * (H4). What has come in one section and not yet in another is never less than nothing.
 */
export const knownCounts = (
  everybodys: Section,
  complaints: { readonly all: Section; readonly hidden: readonly Section[] } | null,
): Counts => {
  const known: Partial<Record<Figure, number>> = {}
  const add = (section: Section, times: 1 | -1): void => {
    for (const [list, count = 0] of Object.entries(totalOf(section)) as [Figure, number | undefined][])
      known[list] = (known[list] ?? 0) + times * count
  }
  add(everybodys, 1)
  if (complaints) {
    add(complaints.all, 1)
    for (const section of complaints.hidden) add(section, -1)
  }
  return Object.fromEntries(Object.entries(known).map(([list, count]) => [list, Math.max(0, count)]))
}
