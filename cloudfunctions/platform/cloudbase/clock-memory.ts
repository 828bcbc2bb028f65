import { type ClockMemory, type Failing, pieceCount } from '../../journal/clock-memory'
import type { Store } from './database'
import { setOrAdd } from './stored'

interface PiecesDocument extends Readonly<Record<string, unknown>> {
  readonly _id: string
  readonly failing?: readonly Failing[]
}

const fieldOf = (piece: number): string => `piece${piece}`
const allFree = Object.fromEntries(Array.from({ length: pieceCount }, (_, piece) => [fieldOf(piece), 0]))

/** One document for each kind of work: until when each piece is claimed, and what fails again and again. */
export const clockMemory = (store: Store<'clock_progress'>, work: string): ClockMemory => {
  const _id = `pieces of ${work}`
  const set = (fields: Readonly<Record<string, unknown>>): Promise<void> =>
    setOrAdd(
      () => store.update('clock_progress', { _id }, fields),
      () => store.add('clock_progress', { _id, ...allFree, ...fields }),
    )
  return {
    failing: async () => (await store.get<PiecesDocument>('clock_progress', _id))?.failing ?? [],
    keepFailing: (failing) => set({ failing }),
    claim: async (piece, now, untilAt) => {
      const claimed = { [fieldOf(piece)]: untilAt }
      const isFree = { _id, [fieldOf(piece)]: store.command.lte(now) }
      if ((await store.update('clock_progress', isFree, claimed)) === 1) return true
      return store.add('clock_progress', { _id, ...allFree, ...claimed } as { readonly _id: string })
    },
    giveBack: async (pieces) => {
      if (pieces.length > 0) await set(Object.fromEntries(pieces.map((piece) => [fieldOf(piece), 0])))
    },
  }
}
