import type { Limits } from '../../use-cases/ports'
import type { Store } from './database'

interface LimitDocument {
  readonly _id: string
  readonly count: number
  readonly endsAt: number
}

export const limitRepository = (store: Store): Limits => {
  const { command } = store

  /** One conditional update, so that two calls at once cannot both be the last one. */
  const addTo = (id: string, most: number, amount: number): Promise<boolean> =>
    store.increase('limits', { _id: id, count: command.lte(most - amount) }, 'count', amount)

  return {
    take: async ({ id, most, amount, endsAt }) => {
      if (amount > most) return false
      if (await addTo(id, most, amount)) return true
      const first: LimitDocument = { _id: id, count: amount, endsAt }
      if (await store.add('limits', first)) return true
      // It is full, or another call has just begun it.
      return addTo(id, most, amount)
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
