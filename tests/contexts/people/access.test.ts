import {
  type StaffRole,
  staffRoles,
  unitKinds,
  unitLevels,
} from '../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  grantOf,
  mayKnow,
  type Part,
  type PeopleAction,
  type PeopleRelation,
  peopleActions,
  peopleRelations,
  type Standing,
} from '../../../cloudfunctions/contexts/people/access'
import { fitsUnit, neededRoles } from '../../../cloudfunctions/contexts/people/rules/roles-of-unit'
import {
  aMembership,
  banner,
  branch,
  housingBureau,
  otherBranch,
  township,
  units,
} from '../../support/builders'

/** Who may do what (L4), written down from the rule; what is not here is denied. */
const admin = ['own admin', 'above admin']
const overseers = ['admin', 'clerk', 'chair', 'leader'].flatMap((role) => [`own ${role}`, `above ${role}`])
const may: Readonly<Record<PeopleAction, readonly string[]>> = {
  invite: admin,
  see: ['anyone'],
  accept: ['invited'],
  decline: ['invited'],
  confirm: [...admin, 'sister'],
  refuse: [...admin, 'sister'],
  withdraw: admin,
  list: admin,
  coverage: overseers,
  history: admin,
  end: [...admin, 'holder'],
  'change-dates': admin,
  undo: admin,
  'hand-over': admin,
  leaving: [...admin, 'holder'],
}

/** Everybody there is: each relation, and where it is by a seat each role. */
const everybody: readonly (readonly [name: string, standing: Standing])[] = peopleRelations.flatMap(
  (relation: PeopleRelation) =>
    relation === 'own' || relation === 'above'
      ? staffRoles.map((role): readonly [string, Standing] => [
          `${relation} ${role}`,
          { memberships: [aMembership(relation === 'own' ? branch : township, role)], parts: [] },
        ])
      : [[relation, { memberships: [], parts: [relation satisfies Part] }] as const],
)

test.each(peopleActions)('%s is for these and nobody else', (action) => {
  const allowed = everybody.flatMap(([name, standing]) => (grantOf(standing, action, branch) ? [name] : []))
  expect(allowed.sort()).toEqual([...may[action]].sort())
})

test('a seat beside or below counts for nothing', () => {
  for (const unit of [otherBranch, housingBureau])
    for (const role of staffRoles)
      for (const action of peopleActions)
        expect(grantOf({ memberships: [aMembership(unit, role)], parts: [] }, action, branch)).toBeUndefined()
  for (const role of staffRoles)
    for (const action of peopleActions)
      expect(grantOf({ memberships: [aMembership(branch, role)], parts: [] }, action, banner)).toBeUndefined()
})

test('whoever could do nothing with it is not told that it is there', () => {
  const knowing = everybody.flatMap(([name, standing]) => (mayKnow(standing, branch) ? [name] : []))
  expect(knowing.sort()).toEqual([...admin, 'holder', 'invited', 'sister'].sort())
})

describe('the roles that there are in a unit', () => {
  /** By kind and level; a kind that is alike at every level names none. */
  const roles: Readonly<Record<string, string>> = {
    'committee region': 'clerk admin leader',
    'committee league': 'clerk admin leader',
    'committee banner': 'clerk chair admin leader counter',
    'committee township': 'clerk admin leader counter',
    'committee village': 'clerk admin leader counter',
    'community-committee region': 'clerk admin leader cooperative-staff',
    'community-committee league': 'clerk admin leader cooperative-staff',
    'community-committee banner': 'clerk admin leader counter cooperative-staff',
    'community-committee township': 'clerk admin leader counter cooperative-staff',
    'community-committee village': 'clerk admin leader counter cooperative-staff',
    'branch region': 'secretary grid-worker admin leader cooperative-staff',
    'branch league': 'secretary grid-worker admin leader cooperative-staff',
    'branch banner': 'secretary grid-worker admin leader counter cooperative-staff',
    'branch township': 'secretary grid-worker admin leader counter cooperative-staff',
    'branch village': 'secretary grid-worker admin leader counter cooperative-staff',
    'specialised-branch': 'secretary grid-worker admin leader',
    partner: 'partner-lead partner-staff admin cooperative-staff',
    temporary: 'secretary grid-worker',
    department: 'partner-lead partner-staff admin',
    cooperative: 'admin cooperative-staff',
  }

  test.each(unitKinds.flatMap((kind) => unitLevels.map((level) => ({ kind, level }))))(
    'a $kind of a $level',
    ({ kind, level }) => {
      const fitting = staffRoles.filter((role) => fitsUnit(role, { kind, level }))
      expect(fitting.join(' ')).toBe(roles[`${kind} ${level}`] ?? roles[kind])
    },
  )

  test('who must be there can be there', () => {
    const missing = units.flatMap((unit) =>
      neededRoles(unit).filter((role: StaffRole) => !fitsUnit(role, unit)),
    )
    expect(missing).toEqual([])
  })
})
