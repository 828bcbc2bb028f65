import { Cron as Croner } from 'croner'

/**
 * CloudBase's timer expressions: second, minute, hour, day of month, month, day of week, year. A day of month and a day
 * of week that are both given are alternatives. Times are China's. (https://cloud.tencent.com/document/product/583/9708)
 */
export interface Cron {
  /** Does it fire in the second that contains this instant? */
  readonly matches: (at: number) => boolean
  /** The first second after `after` in which it fires; undefined when it never does again. */
  readonly next: (after: number) => number | undefined
}

/** Reads an expression; throws naming the part that is wrong. */
export const readCron = (expression: string): Cron => {
  if (expression.trim().split(/\s+/).length !== 7) {
    throw new Error(`the timer expression "${expression}" needs seven fields`)
  }
  try {
    // `1/10` means every tenth, beginning with 1.
    const cron = new Croner(expression, { timezone: 'Asia/Shanghai', paused: true, sloppyRanges: true })
    return {
      matches: (at) => cron.match(new Date(Math.floor(at / 1000) * 1000)),
      next: (after) => cron.nextRun(new Date(after))?.getTime(),
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(`the timer expression "${expression}" is not valid: ${message}`)
  }
}
