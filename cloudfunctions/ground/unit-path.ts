/**
 * Ids of the five linked levels, from the region down to one unit: region, league, banner, township, village. A unit of
 * a level further up has a shorter path; what a community has below it has a longer one. Nothing outside this file counts
 * along a path.
 */
export type UnitPath = readonly string[]

const places = { region: 0, banner: 2, township: 3, village: 4 } as const

/** The last of a list, null where it is empty. */
export const lastOf = <T>(list: readonly T[]): T | null => list[list.length - 1] ?? null

/** The unit itself. */
export const unitOf = (path: UnitPath): string | null => lastOf(path)
export const regionOf = (path: UnitPath): string | null => path[places.region] ?? null
/** Null above the banners. */
export const bannerOf = (path: UnitPath): string | null => path[places.banner] ?? null
/** Null above the townships. */
export const townshipOf = (path: UnitPath): string | null => path[places.township] ?? null
/** The community or village; null above them. */
export const villageOf = (path: UnitPath): string | null => path[places.village] ?? null

/** The unit one level up, or null at the region. */
export const oneLevelUp = (path: UnitPath): string | null => path[path.length - 2] ?? null

/** How many levels down it lies: 1 for the region. */
export const depthOf = (path: UnitPath): number => path.length

/** Every unit above it, from the region down. */
export const unitsAbove = (path: UnitPath): UnitPath => path.slice(0, -1)

/** Whether it lies below a banner. */
export const isBelowBanner = (path: UnitPath): boolean => path.length > places.banner + 1

/** From the region down to its banner; the whole path above the banners. */
export const pathToBanner = (path: UnitPath): UnitPath => path.slice(0, places.banner + 1)

/** From its banner down to itself; empty above the banners. */
export const pathFromBanner = (path: UnitPath): UnitPath => path.slice(places.banner)

/** From the region down to one of the path's units; undefined where it is none of them. */
export const pathTo = (path: UnitPath, unitId: string): UnitPath | undefined => {
  const place = path.indexOf(unitId)
  return place < 0 ? undefined : path.slice(0, place + 1)
}

/** The unit above the highest of these, or the region where that is one of them; null where none lies on the path. */
export const aboveHighest = (path: UnitPath, unitIds: readonly string[]): string | null => {
  const place = path.findIndex((unitId) => unitIds.includes(unitId))
  return place < 0 ? null : (path[Math.max(0, place - 1)] ?? null)
}

/** The lowest unit above both paths, the units themselves apart; the region where nothing else is. */
export const lowestAboveBoth = (one: UnitPath, other: UnitPath): string | null => {
  let common: string | null = null
  for (let at = 0; at < Math.min(one.length, other.length) - 1; at += 1) {
    const id = one[at]
    if (id === undefined || id !== other[at]) break
    common = id
  }
  return common
}
