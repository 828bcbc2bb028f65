import type { Limits } from '../ports'

const dropAtOnce = 500

/** Removes buckets that are full, as long as there is time; says how many. */
export const dropOldLimits = async (limits: Limits, now: number, mayGoOn: () => boolean): Promise<number> => {
  let dropped = 0
  while (mayGoOn()) {
    const count = await limits.dropFull(now, dropAtOnce)
    dropped += count
    if (count < dropAtOnce) break
  }
  return dropped
}
