import type { MovableClock } from '../ground/clock'
import type { FunctionConfig } from '../ground/config'
import { PlatformFailure } from '../ground/failure'
import { type Cron, readCron } from './cron'
import type { FunctionHost, InvocationResult } from './host'

/** A timer as the console shows it; instants are the cloud's. */
export interface TimerState {
  readonly functionName: string
  readonly triggerName: string
  readonly cron: string
  readonly lastAt?: number
  /** The platform's code of the last run's failure; undefined when it went well. */
  readonly lastCode?: string
  /** Undefined when it does not come within a year. */
  readonly nextAt?: number
  /** Runs that have failed and are to be tried again. */
  readonly retries: number
}

interface Timer {
  readonly functionName: string
  readonly triggerName: string
  readonly expression: string
  readonly cron: Cron
  lastAt?: number
  lastCode?: string | undefined
}

interface Retry {
  readonly timer: Timer
  readonly at: number
  readonly left: number
}

/**
 * A timer calls asynchronously, and a call that fails in the function is tried twice more, a minute apart; new turns
 * go on meanwhile (https://cloud.tencent.com/document/product/876/41138).
 */
const mostRetries = 2
const retryAfterMs = 60_000
/** Of the seconds that passed while this process was busy, so many are made up for. */
const mostMissedSeconds = 60
/** Shorter than the second that a cron expression can tell, so that none is left out. */
const tickMs = 250

/** Runs functions by the clock of the cloud. */
export const openTimers = (options: {
  readonly functions: FunctionHost
  readonly configs: readonly FunctionConfig[]
  readonly clock: MovableClock
}) => {
  const { functions, clock } = options
  const timers: readonly Timer[] = options.configs.flatMap((config) =>
    (config.triggers ?? []).map((trigger) => ({
      functionName: config.name,
      triggerName: trigger.name,
      expression: trigger.config,
      cron: readCron(trigger.config),
    })),
  )
  let retries: Retry[] = []
  let lastSecond = Math.floor(clock.now() / 1000)

  /** One run; a failure of the function is put down for a retry. Throws what the run throws. */
  const runOnce = async (timer: Timer, left: number): Promise<InvocationResult> => {
    timer.lastAt = clock.now()
    try {
      const result = await functions.invoke(
        timer.functionName,
        {
          Type: 'Timer',
          TriggerName: timer.triggerName,
          Time: new Date(clock.now()).toISOString(),
          Message: '',
        },
        { kind: 'none' },
        { trigger: 'timer', source: '' },
      )
      timer.lastCode = undefined
      return result
    } catch (error) {
      timer.lastCode = error instanceof PlatformFailure ? error.code : 'SYS_ERR'
      if (left > 0) retries.push({ timer, at: clock.now() + retryAfterMs, left: left - 1 })
      throw error
    }
  }

  /** Nobody waits for these: how they went is in the function's log. */
  const runAside = (timer: Timer, left: number): Promise<void> =>
    runOnce(timer, left).then(
      () => {},
      (error: unknown) => {
        if (!(error instanceof PlatformFailure)) console.error(error)
      },
    )

  const timerOf = (functionName: string, triggerName?: string): Timer => {
    const timer = timers.find(
      (one) => one.functionName === functionName && (triggerName ?? one.triggerName) === one.triggerName,
    )
    if (!timer) throw new Error(`the function ${functionName} has no timer ${triggerName ?? ''}`.trim())
    return timer
  }

  const retryDue = (): Promise<void>[] => {
    const now = clock.now()
    const due = retries.filter((one) => one.at <= now)
    retries = retries.filter((one) => one.at > now)
    return due.map(({ timer, left }) => runAside(timer, left))
  }

  /**
   * Runs what has become due since the last call: retries, and each timer's seconds, those included that passed while
   * this process was busy. Seconds that a move of the clock has skipped are not made up for.
   */
  const tick = async (): Promise<void> => {
    const second = Math.floor(clock.now() / 1000)
    const missed = second - lastSecond
    lastSecond = second
    const runs = retryDue()
    if (missed > 0) {
      const count = missed > mostMissedSeconds ? 1 : missed
      const seconds = Array.from({ length: count }, (_, ago) => second - ago)
      for (const timer of timers) {
        if (seconds.some((one) => timer.cron.matches(one * 1000))) runs.push(runAside(timer, mostRetries))
      }
    }
    await Promise.all(runs)
  }

  let ticking: NodeJS.Timeout | undefined

  return {
    tick,
    /** From now on the timers run by themselves. */
    start: (): void => {
      ticking ??= setInterval(() => void tick(), tickMs)
    },
    stop: (): void => {
      clearInterval(ticking)
      ticking = undefined
    },
    /** Runs one now and answers how it went; a failure is retried like any other. */
    run: (functionName: string, triggerName?: string): Promise<InvocationResult> =>
      runOnce(timerOf(functionName, triggerName), mostRetries),
    /** Runs all of them once, one after the other, as after a move of the clock. Throws what the first failure was. */
    runAll: async (): Promise<void> => {
      const failures: unknown[] = []
      for (const timer of timers) await runOnce(timer, mostRetries).catch((error) => failures.push(error))
      await Promise.all(retryDue())
      if (failures.length > 0) throw failures[0]
    },
    list: (): readonly TimerState[] =>
      timers.map((timer) => {
        const nextAt = timer.cron.next(clock.now())
        return {
          functionName: timer.functionName,
          triggerName: timer.triggerName,
          cron: timer.expression,
          ...(timer.lastAt === undefined ? {} : { lastAt: timer.lastAt }),
          ...(timer.lastCode === undefined ? {} : { lastCode: timer.lastCode }),
          ...(nextAt === undefined ? {} : { nextAt }),
          retries: retries.filter((one) => one.timer === timer).length,
        }
      }),
  }
}
export type Timers = ReturnType<typeof openTimers>
