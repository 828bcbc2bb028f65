import path from 'node:path'
import { playInProcesses } from '../in-processes'
import type { Difference, Swapped } from './swapped'

export interface ManyPlayed {
  readonly histories: number
  readonly reads: number
  readonly kinds: ReadonlySet<string>
  readonly differences: readonly Difference[]
}

/** Plays histories, each in two worlds, in as many processes as the machine has processors. */
export const playMany = async (
  options: { histories: number; firstSeed: number; jobs?: number },
  onProgress: (played: number) => void,
): Promise<ManyPlayed> => {
  let histories = 0
  let reads = 0
  const kinds = new Set<string>()
  const differences: Difference[] = []
  await playInProcesses<Swapped>(path.join(__dirname, 'play-histories.ts'), options, (swapped) => {
    histories += 1
    reads += swapped.readings
    for (const kind of swapped.kinds) kinds.add(kind)
    differences.push(...swapped.differences)
    onProgress(histories)
  })
  return { histories, reads, kinds, differences }
}
