import { distanceMetres } from '../../ground/geometry'
import { bannerOf } from '../../ground/unit-path'
import type { Store } from '../../platform/cloudbase/database'
import { instanceReads } from '../../platform/cloudbase/instance-memory'
import { fromDocument, mostOfOne, type Stored } from '../../platform/cloudbase/stored'
import type { RoutedUnit } from '../organisation/rules/unit'
import type { Grid, SpecialUnit } from './ports'
import { type CellKeys, type GridCell, surroundingsOf } from './rules/grid-cell'

/** Cells within 30 km: a large city has thousands. */
const mostNear = 50_000

/** The region has a hundred. */
const mostBanners = 500

export type GridCellDocument = Stored<GridCell> & CellKeys

/** Of a cell is read what it is, not what it is found by. */
const cellFields = [
  'name',
  'branchId',
  'rings',
  'isGenerated',
  'unit',
] as const satisfies readonly (keyof GridCell)[]
type CellDocument = Pick<GridCellDocument, '_id' | (typeof cellFields)[number]>
const wholeCells = { atMost: mostOfOne, fields: cellFields }

export const gridRepository = (store: Store): Grid => {
  const { command } = store
  // A temporary unit begins and ends by its own instants, which whoever routes compares: only its being entered is seen late.
  const special = instanceReads<readonly SpecialUnit[]>(mostBanners)
  const dutiesOf = async ({
    id,
    path,
  }: Pick<RoutedUnit, 'id' | 'path'>): Promise<readonly Stored<SpecialUnit>[]> => {
    const bannerId = bannerOf(path)
    if (bannerId === null) return []
    const ofBanner = { bannerId, kind: command.in(['specialised', 'temporary']) }
    const found = await store.findAll<Stored<SpecialUnit>>('special_units', ofBanner, { atMost: mostOfOne })
    return found.filter(({ unit }) => unit.id === id)
  }
  const toCell = (document: CellDocument): GridCell => fromDocument<GridCell>(document)
  return {
    inTiles: async (tiles) =>
      (await store.findIn<CellDocument>('grid_cells', 'tiles', tiles, {}, wholeCells)).map(toCell),
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
      (await store.findAll<CellDocument>('grid_cells', { unitPath: unitId }, wholeCells)).map(toCell),
    hasCells: async (unitId) =>
      (await store.first('grid_cells', { unitPath: unitId }, [['_id', 'asc']], 1, ['_id'])).length > 0,
    giveCells: async (fromUnitId, to) => {
      const cells = await store.findAll<CellDocument>('grid_cells', { unitPath: fromUnitId }, wholeCells)
      for (const cell of cells) {
        if (cell.branchId !== fromUnitId) continue
        const unit = { id: to.id, name: to.name, path: to.path, level: to.level }
        const given = { branchId: to.id, unit, unitPath: to.path }
        await store.update('grid_cells', { _id: cell._id, branchId: fromUnitId }, given)
      }
    },
    giveDuties: async (from, to) => {
      const unit = { id: to.id, name: to.name, path: to.path, level: to.level }
      const bannerId = bannerOf(to.path)
      for (const { _id } of await dutiesOf(from))
        await store.update('special_units', { _id }, { unit, ...(bannerId === null ? {} : { bannerId }) })
    },
    endDuties: async (of, at) => {
      for (const { _id, activeUntil = at } of await dutiesOf(of))
        await store.update('special_units', { _id }, { activeUntil: Math.min(activeUntil, at) })
    },
    specialUnits: (bannerId, at) =>
      special.of(bannerId, async () => {
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
        return found
          .flat()
          .filter(({ activeUntil = Number.POSITIVE_INFINITY }) => activeUntil > at)
          .map((document) => fromDocument<SpecialUnit>(document))
      }),
  }
}
