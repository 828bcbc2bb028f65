import type { Membership, StaffRole, Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { movePoint } from '../../../cloudfunctions/ground/geometry'
import {
  banner,
  branch,
  housingBureau,
  mondayAt,
  otherBranch,
  region,
  township,
} from '../../support/builders'
import { aCell, aPhotoReady, inTheLane, toDocument, townUnits } from '../../support/town'
import type { Document } from './memory-database'

/** Who works where, all the time. */
const seats: Readonly<Record<string, readonly [Unit, StaffRole]>> = {
  secretary: [branch, 'secretary'],
  'grid-worker': [branch, 'grid-worker'],
  'branch-admin': [branch, 'admin'],
  'other-secretary': [otherBranch, 'secretary'],
  'other-worker': [otherBranch, 'grid-worker'],
  handler: [housingBureau, 'partner-staff'],
  'partner-lead': [housingBureau, 'partner-lead'],
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

export const spots = {
  lane: inTheLane,
  besideTheLane: movePoint(inTheLane, 30, 20),
  border: movePoint(inTheLane, 496, 0),
  eastStreet: movePoint(inTheLane, 1000, 40),
  gap: movePoint(inTheLane, -650, 0),
  steppe: movePoint(inTheLane, 8000, 0),
} as const

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
  units: townUnits.map(toDocument),
  partnerships: [
    toDocument({
      id: 'ps-1',
      partnerId: housingBureau.id,
      partnerName: housingBureau.name,
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
      return aPhotoReady(id, ownerOf(id, accountFor(person)), id)
    }),
  ),
})
