import { type Point, type Rings, tileMetres, tilesAround, tilesOfPolygon } from '../../../ground/geometry'
import type { RoutedUnit } from '../../organisation/rules/unit'

/** 网格, the smallest management area: every place in it belongs to one branch. */
export interface GridCell {
  readonly id: string
  /** In the resident's words: 后炭市社区第三网格. */
  readonly name: string
  readonly branchId: string
  readonly rings: Rings
  /** Drawn by a program for want of surveyed borders; the map says so. */
  readonly isGenerated: boolean
  /** The branch that answers for the cell. */
  readonly unit: RoutedUnit
}

/** Zooms of about 900 m to 30 km a tile in the region: the surroundings in which the nearest ground is looked for. */
const surroundingZooms = [15, 14, 13, 12, 11, 10] as const

/** What a cell is found by: the tiles it touches, the units whose ground it is, the larger tiles of its middle. */
export interface CellKeys {
  readonly unitPath: readonly string[]
  readonly tiles: readonly string[]
  readonly centre: Point
  readonly centreTiles: readonly string[]
}

/** Every drawing of a grid stores these beside its cells: a cell without them is never found. */
export const cellKeysOf = ({ unit, rings }: Pick<GridCell, 'unit' | 'rings'>): CellKeys => {
  const outer = rings[0] ?? []
  const middle = (axis: 0 | 1): number => {
    const values = outer.map((position) => position[axis])
    return (Math.min(...values) + Math.max(...values)) / 2
  }
  const centre = { lng: middle(0), lat: middle(1) }
  return {
    unitPath: unit.path,
    tiles: tilesOfPolygon(rings),
    centre,
    centreTiles: surroundingZooms.flatMap((zoom) => tilesAround(centre, 0, zoom)),
  }
}

/**
 * The tiles to look into for the nearest middle of a cell, ever wider: whatever lies within 900 m, within
 * 1.8 km, and so on to about 30 km.
 */
export const surroundingsOf = (point: Point): readonly (readonly string[])[] =>
  surroundingZooms.map((zoom) => tilesAround(point, tileMetres(point.lat, zoom), zoom))
