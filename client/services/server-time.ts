let offsetMs = 0

/** Learns the server's time from an answer that left at `askedAt` and came at `answeredAt` by this device. */
export const noteServerTime = (serverAt: number, askedAt: number, answeredAt: number): void => {
  offsetMs = serverAt - (askedAt + answeredAt) / 2
}

/** The time by the server: this device's own clock may be wrong by a year. */
export const serverNow = (): number => Date.now() + offsetMs
