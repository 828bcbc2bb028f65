/** The answer of the function `clock`: false while there is more to do than fits into one call. */
interface ClockAnswer {
  readonly isComplete: boolean
}

export interface Patience {
  /** Timeout of one call, in milliseconds; longer than the function's own, which reports a reason. */
  readonly callMs: number
  /** Timeout of all calls together, in milliseconds. */
  readonly overallMs: number
  /** So many consecutive calls may fail or time out. */
  readonly failures: number
}

export const usualPatience: Patience = { callMs: 120_000, overallMs: 45 * 60_000, failures: 8 }

class NoAnswer extends Error {}

/** Awaits the work, or throws after these milliseconds; the work itself is not cancelled. */
const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer for ${Math.round(ms / 1000)} s`)), ms)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

const isAnswer = (value: unknown): value is ClockAnswer =>
  typeof (value as { isComplete?: unknown } | null)?.isComplete === 'boolean'

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`

/**
 * Calls the clock until it reports that it is complete. A call that fails or times out is repeated, as each one goes on
 * from where the last one stopped. Throws, in one line, after too many consecutive failures or at the overall timeout.
 */
export const catchUpFully = async (
  callClock: () => Promise<unknown>,
  { callMs, overallMs, failures }: Patience = usualPatience,
): Promise<void> => {
  const endsMs = performance.now() + overallMs
  let failed = 0
  let reason = 'it never answered'
  for (let leftMs = overallMs; leftMs > 0; leftMs = endsMs - performance.now()) {
    try {
      const answer = await within(Math.min(callMs, leftMs), callClock())
      if (!isAnswer(answer)) throw new Error('its answer does not say whether it is complete')
      if (answer.isComplete) return
      failed = 0
      reason = 'each call left more to do'
    } catch (error) {
      // Cut short by the overall timeout: this is no failure of the call.
      if (error instanceof NoAnswer && leftMs <= callMs) break
      reason = error instanceof Error ? error.message : String(error)
      failed += 1
      if (failed >= failures)
        throw new Error(
          `the clock failed ${failed} times in a row while the demonstration was brought up to date: ${reason}`,
        )
    }
  }
  throw new Error(`the demonstration was not brought up to date within ${minutes(overallMs)}: ${reason}`)
}
