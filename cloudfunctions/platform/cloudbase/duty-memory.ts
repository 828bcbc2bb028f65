import type { DutyMemory } from '../../journal/duties'
import type { Store } from './database'
import { setOrAdd } from './stored'

type Known = Awaited<ReturnType<DutyMemory['all']>>
type MemoryDocument = { readonly _id: string } & Readonly<Record<string, unknown>>

const memoryId = 'duties'

/** One document: an idle run reads it once and writes nothing. */
export const dutyMemory = (store: Store<'clock_progress'>): DutyMemory => ({
  all: async () => {
    const document = await store.get<MemoryDocument>('clock_progress', memoryId)
    if (!document) return {}
    const { _id, ...known } = document
    return known as Known
  },
  remember: (name, done) =>
    setOrAdd(
      () => store.update('clock_progress', { _id: memoryId }, { [name]: done }),
      () => store.add('clock_progress', { _id: memoryId, [name]: done } as MemoryDocument),
    ),
})
