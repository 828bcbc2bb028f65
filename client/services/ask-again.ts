type Listener = () => void

const listeners = new Set<Listener>()

/** Everything that waits for an answer, or came to none, is asked once more: all of a page, not the part that was pressed. */
export const askAgain = (): void => {
  for (const listener of [...listeners]) listener()
}

/** Calls back each time, until the function it returns is called. */
export const onAskAgain = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
