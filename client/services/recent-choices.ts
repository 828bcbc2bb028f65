import { type KeptValue, keptValue } from './kept-value'
import { ownStorageKey } from './signed-in'

/** Something this person chose before on this device. */
export interface RecentChoice {
  readonly id: string
  readonly name: string
}

type Kind = 'community' | 'category'

const mostKept = 3

const isList = (kept: unknown): kept is readonly RecentChoice[] => Array.isArray(kept)
const keptChoices = (kind: Kind) => keptValue(() => ownStorageKey(`recent-${kind}`), isList)

const choices: Readonly<Record<Kind, KeptValue<readonly RecentChoice[]>>> = {
  community: keptChoices('community'),
  category: keptChoices('category'),
}

/** What was chosen before, the latest first. */
export const recentChoices = (kind: Kind): readonly RecentChoice[] => choices[kind].read() ?? []

export const noteChoice = (kind: Kind, { id, name }: RecentChoice): void => {
  const others = recentChoices(kind).filter((one) => one.id !== id)
  choices[kind].keep([{ id, name }, ...others].slice(0, mostKept))
}
