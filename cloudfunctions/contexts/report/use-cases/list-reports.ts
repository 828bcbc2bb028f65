import { type Point, tilesAround } from '../../../ground/geometry'
import { dayMs } from '../../../ground/instant'
import type { Page } from '../../../ground/page'
import { ok, type Result, refuse } from '../../../ground/result'
import { pathFromBanner, townshipOf, unitOf } from '../../../ground/unit-path'
import { categoriesAlike, groupOf } from '../../category/rules/category'
import { isInRegion } from '../../grid/rules/region-outline'
import type { Session } from '../../organisation/rules/session'
import { seatsEverIn } from '../../organisation/rules/session'
import { type Membership, wasMembershipSince } from '../../organisation/rules/unit'
import { alikeMetres, publicPlacesAround } from '../../routing/rules/public-place'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { authorise } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { Audience, PlacedReport, QueueTab, ReportPorts, ReportScope } from '../ports'
import { mayMerge, metresApart, placeNameOf, sameMatterMetres } from '../rules/alike'
import { isConfidential } from '../rules/confidential'
import { whyNotHanded } from '../rules/own-people'
import { actorIdOf } from '../rules/participant-key'
import { partIn, type Report } from '../rules/report'
import { branchStaff, type Caller, readingRoles, relationsOf, seatsFor, viewOf } from '../rules/standing'
import { cannotAsk, saidNotTheSame } from '../steps/merging'
import { catchUp } from '../tick'
import {
  cardPhotoId,
  photosOf,
  presentCard,
  presentReport,
  type ReportCard,
  readerOf,
} from './present-report'
import { callerOf, colleaguesOf, handlerSeats, lawOf } from './standing-of'

const defaultLimit = 20

const pageOf = (input: { cursor?: string | undefined; limit?: number | undefined }) => ({
  limit: input.limit ?? defaultLimit,
  ...(input.cursor ? { cursor: input.cursor } : {}),
})

const staffCaller =
  (ports: Pick<ReportPorts, 'keyed'>, session: Session) =>
  (report: Report): Caller => ({
    isSignedIn: session.accountId !== null,
    memberships: session.memberships,
    seatsEverIn: seatsEverIn(session),
    ...(session.accountId === null ? {} : { actorId: actorIdOf(ports.keyed, session.accountId, report.id) }),
  })

/** Rows of a list with the one picture each may show; reports the caller may not know of are left out. */
export const presentCards =
  (ports: Pick<ReportPorts, 'photos' | 'ruleBooks' | 'calendars' | 'units' | 'keyed'>) =>
  async (
    reports: readonly Report[],
    callerFor: (report: Report) => Caller,
    now: number,
    around?: Point,
  ): Promise<ReportCard[]> => {
    const photoIds = reports.flatMap((report) => {
      const view = viewOf(callerFor(report), report)
      return (view && cardPhotoId(report, view)) ?? []
    })
    const ofColleagues = reports.filter((report) => viewOf(callerFor(report), report) === 'staff')
    const [urls, seats] = await Promise.all([
      ports.photos.urls([...new Set(photoIds)]),
      handlerSeats(ports, ofColleagues, now),
    ])
    const cards: ReportCard[] = []
    for (const report of reports) {
      const law = await lawOf(ports, report)
      const card = presentCard(catchUp(report, now, law), callerFor(report), {
        law,
        now,
        urls,
        handlerSeat: seats.get(report.id),
        ...(around ? { around } : {}),
      })
      if (card) cards.push(card)
    }
    return cards
  }

/** One report as the caller may read it. Refuses `not-found`, also for what they may not know of. */
export const viewReport =
  (ports: ReportPorts) =>
  async (session: Session, input: ParsedInputOf<'report.get'>): Promise<Result<OutputOf<'report.get'>>> => {
    const report = await ports.reports.get(input.reportId)
    if (!report) return refuse('not-found')
    const { caller, key } = await callerOf(ports, session, report)
    const view = viewOf(caller, report)
    if (view === null) return refuse('not-found')
    const law = await lawOf(ports, report)
    const current = { ...catchUp(report, session.now, law), rev: report.rev }
    const isUrgent = categoryOf(law.rules, report.categoryId)?.isUrgent ?? false
    const [urls, unit, seats] = await Promise.all([
      ports.photos.urls([...new Set(photosOf(current, readerOf(caller, current, view)))]),
      isUrgent && report.branchId !== null ? ports.units.get(report.branchId) : undefined,
      handlerSeats(ports, view === 'staff' ? [current] : [], session.now),
    ])
    const presented = presentReport(current, caller, {
      law,
      now: session.now,
      urls,
      actorId:
        session.accountId === null || key === null
          ? ''
          : actorIdOf(ports.keyed, session.accountId, report.id),
      dutyPhone: unit?.phone ?? null,
      handlerSeat: seats.get(report.id),
    })
    return presented ? ok(presented) : refuse('not-found')
  }

