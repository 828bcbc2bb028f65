import type { Seat } from '../../organisation/rules/seat'
import type { PeoplePorts } from '../ports'
import { invitationNow, isOver } from '../rules/invitation'

/** Which of the seats somebody has after who had them, or still can have: what handed them over is undone no more. */
export const succeeded = async (
  { invitations }: Pick<PeoplePorts, 'invitations'>,
  seats: readonly Seat[],
  now: number,
): Promise<ReadonlySet<string>> => {
  const after = seats.flatMap(({ id, successor }) => (successor ? [{ id, successor }] : []))
  const ids = after.flatMap(({ successor }) =>
    successor.kind === 'invitation' ? [successor.invitationId] : [],
  )
  const found = ids.length === 0 ? [] : await invitations.getMany(ids)
  const without = new Set(
    found.flatMap((one) => {
      const current = invitationNow(one, now)
      return isOver(current) && current.status !== 'confirmed' ? [one.id] : []
    }),
  )
  return new Set(
    after.flatMap(({ id, successor }) =>
      successor.kind === 'invitation' && without.has(successor.invitationId) ? [] : [id],
    ),
  )
}
