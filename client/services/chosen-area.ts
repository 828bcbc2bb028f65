import { isText, keptValue } from './kept-value'

/** The unit whose area the public lists are about, as it was chosen last on this device. */
export const chosenArea = keptValue(() => 'chosen-area', isText)
