import { playAsTold } from '../in-processes'
import { playTwice } from './swapped'

/** Turns of one history. */
const historyLength = 25

playAsTold((seed) => playTwice(seed, historyLength))
