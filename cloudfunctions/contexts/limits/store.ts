import type { Store } from '../../platform/cloudbase/database'
import type { CountedCall, Limits } from './ports'

export interface LimitDocument {
  readonly _id: string
  readonly count: number
  readonly endsAt: number
  /** Keyed digests of the commands it counts; a command counts once, however often it is sent. */
  readonly commands?: readonly string[]
}

export const limitRepository = (store: Store<'limits'>): Limits => {
  const { command } = store

  /** One conditional update, so that two calls at once cannot both be the last one. */
  const addTo = ({ id, most, amount, command: one }: CountedCall): Promise<boolean> => {
    const room = { _id: id, count: command.lte(most - amount) }
    return one === undefined
      ? store.increase('limits', room, { count: amount })
      : store.increase(
          'limits',
          { ...room, commands: command.nin([one]) },
          { count: amount },
          { push: { commands: one } },
        )
  }

  const holds = async (id: string, one: string): Promise<boolean> =>
    (await store.get<LimitDocument>('limits', id))?.commands?.includes(one) ?? false

  return {
    take: async (call) => {
      const { id, most, amount, endsAt, command: one } = call
      if (amount > most) return false
      if (await addTo(call)) return true
      const first: LimitDocument = {
        _id: id,
        count: amount,
        endsAt,
        ...(one === undefined ? {} : { commands: [one] }),
      }
      if (await store.add('limits', first)) return true
      // Nothing was updated or added: the window is full, has counted this command already, or another call has just
      // created it.
      return (await addTo(call)) || (one !== undefined && (await holds(id, one)))
    },
    dropEnded: async (now, most) => {
      const ended = await store.first<LimitDocument>(
        'limits',
        { endsAt: command.lte(now) },
        [['endsAt', 'asc']],
        most,
      )
      await store.removeMany(
        'limits',
        ended.map(({ _id }) => _id),
      )
      return ended.length
    },
  }
}
