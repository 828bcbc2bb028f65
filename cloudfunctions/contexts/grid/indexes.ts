import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { SpecialUnit } from './ports'
import type { GridCellDocument } from './store'

export const collections = {
  special_units: {
    of_kind: {
      by: { bannerId: 1, kind: 1, _id: 1 },
      reason: 'routing: the specialised branches of a banner',
    },
    active: {
      by: { bannerId: 1, kind: 1, activeUntil: 1, _id: 1 },
      reason: 'routing: the squads of a banner whose time is not over, without those of years past',
    },
  } satisfies IndexesOf<Stored<SpecialUnit>>,
  grid_cells: {
    tiles: { each: 'tiles', by: { _id: 1 }, reason: 'routing: the cells around a point' },
    of_unit: {
      each: 'unitPath',
      by: { _id: 1 },
      reason: '上报 and 诉求详情: the map of a branch or a township',
    },
    centre_tiles: {
      each: 'centreTiles',
      by: { _id: 1 },
      reason: 'routing of a point that lies in no cell: cells whose middle is near',
    },
  } satisfies IndexesOf<GridCellDocument>,
} satisfies Collections
