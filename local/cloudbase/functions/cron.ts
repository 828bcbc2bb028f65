/**
 * CloudBase's timer expressions: second, minute, hour, day of month, month, day of week, year; each `*`, a number,
 * a list, a range or a step. Times are China's.
 */
export interface Cron {
  /** Does it fire in the second that contains this instant? */
  readonly matches: (at: number) => boolean
}

const limits = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
  [1970, 2099],
] as const

const readField = (
  text: string,
  [least, most]: readonly [number, number],
  expression: string,
): ((value: number) => boolean) => {
  const parts = text.split(',').map((part) => {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? []
    const [from, to] = range === '*' || range === '?' ? [least, most] : range.split('-').map(Number)
    const start = from ?? Number.NaN
    const end = to ?? (step === undefined ? start : most)
    if (
      !(Number.isInteger(start) && Number.isInteger(end) && start >= least && end <= most && start <= end)
    ) {
      throw new Error(`the timer expression "${expression}" is not valid at "${part}"`)
    }
    const every = Number(step ?? 1)
    return (value: number) => value >= start && value <= end && (value - start) % every === 0
  })
  return (value) => parts.some((part) => part(value))
}

/** Reads an expression; throws naming the part that is wrong. */
export const readCron = (expression: string): Cron => {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 7) throw new Error(`the timer expression "${expression}" needs seven fields`)
  const checks = fields.map((field, at) =>
    readField(field, limits[at] as readonly [number, number], expression),
  )
  return {
    matches: (at) => {
      const local = new Date(at + 8 * 3_600_000)
      const values = [
        local.getUTCSeconds(),
        local.getUTCMinutes(),
        local.getUTCHours(),
        local.getUTCDate(),
        local.getUTCMonth() + 1,
        local.getUTCDay(),
        local.getUTCFullYear(),
      ]
      return checks.every((check, index) => check(values[index] ?? 0))
    },
  }
}
