import { chinaDateOn, monthDayOf, yearOf } from '../../../ground/instant'

/** When the ground is frozen, by month and day (`MM-DD`): from before the turn of the year until after it, both days included. */
export interface FrozenSeason {
  readonly from: string
  readonly until: string
}

/** One winter: the year in which it begins, and its last Chinese date. */
export interface Winter {
  readonly year: number
  readonly endsOn: string
}

/** The winter in which an instant lies; undefined while the ground is thawed. */
export const winterAt = ({ from, until }: FrozenSeason, at: number): Winter | undefined => {
  const on = chinaDateOn(at)
  const monthDay = monthDayOf(on)
  if (monthDay > until && monthDay < from) return undefined
  const year = yearOf(on) - (monthDay < from ? 1 : 0)
  return { year, endsOn: `${year + 1}-${until}` }
}

/** The later beginning and the earlier end of two: a suspension for frozen ground fits into both. */
export const shorterSeason = (one: FrozenSeason, other: FrozenSeason): FrozenSeason => {
  const [, from = one.from] = [one.from, other.from].sort()
  const [until = one.until] = [one.until, other.until].sort()
  return { from, until }
}
