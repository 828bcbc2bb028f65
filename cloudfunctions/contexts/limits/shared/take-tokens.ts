import { boundedMemory } from '../../../ground/bounded-memory'
import { type Bucket, costMs, latestFullAt, takeableAt } from '../../../ground/bucket'
import { type KeptBucket, type Limits, mostCommands } from '../ports'

/** What is taken from which bucket. */
export interface Taken {
  readonly id: string
  readonly bucket: Bucket
  readonly amount: number
  /** What tells a command from all others; undefined for what is no command. */
  readonly command?: string | undefined
}

/** Somebody else was quicker so often that it may be said that many are asking. */
const mostTries = 4
const mostRemembered = 10_000
/** A command whose answer was lost is sent again some times; who goes on sending it pays each time as for a new one. */
const freeRepeats = 20

/**
 * Takes from the buckets in the database. An instance remembers each as it was when it last met it: it lies no earlier
 * now, so what was too much then is refused without a question until the time for it has come, and what is not costs one
 * conditional step, which tells when the memory is wrong.
 */
export const tokenTaker = (limits: Limits) => {
  const remembered = boundedMemory<KeptBucket>(mostRemembered)
  const repeats = boundedMemory<number>(mostRemembered)

  /** Counts one more time that a command was sent again: by each instance for itself, so that it costs no write. */
  const isRepeatedTooOften = (id: string, command: string): boolean => {
    const name = `${id} ${command}`
    const count = (repeats.get(name) ?? 0) + 1
    repeats.keep(name, count)
    return count > freeRepeats
  }

  /** When it may be tried again; null where nothing that is known speaks against it. */
  const knownRefusal = ({ id, bucket, amount, command }: Taken, now: number): number | null => {
    const known = remembered.get(id)
    if (known === undefined || known.fullAt <= latestFullAt(bucket, amount, now)) return null
    if (command !== undefined && known.commands.includes(command)) return null
    return takeableAt(bucket, amount, known.fullAt)
  }

  /** When it may be tried again; null when it was taken, or counts a command that it has counted and that is not sent too often. */
  const take = async (taken: Taken, now: number): Promise<number | null> => {
    const { id, bucket, amount } = taken
    let { command } = taken
    if (amount > bucket.burst) throw new RangeError(`${amount} of a bucket of ${bucket.burst}`)
    const byMs = costMs(bucket, amount)
    const until = latestFullAt(bucket, amount, now)
    for (let tries = 0; tries < mostTries; tries += 1) {
      const known = remembered.get(id)
      if (command !== undefined && known?.commands.includes(command)) {
        if (!isRepeatedTooOften(id, command)) return null
        command = undefined
      }
      const refusedUntil = knownRefusal({ ...taken, command }, now)
      if (refusedUntil !== null) return refusedUntil
      const isFull = known === undefined || known.fullAt <= now
      const next: KeptBucket = {
        fullAt: (isFull ? now : known.fullAt) + byMs,
        commands: [...(isFull ? [] : known.commands), ...(command === undefined ? [] : [command])].slice(
          -mostCommands,
        ),
      }
      const isTaken =
        known === undefined
          ? await limits.begin(id, next)
          : isFull
            ? await limits.beginAnew(id, next, now)
            : await limits.take(id, { after: now, until, byMs, command })
      if (isTaken) {
        remembered.keep(id, next)
        return null
      }
      const found = await limits.read(id)
      if (found === undefined) remembered.forget(id)
      else remembered.keep(id, found)
    }
    return now + byMs
  }

  return { take, knownRefusal }
}
