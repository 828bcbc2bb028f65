import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf, unitOf, unitsAbove } from '../../../ground/unit-path'
import { accusableSeats, begunSeats, type Session, seatsEverIn } from '../../organisation/rules/session'
import {
  allBelow,
  hasEnded,
  hasNoGround,
  isActiveMembership,
  type Membership,
  regionUnitId,
  type Unit,
  type UnitRef,
  wasMembershipSince,
} from '../../organisation/rules/unit'
import { unitsAboveSeats } from '../../organisation/shared/units-above-seats'
import { actingFor, activeEpisode } from '../../red-face/rules/red-face'
import { runningRules } from '../../rule-book/rules/running-rules'
import type { Participant, ReadingPorts } from '../ports'
import type { Law } from '../rules/change'
import { accusedBy, isUnnamed } from '../rules/confidential'
import { familyNow } from '../rules/family'
import { mayAnswerComplaints, mayHave, whyItCannotTake } from '../rules/hand-over'
import type { Colleague } from '../rules/own-people'
import { actorIdOf, handKeyOf, participantKey } from '../rules/participant-key'
import {
  currentHandler,
  type PartedReport,
  partIn,
  type Report,
  type Supporter,
  type SupporterRow,
} from '../rules/report'
import { type Caller, isOneOfOurs, levelStaff, unitsInIt } from '../rules/standing'
import type { FamilyNow, UnitFacts } from '../rules/step-facts'
import type { Inheriting } from '../steps/inherit'
import { catchUp } from '../tick'

/** What a row says of its person as a supporter. */
export const asSupporter = ({
  key,
  part,
  joinedAt: at,
  fromReportId,
  wasSupporter,
}: Participant): SupporterRow | undefined => {
  if (part === 'reporter' || part === 'left') return undefined
  const from = part === 'co-reporter' ? wasSupporter?.fromReportId : fromReportId
  if (part === 'co-reporter' && !wasSupporter) return undefined
  return { key, at, ...(from === undefined ? {} : { fromReportId: from }), isCounted: part !== 'joining' }
}

/** The person of a row as a supporter of the report, where they are one. */
export const supporterIn = (report: PartedReport, row: Participant | undefined): Supporter | undefined => {
  const found = row && asSupporter(row)
  if (!found || partIn(report, found.key, found) !== 'supporter') return undefined
  const { isCounted: _counted, ...supporter } = found
  return supporter
}

/** The caller's row, read where only that tells their part: the report names its reporters, and where it counts no supporters no row gives a part. */
export const rowOf = async (
  ports: Pick<ReadingPorts, 'participants' | 'keyed'>,
  { accountId }: Pick<Session, 'accountId'>,
  report: PartedReport & Pick<Report, 'id'>,
): Promise<Participant | undefined> => {
  if (accountId === null || report.supporters.count === 0) return undefined
  const key = participantKey(ports.keyed, accountId, report.id)
  return partIn(report, key, undefined) ? undefined : ports.participants.get(report.id, key)
}

/** The caller as authorisation sees them, with the part that the report and their row in it give them. */
export const callerOf = (
  keyed: Keyed,
  session: Session,
  report: PartedReport & Pick<Report, 'id' | 'submittedAt'>,
  row: Participant | undefined,
): Caller => {
  const { accountId, memberships, everyMembership, now } = session
  const seats = {
    memberships,
    seatsEverIn: seatsEverIn(session),
    membershipsSince: everyMembership.filter((membership) =>
      wasMembershipSince(membership, report.submittedAt, now),
    ),
  }
  if (accountId === null) return { isSignedIn: false, ...seats }
  const key = participantKey(keyed, accountId, report.id)
  const supports = supporterIn(report, row)
  const part = supports ? 'supporter' : partIn(report, key, undefined)
  return {
    isSignedIn: true,
    ...seats,
    key,
    actorId: actorIdOf(keyed, accountId, report.id),
    ...(part ? { participation: part } : {}),
    ...(supports ? { supports } : {}),
    ...(session.receipt?.isThroughOurs ? { isThroughOurs: true as const } : {}),
  }
}

