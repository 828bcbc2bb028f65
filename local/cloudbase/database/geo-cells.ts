import { angleBetween, type Box, type Position, readShape, turnsToOverlap } from './geo'

/**
 * Longitude and latitude halved again and again: a cell's name is the quarter taken at each step, so that everything
 * in a cell has a name that begins with the cell's.
 */
export interface Cell extends Box {
  readonly name: string
}

/** 2.4 m along the equator. */
export const finestLevel = 24
/** Shapes stand in cells of every second level only: fewer places to look for what is larger than a cell. */
const levelStep = 2
/** One shape stands in so many cells at most. */
const mostCellsOfShape = 8

export const wholeEarth: Cell = { name: '', west: -180, south: -90, east: 180, north: 90 }

export const quarters = ({ name, west, south, east, north }: Cell): readonly Cell[] => {
  const [longitude, latitude] = [(west + east) / 2, (south + north) / 2]
  return [
    { name: `${name}0`, west, south, east: longitude, north: latitude },
    { name: `${name}1`, west: longitude, south, east, north: latitude },
    { name: `${name}2`, west, south: latitude, east: longitude, north },
    { name: `${name}3`, west: longitude, south: latitude, east, north },
  ]
}

const cellOfPoint = ([longitude, latitude]: Position): string => {
  let { west, south, east, north } = wholeEarth
  let name = ''
  for (let level = 0; level < finestLevel; level += 1) {
    const [middle, half] = [(west + east) / 2, (south + north) / 2]
    name += String(Number(longitude >= middle) + 2 * Number(latitude >= half))
    if (longitude >= middle) west = middle
    else east = middle
    if (latitude >= half) south = half
    else north = half
  }
  return name
}

/** The finest cells of one level that hold everything `isTouched` says yes to, `most` at most. */
export const coverOf = (isTouched: (cell: Cell) => boolean, most: number, step = 1): readonly Cell[] => {
  let cover: readonly Cell[] = [wholeEarth]
  for (let level = step; level <= finestLevel; level += step) {
    let finer = cover
    for (let at = 0; at < step; at += 1) finer = finer.flatMap(quarters).filter(isTouched)
    if (finer.length > most) return cover
    cover = finer
  }
  return cover
}

export const isOverlapping = (cell: Cell, boxes: readonly Box[]): boolean =>
  boxes.some((box) => turnsToOverlap(box, cell).length > 0)

/** The cells under which a GeoJSON value stands in an index. Throws GeoProblem for what is none. */
export const cellsOf = (value: unknown): readonly string[] => {
  const shape = readShape(value)
  return shape.flatMap(({ part, box }) =>
    part.type === 'Point'
      ? [cellOfPoint([part.coordinates[0] ?? 0, part.coordinates[1] ?? 0])]
      : coverOf((cell) => isOverlapping(cell, [box]), mostCellsOfShape, levelStep).map((cell) => cell.name),
  )
}

/** The cells around a cell in which shapes can stand that reach into it. */
export const cellsAround = ({ name }: Cell): readonly string[] =>
  Array.from({ length: Math.ceil(name.length / levelStep) }, (_, at) => name.slice(0, at * levelStep))

/** More than what rounding loses: 6 cm. */
const slackRadians = 1e-8

/** No point of the cell is nearer than this, in radians: its nearest point is north, south, or on its nearer side. */
export const leastAngle = (from: Position, cell: Cell): number => {
  const [longitude, latitude] = from
  const within: Position = [longitude, Math.min(Math.max(latitude, cell.south), cell.north)]
  if (
    turnsToOverlap({ west: longitude, east: longitude, south: cell.south, north: cell.north }, cell).length >
    0
  )
    return Math.max(0, angleBetween(from, within) - slackRadians)
  const angles = [cell.west, cell.east].flatMap((side) => {
    const step = ((side - longitude) * Math.PI) / 180
    const lat = (latitude * Math.PI) / 180
    // Where the way from here meets the side's meridian at a right angle.
    const foot = (Math.atan2(Math.sin(lat), Math.cos(lat) * Math.cos(step)) * 180) / Math.PI
    const isOnSide = foot >= cell.south && foot <= cell.north
    return [cell.south, cell.north, ...(isOnSide ? [foot] : [])].map((one) => angleBetween(from, [side, one]))
  })
  return Math.max(0, Math.min(...angles) - slackRadians)
}
