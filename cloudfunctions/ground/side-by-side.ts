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