/** The row of whoever the report names: rows follow it, and one that lags behind may give the place to who has left. */
export const reporterOf = async (
  ports: Pick<ReadingPorts, 'participants'>,
  { id, reporterKey }: Pick<Report, 'id' | 'reporterKey'>,
): Promise<Participant | undefined> =>
  reporterKey === null ? undefined : ports.participants.get(id, reporterKey)

/** H3: does the reporter belong, or did they while it ran, to a unit concerned? Who it is is told to nobody. */
export const isReporterOurs = async (
  ports: Pick<ReadingPorts, 'participants' | 'units'>,
  report: Report,
  now: number,
): Promise<boolean> => {
  const reporter = await reporterOf(ports, report)
  if (!reporter) return false
  const memberships = (await ports.units.membershipsOf(reporter.accountId)).filter((membership) =>
    wasMembershipSince(membership, report.submittedAt, now),
  )
  return isOneOfOurs({ isSignedIn: true, memberships }, report)
}

/** The roles that can do something about a report that lies with their unit: single matters are no chair's (L3). */
const workingRoles = ['secretary', 'grid-worker', 'partner-lead', 'partner-staff', 'clerk']

const isWorking = ({ role }: Pick<Membership, 'role'>): boolean => workingRoles.includes(role)
/** Who has a word in what their unit does, a chair too. */
const hasSay = (seat: Pick<Membership, 'role'>): boolean => isWorking(seat) || seat.role === 'chair'

const activeMembers = async (ports: Pick<ReadingPorts, 'units'>, unitId: string, now: number) =>
  (await ports.units.membersOf(unitId)).filter(
    (member) => isActiveMembership(member, now) && isWorking(member),
  )

/** Of whom somebody may know no complaint (H4), by all the seats they have and had. */
const accusableOf = async (
  ports: Pick<ReadingPorts, 'units'>,
  accountId: string,
  now: number,
): Promise<readonly string[]> => {
  const seats = begunSeats(await ports.units.membershipsOf(accountId), now)
  return accusableSeats(seats, await unitsAboveSeats(ports.units, seats))
}

/** Which of them may not know of the complaint (H4): of one that names nobody their seats everywhere decide. */
const accusedAmong = async (
  ports: Pick<ReadingPorts, 'units'>,
  report: Pick<Report, 'categoryId' | 'accusedUnitId' | 'answerableUnit'>,
  seats: readonly Pick<Membership, 'accountId' | 'unitId'>[],
  now: number,
): Promise<ReadonlySet<string>> => {
  const accused = accusedBy(report)
  if (accused === undefined) return new Set()
  if (!isUnnamed(report))
    return new Set(seats.flatMap(({ unitId, accountId }) => (unitId === accused ? accountId : [])))
  const accountIds = [...new Set(seats.map(({ accountId }) => accountId))]
  const accusable = await Promise.all(accountIds.map((accountId) => accusableOf(ports, accountId, now)))
  return new Set(accountIds.filter((_, at) => accusable[at]?.includes(accused)))
}

/**
 * The people of the unit that answers, each with the seats that decide whether the work may be theirs, or the check
 * of it: there, in units that worked on it (H2), and in the accused one (H4).
 */
export const colleaguesOf = async (
  ports: Pick<ReadingPorts, 'units' | 'keyed'>,
  report: Pick<Report, 'id' | 'answerableUnit' | 'isSorting' | 'dispatches' | 'categoryId' | 'accusedUnitId'>,
  now: number,
): Promise<readonly Colleague[]> => {
  const { id, answerableUnit, isSorting, dispatches, accusedUnitId } = report
  if (isSorting) return []
  const inIt = [
    answerableUnit.id,
    ...dispatches.map(({ unitId }) => unitId),
    ...(accusedUnitId ? [accusedUnitId] : []),
  ]
  const seats = begunSeats(await ports.units.membersOfAny([...new Set(inIt)]), now)
  const ofUnit = seats.filter((seat) => seat.unitId === answerableUnit.id)
  const accused = await accusedAmong(ports, report, seats, now)
  const whom = accusedBy(report) ?? ''
  return [...new Set(ofUnit.map(({ accountId }) => accountId))].map((accountId) => {
    const own = seats.filter((seat) => seat.accountId === accountId)
    return {
      isSignedIn: true,
      actorId: actorIdOf(ports.keyed, accountId, id),
      handKey: handKeyOf(ports.keyed, accountId, answerableUnit.id),
      memberships: own.filter((seat) => isActiveMembership(seat, now)),
      seatsEverIn: [...own.map((seat) => seat.unitId), ...(accused.has(accountId) ? [whom] : [])],
    }
  })
}

