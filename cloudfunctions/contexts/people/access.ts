import { ok, type Result, refuse } from '../../ground/result'
import { unitsAbove } from '../../ground/unit-path'
import type { Doer } from '../organisation/rules/seat'
import type { Session } from '../organisation/rules/session'
import type { Membership, StaffRole, Unit } from '../organisation/rules/unit'

/** What can be done about who sits where. */
export const peopleActions = [
  'invite',
  'see',
  'accept',
  'decline',
  'confirm',
  'refuse',
  'withdraw',
  'list',
  'coverage',
  'history',
  'end',
  'change-dates',
  'undo',
  'hand-over',
  'leaving',
] as const
export type PeopleAction = (typeof peopleActions)[number]

/**
 * How somebody stands to a seat or an invitation: by a seat in its unit (`own`) or in one above it (`above`), as who was
 * invited by it, as the other of a banner's first two admins (`sister`), or as who holds the seat. `anyone` has signed in
 * and brings its code.
 */
export const peopleRelations = ['own', 'above', 'invited', 'sister', 'holder', 'anyone'] as const
export type PeopleRelation = (typeof peopleRelations)[number]

/** Who may do something; without roles it is no seat that counts, but the part that somebody has in it. */
interface Grant {
  readonly relation: PeopleRelation
  readonly roles: readonly StaffRole[]
}

const seated = (roles: readonly StaffRole[]): readonly Grant[] => [
  { relation: 'own', roles },
  { relation: 'above', roles },
]
const as = (relation: PeopleRelation): Grant => ({ relation, roles: [] })

const admins = seated(['admin'])

/** Who may do what: relation × role for each action. What is not here is denied (L4). */
export const peopleTable: Readonly<Record<PeopleAction, readonly Grant[]>> = {
  invite: admins,
  see: [as('anyone')],
  accept: [as('invited')],
  decline: [as('invited')],
  confirm: [...admins, as('sister')],
  refuse: [...admins, as('sister')],
  withdraw: admins,
  list: admins,
  // Figures without a name: whoever must see to what nobody is there for.
  coverage: seated(['admin', 'clerk', 'chair', 'leader']),
  history: admins,
  end: [...admins, as('holder')],
  'change-dates': admins,
  undo: admins,
  'hand-over': admins,
  leaving: [...admins, as('holder')],
}

/** How somebody stands to it otherwise than by a seat. */
export type Part = Exclude<PeopleRelation, 'own' | 'above'>

/** Who asks: the seats they hold now, and which parts they have. */
export interface Standing {
  readonly memberships: readonly Membership[]
  readonly parts: readonly Part[]
}

type Placed = Pick<Unit, 'id' | 'path'>

/** The seats through which somebody stands in a relation to a unit. */
const seatsIn = (
  { memberships }: Standing,
  relation: PeopleRelation,
  unit: Placed,
): readonly Membership[] => {
  if (relation === 'own') return memberships.filter(({ unitId }) => unitId === unit.id)
  const above = unitsAbove(unit.path)
  return relation === 'above' ? memberships.filter(({ unitId }) => above.includes(unitId)) : []
}

/** By which grant somebody may do it: through this seat, or without one. Default deny. */
export const grantOf = (
  standing: Standing,
  action: PeopleAction,
  unit: Placed,
): { readonly seat: Membership | null } | undefined => {
  for (const { relation, roles } of peopleTable[action]) {
    const seat = seatsIn(standing, relation, unit).find(({ role }) => roles.includes(role))
    if (seat) return { seat }
    if (roles.length === 0 && standing.parts.some((part) => part === relation)) return { seat: null }
  }
  return undefined
}

/** Whether somebody may know that it is there at all: who could do nothing with it is told that it is not. */
export const mayKnow = (standing: Standing, unit: Placed): boolean =>
  peopleActions.some(
    (action) => action !== 'see' && action !== 'coverage' && grantOf(standing, action, unit) !== undefined,
  )

/** Who does it, as it is written down. Refuses `not-found`, `not-allowed`. */
export const authorisePeople = (
  session: Session & { readonly accountId: string },
  action: PeopleAction,
  unit: Placed,
  parts: readonly Part[] = [],
): Result<Doer & { readonly accountId: string }> => {
  const standing: Standing = { memberships: session.memberships, parts }
  const grant = grantOf(standing, action, unit)
  if (!grant) return refuse(mayKnow(standing, unit) ? 'not-allowed' : 'not-found')
  return ok({
    accountId: session.accountId,
    name: grant.seat?.name ?? null,
    unitName: grant.seat?.unitName ?? null,
  })
}
