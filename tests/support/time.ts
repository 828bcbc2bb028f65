import { chinaDateOn, dayMs, startOfChinaDate } from '../../cloudfunctions/ground/instant'
import type { Cloud } from '../../local/cloudbase'

const cutOff = 'FUNCTIONS_TIME_LIMIT_EXCEEDED'
/** However little of the work a run does on the slowest machine: only what never ends is given up. */
const mostRuns = 5000

/** A run of the clock: throws an error with the platform's `code`. */
type RunClock = () => Promise<{ readonly value: unknown }>

/**
 * Runs the clock until all is done. On a busy machine one run may be cut off, or not come to the end. Every other failure
 * is what a test is there to find, and is thrown at once; the start of the product repeats it (local/demo/catch-up).
 */
export const runClockToItsEnd = async (run: RunClock): Promise<void> => {
  let last: unknown
  for (let runs = 0; runs < mostRuns; runs += 1) {
    try {
      const { value } = await run()
      last = value
      if ((value as { isComplete: boolean }).isComplete) return
    } catch (error) {
      if ((error as { code?: unknown }).code !== cutOff) throw error
    }
  }
  throw new Error(`the clock has not come to its end in ${mostRuns} runs: ${JSON.stringify(last)}`)
}

/** Lets the cloud's time go by and the clock do all that is due by then. */
export const letTimePass = async (cloud: Pick<Cloud, 'clock' | 'runTimer'>, ms: number): Promise<void> => {
  cloud.clock.step(ms)
  await runClockToItsEnd(() => cloud.runTimer('clock'))
}

/** A Chinese date so many days after another, as a field of dates takes it: `YYYY-MM-DD`. */
export const laterThan = (on: string, days: number): string =>
  chinaDateOn(startOfChinaDate(on) + days * dayMs)
