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
    // Asked again on removing: meanwhile somebody may have taken from one of them.
    dropFull: (now, most) =>
      store.removeFirst('limits', { endsAt: command.lte(now) }, [['endsAt', 'asc']], most),
  }
}
