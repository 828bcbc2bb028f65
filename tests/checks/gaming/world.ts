import { groupOf } from '../../../cloudfunctions/contexts/category/rules/category'
import {
  isActiveMembership,
  type Membership,
  wasMembershipSince,
} from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { isRecurring } from '../../../cloudfunctions/contexts/red-face/rules/recurrence'
import { actingFor, activeEpisode } from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { actingSideOf, authorise, sceneOf } from '../../../cloudfunctions/contexts/report/access'
import { sameMatterMetres } from '../../../cloudfunctions/contexts/report/rules/alike'
import { saidTo } from '../../../cloudfunctions/contexts/report/rules/contact'
import {
  causesTakenAlong,
  familyNow,
  reporterTakenAlong,
  stintsTakenAlong,
} from '../../../cloudfunctions/contexts/report/rules/family'
import { usedOf } from '../../../cloudfunctions/contexts/report/rules/family-use'
import { isOpen } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Colleague } from '../../../cloudfunctions/contexts/report/rules/own-people'
import { handPrefix } from '../../../cloudfunctions/contexts/report/rules/participant-key'
import { groupsOf, isAnsweredBy, type Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { reportNumberAt } from '../../../cloudfunctions/contexts/report/rules/report-number'
import { type LevelRequest, sentTo } from '../../../cloudfunctions/contexts/report/rules/request'
import {
  foundSolvedAt,
  resumedFrom,
  takenBackAt,
} from '../../../cloudfunctions/contexts/report/rules/resumed'
import { type Caller, unitsInIt } from '../../../cloudfunctions/contexts/report/rules/standing'
import type { FamilyNow, UnitFacts } from '../../../cloudfunctions/contexts/report/rules/step-facts'
import { submitReport } from '../../../cloudfunctions/contexts/report/rules/submit'
import type { ReportAction } from '../../../cloudfunctions/contexts/report/steps/registry'
import { catchUp } from '../../../cloudfunctions/contexts/report/tick'
import { categoryOf } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { distanceMetres, type Point } from '../../../cloudfunctions/ground/geometry'
import type { ReportCommand } from '../../support/commands'
import { takeCommand } from '../../support/commands'
import { partOf, supporterOf, supportersOf } from '../../support/rolls'
import { type Books, booksAfter, booksAfterTick, emptyBooks } from './books'
import { type ModelUnit, unitById, unitOf } from './cast'
import { law, startAt, tickMs, ticks } from './compressed-law'

/**
 * A state of the model: reports as the rules keep them, seats, and what is true outside of all records. The
 * books are the model's own count of what happened, kept apart from the rules for the oracle.
 */
export interface World {
  readonly now: number
  readonly tick: number
  readonly reports: readonly Report[]
  readonly seats: readonly Membership[]
  readonly truth: Truth
  readonly books: Books
}

/** Only honest work and real contacts change it. */
export interface Truth {
  /** The tick at which the problem was really fixed. */
  readonly fixedAt?: number
  /** People who have really been reached, with the tick. */
  readonly reached: Readonly<Record<string, number>>
}

export const beginning = (seats: readonly Membership[]): World => ({
  now: startAt,
  tick: 0,
  reports: [],
  seats,
  truth: { reached: {} },
  books: emptyBooks,
})

/** In the cell of A; where the neighbours' lane is, in the cell of B. */
export const inA: Point = { lng: 110.52, lat: 40.56 }
export const inB: Point = { lng: 110.5318, lat: 40.56 }

const residents = new Set(['R1', 'R2', 'C', 'V', 'a2', 'S1', 'S2', 'S3'])

export const callerOf = (world: World, person: string, report: Report): Caller => {
  const own = world.seats.filter((one) => one.accountId === person)
  const part = partOf(report, person)
  const supports = supporterOf(report, person)
  return {
    isSignedIn: true,
    actorId: person,
    memberships: own.filter((one) => isActiveMembership(one, world.now)),
    membershipsSince: own.filter((one) => wasMembershipSince(one, report.submittedAt, world.now)),
    ...(part ? { participation: part } : {}),
    ...(supports ? { supports } : {}),
    ...(residents.has(person) || part ? { key: person } : {}),
  }
}

const hasEnded = (one: ModelUnit, now: number): boolean => one.endsAt !== undefined && one.endsAt <= now

const workingRoles = ['secretary', 'grid-worker', 'partner-lead', 'partner-staff', 'clerk', 'chair']

export const factsOf = (world: World, unitId: string): UnitFacts => {
  const { id, name, path, level, kind, endsAt } = unitOf(unitId)
  const members = world.seats.filter(
    (one) => one.unitId === id && isActiveMembership(one, world.now) && workingRoles.includes(one.role),
  )
  return {
    id,
    name,
    path,
    level,
    kind,
    memberCount: members.length,
    ...(endsAt === undefined ? {} : { endsAt }),
  }
}

/** The people of the unit that answers, as a command to dispatch names them. */
export const colleaguesOf = (world: World, report: Report): readonly Colleague[] => {
  const people = world.seats.flatMap((one) => (isAnsweredBy(report, one.unitId) ? one.accountId : []))
  return [...new Set(people)].map((person) => ({
    ...callerOf(world, person, report),
    actorId: person,
    handKey: `${handPrefix}${report.answerableUnit.id}.${person}`,
  }))
}

/** The lowest unit above a path that has members. */
export const unitAbove = (world: World, path: readonly string[]): UnitFacts => {
  for (let up = path.slice(0, -1); up.length > 1; up = up.slice(0, -1)) {
    const facts = factsOf(world, up[up.length - 1] ?? '15')
    if (facts.memberCount > 0) return facts
  }
  return factsOf(world, '15')
}

const successorOf = (world: World, ended: ModelUnit): UnitFacts => {
  const next = ended.successorId === undefined ? undefined : unitById.get(ended.successorId)
  const facts = next && !hasEnded(next, world.now) ? factsOf(world, next.id) : undefined
  if (facts && facts.memberCount > 0) return facts
  return unitAbove(world, ended.path)
}

export const homeOf = (world: World, report: Report): { readonly home?: UnitFacts } => {
  const unit = unitOf(report.answerableUnit.id)
  return hasEnded(unit, world.now) ? { home: successorOf(world, unit) } : {}
}

/** Where it goes when this is granted: to whom it was asked for, as that unit is now, or home. */
export const whereTo = (
  world: World,
  report: Report,
  request: LevelRequest,
): { readonly home?: UnitFacts } => {
  const to = sentTo(request)
  return to ? { home: factsOf(world, to.id) } : homeOf(world, report)
}

export const familyOf = (world: World, child: Report): FamilyNow => {
  const parent = world.reports.find((one) => one.id === child.parentReportId)
  return { ...familyNow(child, parent), ...homeOf(world, child) }
}

/** Lines of the trace that the rules read again; the rest is prose. */
const readAgain = new Set(['phone-revealed', 'looked'])

/** What derived work has been done is done, and prose is forgotten: neither is part of a state. */
const settled = (report: Report): Report => ({
  ...report,
  outbox: [],
  timeline: report.timeline.filter((event) => readAgain.has(event.kind)),
  clockMarks: report.clockMarks.filter((mark) => !mark.startsWith('warn:')),
})

const replaced = (world: World, report: Report): World => ({
  ...world,
  reports: world.reports.map((one) => (one.id === report.id ? report : one)),
})

const carryOut = (world: World, report: Report, command: ReportCommand): Report | undefined => {
  const result = takeCommand(report, command, {
    law,
    by: { side: 'system' },
    scene: { now: world.now, law, actorId: 'system', seatUnitIds: [], isOneOfOurs: false },
    command: { id: '', action: '', digest: '' },
  })
  return result.ok ? result.value : undefined
}

/** Does the derived work of a change as the product does: families are told, taken in, given back. */
const settle = (world: World, report: Report): World => {
  let current = replaced(world, settled(report))
  const find = (id: string): Report | undefined => current.reports.find((one) => one.id === id)
  const giveBack = (childId: string, parent: Report, mergingNo: number): void => {
    const child = find(childId)
    const after =
      child &&
      carryOut(current, child, {
        kind: 'give-back',
        parentReportId: parent.id,
        mergingNo,
        family: familyOf(current, child),
      })
    if (after && after !== child) current = settle(current, after)
    leave(childId, parent.id, mergingNo)
  }
  const leave = (childReportId: string, parentId: string, mergingNo: number): void => {
    const parent = find(parentId)
    const after = parent && carryOut(current, parent, { kind: 'release', childReportId, mergingNo })
    if (after && after !== parent) current = settle(current, after)
  }
  for (const work of report.outbox) {
    if (work.kind === 'merge') {
      const child = find(report.id)
      const parent = find(work.parentReportId)
      if (!child || child.merged?.no !== work.mergingNo || !parent) continue
      const after = carryOut(current, parent, {
        kind: 'absorb',
        child: {
          id: child.id,
          reporterKey: reporterTakenAlong(child),
          supporters: supportersOf(child),
          deadlines: child.deadlines,
          ...(child.contactedAt === undefined ? {} : { contactedAt: child.contactedAt }),
          isByMember: child.isByMember,
          causes: causesTakenAlong(child),
          neverMergeInto: child.neverMergeInto,
          firstWords: saidTo(child.contacts, child.reporterKey),
          used: usedOf(child),
          stints: stintsTakenAlong(child),
          unitIds: [...unitsInIt(child)],
          mergedAt: child.merged.at,
          mergingNo: work.mergingNo,
        },
      })
      if (after) current = settle(current, after)
      else giveBack(child.id, parent, work.mergingNo)
    } else if (work.kind === 'leave-parent') {
      leave(report.id, work.parentReportId, work.mergingNo)
    } else if (work.kind === 'deny-in-parent') {
      const parent = find(work.parentReportId)
      const after = parent && carryOut(current, parent, { kind: 'hear-denial', key: work.key })
      if (after && after !== parent) current = settle(current, after)
    } else if (work.kind === 'go-home') {
      current = wentHome(current, report.id)
    } else if (work.kind === 'find-heirs') {
      current = inherited(current, report.id)
    } else if (work.kind === 'release-children') {
      for (const childId of report.childReportIds) {
        giveBack(childId, report, report.mergings.find((one) => one.childReportId === childId)?.no ?? 0)
      }
    }
  }
  return current
}

/** Units above in which somebody may decide in this matter (H1). */
const ableAbove = (
  world: World,
  report: Report,
  asking: string,
  judged: readonly string[],
): ReadonlySet<string> => {
  const inIt = new Set([
    ...report.stints.flatMap((stint) => (stint.isSorting ? [] : stint.unit.id)),
    ...report.dispatches.map((dispatch) => dispatch.unitId),
  ])
  const active = world.seats.filter((one) => isActiveMembership(one, world.now))
  const isBarred = (person: string, unitId: string): boolean =>
    active.some((one) => one.accountId === person && one.unitId !== unitId && inIt.has(one.unitId))
  return new Set(
    report.unitPath.filter((unitId) =>
      active.some(
        (one) =>
          one.unitId === unitId &&
          one.role === 'clerk' &&
          one.accountId !== asking &&
          !judged.includes(one.accountId) &&
          !isBarred(one.accountId, unitId),
      ),
    ),
  )
}

export interface Act {
  readonly actor: string
  readonly action: ReportAction
  readonly reportId: string
  readonly command: ReportCommand
  /** What the act really does, whatever it says. */
  readonly really?: 'fixed' | 'reached'
}

/** Does what the product does with a command: authorise, decide, derive. A string is the code of the refusal. */
export const act = (world: World, { actor, action, reportId, command, really }: Act): World | string => {
  const report = world.reports.find((one) => one.id === reportId)
  if (!report) return 'not-found'
  const caller = callerOf(world, actor, report)
  const verdict = authorise(caller, action, report)
  if (!verdict.isAllowed) return verdict.why
  const { membership } = verdict
  const takenWith = (able?: ReadonlySet<string>) =>
    takeCommand(report, command, {
      law,
      by: actingSideOf(membership),
      scene: sceneOf(caller, report, { now: world.now, law, actorId: actor }, membership),
      command: { id: '', action, digest: '' },
      ...(able ? { ableAbove: able } : {}),
    })
  const draft = takenWith()
  const asked = draft.ok ? draft.value.requests.filter((one) => one.no > report.requestCount) : []
  const judged = asked.flatMap((one) => one.judgedActorIds ?? [])
  const result = asked.length > 0 ? takenWith(ableAbove(world, report, actor, judged)) : draft
  if (!result.ok) return result.error.code
  let truth = world.truth
  if (really === 'fixed' && truth.fixedAt === undefined) truth = { ...truth, fixedAt: world.tick }
  if (really === 'reached') {
    for (const person of reportersOf(report)) {
      if (truth.reached[person] === undefined)
        truth = { ...truth, reached: { ...truth.reached, [person]: world.tick } }
    }
  }
  const after = settle({ ...world, truth }, result.value)
  return { ...after, books: booksAfter(world, after, { actor, action, reportId, command, really }) }
}

/** Who is reached when somebody really goes and speaks to those who reported it. */
const reportersOf = (report: Report): readonly string[] => [
  ...(report.reporterKey === null ? [] : [report.reporterKey]),
  ...report.coReporters.map((one) => one.key),
]

export interface Filing {
  /** Null: the branch lists it itself. */
  readonly person: string | null
  readonly unitId: string
  readonly categoryId: 'lane-repair' | 'lane-hardening' | 'about-branch'
}

/** A report is filed: what recurs, and whose clock goes on, is looked up as the product does. */
export const file = (world: World, { person, unitId, categoryId }: Filing): World => {
  const { now } = world
  const unit = unitOf(unitId)
  // H4: a complaint about the branch goes one level above it.
  const isComplaint = categoryId === 'about-branch'
  const facts = factsOf(world, isComplaint ? 'T' : unit.id)
  const sorter = factsOf(world, 'T')
  const category = categoryOf(law.rules, categoryId)
  if (!category) throw new Error(categoryId)
  const point = unitId === 'B' ? inB : inA
  const near = (one: Report, metres: number): boolean =>
    one.place.point !== undefined && distanceMetres(one.place.point, point) <= metres
  const { withinMetres } = law.rules.redFace.recurrence
  const recurs = isRecurring(
    {
      groupId: groupOf(categoryId),
      point,
      submittedAt: now,
      cureHoldsDays: category.cureHoldsDays,
      earlierReports: world.reports.map((one) => ({
        groupIds: groupsOf(one),
        ...(one.place.point ? { point: one.place.point } : {}),
        submittedAt: one.submittedAt,
        ...(one.resolvedAt === undefined ? {} : { resolvedAt: one.resolvedAt }),
        counts: !['withdrawn', 'declined', 'merged'].includes(one.status),
      })),
    },
    law.rules.redFace,
  )
  const lastFix = world.reports
    .filter((one) => near(one, withinMetres))
    .flatMap((one) => one.resolutions)
    .reduce<Report['resolutions'][number] | undefined>(
      (last, one) => (last && last.at >= one.at ? last : one),
      undefined,
    )
  const hasLeft = (one: Report): boolean =>
    (one.status === 'withdrawn' && one.reporterKey === person) ||
    (one.leavings?.some(({ key }) => key === person) ?? false)
  const left = world.reports.filter((one) => hasLeft(one) && near(one, sameMatterMetres))
  const solvedAt = Math.max(...left.map(foundSolvedAt))
  // Of two in one tick the later one was taken back last.
  const leftAt = (one: Report): number => takenBackAt(one, person)
  const withdrawn = left
    .toReversed()
    .sort((one, other) => leftAt(other) - leftAt(one))
    .find(
      (one) =>
        leftAt(one) > solvedAt && now - leftAt(one) <= law.rules.report.withdrawnClockKeptDays * tickMs,
    )
  const report = submitReport(
    {
      id: `r${world.reports.length + 1}`,
      number: reportNumberAt(world.reports.length),
      pseudonym: '7F3K',
      reporterKey: person,
      category,
      text: '巷子里都是泥',
      photos: [],
      place: { point, words: '供销社往东第二条巷子' },
      hasPhone: false,
      isByMember:
        person !== null &&
        world.seats.some((one) => one.accountId === person && unit.path.includes(one.unitId)),
      decision: {
        policy: person === null ? 'declared' : 'cell',
        reasons: [{ why: 'in-cell', cell: '', unit: unit.name }],
        isProvisional: false,
        ruleVersion: law.rules.version,
        at: now,
      },
      responsible: { id: facts.id, name: facts.name, path: facts.path, level: facts.level },
      sorter: { id: sorter.id, name: sorter.name, path: sorter.path, level: sorter.level },
      ...(isComplaint ? { accusedUnitId: unit.id } : {}),
      isRecurring: person !== null && recurs,
      ...(recurs && lastFix ? { recurringUnit: lastFix.unit } : {}),
      ...(withdrawn ? { resumes: resumedFrom(withdrawn, person ?? '', now) } : {}),
      command: { id: '', action: 'report.submit', digest: '' },
    },
    now,
    law,
  )
  const after = { ...world, reports: [...world.reports, settled(report)] }
  return {
    ...after,
    books: booksAfter(world, after, { actor: person ?? unitId, action: 'submit', reportId: report.id }),
  }
}

/** A seat is given: A enlists the resident as a helper. */
export const enlist = (world: World, membership: Membership): World => {
  const after = { ...world, seats: [...world.seats, membership] }
  return { ...after, books: { ...world.books, said: `${world.books.said};enlist` } }
}

const deeds = (world: World): World => {
  let current = world
  for (let turn = 0; turn < 20; turn += 1) {
    const due = current.reports.find((one) => one.nextClockAt !== null && one.nextClockAt <= current.now)
    if (!due) break
    const after = catchUp(due, current.now, law)
    if (after === due) throw new Error(`${due.id} is due and has nothing to do`)
    current = settle(current, after)
  }
  return current.reports.reduce((now, report) => inherited(wentHome(now, report.id), report.id), current)
}

/** Whoever takes over from a unit that has ended acts for it in what it is on the list for. */
const inherited = (world: World, reportId: string): World => {
  const report = world.reports.find((one) => one.id === reportId)
  const causes = (report && activeEpisode(report.redFaces)?.causes) ?? []
  const ended = [...new Set(causes.map((cause) => actingFor(cause).id))]
    .map(unitOf)
    .filter((unit) => hasEnded(unit, world.now))
  if (!report || ended.length === 0) return world
  const heirs = ended.map((unit) => ({ ended: unit, heir: successorOf(world, unit) }))
  const after = carryOut(world, report, { kind: 'inherit', heirs })
  return after && after !== report ? settle(world, after) : world
}

/** What is open with a unit that has ended goes home. */
const wentHome = (world: World, reportId: string): World => {
  const report = world.reports.find((one) => one.id === reportId)
  const to = report && isOpen(report.status) ? homeOf(world, report).home : undefined
  if (!report || !to) return world
  const gone = { unit: report.answerableUnit.name }
  const after = carryOut(world, report, { kind: 'go-home', to, gone })
  return after && after !== report ? settle(world, after) : world
}

/** One tick passes, and the clock does what fell due. */
export const pass = (world: World): World => {
  const ran = booksAfterTick(world)
  const later: World = { ...world, now: world.now + tickMs, tick: world.tick + 1 }
  const after = deeds(later)
  return { ...after, books: booksAfter({ ...later, books: ran }, after, undefined) }
}

export const isFixed = (world: World): boolean => world.truth.fixedAt !== undefined
void ticks
