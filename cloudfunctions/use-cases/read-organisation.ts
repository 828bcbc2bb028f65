import type { Allowance, Category } from '../contexts/category/rules/category'
import type { Counts, Rate, Rates } from '../contexts/figures/rules/rates'
import type { GridCell } from '../contexts/grid/rules/grid-cell'
import type { InboxScope } from '../contexts/notice/ports'
import type { Session } from '../contexts/organisation/rules/session'
import type { Unit } from '../contexts/organisation/rules/unit'
import { readingRoles } from '../contexts/report/rules/standing'
import { allowanceWords } from '../contexts/rule-book/rules/allowances'
import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { dayMs } from '../ground/instant'
import { ok, type Result, refuse } from '../ground/result'
import { bannerOf, unitOf, unitsAbove } from '../ground/unit-path'
import { memberRecipient } from './message-to'
import type { Ports } from './ports'
import { ratesOfUnit } from './rates-of-unit'
import { regionUnitId, routePlace } from './route-place'
import { seatsEverIn } from './standing-of'
import { passedHorizonOn } from './watch-horizon'

type UnitView = OutputOf<'unit.get'>['unit']

const toUnitView = (unit: Unit): UnitView => ({
  id: unit.id,
  name: unit.name,
  areaName: unit.areaName,
  kind: unit.kind,
  level: unit.level,
  parentId: unit.parentId,
  path: [...unit.path],
  phone: unit.phone ?? null,
  address: unit.address ?? null,
})

const toCellView = (cell: GridCell): OutputOf<'grid.cells'>['cells'][number] => ({
  id: cell.id,
  name: cell.name,
  branchId: cell.branchId,
  branchName: cell.unit.name,
  rings: cell.rings.map((ring) => ring.map(([lng, lat]): [number, number] => [lng, lat])),
  isGenerated: cell.isGenerated,
})

/** One's own messages, those about one's own complaint among them. */
const ownInbox = (accountId: string): InboxScope => ({ recipient: `account:${accountId}`, seatsIn: [] })

/** A unit's, as this colleague may read them: no word of a complaint against a unit they have a seat in (H4). */
const inboxOfUnit = (session: Session, unitId: string): InboxScope => ({
  recipient: `unit:${unitId}`,
  ...(session.accountId === null ? {} : { member: memberRecipient(unitId, session.accountId) }),
  seatsIn: seatsEverIn(session),
})

/** L3: who sets units up, or files for others, reads no report's words, in a unit's inbox neither. */
const readsInboxOf = (session: Session, unitId: string): boolean =>
  session.memberships.some(
    (membership) => membership.unitId === unitId && readingRoles.includes(membership.role),
  )

const inboxesOf = (session: Session): readonly InboxScope[] => {
  if (session.accountId === null) return []
  const unitIds = [...new Set(session.memberships.map((one) => one.unitId))]
  return [
    ownInbox(session.accountId),
    ...unitIds
      .filter((unitId) => readsInboxOf(session, unitId))
      .map((unitId) => inboxOfUnit(session, unitId)),
  ]
}

/** Of so many reports the first that lies with a community says where somebody is at home. */
const lookedAtForHome = 3

/**
 * The community that somebody first reported from, or joined a matter in: a later report from elsewhere moves nobody.
 * Nobody is at home in a township, which has what could not be placed.
 */
const firstHome = async (ports: Ports, accountId: string): Promise<Unit | undefined> => {
  const first = await ports.participants.firstOfAccount(accountId, lookedAtForHome)
  const reports = await ports.reports.getMany(first.map((one) => one.reportId))
  const units = await ports.units.getMany(reports.flatMap(({ unitPath }) => unitOf(unitPath) ?? []))
  return units.find(({ kind }) => kind === 'branch' || kind === 'community-committee')
}

/** Who the caller is here: memberships, unread messages, the community first reported from. */
export const describeCaller =
  (ports: Ports) =>
  async (session: Session): Promise<Result<OutputOf<'me.get'>>> => {
    const { accountId } = session
    if (accountId === null) return ok({ isSignedIn: false, memberships: [], unreadCount: 0, homeUnit: null })
    const [home, counts] = await Promise.all([
      firstHome(ports, accountId),
      Promise.all(
        inboxesOf(session).map(async (inbox) =>
          ports.inbox.unreadCount(inbox, await ports.inbox.readUntil(accountId, inbox.recipient)),
        ),
      ),
    ])
    const seat = session.memberships[0]
    const homeUnit = home
      ? { id: home.id, name: home.name }
      : seat
        ? { id: seat.unitId, name: seat.unitName }
        : null
    return ok({
      isSignedIn: true,
      memberships: session.memberships.map(({ unitId, unitName, unitLevel, role }) => ({
        unitId,
        unitName,
        unitLevel,
        role,
      })),
      unreadCount: counts.reduce((sum, count) => sum + count, 0),
      homeUnit,
    })
  }

