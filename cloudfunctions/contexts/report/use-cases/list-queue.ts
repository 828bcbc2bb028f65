import { ok, type Result, refuse } from '../../../ground/result'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import type { Membership } from '../../organisation/rules/unit'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { Audience, ReadingPorts, ReportScope } from '../ports'
import type { CountedList } from '../rules/lies-in'
import { handKeyOf } from '../rules/participant-key'
import { branchStaff, readingRoles } from '../rules/standing'
import { pageOf, presentCards, staffCaller } from './present-cards'

type TabName = ParsedInputOf<'queue.list'>['tab']

/** H4: whichever seat they look through, a complaint about any unit they have or had a seat in stays hidden. */
const staffOf = (session: Session): Audience => ({ seatsIn: seatsEverIn(session) })

const isPartners = ({ role }: Membership): boolean => role === 'partner-staff' || role === 'partner-lead'

/** A tab, the list behind it, and the figure that counts it: the unit's, or that of one of its people. */
interface Tab {
  readonly tab: TabName
  readonly scope: ReportScope
  readonly list: CountedList
  readonly handKey?: string
}

/** What is late in a unit's hands: a partner's lie in the areas of others. */
const overdueOf = (session: Session, membership: Membership): Tab => ({
  tab: 'overdue',
  scope: {
    kind: isPartners(membership) ? 'handler-overdue' : 'area-overdue',
    unitId: membership.unitId,
    now: session.now,
    audience: staffOf(session),
  },
  list: isPartners(membership) ? 'handlingOverdue' : 'overdue',
})

/** Which tabs a membership's unit has, in the order of the screen. */
const unitTabsOf = (session: Session, membership: Membership): readonly Tab[] => {
  const { unitId } = membership
  const audience = staffOf(session)
  const own = (tab: 'waiting' | 'working' | 'check' | 'suspended'): Tab => ({
    tab,
    scope: { kind: 'own-queue', unitId, tab, audience },
    list: tab,
  })
  switch (membership.role) {
    case 'partner-lead':
    case 'partner-staff': {
      const inWork = (tab: 'working' | 'check'): ReportScope => ({
        kind: 'handler-queue',
        unitId,
        tab,
        audience,
      })
      return [
        { tab: 'working', scope: inWork('working'), list: 'handling' },
        { tab: 'check', scope: inWork('check'), list: 'handlingCheck' },
        overdueOf(session, membership),
        { tab: 'done', scope: { kind: 'handled', unitId, audience }, list: 'handled' },
      ]
    }
    case 'clerk':
    case 'chair':
    case 'leader':
      return [
        { tab: 'sorting', scope: { kind: 'area-sorting', unitId, audience }, list: 'sorting' },
        { tab: 'requests', scope: { kind: 'requests', unitId, audience }, list: 'requests' },
        own('waiting'),
        own('working'),
        overdueOf(session, membership),
        { tab: 'open', scope: { kind: 'area-open', unitId, audience }, list: 'open' },
      ]
    default:
      return [
        own('waiting'),
        own('working'),
        own('check'),
        overdueOf(session, membership),
        own('suspended'),
        { tab: 'done', scope: { kind: 'own-done', unitId, audience }, list: 'done' },
      ]
  }
}

/** First what has been handed to the caller, where the unit hands work to its own people. */
const tabsOf = (
  { keyed }: Pick<ReadingPorts, 'keyed'>,
  session: Session,
  membership: Membership,
): readonly Tab[] => {
  const tabs = unitTabsOf(session, membership)
  if (session.accountId === null || !branchStaff.includes(membership.role)) return tabs
  const handKey = handKeyOf(keyed, session.accountId, membership.unitId)
  const scope: ReportScope = { kind: 'in-hand', handKey, audience: staffOf(session) }
  return [{ tab: 'mine', scope, list: 'inHand', handKey }, ...tabs]
}

/** The seat through which somebody works here; who sets units up or files for others reads no queue (L3). */
const membershipIn = (session: Session, unitId: string): Membership | undefined =>
  session.memberships.find(
    (membership) => membership.unitId === unitId && readingRoles.includes(membership.role),
  )

/** One tab of a unit's queue, the soonest deadline first. Refuses `not-allowed` to those who do not work there. */
export const listQueue =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'queue.list'>): Promise<Result<OutputOf<'queue.list'>>> => {
    const membership = membershipIn(session, input.unitId)
    if (!membership) return refuse('not-allowed')
    const scope = tabsOf(ports, session, membership).find(({ tab }) => tab === input.tab)?.scope
    if (!scope) return refuse('invalid-input', { field: 'tab' }, '这个单位没有这一栏')
    const page = await ports.reports.rows(scope, pageOf(input))
    const rows = await presentCards(ports)(page.rows, staffCaller(ports, session), session.now)
    return ok({ rows, nextCursor: page.nextCursor })
  }

/** How many reports lie in each tab, from the unit's figures. Refuses `not-allowed`. */
export const countQueue =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'queue.counts'>,
  ): Promise<Result<OutputOf<'queue.counts'>>> => {
    const membership = membershipIn(session, input.unitId)
    if (!membership) return refuse('not-allowed')
    const tabs = tabsOf(ports, session, membership)
    const handKey = tabs.find((tab) => tab.handKey !== undefined)?.handKey
    const { counts, asOf, inHand } = await ports.figures.of(membership.unitId, staffOf(session), handKey)
    const counted = tabs.map(({ tab, list, handKey: ofOne }) => ({
      tab,
      count: ofOne === undefined ? (counts[list] ?? 0) : inHand,
    }))
    // Whoever has nothing in hand, or nothing late, has no tab for it.
    const isShown = ({ tab, count }: { readonly tab: TabName; readonly count: number }): boolean =>
      count > 0 || (tab !== 'mine' && tab !== 'overdue')
    return ok({
      tabs: counted.filter(isShown),
      overdueCount: counted.find(({ tab }) => tab === 'overdue')?.count ?? 0,
      asOf,
    })
  }
