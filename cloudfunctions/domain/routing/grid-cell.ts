import type { Rings } from './geometry'
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
