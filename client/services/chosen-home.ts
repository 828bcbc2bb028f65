import { isText, keptValue } from './kept-value'
import { ownStorageKey } from './signed-in'

/** The community the resident says they live in; this device remembers it for each of its people. */
export const chosenHome = keptValue(() => ownStorageKey('home-community'), isText)
