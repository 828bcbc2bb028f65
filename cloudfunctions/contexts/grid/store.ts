import { distanceMetres } from '../../ground/geometry'
import type { Store } from '../../platform/cloudbase/database'
import { fromDocument, mostOfOne, type Stored } from '../../platform/cloudbase/stored'
import { instanceMemory } from '../../platform/instance-memory'
import type { Grid, SpecialUnit } from './ports'
import { type CellKeys, type GridCell, surroundingsOf } from './rules/grid-cell'

/** Cells within 30 km: a large city has thousands. */
const mostNear = 50_000

/** The region has a hundred. */
const mostBanners = 500

export type GridCellDocument = Stored<GridCell> & CellKeys

export const gridRepository = (store: Store): Grid => {
  const { command } = store
  // A temporary unit begins and ends by its own instants, which whoever routes compares: only its being entered is seen late.
  const special = instanceMemory<readonly SpecialUnit[]>(mostBanners)
  const toCell = ({
    tiles: _t,
    unitPath: _u,
    centre: _c,
    centreTiles: _m,
    ...cell
  }: GridCellDocument): GridCell => fromDocument<GridCell>(cell)
  return {
    inTiles: async (tiles) =>
      (await store.findIn<GridCellDocument>('grid_cells', 'tiles', tiles, {}, { atMost: mostOfOne })).map(
        toCell,
      ),
    groundNear: async (point) => {
      for (const tiles of surroundingsOf(point)) {
        const middles = await store.findIn<Pick<GridCellDocument, '_id' | 'centre' | 'unit'>>(
          'grid_cells',
          'centreTiles',
          tiles,
          {},
          { atMost: mostNear, fields: ['centre', 'unit'] },
        )
        const [nearest] = [...middles].sort(
          (a, b) =>
            distanceMetres(point, a.centre) - distanceMetres(point, b.centre) || (a._id < b._id ? -1 : 1),
        )
        if (nearest) return nearest.unit
      }
      return undefined
    },
    ofUnit: async (unitId) =>
      (await store.findAll<GridCellDocument>('grid_cells', { unitPath: unitId }, { atMost: mostOfOne })).map(
        toCell,
      ),
    specialUnits: async (bannerId, at) => {
      const known = special.get(bannerId)
      if (known) return known
      const whole = { atMost: mostOfOne }
      const found = await Promise.all([
        store.findAll<Stored<SpecialUnit>>('special_units', { bannerId, kind: 'specialised' }, whole),
        // Temporary units stay in the collection for years after their time is over: the query leaves them out.
        store.findAll<Stored<SpecialUnit>>(
          'special_units',
          { bannerId, kind: 'temporary', activeUntil: command.gt(at) },
          { ...whole, by: 'activeUntil' },
        ),
      ])
      const units = found.flat().map((document) => fromDocument<SpecialUnit>(document))
      special.keep(bannerId, units)
      return units
    },
  }
}
