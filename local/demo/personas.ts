import type { Membership, StaffRole, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { demoUnit, demoUnits, storyCommunityId, townshipServiceId } from './divisions'
import personas from './public/personas.json'

/** Somebody one can be in the local build. */
export interface DemoPersona {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly hint: string
}
export const demoPersonas: readonly DemoPersona[] = personas

/** The account of a persona: custom sign-in with the persona's id. */
export const accountOf = (personaId: string): string => `custom:${personaId}`

type Duty = readonly [unitId: string, role: StaffRole]

/** What each persona works as; residents need no membership, and one person may hold several (“一肩挑”). */
const duties: Readonly<Record<string, readonly Duty[]>> = {
  'resident-1': [],
  'resident-2': [],
  [`secretary-${storyCommunityId}`]: [[storyCommunityId, 'secretary']],
  [`grid-worker-${storyCommunityId}`]: [[storyCommunityId, 'grid-worker']],
  [`counter-${storyCommunityId}`]: [[storyCommunityId, 'counter']],
  'partner-150221-housing': [['150221-housing', 'partner-staff']],
  'upper-150221104': [['150221104', 'clerk']],
  'upper-150221': [['150221', 'clerk']],
  'chair-150221': [['150221', 'chair']],
  'admin-150221': [['150221', 'admin']],
  'admin-150221-second': [['150221', 'admin']],
  'upper-1502': [['1502', 'clerk']],
  'upper-15': [['15', 'clerk']],
  'secretary-150421201207': [
    ['150421201207', 'secretary'],
    [townshipServiceId, 'partner-staff'],
  ],
  'upper-150421201': [['150421201', 'clerk']],
}

const seat = (accountId: string, unit: Unit, role: StaffRole, id: string, name?: string): Membership => ({
  id,
  accountId,
  unitId: unit.id,
  unitName: unit.name,
  unitLevel: unit.level,
  role,
  ...(name === undefined ? {} : { name }),
})

const personaMemberships: readonly Membership[] = demoPersonas.flatMap(({ id, name }) => {
  const held = duties[id]
  if (!held) throw new Error(`nobody knows what ${id} works as`)
  return held.map(([unitId, role], at) =>
    seat(accountOf(id), demoUnit(unitId), role, `${id}:${at + 1}`, name),
  )
})

const rolesOf = ({ kind }: Unit): readonly StaffRole[] => {
  switch (kind) {
    case 'committee':
    case 'community-committee':
      return ['clerk']
    case 'partner':
      return ['partner-staff']
    default:
      return ['secretary', 'grid-worker']
  }
}

/** Marks an account that nobody can be: it only fills a seat of the demonstration. */
const fillerPrefix = 'demo-'

/** Seats that no persona holds, so that every unit has somebody who can be handed a report (L2). */
const fillerMemberships: readonly Membership[] = demoUnits.flatMap((unit) =>
  rolesOf(unit)
    .filter((role) => !personaMemberships.some((one) => one.unitId === unit.id && one.role === role))
    .map((role) => {
      const id = `${fillerPrefix}${role}-${unit.id}`
      return seat(accountOf(id), unit, role, id)
    }),
)

export const demoMemberships: readonly Membership[] = [...personaMemberships, ...fillerMemberships]

const seatsOf = <K>(keyOf: (membership: Membership) => K): ReadonlyMap<K, readonly Membership[]> => {
  const seats = new Map<K, Membership[]>()
  for (const membership of demoMemberships) {
    const key = keyOf(membership)
    seats.set(key, [...(seats.get(key) ?? []), membership])
  }
  return seats
}
const byUnit = seatsOf((membership) => membership.unitId)
const byAccount = seatsOf((membership) => membership.accountId)

export const membersOf = (unitId: string): readonly Membership[] => byUnit.get(unitId) ?? []
export const membershipsOf = (accountId: string): readonly Membership[] => byAccount.get(accountId) ?? []

/** Who works there as this. */
export const workerIn = (unitId: string, role: StaffRole): string => {
  const found = membersOf(unitId).find((membership) => membership.role === role)
  if (!found) throw new Error(`nobody works as ${role} in ${unitId}`)
  return found.accountId
}

/** Up to when the personas have read what came for them: only the last days’ messages are new. */
export const demoInboxMarks = (now: number): readonly { readonly _id: string; readonly untilAt: number }[] =>
  demoPersonas.flatMap(({ id }) =>
    [
      `account:${accountOf(id)}`,
      ...membershipsOf(accountOf(id)).map((membership) => `unit:${membership.unitId}`),
    ].map((recipient) => ({ _id: `${accountOf(id)}@${recipient}`, untilAt: now - 2 * dayMs })),
  )
