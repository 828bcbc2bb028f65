import { cellKeysOf } from '../../cloudfunctions/contexts/grid/rules/grid-cell'
import { toRoutedUnit, type Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { movePoint, type Point, type Position } from '../../cloudfunctions/ground/geometry'
import { banner, branch, housingBureau, league, otherBranch, region, township } from './builders'

// The documents of the town that tests and checks play in.

export const townUnits: readonly Unit[] = [
  region,
  league,
  banner,
  township,
  branch,
  otherBranch,
  housingBureau,
]

/** In the middle of 后炭市社区’s only cell; the cell of 东街社区 begins 500 m to the east. */
export const inTheLane: Point = { lng: 110.52, lat: 40.56 }

/** A square of a kilometre whose middle lies so far from the lane. */
export const aCell = (unit: Unit, eastMetres: number) => {
  const centre = movePoint(inTheLane, eastMetres, 0)
  const corners = [
    [-500, -500],
    [500, -500],
    [500, 500],
    [-500, 500],
    [-500, -500],
  ] as const
  const ring = corners.map(([east, north]): Position => {
    const { lng, lat } = movePoint(centre, east, north)
    return [lng, lat]
  })
  const routed = toRoutedUnit(unit)
  return {
    _id: `cell-${unit.id}`,
    name: `${unit.areaName}第一网格`,
    branchId: unit.id,
    rings: [ring],
    isGenerated: true,
    unit: routed,
    ...cellKeysOf({ unit: routed, rings: [ring] }),
  }
}

/** A photograph that lies ready for its owner, in this folder of the storage. */
export const aPhotoReady = (id: string, owner: string, folder: string) => ({
  _id: id,
  owner,
  usedIn: null,
  fileId: `cloud://local.local-bucket/photos/${folder}/full.jpg`,
  thumbFileId: `cloud://local.local-bucket/photos/${folder}/thumb.jpg`,
  width: 400,
  height: 300,
  bytes: 9,
  // As if just taken in, whenever it is used.
  admittedAt: Date.parse('2099-01-01'),
})

export const toDocument = <T extends { readonly id: string }>({ id, ...rest }: T) => ({ _id: id, ...rest })
