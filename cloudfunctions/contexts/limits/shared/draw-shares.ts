import { boundedMemory } from '../../../ground/bounded-memory'
import type { Bucket } from '../../../ground/bucket'
import { minuteMs } from '../../../ground/instant'
import type { Taken } from './take-tokens'

/** So many readings an instance allows a minute of its own, and takes from the common bucket at a time. */
const share = 15

interface Share {
  readonly minute: number
  left: number
  closedUntil: number
}

/**
 * Readings, counted in the memory of an instance: the first fifteen of a minute are free, more are taken from the bucket
 * in the database by fifteen at a time. So the many who read little cost it nothing, and whoever reads a lot costs it one
 * step in fifteen; what n instances together allow is the bucket's own promise and n × 15 a minute.
 */
export const shareDrawer = (
  take: (taken: Taken, now: number) => Promise<number | null>,
  mostRemembered: number,
) => {
  const shares = boundedMemory<Share>(mostRemembered)

  const shareOf = (name: string, now: number): Share => {
    const minute = Math.floor(now / minuteMs)
    const held = shares.get(name)
    if (held?.minute === minute) return held
    const fresh: Share = { minute, left: share, closedUntil: held?.closedUntil ?? 0 }
    shares.keep(name, fresh)
    return fresh
  }

  /** When it may be tried again; null when it may be read. `idOf` names the bucket, which is asked for seldom. */
  return async (name: string, idOf: () => string, bucket: Bucket, now: number): Promise<number | null> => {
    const held = shareOf(name, now)
    if (held.left > 0) {
      held.left -= 1
      return null
    }
    if (held.closedUntil > now) return held.closedUntil
    const retryAt = await take({ id: idOf(), bucket, amount: share }, now)
    if (retryAt === null) held.left += share - 1
    else held.closedUntil = retryAt
    return retryAt
  }
}
