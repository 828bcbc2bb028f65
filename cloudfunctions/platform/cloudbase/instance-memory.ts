/** How long an instance may go on with what it has read. */
const keptMs = 60_000

/**
 * What one instance of a function has read lately: at most a minute old, and no more than `most`, beyond which it begins
 * anew. For what may be a minute old and harms nobody; never for who may act.
 */
export const instanceMemory = <T>(most: number) => {
  const kept = new Map<string, { readonly value: T; readonly until: number }>()
  return {
    get: (key: string): T | undefined => {
      const found = kept.get(key)
      return found && found.until > Date.now() ? found.value : undefined
    },
    keep: (key: string, value: T): void => {
      if (kept.size >= most) kept.clear()
      kept.set(key, { value, until: Date.now() + keptMs })
    },
  }
}
