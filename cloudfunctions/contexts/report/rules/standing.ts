import { lastOf, regionOf } from '../../../ground/unit-path'
import { allBelow, type Membership, type StaffRole, type UnitRef } from '../../organisation/rules/unit'
import { activeEpisode, blamedUnitIds } from '../../red-face/rules/red-face'
import { accusedBy, isConfidential } from './confidential'
import { broughtStints } from './family-clock'
import {
  currentHandler,
  type EndedComplaint,
  isAnsweredBy,
  type Merging,
  othersUntil,
  type Report,
  type Supporter,
} from './report'
import { type LevelRequest, rulingPath } from './request'
import { allStints } from './stint'

/**
 * How somebody stands to a report. `handler` is whoever sits in the partner unit that has the work, or the one
 * member of the answering unit to whom it was handed. `above` is any level above the responsible unit: where the
 * level one up stays silent, the next may act. `blamed` is a unit that a cause on the red-face list belongs to, whoever has
 * the report now; whoever is the heir of one that has ended stands
 * there for it, and as `heir` to a matter that is done and still lies with that one (A4). `ruling` is a level to which a request has gone though it does not sit above the unit that
 * has the report now. `printer` is the service centre that filed it for somebody, and reads no more than everybody.
 */
export const relations = [
  'reporter',
  'co-reporter',
  'supporter',
  'branch',
  'handler',
  'alternate',
  'sorter',
  'above',
  'ruling',
  'blamed',
  'heir',
  'printer',
  'resident',
  'anyone',
] as const
export type Relation = (typeof relations)[number]

/** The part that a resident has in a report. */
export type Participation = 'reporter' | 'co-reporter' | 'supporter'

/** Everything authorisation knows of the caller: seats, and the part in this report. */
export interface Caller {
  readonly isSignedIn: boolean
  /** Seats held now. */
  readonly memberships: readonly Membership[]
  /** Seats held at some time while the report ran, those of now included; absent: those of now. */
  readonly membershipsSince?: readonly Membership[]
  /** Of whom the caller may know no complaint (`accusableSeats`); absent: the units of the seats of now. */
  readonly seatsEverIn?: readonly string[]
  readonly participation?: Participation
  /** Of a supporter: since when, and with which report they came. */
  readonly supports?: Supporter
  /** The caller's key within this report. */
  readonly key?: string
  /** Opaque id by which this report's record tells one of the staff from another. */
  readonly actorId?: string
  /** Speaks by a receipt through a member's account, or through the device that printed it (Q5). */
  readonly isThroughOurs?: true
}

type Identified = Pick<UnitRef, 'id'>

/** What authorisation reads of a report. */
export type Located = Pick<
  Report,
  | 'answerableUnit'
  | 'isSorting'
  | 'unitPath'
  | 'handlerUnitId'
  | 'dispatches'
  | 'categoryId'
  | 'accusedUnitId'
  | 'reporterLeftAt'
  | 'succeededAt'
  | 'emptiedAt'
  | 'receipt'
> & {
  readonly routing: { readonly alternate?: Identified }
  readonly stints: readonly { readonly unit: Identified; readonly isSorting: boolean }[]
  readonly requests: readonly Pick<LevelRequest, 'rulingUnitId'>[]
  readonly mergings?: readonly Pick<Merging, 'unitIds'>[]
  readonly redFaces: readonly {
    readonly endedAt?: number
    readonly causes: readonly {
      readonly unit: Identified
      readonly heir?: Pick<UnitRef, 'id' | 'path'>
    }[]
  }[]
}

/** The causes of the running stay on the list. */
const runningCauses = ({ redFaces }: Pick<Located, 'redFaces'>) =>
  redFaces.filter((episode) => episode.endedAt === undefined).flatMap((episode) => episode.causes)

/** Units that a cause of the running stay on the list belongs to, or that act for one that has ended. */
const blamedIn = (report: Pick<Located, 'redFaces'>): readonly string[] =>
  runningCauses(report).flatMap(({ unit, heir }) => (heir ? [unit.id, heir.id] : [unit.id]))

/** A4: who acts in a listed matter for the unit it lies with, which has ended. */
export const heirsTo = (report: Pick<Located, 'redFaces' | 'answerableUnit'>): readonly string[] => [
  ...new Set(
    runningCauses(report).flatMap(({ unit, heir }) =>
      heir && unit.id === report.answerableUnit.id ? heir.id : [],
    ),
  ),
]

/**
 * Every unit that answers or answered for the report, or for one that lies in it, sorts or sorted it, handles or handled
 * it, or is on the list for it.
 */
export const unitsInIt = (
  report: Pick<Located, 'stints' | 'dispatches' | 'answerableUnit' | 'redFaces' | 'mergings'>,
): ReadonlySet<string> =>
  new Set([
    ...report.stints.map((stint) => stint.unit.id),
    ...report.dispatches.map((dispatch) => dispatch.unitId),
    report.answerableUnit.id,
    ...blamedIn(report),
    ...(report.mergings ?? []).flatMap(({ unitIds = [] }) => unitIds),
  ])

