/** The cloud's clock: this machine's plus an offset that is persisted. */
export interface MovableClock {
  readonly now: () => number
  /** How far the cloud is ahead of this machine, in milliseconds. */
  readonly offsetMs: () => number
  readonly setOffset: (offsetMs: number) => void
}

export const openClock = (read: () => string | undefined, write: (text: string) => void): MovableClock => {
  let offsetMs = Number(read() ?? '0')
  return {
    now: () => Date.now() + offsetMs,
    offsetMs: () => offsetMs,
    setOffset: (next) => {
      offsetMs = next
      write(String(next))
    },
  }
}
