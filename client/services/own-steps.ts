type Listener = () => void

const listeners = new Set<Listener>()

/** Tells every page that is open that one of this person's own commands was carried out. */
export const noteOwnStep = (): void => {
  for (const listener of listeners) listener()
}

/** Calls back after each own step, until the function it returns is called. */
export const onOwnStep = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
