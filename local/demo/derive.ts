/** What the clock's function answers: false while there is more to do than fits into one call. */
interface ClockAnswer {
  readonly isComplete: boolean
}

export interface Patience {
  /** Of one call, in milliseconds. Longer than the function's own limit, which ends it with a reason. */
  readonly callMs: number
  /** Of all calls together, in milliseconds. */
  readonly overallMs: number
  /** So many calls one after the other may fail or stay unanswered. */
  readonly failures: number
}

export const usualPatience: Patience = { callMs: 120_000, overallMs: 45 * 60_000, failures: 8 }

class NoAnswer extends Error {}

/** Answers or throws within these milliseconds, whatever becomes of the work. */
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
 * Calls the clock until it says that all is done. A call that fails or is cut off is repeated, since each one goes on
 * from where the last one came to. Throws in one line when the clock fails too often in a row, or never comes to an end.
 */
export const deriveAll = async (
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
      // Cut off by the end of all patience, the call says nothing of itself.
      if (error instanceof NoAnswer && leftMs <= callMs) break
      reason = error instanceof Error ? error.message : String(error)
      failed += 1
      if (failed >= failures)
        throw new Error(
          `the clock failed ${failed} times in a row while the demonstration was derived: ${reason}`,
        )
    }
  }
  throw new Error(`the demonstration was not derived within ${minutes(overallMs)}: ${reason}`)
}