/** The seats of those who have the work of these reports in hand, by report: of each unit's own people, not of a partner's. */
export const handlerSeats = async (
  ports: Pick<ReadingPorts, 'units' | 'keyed'>,
  reports: readonly Pick<Report, 'id' | 'handlerUnitId' | 'dispatches'>[],
  now: number,
): Promise<ReadonlyMap<string, Membership>> => {
  const handed = reports.flatMap((report) => {
    const handler = currentHandler(report)
    return handler?.memberId === undefined ? [] : [{ ...handler, reportId: report.id }]
  })
  const unitIds = [...new Set(handed.map(({ unitId }) => unitId))]
  const seats = (await Promise.all(unitIds.map((unitId) => activeMembers(ports, unitId, now)))).flat()
  return new Map(
    handed.flatMap(({ reportId, unitId, memberId }) => {
      const seat = seats.find(
        (one) => one.unitId === unitId && actorIdOf(ports.keyed, one.accountId, reportId) === memberId,
      )
      return seat ? [[reportId, seat] as const] : []
    }),
  )
}

const factsFrom = (unit: Unit, memberCount: number): UnitFacts => ({
  id: unit.id,
  name: unit.name,
  path: unit.path,
  level: unit.level,
  kind: unit.kind,
  memberCount,
  ...(unit.endsAt === undefined ? {} : { endsAt: unit.endsAt }),
})

/** A unit with what decides whether something may be handed to it (L2). */
export const unitFacts = async (
  ports: Pick<ReadingPorts, 'units'>,
  unit: Unit,
  now: number,
): Promise<UnitFacts> => factsFrom(unit, (await activeMembers(ports, unit.id, now)).length)

/** The same of whichever unit has this id. */
export const factsOfUnit = async (
  ports: Pick<ReadingPorts, 'units'>,
  unitId: string,
  now: number,
): Promise<UnitFacts | undefined> => {
  const [unit, members] = await Promise.all([ports.units.get(unitId), activeMembers(ports, unitId, now)])
  return unit && factsFrom(unit, members.length)
}

/** What decides which unit may have a matter: whom it accuses, and until when it is needed (H4, L2). */
type ToHave = Partial<Pick<Report, 'categoryId' | 'accusedUnitId' | 'deadlines'>>

/** H4: somebody there can sort a complaint that names nobody: a clerk (L3) without a seat in any unit below. */
export const canSortUnnamed = async (
  ports: Pick<ReadingPorts, 'units'>,
  unitId: string,
  now: number,
): Promise<boolean> => {
  const clerks = (await ports.units.membersOf(unitId)).filter(
    (seat) => levelStaff.includes(seat.role) && isActiveMembership(seat, now),
  )
  const accusable = await Promise.all(clerks.map(({ accountId }) => accusableOf(ports, accountId, now)))
  return accusable.some((seats) => !seats.includes(allBelow(unitId)))
}

/** L2: it has members, and does not end before the deadline; where none is known, not before tomorrow. */
const canTake = (to: UnitFacts, deadlines: Report['deadlines'] | undefined, at: number): boolean =>
  whyItCannotTake(to, deadlines?.resolveDueAt ?? at, at) === undefined

/**
 * The lowest unit above a path that can take it (L2); the region where no other can. For a complaint, a committee above the
 * accused unit, and further up where somebody has a seat in both (H4): nothing where the region itself is accused. While
 * nobody is named, further up where nobody could say who it is.
 */
