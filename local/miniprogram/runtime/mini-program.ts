import type { Compiled } from '../compile'
import type { Problem } from '../failure'
import { report } from './server-link'

let compiled: Compiled | undefined

export const openMiniProgram = (given: Compiled): void => {
  compiled = given
}

/** The mini-program that runs here. */
export const miniProgram = (): Compiled => {
  if (!compiled) throw new Error('no mini-program is open')
  return compiled
}

/** Says what is wrong once for each place. */
const said = new Set<string>()
export const reportOnce = (problem: Problem): void => {
  const key = JSON.stringify(problem)
  if (said.has(key)) return
  said.add(key)
  report(problem)
}
