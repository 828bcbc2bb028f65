import type { Membership, StaffRole } from '../organisation/unit'
import type { ReportCommand } from '../report/commands'
import { type ReportStatus, reportStatuses, statusKind } from '../report/lifecycle'
import type { Report } from '../report/report'

/**
 * How somebody stands to a report. `above` is any level above the responsible unit: where the level one up
 * stays silent, the next may act.
 */
export const relations = [
  'reporter',
  'supporter',
  'branch',
  'handler',
  'alternate',
  'sorter',
  'above',
  'resident',
  'anyone',
] as const
export type Relation = (typeof relations)[number]

/** What a person does to a report; `absorb` is the system's own. */
export type ReportAction = Exclude<ReportCommand['kind'], 'absorb'>

export interface Grant {
  readonly relation: Relation
  /** Staff roles that may; empty for residents. */
  readonly roles: readonly StaffRole[]
  readonly statuses: readonly ReportStatus[]
}

const waiting = reportStatuses.filter((status) => statusKind(status) === 'waiting')
const working = reportStatuses.filter((status) => statusKind(status) === 'working')
const open = [...waiting, ...working]
const inWork: readonly ReportStatus[] = ['accepted', 'dispatched']
const branchStaff: readonly StaffRole[] = ['secretary', 'grid-worker', 'upper']
const branchLead: readonly StaffRole[] = ['secretary', 'upper']

const resident = (relation: Relation, statuses: readonly ReportStatus[]): Grant => ({
  relation,
  roles: [],
  statuses,
})
const staff = (
  relation: Relation,
  roles: readonly StaffRole[],
  statuses: readonly ReportStatus[],
): Grant => ({
  relation,
  roles,
  statuses,
})

/**
 * Who may do what: relation × role × status for each action. What is not here is denied. `upper` appears
 * with `branch` because a complaint about a branch is answered for by the unit one level up.
 */
export const accessTable: Readonly<Record<ReportAction, readonly Grant[]>> = {
  withdraw: [resident('reporter', ['unrouted', 'routed', 'accepted', 'dispatched'])],
  support: [resident('resident', open)],
  accept: [staff('branch', branchStaff, ['routed'])],
  'reveal-phone': [staff('branch', branchStaff, ['routed', ...working])],
  contact: [staff('branch', branchStaff, working)],
  return: [staff('branch', branchLead, ['routed'])],
  transfer: [staff('branch', branchLead, ['routed', 'accepted'])],
  'take-over': [staff('alternate', branchLead, ['routed'])],
  route: [staff('sorter', ['upper'], ['unrouted']), staff('above', ['upper'], ['unrouted'])],
  dispatch: [staff('branch', branchLead, inWork)],
  'send-back': [staff('handler', ['partner-staff'], ['dispatched'])],
  progress: [
    staff('branch', branchStaff, [...working, 'resolved', 'closed']),
    staff('handler', ['partner-staff'], ['dispatched', 'awaiting-check']),
  ],
  'claim-fixed': [staff('handler', ['partner-staff'], ['dispatched'])],
  check: [staff('branch', branchLead, ['awaiting-check'])],
  rework: [staff('branch', branchLead, ['awaiting-check'])],
  resolve: [staff('branch', branchStaff, ['accepted'])],
  rate: [resident('reporter', ['resolved'])],
  reopen: [resident('reporter', ['closed'])],
  appeal: [resident('reporter', ['declined'])],
  merge: [staff('branch', branchLead, ['routed', 'accepted'])],
  decline: [staff('branch', branchLead, ['routed'])],
  suspend: [staff('branch', branchLead, inWork)],
  extend: [staff('branch', branchLead, inWork)],
  resume: [staff('branch', branchLead, ['suspended'])],
  decide: [staff('above', ['upper'], [...reportStatuses])],
  'answer-red-face': [
    resident('reporter', ['resolved', 'closed']),
    resident('supporter', ['resolved', 'closed']),
  ],
  'verify-red-face': [staff('above', ['upper'], ['resolved', 'closed'])],
  'appeal-red-face': [staff('branch', branchLead, [...open, 'resolved', 'closed', 'declined'])],
  'declare-red-face': [staff('branch', branchLead, working)],
}

/** Everything authorisation knows of the caller: memberships, and the part in this report. */
export interface Caller {
  readonly isSignedIn: boolean
  readonly memberships: readonly Membership[]
  readonly participation?: 'reporter' | 'supporter'
}

type Located = Pick<Report, 'branchId' | 'unitPath' | 'handlerUnitId' | 'routing'>

const holds = (caller: Caller, unitId: string | null, roles: readonly StaffRole[]): Membership | undefined =>
  caller.memberships.find((membership) => membership.unitId === unitId && roles.includes(membership.role))

