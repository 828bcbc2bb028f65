/** The cloud's time: this machine's, moved. The move survives restarts. */
export interface MovableClock {
  readonly now: () => number
  /** Milliseconds by which the cloud is ahead of this machine. */
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
