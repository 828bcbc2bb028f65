import type { StaffRole, Unit, UnitKind, UnitLevel } from '../../organisation/rules/unit'

type Kind = Pick<Unit, 'kind' | 'level'>

const everyLevel: readonly UnitLevel[] = ['region', 'league', 'banner', 'township', 'village']
const branches: readonly UnitKind[] = ['branch', 'specialised-branch', 'temporary']
const committees: readonly UnitKind[] = ['committee', 'community-committee']

interface Place {
  readonly kinds: readonly UnitKind[]
  readonly levels: readonly UnitLevel[]
}

/**
 * In which units there is a seat of each role (L3). A clerk sits wherever a committee sorts or rules, the region's among
 * them: a place in no banner lies with its sorters. Only a banner has a chair. Who works at a service centre sits in the
 * unit whose centre it is.
 */
const places: Readonly<Record<StaffRole, Place>> = {
  secretary: { kinds: branches, levels: everyLevel },
  'grid-worker': { kinds: branches, levels: everyLevel },
  'partner-lead': { kinds: ['partner', 'department'], levels: everyLevel },
  'partner-staff': { kinds: ['partner', 'department'], levels: everyLevel },
  clerk: { kinds: committees, levels: everyLevel },
  chair: { kinds: ['committee'], levels: ['banner'] },
  admin: {
    kinds: [...committees, 'branch', 'specialised-branch', 'partner', 'department', 'cooperative'],
    levels: everyLevel,
  },
  leader: { kinds: [...committees, 'branch', 'specialised-branch'], levels: everyLevel },
  counter: { kinds: [...committees, 'branch'], levels: ['banner', 'township', 'village'] },
  'cooperative-staff': {
    kinds: ['branch', 'community-committee', 'partner', 'cooperative'],
    levels: everyLevel,
  },
}

/** Is there a seat of this role in such a unit? */
export const fitsUnit = (role: StaffRole, { kind, level }: Kind): boolean =>
  places[role].kinds.includes(kind) && places[role].levels.includes(level)

const needed: Readonly<Record<UnitKind, readonly StaffRole[]>> = {
  branch: ['secretary', 'grid-worker'],
  'specialised-branch': ['secretary'],
  temporary: ['secretary'],
  partner: ['partner-lead'],
  committee: ['clerk'],
  'community-committee': ['clerk'],
  department: ['partner-lead'],
  cooperative: ['cooperative-staff'],
}

/** Who must be there so that what comes to the unit is seen to. */
export const neededRoles = ({ kind }: Pick<Unit, 'kind'>): readonly StaffRole[] => needed[kind]

/** Roles that two persons give together: whoever has one could seat everybody else, or publish in the banner's name. */
const ofTwoPersons: readonly StaffRole[] = ['admin', 'chair']

export const takesTwoPersons = (role: StaffRole): boolean => ofTwoPersons.includes(role)
