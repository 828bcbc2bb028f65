import type { Matters } from '../../journal/matters'
import type { Journalled } from '../../journal/rules/journalled'
import type { Store } from './database'
import { type Cutting, longDocuments, type Sheets } from './long-documents'
import { fromDocument, type Stored, toDocument } from './stored'

/** A matter as stored: the matter itself, the instant by which the clock finds its outbox, and what its room's indexes need. */
export type JournalDocument<T extends Journalled> = Stored<T> &
  Sheets & {
    /** Instant of the oldest derived work still to do; null when none is. */
    readonly outboxAt: number | null
  }

export const toJournalDocument = <T extends Journalled>(matter: T): JournalDocument<T> => ({
  ...toDocument(matter),
  outboxAt: matter.outbox[0]?.at ?? null,
  cut: matter.cut ?? null,
})

/** The matter in a document from which its room has taken the fields of its own indexes. */
export const toJournalled = <T extends Journalled>({
  outboxAt: _outboxAt,
  ...stored
}: JournalDocument<T>): T => fromDocument<T>(stored as unknown as Stored<T>)

/** How one kind of matter is kept. */
interface Kept<Name extends string, T extends Journalled, D extends JournalDocument<T>>
  extends Cutting<Name> {
  readonly mayLeave: readonly (keyof T & string)[]
  readonly toDocument: (matter: T) => D
  readonly toMatter: (document: D) => T
  /** In which order those are taken that are due at one instant; the index holds it behind the instant. */
  readonly firstCome: readonly (readonly [string, 'asc' | 'desc'])[]
}

/** Journalled documents of one collection; a room adds its own questions to it. */
export const journalRepository = <
  Name extends string,
  T extends Journalled,
  D extends JournalDocument<T> = JournalDocument<T>,
>(
  /** One that reads its documents whole (`readWhole`). */
  store: Store<Name>,
  { collection, sheets, mayLeave, toDocument, toMatter, firstCome }: Kept<Name, T, D>,
): Matters<T> => {
  const long = longDocuments(store, { collection, sheets, mayLeave })
  const { command } = store
  const dueBy = async (
    field: 'nextClockAt' | 'outboxAt',
    now: number,
    limit: number,
    passedOver: readonly string[],
  ): Promise<readonly string[]> =>
    (
      await store.first<Pick<D, '_id'>>(
        collection,
        {
          [field]: command.lte(now),
          ...(passedOver.length === 0 ? {} : { _id: command.nin([...passedOver]) }),
        },
        [[field, 'asc'], ...firstCome],
        limit,
        ['_id'],
      )
    ).map(({ _id }) => _id)

  return {
    get: async (id) => {
      const document = await store.get<D>(collection, id)
      return document && toMatter(document)
    },
    getMany: async (ids) => (await store.getMany<D>(collection, ids)).map(toMatter),
    insert: (matter) => long.add(toDocument(matter)),
    replace: (before, after) =>
      long.replace(
        toDocument(before),
        toDocument(after),
        { rev: before.rev, status: before.status },
        // The clock may have emptied the outbox meanwhile, which is no new revision: what is put back must be found.
        before.outbox === after.outbox ? [] : ['outboxAt'],
      ),
    // What is left goes behind the work of all other matters: nobody's outbox holds up another's.
    settleOutbox: (matter, remaining, now) => {
      const document = toDocument(matter)
      const outboxAt = remaining.length === 0 ? null : now
      return long.replace(document, { ...document, outbox: remaining, outboxAt }, { rev: matter.rev })
    },
    dueForClock: (now, limit, passedOver) => dueBy('nextClockAt', now, limit, passedOver),
    withOutbox: (now, limit, passedOver) => dueBy('outboxAt', now, limit, passedOver),
  }
}
