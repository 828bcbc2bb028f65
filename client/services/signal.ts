/** Tells everybody who listens that something has happened. */
export const signal = () => {
  const listeners = new Set<() => void>()
  return {
    tell: (): void => {
      for (const listener of [...listeners]) listener()
    },
    /** Calls back each time, until the function it returns is called. */
    hear: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
