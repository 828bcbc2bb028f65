import type { Page } from '../../../ground/page'
import { ok, type Result, refuse } from '../../../ground/result'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import type { Membership } from '../../organisation/rules/unit'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { Audience, ReadingPorts, ReportScope } from '../ports'
import type { CountedList } from '../rules/lies-in'
import type { ListedReport } from '../rules/listed-report'
import { branchStaff, readingRoles, relationsOf } from '../rules/standing'
import { pageOf, presentCards, staffCaller } from './present-cards'

type TabName = ParsedInputOf<'queue.list'>['tab']

/** H4: whichever seat they look through, a complaint about any unit they have or had a seat in stays hidden. */
const staffOf = (session: Session): Audience => ({ seatsIn: seatsEverIn(session) })

const isPartners = ({ role }: Membership): boolean => role === 'partner-staff' || role === 'partner-lead'

/** A tab, the list behind it, and the figure that counts it. */
type Tab = readonly [tab: TabName, scope: ReportScope, list: CountedList]

/** What is late in a unit's hands: a partner's lie in the areas of others. */
const overdueOf = (session: Session, membership: Membership): Tab => [
  'overdue',
  {
    kind: isPartners(membership) ? 'handler-overdue' : 'area-overdue',
    unitId: membership.unitId,
    now: session.now,
    audience: staffOf(session),
  },
  isPartners(membership) ? 'handlingOverdue' : 'overdue',
]

/** Which tabs a membership's unit has, in the order of the screen. */
const tabsOf = (session: Session, membership: Membership): readonly Tab[] => {
  const { unitId } = membership
  const audience = staffOf(session)
  const own = (tab: 'waiting' | 'working' | 'check' | 'suspended'): Tab => [
    tab,
    { kind: 'own-queue', unitId, tab, audience },
    tab,
  ]
  switch (membership.role) {
    case 'partner-lead':
    case 'partner-staff':
      return [
        ['working', { kind: 'handler-queue', unitId, tab: 'working', audience }, 'handling'],
        ['check', { kind: 'handler-queue', unitId, tab: 'check', audience }, 'handlingCheck'],
        overdueOf(session, membership),
        ['done', { kind: 'handled', unitId, audience }, 'handled'],
      ]
    case 'clerk':
    case 'chair':
    case 'leader':
      return [
        ['sorting', { kind: 'area-sorting', unitId, audience }, 'sorting'],
        ['requests', { kind: 'requests', unitId, audience }, 'requests'],
        own('waiting'),
        own('working'),
        overdueOf(session, membership),
        ['open', { kind: 'area-open', unitId, audience }, 'open'],
      ]
    default:
      return [
        own('waiting'),
        own('working'),
        own('check'),
        overdueOf(session, membership),
        own('suspended'),
        ['done', { kind: 'own-done', unitId, audience }, 'done'],
      ]
  }
}

/** Far more than one unit's people have in hand at once; what is due later still is lies in the unit's own tab. */
const mostInHand = 200

/** What has been handed to the caller of the unit's own people, the soonest deadline first. */
const inHand = async (
  ports: ReadingPorts,
  session: Session,
  { role, unitId }: Membership,
): Promise<readonly ListedReport[]> => {
  if (!branchStaff.includes(role)) return []
  const caller = staffCaller(ports, session)
  const { rows } = await ports.reports.rows(
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
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'queue.list'>): Promise<Result<OutputOf<'queue.list'>>> => {
    const membership = membershipIn(session, input.unitId)
    if (!membership) return refuse('not-allowed')
    const scope = tabsOf(session, membership).find(([tab]) => tab === input.tab)?.[1]
    if (!scope && input.tab !== 'mine') return refuse('invalid-input', { field: 'tab' }, '这个单位没有这一栏')
    const page: Page<ListedReport> = scope
      ? await ports.reports.rows(scope, pageOf(input))
      : { rows: await inHand(ports, session, membership), nextCursor: null }
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
    const { counts, asOf } = await ports.figures.of(membership.unitId, staffOf(session))
    const tabs = tabsOf(session, membership).map(([tab, , list]) => ({ tab, count: counts[list] ?? 0 }))
    // Whose hands it is in the figures do not say: somebody's of the unit at all, or else there is nothing to read.
    const mine = counts.inHand ? (await inHand(ports, session, membership)).length : 0
    // Whoever has nothing in hand, or nothing late, has no tab for it.
    const isShown = ({ tab, count }: { readonly tab: TabName; readonly count: number }): boolean =>
      count > 0 || (tab !== 'mine' && tab !== 'overdue')
    return ok({
      tabs: [{ tab: 'mine' as const, count: mine }, ...tabs].filter(isShown),
      overdueCount: tabs.find(({ tab }) => tab === 'overdue')?.count ?? 0,
      asOf,
    })
  }
