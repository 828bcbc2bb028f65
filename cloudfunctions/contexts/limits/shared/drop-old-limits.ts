import { inPieces } from '../../../journal/in-pieces'
import type { Limits } from '../ports'

const dropAtOnce = 500

/** Removes buckets that are full, as long as there is time; says how many. */
export const dropOldLimits =
  (limits: Pick<Limits, 'dropFull'>) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly limitsDropped: number }> => {
    const { done } = await inPieces(dropAtOnce, mayGoOn, (most) => limits.dropFull(now, most))
    return { limitsDropped: done }
  }