/** The membership through which the caller stands in `relation` to the report, for staff relations. */
const membershipFor = (
  caller: Caller,
  report: Located,
  relation: Relation,
  roles: readonly StaffRole[],
): Membership | undefined => {
  const last = report.unitPath[report.unitPath.length - 1] ?? null
  switch (relation) {
    case 'branch':
      return holds(caller, report.branchId, roles)
    case 'handler':
      return report.handlerUnitId === null ? undefined : holds(caller, report.handlerUnitId, roles)
    case 'alternate':
      return holds(caller, report.routing.alternate?.id ?? null, roles)
    case 'sorter':
      return report.branchId === null ? holds(caller, last, roles) : undefined
    case 'above':
      return caller.memberships.find(
        (membership) =>
          membership.unitId !== last &&
          report.unitPath.includes(membership.unitId) &&
          roles.includes(membership.role),
      )
    default:
      return undefined
  }
}

/**
 * The relations in which the caller stands to the report. Whoever answers for it, handles it or sits above it
 * is not one of its residents: else a branch could say 我也遇到 and then confirm its own work. Only who
 * reported it stays its reporter.
 */
export const relationsOf = (caller: Caller, report: Located): readonly Relation[] => {
  const everyRole: readonly StaffRole[] = ['secretary', 'grid-worker', 'partner-staff', 'upper']
  const staffRelations = (['branch', 'handler', 'alternate', 'sorter', 'above'] as const).filter((relation) =>
    membershipFor(caller, report, relation, everyRole),
  )
  const isReporter = caller.participation === 'reporter'
  const isResident = caller.isSignedIn && !isReporter && staffRelations.every((one) => one === 'alternate')
  return [
    ...(isReporter ? (['reporter'] as const) : []),
    ...(isResident && caller.participation === 'supporter' ? (['supporter'] as const) : []),
    ...staffRelations,
    ...(isResident ? (['resident'] as const) : []),
    'anyone',
  ]
}

export type Verdict =
  | { readonly isAllowed: true; readonly membership?: Membership }
  | { readonly isAllowed: false; readonly why: 'wrong-status' | 'not-allowed' }

/**
 * May this caller do this to this report now? Default deny. `wrong-status` is said only to those who could
 * do it in another status; everybody else gets `not-allowed`.
 */
export const authorise = (
  caller: Caller,
  action: ReportAction,
  report: Located & Pick<Report, 'status'>,
): Verdict => {
  let couldLater = false
  for (const grant of accessTable[action]) {
    const isStaffGrant = grant.roles.length > 0
    const membership = isStaffGrant ? membershipFor(caller, report, grant.relation, grant.roles) : undefined
    const stands = isStaffGrant
      ? membership !== undefined
      : relationsOf(caller, report).includes(grant.relation)
    if (!stands) continue
    if (grant.statuses.includes(report.status))
      return membership ? { isAllowed: true, membership } : { isAllowed: true }
    couldLater = true
  }
  return { isAllowed: false, why: couldLater ? 'wrong-status' : 'not-allowed' }
}

/** Conditions beyond the table under which a button makes sense now; decide() enforces the same rules. */
const makesSense = (action: ReportAction, report: Report): boolean => {
  const episode = report.redFaces.find((one) => one.state !== 'cleared')
  switch (action) {
    case 'reveal-phone':
      return report.hasPhone
    case 'progress':
      return statusKind(report.status) !== 'done' || episode !== undefined
    case 'suspend':
    case 'extend':
      return report.pendingRequest === undefined
    case 'decide':
      return report.pendingRequest !== undefined
    case 'withdraw':
      return report.supporters.length === 0
    case 'answer-red-face':
      return episode?.evidenceAt !== undefined && report.status !== 'resolved'
    case 'verify-red-face':
      return episode?.evidenceAt !== undefined
    case 'appeal-red-face':
      return episode !== undefined && episode.state !== 'frozen' && report.pendingRequest === undefined
    case 'declare-red-face':
      return episode === undefined && !isConfidential(report)
    default:
      return true
  }
}

/** The actions the screen may offer this caller now, in the order of the table. */
export const allowedActions = (caller: Caller, report: Report): readonly ReportAction[] =>
  (Object.keys(accessTable) as ReportAction[]).filter(
    (action) => makesSense(action, report) && authorise(caller, action, report).isAllowed,
  )

/** Complaints about a branch are known only to the reporter and to the level that answers for them. */
export const isConfidential = (report: Pick<Report, 'categoryId'>): boolean =>
  report.categoryId === 'about-branch'

/** Which trace the caller may read; null hides the report as if it did not exist. */
export const viewOf = (caller: Caller, report: Report): 'staff' | 'parties' | 'public' | null => {
  const standing = relationsOf(caller, report)
  if (standing.some((relation) => ['branch', 'handler', 'sorter', 'above'].includes(relation))) return 'staff'
  if (standing.includes('reporter')) return 'parties'
  if (isConfidential(report)) return null
  if (standing.includes('alternate')) return report.status === 'routed' ? 'staff' : 'public'
  return 'public'
}