/** Nobody stands above the top of the tree: there another person of the same unit judges what a colleague has done (H1). */
export const isTop = ({ unitPath }: Pick<Located, 'unitPath'>, unitId: string | undefined): boolean =>
  unitId !== undefined && unitId === regionOf(unitPath)

/** Acts as a level above are judged without the units below in which the same person sits (H1). */
const isBarredAbove = (caller: Caller, report: Located, seat: Membership): boolean => {
  const inIt = unitsInIt(report)
  return caller.memberships.some(
    (membership) => membership.unitId !== seat.unitId && inIt.has(membership.unitId),
  )
}

const seatsEverOf = (caller: Caller): readonly string[] =>
  caller.seatsEverIn ?? caller.memberships.map((membership) => membership.unitId)

/**
 * Somebody who has or had a seat in the accused unit, or where nobody is named yet below whoever has it, knows nothing of
 * the complaint, through whichever other seat (H4).
 */
export const isAccused = (
  caller: Caller,
  report: Pick<Located, 'accusedUnitId' | 'categoryId' | 'answerableUnit'>,
): boolean => {
  const accused = accusedBy(report)
  return accused !== undefined && seatsEverOf(caller).includes(accused)
}

/** `clerk` appears with the branch because a complaint is answered for by a committee (H4). */
export const branchStaff: readonly StaffRole[] = ['secretary', 'grid-worker', 'clerk']
export const branchLead: readonly StaffRole[] = ['secretary', 'clerk']
export const partnerStaff: readonly StaffRole[] = ['partner-lead', 'partner-staff']
/** Who may have the work in hand: a partner's people, or one of the answering unit's own. */
export const handlerStaff: readonly StaffRole[] = [...partnerStaff, ...branchStaff]
/** A chair publishes and calls the monthly dispatch; single matters are the clerks' (L3). */
export const levelStaff: readonly StaffRole[] = ['clerk']

/** Roles that work on reports or read them; who sets up units, or files for others, reads none (L3). */
export const readingRoles: readonly StaffRole[] = [
  'secretary',
  'grid-worker',
  'partner-lead',
  'partner-staff',
  'clerk',
  'chair',
  'leader',
]

/** The seats through which the caller stands in a staff relation to the report, in the order of the seats. */
export const seatsFor = (
  caller: Caller,
  report: Located,
  relation: Relation,
  roles: readonly StaffRole[],
): readonly Membership[] => {
  if (isAccused(caller, report)) return []
  const { answerableUnit, isSorting } = report
  const of = (unitId: string | null | undefined): readonly Membership[] =>
    caller.memberships.filter((membership) => membership.unitId === unitId && roles.includes(membership.role))
  switch (relation) {
    case 'branch':
      return isSorting ? [] : of(answerableUnit.id)
    case 'handler': {
      const handler = currentHandler(report)
      const isTheirs = handler?.memberId === undefined || handler.memberId === caller.actorId
      return handler && isTheirs ? of(handler.unitId) : []
    }
    case 'alternate':
      return of(report.routing.alternate?.id)
    case 'sorter':
      return isSorting ? of(answerableUnit.id).filter((seat) => !isBarredAbove(caller, report, seat)) : []
    case 'above':
      return caller.memberships.filter(
        (membership) =>
          membership.unitId !== answerableUnit.id &&
          report.unitPath.includes(membership.unitId) &&
          roles.includes(membership.role) &&
          !isBarredAbove(caller, report, membership),
      )
    case 'ruling': {
      const ruling = new Set(report.requests.map((request) => request.rulingUnitId))
      return caller.memberships.filter(
        (membership) =>
          ruling.has(membership.unitId) &&
          (isTop(report, membership.unitId) || !isAnsweredBy(report, membership.unitId)) &&
          roles.includes(membership.role) &&
          !isBarredAbove(caller, report, membership),
      )
    }
    case 'blamed': {
      const blamed = new Set(blamedIn(report))
      return caller.memberships.filter(
        (membership) => blamed.has(membership.unitId) && roles.includes(membership.role),
      )
    }
    case 'heir':
      return heirsTo(report).flatMap(of)
    case 'printer':
      return of(report.receipt?.unitId)
    default:
      return []
  }
}

/**
 * 自己人的好评不算，差评算 (H3): does the caller belong, or did they while it ran, to a unit that answered for the
 * report or for an earlier one of the matter, handled it, is on the list for it, acts for one that has ended, or sits
 * above any of these? Or do they speak by a receipt as one of those who may have seen its code (Q5)?
 */
