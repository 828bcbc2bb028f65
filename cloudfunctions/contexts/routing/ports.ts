import type { Point } from '../../ground/geometry'
import type { Grid } from '../grid/ports'
import type { Units } from '../organisation/ports'
import type { RuleBooks } from '../rule-book/ports'

export interface CoverageGaps {
  add(reportId: string, point: Point, unitPath: readonly string[], at: number): Promise<void>
}

/** What it asks of the outside. */
export interface RoutingPorts {
  readonly units: Pick<Units, 'lately'>
  readonly grid: Pick<Grid, 'inTiles' | 'groundNear' | 'specialUnits'>
  readonly ruleBooks: Pick<RuleBooks, 'of'>
}
