import type { Limits } from '../ports'

const dropAtOnce = 500

/** Removes buckets that are full, as long as there is time; says how many. */
export const dropOldLimits =
  (limits: Pick<Limits, 'dropFull'>) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly limitsDropped: number }> => {
    let limitsDropped = 0
    while (mayGoOn()) {
      const count = await limits.dropFull(now, dropAtOnce)
      limitsDropped += count
      if (count < dropAtOnce) break
    }
    return { limitsDropped }
  }