export const unitAbove = async (
  ports: Pick<ReadingPorts, 'units'>,
  path: readonly string[],
  now: number,
  { categoryId, accusedUnitId, deadlines }: ToHave = {},
): Promise<UnitFacts | undefined> => {
  const isToBeNamed = categoryId !== undefined && isUnnamed({ categoryId, accusedUnitId })
  const isComplaint = isToBeNamed || accusedUnitId !== undefined
  const accused = accusedUnitId === undefined ? [] : await ports.units.membersOf(accusedUnitId)
  const own = new Set(accused.map((member) => member.accountId))
  for (let up = unitsAbove(path); up.length > 0; up = unitsAbove(up)) {
    const isAccused = accusedUnitId !== undefined && up.includes(accusedUnitId)
    const unit = isAccused ? undefined : await ports.units.get(unitOf(up) ?? regionUnitId)
    if (!unit || (isComplaint && !mayAnswerComplaints(unit))) continue
    const seats = (await ports.units.membersOf(unit.id)).filter((seat) => isActiveMembership(seat, now))
    const facts = factsFrom(unit, seats.filter(isWorking).length)
    const isFree = isToBeNamed
      ? await canSortUnnamed(ports, unit.id, now)
      : seats.every((seat) => !own.has(seat.accountId) || !hasSay(seat))
    if ((isFree && canTake(facts, deadlines, now)) || up.length === 1) return facts
  }
  return accusedUnitId === regionUnitId ? undefined : factsOfUnit(ports, regionUnitId, now)
}

/**
 * H4: the unit that a complaint is about, and who gets the complaint then: the one above it. Named may be whatever lies
 * on the way up from whoever names it, or in the same banner, or anywhere where they lie in none. No partner: no complaint
 * is about one. Refuses `unknown-unit`.
 */
export const aboveAccused = async (
  ports: Pick<ReadingPorts, 'units'>,
  accusedUnitId: string,
  { path }: Pick<UnitRef, 'path'>,
  now: number,
  deadlines?: Report['deadlines'],
): Promise<Result<{ readonly accused: Unit; readonly to: UnitFacts }>> => {
  const accused = await ports.units.get(accusedUnitId)
  if (!accused || hasNoGround(accused)) return refuse('unknown-unit')
  const bannerId = bannerOf(path)
  const isWithin = path.includes(accused.id) || bannerId === null || bannerOf(accused.path) === bannerId
  const toHave = { accusedUnitId, ...(deadlines ? { deadlines } : {}) }
  const to = isWithin ? await unitAbove(ports, accused.path, now, toHave) : undefined
  return to ? ok({ accused, to }) : refuse('unknown-unit')
}

/**
 * Where a matter that comes back goes when its own unit is no more (L1): to the successor, else to the unit
 * above. Undefined while the unit is there.
 */
export const homeOf = async (
  ports: Pick<ReadingPorts, 'units'>,
  report: Pick<Report, 'answerableUnit' | 'unitPath' | 'categoryId' | 'accusedUnitId' | 'deadlines'>,
  now: number,
): Promise<UnitFacts | undefined> => {
  const unit = await ports.units.get(report.answerableUnit.id)
  if (unit && !hasEnded(unit, now)) return undefined
  return unit ? successorOf(ports, unit, now, report) : unitAbove(ports, report.unitPath, now, report)
}

/**
 * Who takes over what an ended unit leaves. Successors that have ended themselves are followed a few steps. What the
 * successor cannot take (L2), or may not have (H4), goes up.
 */
export const successorOf = async (
  ports: Pick<ReadingPorts, 'units'>,
  ended: Unit,
  now: number,
  report?: Pick<Report, 'categoryId' | 'accusedUnitId' | 'unitPath' | 'deadlines'>,
): Promise<UnitFacts | undefined> => {
  let unit: Unit | undefined = ended
  for (let steps = 0; unit?.successorId !== undefined && steps < 5; steps += 1) {
    unit = await ports.units.get(unit.successorId)
    if (unit && !hasEnded(unit, now)) {
      const facts = await unitFacts(ports, unit, now)
      const mayHaveIt = report === undefined || mayHave(report, unit)
      if (mayHaveIt && canTake(facts, report?.deadlines, now)) return facts
      break
    }
  }
  return unitAbove(ports, ended.path, now, report)
}

