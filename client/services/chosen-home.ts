import { isText, keptValue } from './kept-value'

/** The community the resident says they live in; this device remembers it. */
export const chosenHome = keptValue(() => 'home-community', isText)
