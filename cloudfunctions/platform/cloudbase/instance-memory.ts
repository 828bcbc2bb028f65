import { begun } from '../../ground/begun'
import { boundedMemory } from '../../ground/bounded-memory'
import { minuteMs } from '../../ground/instant'

/** How long an instance may go on with what it has read. */
const keptMs = minuteMs

/**
 * What one instance of a function has read lately: at most a minute old, and the `most` that were read last. For what
 * may be a minute old and harms nobody; never for who may act.
 */
export const instanceMemory = <T>(most: number) => {
  const kept = boundedMemory<{ readonly value: T; readonly until: number }>(most)
  return {
    get: (key: string): T | undefined => {
      const found = kept.get(key)
      return found && found.until > Date.now() ? found.value : undefined
    },
    keep: (key: string, value: T): void => kept.keep(key, { value, until: Date.now() + keptMs }),
    forget: kept.forget,
  }
}

/** The same of what is read one by one: who asks while it is being read is answered by that reading. What failed is read anew. */
export const instanceReads = <T>(most: number) => {
  const kept = instanceMemory<Promise<T>>(most)
  return {
    of: (key: string, read: () => Promise<T>): Promise<T> => {
      const known = kept.get(key)
      if (known) return known
      const reading = begun(
        read().catch((error: unknown) => {
          if (kept.get(key) === reading) kept.forget(key)
          throw error
        }),
      )
      kept.keep(key, reading)
      return reading
    },
    forget: kept.forget,
  }
}
