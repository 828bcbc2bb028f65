import {
  seatToKeepUp,
  type UnitAction,
  unitAccess,
  unitActions,
} from '../../../cloudfunctions/contexts/organisation/access'
import type { UnitRelation } from '../../../cloudfunctions/contexts/organisation/rules/seat-by'
import { staffRoles, type Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { aMembership, banner, branch, otherBranch, township } from '../../support/builders'

/** Who may do what: every other role may nothing, and so may everybody anywhere else. */
const table: Readonly<Record<UnitAction, readonly UnitRelation[]>> = {
  add: ['above', 'own'],
  correct: ['above', 'own'],
  rename: ['above'],
  close: ['above'],
  move: ['above'],
  split: ['above'],
  undo: ['above'],
  history: ['above', 'own'],
  search: ['above', 'own'],
}

const seats: readonly (readonly [UnitRelation | 'elsewhere', Unit])[] = [
  ['above', banner],
  ['above', township],
  ['own', branch],
  ['elsewhere', otherBranch],
]

test('the table is the whole of it', () => {
  expect(Object.keys(unitAccess).sort()).toEqual([...unitActions].sort())
})

test.each(
  unitActions.flatMap((action) =>
    seats.flatMap(([relation, unit]) =>
      staffRoles.map((role) => [action, relation, unit.name, role, unit] as const),
    ),
  ),
)('L3, L4: %s by one %s (%s) as %s', (action, relation, _name, role, unit) => {
  const seat = { ...aMembership(unit, role), id: 'seat' }
  const isAllowed = role === 'admin' && relation !== 'elsewhere' && table[action].includes(relation)
  expect(seatToKeepUp({ memberships: [seat] }, action, branch)?.id).toBe(isAllowed ? 'seat' : undefined)
})
