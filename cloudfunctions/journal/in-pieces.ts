/** Works in pieces of so many until one is not full, as long as there is time; says how many it did and whether that was all. */
export const inPieces = async (
  most: number,
  mayGoOn: () => boolean,
  work: (most: number) => Promise<number>,
): Promise<{ readonly done: number; readonly isComplete: boolean }> => {
  let done = 0
  while (mayGoOn()) {
    const count = await work(most)
    done += count
    if (count < most) return { done, isComplete: true }
  }
  return { done, isComplete: false }
}
