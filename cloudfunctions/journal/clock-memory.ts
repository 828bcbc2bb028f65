import { hourMs, minuteMs } from '../ground/instant'

/** A matter whose turn has failed in every run that tried it. */
export interface Failing {
  readonly id: string
  readonly times: number
  /** Why it failed the last time. */
  readonly reason: string
  readonly againAt: number
}

/** What runs of the clock over the same matters tell each other. All of it may be lost: then work is only tried again. */
export interface ClockMemory {
  failing(): Promise<readonly Failing[]>
  keepFailing(failing: readonly Failing[]): Promise<void>
  /** Says that this run works on a piece; false while another one does. */
  claim(piece: number, now: number, untilAt: number): Promise<boolean>
  giveBack(pieces: readonly number[]): Promise<void>
}

/** More pieces than are worked on at once: a second run finds some that nobody has begun. */
export const pieceCount = 32

/** More than fail by themselves: with more the fault lies elsewhere, and they are tried again by each run. */
export const mostFailing = 300

/** The next run tries it once more; what fails again waits twice as long each time, an hour at most. */
export const untilNextTry = (times: number): number =>
  times < 2 ? 0 : Math.min(minuteMs * 2 ** (times - 2), hourMs)

/** Failures that may pass: the last of these tries comes a quarter of an hour after the first. */
const timesWaitedFor = 5

/** It fails by itself, and nobody waits for it any more: it is tried on, and named until somebody mends it. */
export const isGivenUpOn = ({ times }: Failing): boolean => times > timesWaitedFor
