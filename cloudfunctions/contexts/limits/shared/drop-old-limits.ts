import type { Limits } from '../ports'

const dropAtOnce = 500

/** Removes the counts of windows that are over, oldest first, as long as there is time; says how many. */
export const dropOldLimits =
  (limits: Pick<Limits, 'dropEnded'>) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly limitsDropped: number }> => {
    let limitsDropped = 0
    while (mayGoOn()) {
      const count = await limits.dropEnded(now, dropAtOnce)
      limitsDropped += count
      if (count < dropAtOnce) break
    }
    return { limitsDropped }
  }
