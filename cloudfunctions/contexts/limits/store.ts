import type { Store } from '../../platform/cloudbase/database'
import { type KeptBucket, type Limits, mostCommands } from './ports'

export interface LimitDocument {
  readonly _id: string
  /** When the bucket is full, and this document says nothing any more. */
  readonly endsAt: number
  /** Keyed digests of the commands it has counted last; a command counts once, however often it is sent. */
  readonly commands: readonly string[]
}

const fieldsOf = ({ fullAt, commands }: KeptBucket): Omit<LimitDocument, '_id'> => ({
  endsAt: fullAt,
  commands,
})

export const limitRepository = (store: Store<'limits'>): Limits => {
  const { command } = store

  return {
    read: async (id) => {
      const found = await store.get<LimitDocument>('limits', id)
      return found && { fullAt: found.endsAt, commands: found.commands }
    },
    begin: (id, bucket) => store.add('limits', { _id: id, ...fieldsOf(bucket) }),
    beginAnew: async (id, bucket, now) =>
      (await store.update('limits', { _id: id, endsAt: command.lte(now) }, fieldsOf(bucket))) === 1,
    take: (id, { after, until, byMs, command: one }) =>
      store.increase(
        'limits',
        { _id: id, endsAt: command.gt(after).lte(until) },
        { endsAt: byMs },
        one === undefined ? {} : { push: { commands: { one, latest: mostCommands } } },
      ),
    dropFull: async (now, most) => {
      const isFull = { endsAt: command.lte(now) }
      const full = await store.first<LimitDocument>('limits', isFull, [['endsAt', 'asc']], most, ['_id'])
      // Asked again: meanwhile somebody may have taken from one of them.
      await store.removeMany(
        'limits',
        full.map(({ _id }) => _id),
        isFull,
      )
      return full.length
    },
  }
}
