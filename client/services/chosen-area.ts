import { isText, keptValue } from './kept-value'
import { ownStorageKey } from './signed-in'

/** The unit whose area the public lists are about, as this person chose it last on this device. */
export const chosenArea = keptValue(() => ownStorageKey('chosen-area'), isText)
