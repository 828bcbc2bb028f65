import { playAsTold } from '../in-processes'
import { playFigures } from './play'

/** Turns of one history. */
const historyLength = 25

playAsTold((seed) => playFigures(seed, historyLength))
