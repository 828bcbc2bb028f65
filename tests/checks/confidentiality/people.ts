import { cellKeysOf } from '../../../cloudfunctions/contexts/grid/rules/grid-cell'
import type { Membership, StaffRole, Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { movePoint, type Point, type Position } from '../../../cloudfunctions/ground/geometry'
import type { Document } from './memory-database'

/** A Monday morning in working hours; every history begins here. */
export const mondayAt = Date.parse('2026-03-02T10:00:00+08:00')

const aUnit = (unit: Pick<Unit, 'id' | 'name' | 'kind' | 'level'>, parent?: Unit): Unit => ({
  ...unit,
  areaName: unit.name.replace(/党支部|党委/, ''),
  parentId: parent?.id ?? null,
  path: [...(parent?.path ?? []), unit.id],
})

const region = aUnit({ id: '15', name: '内蒙古自治区党委', kind: 'committee', level: 'region' })
const league = aUnit({ id: '1502', name: '包头市委', kind: 'committee', level: 'league' }, region)
export const banner = aUnit(
  { id: '150221', name: '土默特右旗委', kind: 'committee', level: 'banner' },
  league,
)
export const township = aUnit(
  { id: '150221100', name: '萨拉齐镇党委', kind: 'committee', level: 'township' },
  banner,
)
export const branch = aUnit(
  { id: '150221100001', name: '后炭市社区党支部', kind: 'branch', level: 'village' },
  township,
)
export const otherBranch = aUnit(
  { id: '150221100002', name: '东街社区党支部', kind: 'branch', level: 'village' },
  township,
)
export const partner = aUnit(
  { id: '150221-housing', name: '住建局', kind: 'partner', level: 'banner' },
  banner,
)
export const units: readonly Unit[] = [region, league, banner, township, branch, otherBranch, partner]

/** Who works where, all the time. */
const seats: Readonly<Record<string, readonly [Unit, StaffRole]>> = {
  secretary: [branch, 'secretary'],
  'grid-worker': [branch, 'grid-worker'],
  'branch-admin': [branch, 'admin'],
  'other-secretary': [otherBranch, 'secretary'],
  'other-worker': [otherBranch, 'grid-worker'],
  handler: [partner, 'partner-staff'],
  'partner-lead': [partner, 'partner-lead'],
  clerk: [township, 'clerk'],
  'second-clerk': [township, 'clerk'],
  counter: [township, 'counter'],
  leader: [township, 'leader'],
  'banner-clerk': [banner, 'clerk'],
  chair: [banner, 'chair'],
  'region-clerk': [region, 'clerk'],
}
/** Who takes steps as staff. */
export const staff = Object.keys(seats)
export const residents = ['neighbour', 'second-neighbour', 'third-neighbour'] as const

export const accountOf = (person: string): string => `custom:${person}`

export const aSeat = (
  person: string,
  unit: Unit,
  role: StaffRole,
  from?: number,
): Omit<Membership, 'id'> & { readonly _id: string } => ({
  _id: `seat-${person}-${unit.id}-${role}`,
  accountId: accountOf(person),
  unitId: unit.id,
  unitName: unit.name,
  unitLevel: unit.level,
  role,
  ...(from === undefined ? {} : { fromAt: from }),
})

/** In the middle of the first branch’s only cell; the other branch’s begins 500 m to the east. */
export const inTheLane: Point = { lng: 110.52, lat: 40.56 }
export const spots = {
  lane: inTheLane,
  besideTheLane: movePoint(inTheLane, 30, 20),
  border: movePoint(inTheLane, 496, 0),
  eastStreet: movePoint(inTheLane, 1000, 40),
  gap: movePoint(inTheLane, -650, 0),
  steppe: movePoint(inTheLane, 8000, 0),
} as const

const aCell = (unit: Unit, eastMetres: number): Document => {
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
  const routed = { id: unit.id, name: unit.name, path: unit.path, level: unit.level }
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

const toDocument = <T extends { readonly id: string }>({ id, ...rest }: T): Document => ({ _id: id, ...rest })

/** Photographs that lie ready for somebody: `photo-of-neighbour-2`. */
export const photosReady = 8
export const photoOf = (person: string, no: number): string => `photo-of-${person}-${no % photosReady}`
const withPhotos = [
  'hidden',
  'p',
  'q',
  ...residents,
  'secretary',
  'grid-worker',
  'handler',
  'other-secretary',
  'clerk',
  'banner-clerk',
]

/** Everything that lies in the database before anything happens. `accountFor` says whose account is behind a name. */
export const beginnings = (
  ownerOf: (photoId: string, accountId: string) => string,
  accountFor: (person: string) => string,
): Readonly<Record<string, readonly Document[]>> => ({
  units: units.map(toDocument),
  partnerships: [
    toDocument({
      id: 'ps-1',
      partnerId: partner.id,
      partnerName: partner.name,
      unitId: township.id,
      since: mondayAt - 1,
    }),
  ],
  memberships: Object.entries(seats).map(
    ([person, [unit, role]]) => aSeat(person, unit, role) as unknown as Document,
  ),
  grid_cells: [aCell(branch, 0), aCell(otherBranch, 1000)],
  photos: withPhotos.flatMap((person) =>
    Array.from({ length: photosReady }, (_, no): Document => {
      const id = photoOf(person, no)
      return {
        _id: id,
        owner: ownerOf(id, accountFor(person)),
        usedIn: null,
        fileId: `cloud://local.local-bucket/photos/${id}/full.jpg`,
        thumbFileId: `cloud://local.local-bucket/photos/${id}/thumb.jpg`,
        width: 400,
        height: 300,
        bytes: 9,
        // As if just taken in, whenever a history uses it.
        admittedAt: Date.parse('2099-01-01'),
      }
    }),
  ),
})
