import { allBelow } from '../../organisation/rules/unit'
import {
  type CountedFigure,
  type CountedList,
  type OwnList,
  ownLists,
  partsOfFigure,
} from '../../report/rules/lies-in'
import type { DayFigure } from './flows'
import type { MonthNumber } from './rates'

/** Whatever a section may count. */
export type Figure = CountedFigure | MonthNumber | DayFigure

/** How much of each figure; what is not named is none. */
export type Counts<F extends Figure = Figure> = Readonly<Partial<Record<F, number>>>

const ownAlone: ReadonlySet<string> = new Set<OwnList>(ownLists)

/** Whether it counts what lies in a unit and all that lies below it. */
const isOfArea = (figure: string): boolean => !ownAlone.has(partsOfFigure(figure).list)

/** What counts in one section of a unit: of itself, and of all that lies below it. */
export interface Section {
  readonly own: Counts
  readonly below: Counts
}

/** All of them added up; what comes to nothing is not named. */
export const sumOf = (all: readonly Counts[]): Counts => {
  const sum: Partial<Record<Figure, number>> = {}
  for (const counts of all)
    for (const [figure, count = 0] of Object.entries(counts) as [Figure, number | undefined][])
      if (count !== 0) sum[figure] = (sum[figure] ?? 0) + count
  return sum
}

/** What a section shows: its own lists, and those of its area with all that lies below. */
export const totalOf = ({ own, below }: Section): Counts => sumOf([own, below])

/** What lies below a unit is what its children show: worked out anew from all of them, never added to. */
export const foldedUp = (children: readonly Section[]): Counts => {
  const all = Object.entries(sumOf(children.map(totalOf)))
  return Object.fromEntries(all.filter(([figure, count]) => isOfArea(figure) && count !== 0))
}

/** Of means that are added up in another order less than this is left: it is no difference. */
export const roundingOfSums = 1e-6

/** What has to be added to `is` for it to be `should`; empty where nothing has. */
export const difference = (should: Counts, is: Counts): Counts => {
  const figures = [...new Set([...Object.keys(should), ...Object.keys(is)])] as Figure[]
  return Object.fromEntries(
    figures.flatMap((figure) => {
      const by = (should[figure] ?? 0) - (is[figure] ?? 0)
      return Math.abs(by) < roundingOfSums ? [] : [[figure, by]]
    }),
  )
}

export const isSame = (one: Counts, other: Counts): boolean =>
  Object.keys(difference(one, other)).length === 0

/**
 * What somebody may know of: what is everybody's, and of complaints those that accuse none of their seats (H4). One that
 * was counted before it said whom it accuses may accuse everybody below the unit whose figures these are. Nothing is taken away: of a complaint that is hidden from them nothing they see is made, however far it has been
 * counted. A departure that has come before its arrival leaves no less than nothing.
 */
export const knownCounts = (
  everybodys: Section,
  complaints: {
    readonly unitId: string
    readonly sections: readonly Section[]
    readonly seatsIn: readonly string[]
  } | null,
): Counts<CountedList | MonthNumber> => {
  const known: Record<string, number> = {}
  const add = (section: Section, mayKnowOf: (accused: string | undefined) => boolean): void => {
    for (const [figure, count = 0] of Object.entries(totalOf(section))) {
      const { list, accused } = partsOfFigure(figure)
      if (mayKnowOf(accused)) known[list] = (known[list] ?? 0) + count
    }
  }
  add(everybodys, () => true)
  if (complaints) {
    const { unitId, sections, seatsIn } = complaints
    const mayKnowOf = (accused = allBelow(unitId)): boolean => !seatsIn.includes(accused)
    for (const section of sections) add(section, mayKnowOf)
  }
  return Object.fromEntries(Object.entries(known).map(([list, count]) => [list, Math.max(0, count)]))
}
