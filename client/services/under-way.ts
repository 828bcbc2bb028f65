import { sharedValue, useShared } from './shared-value'

/** A command that somebody waits for. */
export interface UnderWay {
  readonly giveUp: () => void
}

const commands = sharedValue<readonly UnderWay[]>([])

/** Registers a command as under way; the function that is answered ends that. */
export const noteUnderWay = (giveUp: () => void): (() => void) => {
  const mine: UnderWay = { giveUp }
  commands.become([...commands.read(), mine])
  return () => commands.become(commands.read().filter((one) => one !== mine))
}

/** The commands that are on their way, the oldest first. */
export const useUnderWay = (): readonly UnderWay[] => useShared(commands)
