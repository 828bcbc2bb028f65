import { isInPolygon, type Point, tilesAround } from '../../ground/geometry'
import type { Store } from '../../platform/cloudbase/database'
import type { ShapeHistory, Stored } from '../../platform/cloudbase/shape'
import { mostOfOne } from '../../platform/cloudbase/stored'
import { cellKeysOf, type GridCell } from './rules/grid-cell'

export const gridShapes: ShapeHistory = {
  steps: [
    (document) => {
      if ('centre' in document) return document
      const { coarseTiles: _tiles, ...cell } = document
      return { ...cell, ...cellKeysOf(cell as unknown as GridCell) } as unknown as Stored
    },
  ],
}

/** The unit that answers for the cell in which a point lies, of whichever shape the cell is. */
export const unitOfGround =
  (store: Store) =>
  async (point: Point): Promise<string | undefined> =>
    (
      await store.findIn<GridCell & { readonly _id: string }>(
        'grid_cells',
        'tiles',
        tilesAround(point, 0),
        {},
        { atMost: mostOfOne },
      )
    ).find(({ rings }) => isInPolygon(point, rings))?.unit.id