/** The caller's own reports and those they joined, newest first. Refuses `sign-in-required`. */
export const listMyReports =
  (ports: ReportPorts) =>
  async (session: Session, input: ParsedInputOf<'report.mine'>): Promise<Result<OutputOf<'report.mine'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const page = await ports.participants.ofAccount(session.accountId, pageOf(input))
    const own = new Map(page.rows.map((one) => [one.reportId, one]))
    const found = await ports.reports.getMany([...own.keys()])
    const callerFor = (report: Report): Caller => {
      const key = own.get(report.id)?.key ?? ''
      const participation = partIn(report, key)
      return {
        isSignedIn: true,
        memberships: [],
        membershipsSince: session.everyMembership.filter((membership) =>
          wasMembershipSince(membership, report.submittedAt, session.now),
        ),
        key,
        ...(participation ? { participation } : {}),
      }
    }
    // What they came into with a report that has gone its own way again is theirs no more.
    const reports = found.filter(
      (report) => callerFor(report).participation || own.get(report.id)?.fromReportId === undefined,
    )
    return ok({
      rows: await presentCards(ports)(reports, callerFor, session.now),
      nextCursor: page.nextCursor,
    })
  }

/** What happens in a unit's area, as everyone may read it. */
export const listRecentReports =
  (ports: ReportPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.recent'>,
  ): Promise<Result<OutputOf<'report.recent'>>> => {
    const page = await ports.reports.list(
      { kind: 'area-recent', unitId: input.unitId, audience: 'everyone' },
      pageOf(input),
    )
    const anyone: Caller = { isSignedIn: false, memberships: [] }
    return ok({
      rows: await presentCards(ports)(page.rows, () => anyone, session.now),
      nextCursor: page.nextCursor,
    })
  }

const nearbyDays = 180
const nearbyRows = 10

/**
 * Open reports of one group of categories around a point, the ten nearest (M1). Everything is worked out
 * from rounded places (S1): asking from a thousand points finds no door. Refuses `place-outside-region`.
 */
export const listNearbyReports =
  (ports: ReportPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.nearby'>,
  ): Promise<Result<OutputOf<'report.nearby'>>> => {
    const { point, categoryId } = input
    if (!isInRegion(point)) return refuse('place-outside-region')
    const open = await ports.reports.openAtPublicPlaces(
      publicPlacesAround(point, alikeMetres).map((place) => place.key),
      categoriesAlike(categoryId),
      session.now - nearbyDays * dayMs,
      nearbyRows,
    )
    const anyone: Caller = { isSignedIn: false, memberships: [] }
    return ok({ rows: await presentCards(ports)(open, () => anyone, session.now, point) })
  }

type TabName = ParsedInputOf<'queue.list'>['tab']

/** H4: whichever seat they look through, a complaint about any unit they have or had a seat in stays hidden. */
const staffOf = (session: Session): Audience => ({ seatsIn: seatsEverIn(session) })

/** What is late in a unit's hands: a partner's lie in the areas of others. */
const overdueOf = (session: Session, { role, unitId }: Membership): ReportScope => ({
  kind: role === 'partner-staff' || role === 'partner-lead' ? 'handler-overdue' : 'area-overdue',
  unitId,
  now: session.now,
  audience: staffOf(session),
})

