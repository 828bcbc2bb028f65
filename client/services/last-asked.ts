/**
 * Of questions that overtake one another only the answer to the last one counts, in whatever order answers come: what
 * lies on the screen after a step is never what was asked before it.
 */
export const lastAsked = () => {
  let count = 0
  /** Said with every question; tells, once the answer is there, whether nothing has been asked since. */
  return (): (() => boolean) => {
    count += 1
    const mine = count
    return () => mine === count
  }
}
