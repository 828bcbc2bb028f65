import { useSyncExternalStore } from 'react'

/** A command that somebody waits for. */
export interface UnderWay {
  readonly giveUp: () => void
}

const listeners = new Set<() => void>()
let commands: readonly UnderWay[] = []

const change = (next: readonly UnderWay[]): void => {
  commands = next
  for (const listener of listeners) listener()
}

/** Registers a command as under way; the function that is answered ends that. */
export const noteUnderWay = (giveUp: () => void): (() => void) => {
  const mine: UnderWay = { giveUp }
  change([...commands, mine])
  return () => change(commands.filter((one) => one !== mine))
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const read = (): readonly UnderWay[] => commands

/** The commands that are on their way, the oldest first. */
export const useUnderWay = (): readonly UnderWay[] => useSyncExternalStore(subscribe, read, read)