export const isOneOfOurs = (
  caller: Caller,
  report: Pick<
    Report,
    'unitPath' | 'stints' | 'earlierStints' | 'mergings' | 'childReportIds' | 'dispatches' | 'redFaces'
  >,
): boolean => {
  if (caller.isThroughOurs) return true
  const running = activeEpisode(report.redFaces)?.causes ?? []
  const concerned = new Set([
    ...report.unitPath,
    // Whoever the entry ends for: what came along from another matter never lay with them here.
    ...running.flatMap(({ unit, heir }) => [...unit.path, ...(heir?.path ?? [])]),
    ...[allStints(report), ...broughtStints(report).map(({ stints }) => stints)]
      .flat()
      .flatMap((stint) => stint.unit.path),
    ...report.dispatches.map((dispatch) => dispatch.unitId),
  ])
  return (caller.membershipsSince ?? caller.memberships).some((membership) =>
    concerned.has(membership.unitId),
  )
}

/** The relations in which the caller stands to the report. */
export const relationsOf = (caller: Caller, report: Located): readonly Relation[] => {
  const staffRelations = (
    ['branch', 'handler', 'alternate', 'sorter', 'above', 'ruling', 'blamed', 'heir'] as const
  ).filter((relation) => seatsFor(caller, report, relation, readingRoles).length > 0)
  const { participation } = caller
  // Who has taken it back is its reporter no more, though the place is kept until somebody has looked.
  const hasLeft = participation === 'reporter' && report.reporterLeftAt !== undefined
  const mayJoin =
    caller.isSignedIn &&
    participation !== 'reporter' &&
    participation !== 'co-reporter' &&
    !isConfidential(report)
  return [
    ...(participation && !hasLeft ? [participation] : []),
    ...staffRelations,
    ...(mayJoin ? (['resident'] as const) : []),
    'anyone',
  ]
}

/**
 * What somebody may read: everything the units know, the parties' lines with the reporter's words, the same without
 * them, or what is public; null hides it all.
 */
export type View = 'staff' | 'parties' | 'co-reporter' | 'public'

/** Which trace the caller may read; null hides the report as if it did not exist. */
export const viewOf = (caller: Caller, report: Located & Pick<Report, 'status'>): View | null => {
  if (caller.participation === 'reporter' && isConfidential(report)) return 'parties'
  if (isAccused(caller, report)) return null
  const standing = relationsOf(caller, report)
  const isColleague = standing.some((relation) =>
    ['branch', 'handler', 'sorter', 'above', 'ruling', 'heir'].includes(relation),
  )
  if (isColleague) return 'staff'
  // M3: who took the reporter's place reads no more of another's words than before.
  if (standing.includes('reporter')) return othersUntil(report) === undefined ? 'parties' : 'co-reporter'
  if (isConfidential(report)) return null
  if (standing.includes('alternate') && report.status === 'routed') return 'staff'
  if (standing.includes('co-reporter')) return 'co-reporter'
  return 'public'
}

/** The units through which one reads a matter as staff do (`viewOf`). */
export const unitsReading = (report: Located & Pick<Report, 'status'>): ReadonlySet<string> =>
  new Set(
    [
      ...report.unitPath,
      report.handlerUnitId,
      ...heirsTo(report),
      ...report.requests.map((request) => request.rulingUnitId),
      report.status === 'routed' && !isConfidential(report) ? report.routing.alternate?.id : undefined,
    ].flatMap((unitId) => unitId ?? []),
  )

/**
 * In which view the caller reads what was written while the matter was a complaint: who knew of it then reads it as
 * before, nobody else does, least of all whom it was about (K9, H4).
 */
export const viewWithinComplaint = (caller: Caller, ended: EndedComplaint): View | null => {
  if (caller.participation === 'reporter' && caller.key === ended.reporterKey) return 'parties'
  // Of one that named nobody it was not always written down who might have been meant.
  const accused = ended.accusedUnitId ?? allBelow(lastOf(ended.unitIds) ?? '')
  if (seatsEverOf(caller).includes(accused)) return null
  const knew = caller.memberships.some(
    ({ unitId, role }) => ended.unitIds.includes(unitId) && readingRoles.includes(role),
  )
  return knew ? 'staff' : null
}

/** H1: neither the person nor, below the top of the tree, the unit that asked rules on it. */
export const isOwnRequest = (
  report: Pick<Located, 'unitPath'>,
  request: Pick<LevelRequest, 'byActorId' | 'byUnitId'>,
  unitId: string,
  actorId: string,
): boolean => request.byActorId === actorId || (request.byUnitId === unitId && !isTop(report, unitId))

/**
 * May this person rule on the request through this unit: the one whose turn it is, or any above it? Never who asked, nor
 * whose act is in question, nor on what is on the list a unit that is there for the same matter (H1).
 */
export const mayRule = (
  report: Pick<Report, 'unitPath' | 'stints' | 'redFaces'>,
  request: LevelRequest,
  unitId: string,
  actorId: string,
): boolean => {
  if (request.rulingUnitId === null) return false
  const isBlamed = blamedUnitIds(report.redFaces).has(unitId) && !isTop(report, unitId)
  if (request.kind === 'appeal-red-face' && isBlamed) return false
  if (isOwnRequest(report, request, unitId, actorId)) return false
  if (request.judgedActorIds?.includes(actorId)) return false
  return request.rulingUnitId === unitId || rulingPath(report, request)?.includes(unitId) === true
}