/** Which tabs a membership's unit has, in the order of the screen, and the list behind each. */
const tabsOf = (session: Session, membership: Membership): readonly (readonly [TabName, ReportScope])[] => {
  const { unitId } = membership
  const audience = staffOf(session)
  const branch = (tab: QueueTab): ReportScope => ({ kind: 'branch-queue', unitId, tab, audience })
  switch (membership.role) {
    case 'partner-lead':
    case 'partner-staff':
      return [
        ['working', { kind: 'handler-queue', unitId, tab: 'working', audience }],
        ['check', { kind: 'handler-queue', unitId, tab: 'check', audience }],
        ['overdue', overdueOf(session, membership)],
        ['done', { kind: 'handled', unitId, audience }],
      ]
    case 'clerk':
    case 'chair':
    case 'leader':
      return [
        ['sorting', { kind: 'area-queue', unitId, tab: 'sorting', audience }],
        ['requests', { kind: 'requests', unitId, audience }],
        ['waiting', branch('waiting')],
        ['working', branch('working')],
        ['overdue', overdueOf(session, membership)],
        ['open', { kind: 'area-open', unitId, audience }],
      ]
    default:
      return [
        ['waiting', branch('waiting')],
        ['working', branch('working')],
        ['check', branch('check')],
        ['overdue', overdueOf(session, membership)],
        ['suspended', branch('suspended')],
        ['done', { kind: 'branch-done', unitId, audience }],
      ]
  }
}

/** Far more than one unit's people have in hand at once; what is due later still is lies in the unit's own tab. */
const mostInHand = 200

/** What has been handed to the caller of the unit's own people, the soonest deadline first. */
const inHand = async (
  ports: ReportPorts,
  session: Session,
  { role, unitId }: Membership,
): Promise<readonly Report[]> => {
  if (!branchStaff.includes(role)) return []
  const caller = staffCaller(ports, session)
  const { rows } = await ports.reports.list(
    { kind: 'handler-queue', unitId, tab: 'working', audience: staffOf(session) },
    { limit: mostInHand },
  )
  return rows.filter((report) => relationsOf(caller(report), report).includes('handler'))
}

/** The seat through which somebody works here; who sets units up or files for others reads no queue (L3). */
const membershipIn = (session: Session, unitId: string): Membership | undefined =>
  session.memberships.find(
    (membership) => membership.unitId === unitId && readingRoles.includes(membership.role),
  )

/** One tab of a unit's queue, the soonest deadline first. Refuses `not-allowed` to those who do not work there. */
export const listQueue =
  (ports: ReportPorts) =>
  async (session: Session, input: ParsedInputOf<'queue.list'>): Promise<Result<OutputOf<'queue.list'>>> => {
    const membership = membershipIn(session, input.unitId)
    if (!membership) return refuse('not-allowed')
    const scope = tabsOf(session, membership).find(([tab]) => tab === input.tab)?.[1]
    if (!scope && input.tab !== 'mine') return refuse('invalid-input', { field: 'tab' }, '这个单位没有这一栏')
    const page: Page<Report> = scope
      ? await ports.reports.list(scope, pageOf(input))
      : { rows: await inHand(ports, session, membership), nextCursor: null }
    const rows = await presentCards(ports)(page.rows, staffCaller(ports, session), session.now)
    return ok({ rows, nextCursor: page.nextCursor })
  }

/** How many reports lie in each tab. Refuses `not-allowed`. */
export const countQueue =
  (ports: ReportPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'queue.counts'>,
  ): Promise<Result<OutputOf<'queue.counts'>>> => {
    const membership = membershipIn(session, input.unitId)
    if (!membership) return refuse('not-allowed')
    const [mine, ...tabs] = await Promise.all([
      inHand(ports, session, membership).then((reports) => ({
        tab: 'mine' as TabName,
        count: reports.length,
      })),
      ...tabsOf(session, membership).map(async ([tab, scope]) => ({
        tab,
        count: await ports.reports.count(scope),
      })),
    ])
    // Whoever has nothing in hand, or nothing late, has no tab for it.
    const isShown = ({ tab, count }: { readonly tab: TabName; readonly count: number }): boolean =>
      count > 0 || (tab !== 'mine' && tab !== 'overdue')
    return ok({
      tabs: [mine, ...tabs].filter(isShown),
      overdueCount: tabs.find(({ tab }) => tab === 'overdue')?.count ?? 0,
    })
  }

const mergeRows = 10

/**
 * M1: earlier open reports that are the same matter, the nearest first; across branches for those who sit above both.
 * Exact places decide, so nobody is offered a report whose place they may not read (S1). What is found on the
 * way is small: whole reports are read only for the rows.
 */