const allowanceText = (allowance: Allowance): string => `${allowanceWords(allowance)}内`

/** A category's times as a form promises them. */
const timesOf = (category: Category): { readonly acceptText: string; readonly resolveText: string } => ({
  acceptText: `${allowanceText(category.acceptWithin)}受理`,
  resolveText: category.planWithin
    ? `${allowanceText(category.planWithin)}拿出计划，${allowanceText(category.resolveWithin)}办完`
    : `${allowanceText(category.resolveWithin)}办结`,
})

/**
 * The catalogue the form offers, with the times in plain words: the banner's own where a unit of it is given.
 * Refuses `unknown-unit`.
 */
export const listCategories =
  (ports: Pick<Ports, 'units' | 'ruleBooks'>) =>
  async (
    _session: Session,
    input: ParsedInputOf<'category.list'>,
  ): Promise<Result<OutputOf<'category.list'>>> => {
    const unit = input.unitId === undefined ? undefined : await ports.units.get(input.unitId)
    if (input.unitId !== undefined && !unit) return refuse('unknown-unit')
    const { categories } = await ports.ruleBooks.of(unit ? bannerOf(unit.path) : null)
    return ok({
      rows: categories.map((category) => ({
        id: category.id,
        name: category.name,
        hint: category.hint,
        ...timesOf(category),
        source: category.source,
        emergencyCalls: [...(category.emergencyCalls ?? [])],
        isAboutBranch: category.isAboutBranch ?? false,
      })),
    })
  }

/** Which branch would answer for this place, and why. Refuses what routing refuses. */
export const previewPlace =
  (ports: Ports) =>
  async (
    session: Session,
    input: ParsedInputOf<'place.preview'>,
  ): Promise<Result<OutputOf<'place.preview'>>> => {
    const place = {
      words: '',
      ...(input.point ? { point: input.point } : {}),
      ...(input.accuracyMetres === undefined ? {} : { accuracyMetres: input.accuracyMetres }),
      ...(input.namedUnitId ? { namedUnitId: input.namedUnitId } : {}),
    }
    const routed = await routePlace(ports)(place, input.categoryId ?? 'ordinary', session.now)
    if (!routed.ok) return routed
    const { outcome, cells, category } = routed.value
    return ok({
      branchName: outcome.responsible?.name ?? null,
      unitId: (outcome.responsible ?? outcome.sorter).id,
      reasons: [...outcome.decision.reasons],
      isProvisional: outcome.decision.isProvisional,
      ...timesOf(category),
      cells: cells.map(toCellView),
    })
  }

/** The grid cells of a unit, for maps. */
export const listCells =
  (ports: Ports) =>
  async (_session: Session, input: ParsedInputOf<'grid.cells'>): Promise<Result<OutputOf<'grid.cells'>>> => {
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    // Above the township there are more cells than a map on a phone can show.
    if (unit.level !== 'township' && unit.level !== 'village') return ok({ cells: [] })
    return ok({ cells: (await ports.grid.ofUnit(unit.id)).map(toCellView) })
  }

/** A unit and the units directly below it; without an id, the region. */
export const listChildren =
  (ports: Ports) =>
  async (
    _session: Session,
    input: ParsedInputOf<'unit.children'>,
  ): Promise<Result<OutputOf<'unit.children'>>> => {
    const unit = await ports.units.get(input.unitId ?? regionUnitId)
    if (!unit || unit.kind === 'partner') return refuse('unknown-unit')
    const rows = await ports.units.children(unit.id)
    return ok({
      unit: toUnitView(unit),
      rows: rows.filter((one) => one.kind !== 'partner' && one.kind !== 'temporary').map(toUnitView),
    })
  }

const noRange = { lowest: null, highest: null }

/**
 * What a page shows of the three rates. Of a few matters (样本不足) only what its readers can count themselves, and
 * no rate: whatever was left out there (a member's own, one person's second answer) would say whose a matter is.
 */
const shownRates = (rates: Rates) => {
  const { response, solved, satisfaction, asSeen } = rates
  const shown = (rate: Rate, seen: Counts): Rate =>
    rate.isSmallSample ? { ...seen, value: null, isSmallSample: true } : rate
  const isAnySmall = [response, solved, satisfaction].some((rate) => rate.isSmallSample)
  return {
    response: shown(response, asSeen.response),
    solved: shown(solved, asSeen.solved),
    satisfaction: shown(satisfaction, asSeen.satisfaction),
    solvedRange: solved.isSmallSample ? noRange : rates.solvedRange,
    satisfactionRange: satisfaction.isSmallSample ? noRange : rates.satisfactionRange,
    combined: isAnySmall ? null : rates.combined,
  }
}

