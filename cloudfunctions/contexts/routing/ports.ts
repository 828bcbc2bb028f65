import type { Point } from '../../ground/geometry'

export interface CoverageGaps {
  add(reportId: string, point: Point, unitPath: readonly string[], at: number): Promise<void>
}
