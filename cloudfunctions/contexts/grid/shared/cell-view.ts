import type { OutputOf } from '../contract'
import type { GridCell } from '../rules/grid-cell'

export const toCellView = (cell: GridCell): OutputOf<'grid.cells'>['cells'][number] => ({
  id: cell.id,
  name: cell.name,
  branchId: cell.branchId,
  branchName: cell.unit.name,
  rings: cell.rings.map((ring) => ring.map(([lng, lat]): [number, number] => [lng, lat])),
  isGenerated: cell.isGenerated,
})
