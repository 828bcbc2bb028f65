/** What an instance remembers under names that callers choose: the `most` that were kept last, and no more. */
export const boundedMemory = <V>(most: number) => {
  const kept = new Map<string, V>()
  return {
    get: (name: string): V | undefined => kept.get(name),
    keep: (name: string, value: V): void => {
      kept.delete(name)
      kept.set(name, value)
      if (kept.size <= most) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
    forget: (name: string): void => {
      kept.delete(name)
    },
  }
}
