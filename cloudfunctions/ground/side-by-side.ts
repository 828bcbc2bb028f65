/** Does the work for each, so many at once; a bound on what runs side by side, whatever the number of items. */
export const sideBySide = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const left = items.values()
  const takeTurns = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, takeTurns))
}

/** Most of what has come meanwhile that is done together. */
const mostTogether = 50

/**
 * Work of which only one may go on at a time under one key: what comes meanwhile waits and is then done together, in the
 * order in which it came. Who waits is told when it is done, or why not: `work` keeps the items that failed, each with
 * its reason, and fails itself where it could do none.
 */
export const inTurns = <T extends object>(
  work: (key: string, items: readonly T[]) => Promise<ReadonlyMap<T, unknown>>,
) => {
  const waiting = new Map<string, { item: T; done: () => void; failed: (reason: unknown) => void }[]>()

  const drain = async (key: string, line: NonNullable<ReturnType<typeof waiting.get>>): Promise<void> => {
    while (line.length > 0) {
      const together = line.splice(0, mostTogether)
      try {
        const faults = await work(
          key,
          together.map(({ item }) => item),
        )
        for (const { item, done, failed } of together)
          if (faults.has(item)) failed(faults.get(item))
          else done()
      } catch (error) {
        for (const { failed } of together) failed(error)
      }
    }
    waiting.delete(key)
  }

  return (key: string, item: T): Promise<void> =>
    new Promise((done, failed) => {
      const line = waiting.get(key)
      if (line) line.push({ item, done, failed })
      else {
        const begun = [{ item, done, failed }]
        waiting.set(key, begun)
        void drain(key, begun)
      }
    })
}
