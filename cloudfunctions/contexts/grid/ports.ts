import type { Point } from '../../ground/geometry'
import type { CategoryId } from '../category/rules/category'
import type { Units } from '../organisation/ports'
import type { RoutedUnit } from '../organisation/rules/unit'
import type { GridCell } from './rules/grid-cell'

export interface SpecialUnit {
  readonly id: string
  readonly kind: 'specialised' | 'temporary'
  readonly bannerId: string
  readonly unit: RoutedUnit
  readonly categoryIds: readonly CategoryId[]
  readonly rings?: GridCell['rings']
  readonly activeFrom?: number
  readonly activeUntil?: number
}

export interface Grid {
  /** Cells with a part in any of the map tiles. */
  inTiles(tiles: readonly string[]): Promise<readonly GridCell[]>
  /**
   * The unit of a cell whose middle is near, up to about 30 km: the nearest, unless more than a thousand lie
   * equally far as tiles tell. Good enough for whose queue it is, never for who answers.
   */
  groundNear(point: Point): Promise<RoutedUnit | undefined>
  ofUnit(unitId: string): Promise<readonly GridCell[]>
  hasCells(unitId: string): Promise<boolean>
  /** The cells of one unit become another's, or the same one's under another name. */
  giveCells(fromUnitId: string, to: RoutedUnit): Promise<void>
  /** What a squad or a specialised branch answers for becomes another's, or the same one's under another name. */
  giveDuties(from: Pick<RoutedUnit, 'id' | 'path'>, to: RoutedUnit): Promise<void>
  /** It answers for nothing more from an instant on. */
  endDuties(of: Pick<RoutedUnit, 'id' | 'path'>, at: number): Promise<void>
  /** Specialised branches, and temporary units whose time is not over. */
  specialUnits(bannerId: string, at: number): Promise<readonly SpecialUnit[]>
}

/** What it asks of the outside. */
export interface GridPorts {
  readonly units: Pick<Units, 'get'>
  readonly grid: Pick<Grid, 'ofUnit'>
}
