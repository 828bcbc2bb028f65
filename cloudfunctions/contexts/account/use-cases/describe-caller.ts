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
  const units = await ports.units.getMany(reports.flatMap(({ unitPath }) => unitOf(unitPath) ?? []))
  return units.find(({ kind }) => kind === 'branch' || kind === 'community-committee')
}

/** Who the caller is here: memberships, unread messages, the community first reported from. */
export const describeCaller =
  (ports: AccountPorts) =>
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