const mergeCandidates = async (
  ports: ReportPorts,
  session: Session,
  report: Report,
): Promise<readonly Report[]> => {
  if (isConfidential(report)) return []
  const { point, words } = report.place
  const kinds = categoriesAlike(report.categoryId)
  const townshipId = townshipOf(report.unitPath)
  const name = placeNameOf(words)
  const [near, called] = await Promise.all([
    point ? ports.reports.openInTiles(tilesAround(point, sameMatterMetres), groupOf(report.categoryId)) : [],
    name !== null && townshipId !== null ? ports.reports.openByPlaceName(townshipId, name, kinds) : [],
  ])
  const seats = session.memberships.flatMap(({ unitId, role }) =>
    readingRoles.includes(role) ? [unitId] : [],
  )
  const isTheirs = (one: PlacedReport): boolean => seats.some((unitId) => one.unitPath.includes(unitId))
  const metresOf = (one: PlacedReport): number => metresApart(report, one) ?? Number.MAX_SAFE_INTEGER
  const same = [...new Map([...near, ...called].map((one) => [one.id, one])).values()]
    // A later one would be refused (L5).
    .filter((one) => isTheirs(one) && one.submittedAt < report.submittedAt && mayMerge(report, one))
    .sort((a, b) => metresOf(a) - metresOf(b) || a.submittedAt - b.submittedAt)
    .slice(0, mergeRows)
  const parents = await ports.reports.getMany(same.map((one) => one.id))
  // M4: nor one that only their word could bring back, and they cannot be asked.
  return parents.filter((parent) => !saidNotTheSame(report, parent) || cannotAsk(report) === undefined)
}

/** The branch's own people to whom the caller may hand the work (L2): nobody else's names are told. */
const membersToHand = async (
  ports: ReportPorts,
  report: Report,
  caller: Caller,
  now: number,
): Promise<OutputOf<'unit.targets'>['members']> => {
  if (!authorise(caller, 'dispatch', report).isAllowed) return []
  const colleagues = await colleaguesOf(ports, report, now)
  return colleagues.flatMap((one) => {
    const seat = seatsFor(one, report, 'branch', branchStaff)[0]
    if (!seat || whyNotHanded(report, one.actorId, colleagues) !== undefined) return []
    const { name = null, role } = seat
    return [{ id: one.actorId, name, role, isYou: one.actorId === caller.actorId }]
  })
}

/**
 * Where a report may be sent from here: partners, the branch's own people, sibling branches, reports of the same
 * matter to merge into.
 */
export const listTargets =
  (ports: ReportPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'unit.targets'>,
  ): Promise<Result<OutputOf<'unit.targets'>>> => {
    const report = await ports.reports.get(input.reportId)
    if (!report) return refuse('not-found')
    const { caller } = await callerOf(ports, session, report)
    if (viewOf(caller, report) !== 'staff') return refuse('not-found')
    const townshipId = townshipOf(report.unitPath) ?? unitOf(report.unitPath)
    const [partnerships, below, members] = await Promise.all([
      // No word of a complaint reaches a partner (H4).
      isConfidential(report) ? [] : ports.units.partnershipsOf(report.unitPath),
      ports.units.children(townshipId),
      membersToHand(ports, report, caller, session.now),
    ])
    const deeper = await Promise.all(
      below
        .filter((unit) => unit.kind === 'community-committee')
        .map((unit) => ports.units.children(unit.id)),
    )
    // A complaint about a branch goes to no branch, only from committee to committee.
    const around = isConfidential(report)
      ? [...(await ports.units.getMany(pathFromBanner(report.unitPath))), ...below].filter((unit) =>
          ['committee', 'community-committee'].includes(unit.kind),
        )
      : [...below, ...deeper.flat()].filter((unit) => unit.kind === 'branch')
    const branches = around.filter((unit) => unit.id !== report.branchId)
    const parents = await mergeCandidates(ports, session, report)
    const asking = new Set(
      parents.filter((parent) => saidNotTheSame(report, parent)).map((parent) => parent.id),
    )
    // Their part in this report gives them none in the others (M3).
    const targets = await presentCards(ports)(
      parents,
      staffCaller(ports, session),
      session.now,
      report.place.point,
    )
    return ok({
      partners: [
        ...new Map(
          partnerships.map((one) => [one.partnerId, { id: one.partnerId, name: one.partnerName }]),
        ).values(),
      ],
      members,
      branches: branches.map(({ id, name }) => ({ id, name })),
      mergeTargets: targets.map((card) => ({ ...card, asksReporter: asking.has(card.id) })),
    })
  }
