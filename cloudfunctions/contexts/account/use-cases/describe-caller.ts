import { ok, type Result } from '../../../ground/result'
import { unitOf } from '../../../ground/unit-path'
import { inboxesOf } from '../../notice/shared/inboxes'
import type { Session } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import type { OutputOf } from '../contract'
import type { AccountPorts } from '../ports'

/** Of so many reports the first that lies with a community says where somebody is at home. */
const lookedAtForHome = 3

/**
 * The community that somebody first reported from, or joined a matter in: a later report from elsewhere moves nobody.
 * Nobody is at home in a township, which has what could not be placed.
 */
const firstHome = async (ports: AccountPorts, accountId: string): Promise<Unit | undefined> => {
  const first = await ports.participants.firstOfAccount(accountId, lookedAtForHome)
  const reports = await ports.reports.getMany(first.map((one) => one.reportId))
  const units = await ports.units.lately(reports.flatMap(({ unitPath }) => unitOf(unitPath) ?? []))
  return units.find(({ kind }) => kind === 'branch' || kind === 'community-committee')
}

/** What is new in their own inbox and in those of the units where they work. */
const countUnread = async (ports: AccountPorts, session: Session, accountId: string): Promise<number> => {
  const inboxes = inboxesOf(session)
  const readUntil = await ports.inbox.readUntil(
    accountId,
    inboxes.map(({ recipient }) => recipient),
  )
  const counts = await Promise.all(
    inboxes.map((inbox, place) => ports.inbox.unreadCount(inbox, readUntil[place] ?? 0)),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Who the caller is here: memberships, unread messages, the community first reported from. */
export const describeCaller =
  (ports: AccountPorts) =>
  async (session: Session): Promise<Result<OutputOf<'me.get'>>> => {
    const { accountId } = session
    if (accountId === null) return ok({ isSignedIn: false, memberships: [], unreadCount: 0, homeUnit: null })
    const [home, unreadCount] = await Promise.all([
      firstHome(ports, accountId),
      countUnread(ports, session, accountId),
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
      unreadCount,
      homeUnit,
    })
  }
