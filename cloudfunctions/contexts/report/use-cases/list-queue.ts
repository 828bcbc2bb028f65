import type { Page } from '../../../ground/page'
import { ok, type Result, refuse } from '../../../ground/result'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import type { Membership } from '../../organisation/rules/unit'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { Audience, QueueTab, ReadingPorts, ReportScope } from '../ports'
import type { ListedReport } from '../rules/listed-report'
import { branchStaff, readingRoles, relationsOf } from '../rules/standing'
import { pageOf, presentCards, staffCaller } from './present-cards'

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
  const own = (tab: QueueTab): ReportScope => ({ kind: 'own-queue', unitId, tab, audience })
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
        ['sorting', { kind: 'area-sorting', unitId, audience }],
        ['requests', { kind: 'requests', unitId, audience }],
        ['waiting', own('waiting')],
        ['working', own('working')],
        ['overdue', overdueOf(session, membership)],
        ['open', { kind: 'area-open', unitId, audience }],
      ]
    default:
      return [
        ['waiting', own('waiting')],
        ['working', own('working')],
        ['check', own('check')],
        ['overdue', overdueOf(session, membership)],
        ['suspended', own('suspended')],
        ['done', { kind: 'own-done', unitId, audience }],
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

/** How many reports lie in each tab. Refuses `not-allowed`. */
export const countQueue =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'queue.counts'>,
  ): Promise<Result<OutputOf<'queue.counts'>>> => {
    const membership = membershipIn(session, input.unitId)
    if (!membership) return refuse('not-allowed')
    const [mine, ...tabs] = await Promise.all([
      inHand(ports, session, membership).then((reports) => ({
        tab: 'mine' as const,
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
