import { dayMs } from '../../cloudfunctions/domain/instant'
import type { Membership, StaffRole } from '../../cloudfunctions/domain/organisation/unit'
import { demoUnit, storyCommunityId, townshipServiceId } from './divisions'
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

/** What each persona works as; residents need no membership, and one person may hold several (“一肩挑”). */
const duties: Readonly<Record<string, readonly (readonly [unitId: string, role: StaffRole])[]>> = {
  'resident-1': [],
  'resident-2': [],
  [`secretary-${storyCommunityId}`]: [[storyCommunityId, 'secretary']],
  [`grid-worker-${storyCommunityId}`]: [[storyCommunityId, 'grid-worker']],
  'partner-150221-housing': [['150221-housing', 'partner-staff']],
  'upper-150221104': [['150221104', 'upper']],
  'upper-150221': [['150221', 'upper']],
  'secretary-150421201207': [
    ['150421201207', 'secretary'],
    [townshipServiceId, 'partner-staff'],
  ],
  'upper-150421201': [['150421201', 'upper']],
}

export const demoMemberships: readonly Membership[] = demoPersonas.flatMap(({ id }) => {
  const held = duties[id]
  if (!held) throw new Error(`nobody knows what ${id} works as`)
  return held.map(([unitId, role], at): Membership => {
    const unit = demoUnit(unitId)
    return {
      id: `${id}:${at + 1}`,
      accountId: accountOf(id),
      unitId,
      unitName: unit.name,
      unitLevel: unit.level,
      role,
    }
  })
})

/** Up to when the personas have read what came for them: only the last days’ messages are new. */
export const demoInboxMarks = (now: number): readonly { readonly _id: string; readonly untilAt: number }[] =>
  demoPersonas.flatMap(({ id }) =>
    [
      `account:${accountOf(id)}`,
      ...demoMemberships
        .filter((membership) => membership.accountId === accountOf(id))
        .map((membership) => `unit:${membership.unitId}`),
    ].map((recipient) => ({ _id: `${accountOf(id)}@${recipient}`, untilAt: now - 2 * dayMs })),
  )
