import { type Rings, tilesOfPolygon } from './geometry'
import type { RoutedUnit } from './routing'

/** 网格, the smallest management area: every place in it belongs to one branch. */
export interface GridCell {
  readonly id: string
  /** In the resident's words: 后炭市社区第三网格. */
  readonly name: string
  readonly branchId: string
  readonly rings: Rings
  /** West, south, east, north. */
  readonly bbox?: readonly [number, number, number, number]
  /** Drawn by a program for want of surveyed borders; the map says so. */
  readonly isGenerated: boolean
  /** The branch that answers for the cell. */
  readonly unit: RoutedUnit
}

/** What a cell is found by: the tiles it touches, the units whose ground it is, its middle as GeoJSON. */
export interface CellKeys {
  readonly unitPath: readonly string[]
  readonly tiles: readonly string[]
  readonly centre: { readonly type: 'Point'; readonly coordinates: readonly [number, number] }
}

/** Every drawing of a grid stores these beside its cells: a cell without them is never found. */
export const cellKeysOf = ({ unit, rings }: Pick<GridCell, 'unit' | 'rings'>): CellKeys => {
  const outer = rings[0] ?? []
  const lngs = outer.map(([lng]) => lng)
  const lats = outer.map(([, lat]) => lat)
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2
  return {
    unitPath: unit.path,
    tiles: tilesOfPolygon(rings),
    centre: { type: 'Point', coordinates: [middle(lngs), middle(lats)] },
  }
}