/** The period over which a branch page shows the three rates. */
const ratesPeriodDays = 90

/**
 * A unit's public page: who it is, whom it works with, its open matters and the three rates of its branch.
 * The rates stay with the staff of its banner until the banner switches publication on.
 */
export const viewUnit =
  (ports: Ports) =>
  async (session: Session, input: ParsedInputOf<'unit.get'>): Promise<Result<OutputOf<'unit.get'>>> => {
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    const rules = await ports.ruleBooks.of(bannerOf(unit.path))
    const isStaffHere = session.memberships.some((membership) => unit.path.includes(membership.unitId))
    const hasRates = unit.kind === 'branch' || unit.kind === 'specialised-branch'
    const period = { from: session.now - ratesPeriodDays * dayMs, to: session.now }
    const isBannersOwn = unit.level === 'banner' && isStaffHere
    const [parents, partnerships, openCount, redFaceCount, rates, calendarHorizonOn, ruleBookFault] =
      await Promise.all([
        ports.units.getMany(unitsAbove(unit.path)),
        ports.units.partnershipsOf([...unit.path]),
        ports.reports.count({ kind: 'area-open', unitId: unit.id, audience: 'everyone' }),
        ports.redFaceEntries.count(unit.id, 'public'),
        hasRates && (isStaffHere || rules.rates.isPublished)
          ? ratesOfUnit(ports, unit, period, session.now, rules)
          : Promise.resolve(null),
        isBannersOwn
          ? passedHorizonOn(ports, unit.id, { seatsIn: seatsEverIn(session) })
          : Promise.resolve(null),
        isBannersOwn ? ports.ruleBooks.faultOf(unit.id) : Promise.resolve(null),
      ])
    return ok({
      unit: toUnitView(unit),
      parents: parents.map(({ id, name }) => ({ id, name })),
      partners: [
        ...new Map(
          partnerships.map((one) => [one.partnerId, { id: one.partnerId, name: one.partnerName }]),
        ).values(),
      ],
      openCount,
      redFaceCount,
      rates: rates
        ? {
            fromAt: period.from,
            toAt: period.to,
            ...shownRates(rates),
            coverage: rates.coverage,
            declined: rates.declined,
            weights: rates.weights,
            weightsSource: rates.weightsSource,
            ruleVersion: rates.ruleVersion,
          }
        : null,
      calendarHorizonOn,
      ruleBookFault,
    })
  }

/** Whose inbox is meant: the caller's own, or a unit's in which they work. */
const inboxOf = (session: Session, unitId: string | undefined): InboxScope | null => {
  if (session.accountId === null) return null
  if (unitId === undefined) return ownInbox(session.accountId)
  return readsInboxOf(session, unitId) ? inboxOfUnit(session, unitId) : null
}

/** Messages, latest first. Refuses `sign-in-required`, `not-allowed`. */
export const listInbox =
  (ports: Ports) =>
  async (session: Session, input: ParsedInputOf<'inbox.list'>): Promise<Result<OutputOf<'inbox.list'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const inbox = inboxOf(session, input.unitId)
    if (inbox === null) return refuse('not-allowed')
    const readUntilAt = await ports.inbox.readUntil(accountId, inbox.recipient)
    const [page, unreadCount] = await Promise.all([
      ports.inbox.list(inbox, {
        limit: input.limit ?? 20,
        ...(input.cursor ? { cursor: input.cursor } : {}),
      }),
      ports.inbox.unreadCount(inbox, readUntilAt),
    ])
    return ok({
      rows: page.rows.map(({ id, reportId, title, text, about, at, arrivedAt }) => ({
        id,
        reportId,
        title,
        text,
        about: about ?? null,
        at,
        arrivedAt,
        isRead: arrivedAt <= readUntilAt,
      })),
      nextCursor: page.nextCursor,
      unreadCount,
    })
  }

/** Marks what had arrived by an instant as read. */
export const markInboxRead =
  (ports: Ports) =>
  async (session: Session, input: ParsedInputOf<'inbox.read'>): Promise<Result<OutputOf<'inbox.read'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const inbox = inboxOf(session, input.unitId)
    if (inbox === null) return refuse('not-allowed')
    const untilAt = Math.min(input.untilAt, session.now)
    await ports.inbox.markRead(accountId, inbox.recipient, untilAt)
    return ok({ unreadCount: await ports.inbox.unreadCount(inbox, untilAt) })
  }
