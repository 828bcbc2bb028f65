/** A call in one window of a limit. */
export interface CountedCall {
  readonly id: string
  readonly most: number
  readonly amount: number
  readonly endsAt: number
  /** What tells one command from all others; undefined for what is no command. */
  readonly command?: string | undefined
}

export interface Limits {
  /**
   * Adds `amount` to a window's count, unless it would exceed `most`: then it is false and nothing is added. True, and
   * nothing is added either, where the window counts the same command already.
   */
  take(call: CountedCall): Promise<boolean>
  /** Removes windows that are over, oldest first, `most` at once; says how many. */
  dropEnded(now: number, most: number): Promise<number>
}