/**
 * A4: which units that are on the list for a matter, or act for one that is, have ended, and who takes over from each.
 * Nobody where none can.
 */
export const heirsFor = async (
  ports: Pick<ReadingPorts, 'units'>,
  { redFaces }: Pick<Report, 'redFaces'>,
  now: number,
): Promise<readonly Inheriting[]> => {
  const causes = activeEpisode(redFaces)?.causes ?? []
  const units = await ports.units.getMany([...new Set(causes.map((cause) => actingFor(cause).id))])
  const ended = units.filter((unit) => hasEnded(unit, now))
  const found = ended.map(async (unit) => ({ ended: unit, heir: await successorOf(ports, unit, now) }))
  return (await Promise.all(found)).flatMap(({ ended: { id, name }, heir }) =>
    heir && heir.id !== id ? [{ ended: { id, name }, heir }] : [],
  )
}

/** What the family has come to, for a child that goes its own way (M4, M5). */
export const familyOf = async (
  ports: Pick<ReadingPorts, 'units'> & LawPorts,
  child: Report,
  parent: Report | undefined,
  now: number,
): Promise<FamilyNow> => {
  const [home, current] = await Promise.all([
    homeOf(ports, child, now),
    parent && asOfNow(ports, parent, now),
  ])
  return { ...familyNow(child, current), ...(home ? { home } : {}) }
}

/** Another report as it is by now: what has fallen due in it counts, whether or not the clock has come by (A2, M4). */
export const asOfNow = async (ports: LawPorts, report: Report, now: number): Promise<Report> =>
  catchUp(report, now, await lawOf(ports, report))

/** What the law is read from. */
export interface LawPorts {
  readonly ruleBooks: Pick<ReadingPorts['ruleBooks'], 'of' | 'version'>
  readonly calendars: Pick<ReadingPorts['calendars'], 'current'>
}

/**
 * By what a report is decided now: the calendar and the rule book of its banner, with what the book under which
 * it was submitted promised and the present one does not (K10).
 */
export const lawOf = async (
  ports: LawPorts,
  report: Pick<Report, 'unitPath' | 'submittedUnder'>,
): Promise<Law> => {
  const { bannerId, version } = report.submittedUnder
  const [present, then, calendar] = await Promise.all([
    ports.ruleBooks.of(bannerOf(report.unitPath)),
    ports.ruleBooks.version(bannerId, version),
    ports.calendars.current(),
  ])
  return { rules: runningRules(present, then), calendar }
}

/**
 * The units above a report in which somebody may decide on it (H1): an active clerk (L3) who is not the one
 * who asks nor one whose act is in question, who has no seat in another unit that is in it, nor has or had one
 * where it accuses somebody (H4).
 */
export const ableAbove = async (
  ports: Pick<ReadingPorts, 'units' | 'keyed'>,
  report: Pick<
    Report,
    | 'id'
    | 'unitPath'
    | 'stints'
    | 'dispatches'
    | 'answerableUnit'
    | 'redFaces'
    | 'mergings'
    | 'categoryId'
    | 'accusedUnitId'
  >,
  askingAccountId: string,
  judgedActorIds: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> => {
  const inIt = [...unitsInIt(report)]
  const { accusedUnitId } = report
  const seats = await ports.units.membersOfAny([
    ...new Set([...inIt, ...report.unitPath, ...(accusedUnitId === undefined ? [] : [accusedUnitId])]),
  ])
  const accused = await accusedAmong(ports, report, seats, now)
  const able = report.unitPath.filter((unitId) => {
    const barred = new Set(
      seats
        .filter(
          (seat) => inIt.includes(seat.unitId) && seat.unitId !== unitId && isActiveMembership(seat, now),
        )
        .map((seat) => seat.accountId),
    )
    return seats.some(
      (seat) =>
        seat.unitId === unitId &&
        isActiveMembership(seat, now) &&
        levelStaff.includes(seat.role) &&
        seat.accountId !== askingAccountId &&
        !judgedActorIds.includes(actorIdOf(ports.keyed, seat.accountId, report.id)) &&
        !barred.has(seat.accountId) &&
        !accused.has(seat.accountId),
    )
  })
  return new Set(able)
}
