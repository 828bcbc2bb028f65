import { rm } from 'node:fs/promises'
import path from 'node:path'
import { readOptions } from '../../../config/command-line'
import { findPlanted, type Weakness, weaknessAt, weaknesses } from './planted'
import { bundleForReplay, type Difference, replay } from './replay'
import { sceneNamed, scenes } from './scenes'
import { type Searched, search, type Violation } from './search'

/**
 * `npm run check:gaming`: searches every scene for ways to cheat the rules and replays paths through the functions.
 * `--scene NAME` searches one of them; `--planted FILE` (or `all`) takes a sentence of the rules away and asks
 * whether the search notices. The last line is the report.
 */
const values = readOptions(
  `usage: npm run check:gaming [-- --scene NAME] [--depth NUMBER] [--replay 1000] | [-- --planted FILE|all]
searches ways off the red-face list, to better figures and into dead ends; the last line is the report`,
  {
    scene: { type: 'string' },
    depth: { type: 'string' },
    planted: { type: 'string' },
    replay: { type: 'string', default: '1000' },
  },
)

const tell = (violation: Violation): void => {
  console.info(`${violation.scene}: ${violation.judgement}: ${violation.what}`)
  violation.path.forEach((step, place) => {
    console.info(`  ${place + 1}. ${step}`)
  })
}

const plant = async (list: readonly Weakness[]): Promise<void> => {
  const planted: Record<string, string | null> = {}
  for (const weakness of list) {
    const found = await findPlanted(weakness)
    planted[weakness.name] = found ? `${found.scene}, ${found.path.length} steps` : null
    console.info(`${weakness.name}: ${found ? 'found' : 'NOT FOUND'} in ${weakness.scene}`)
    if (found) tell(found)
  }
  const missed = Object.entries(planted).flatMap(([name, found]) => (found === null ? [name] : []))
  console.info(JSON.stringify({ planted, found: list.length - missed.length, missed }))
  if (missed.length > 0) process.exitCode = 1
}

/** Tells sampled paths of every scene to the functions as they would be deployed. */
const replayAll = async (
  searched: readonly Searched[],
): Promise<{ readonly count: number; readonly differences: readonly Difference[] }> => {
  const functionRoot = path.join(__dirname, `../../../dist/functions-told-${process.pid}`)
  let count = 0
  const differences: Difference[] = []
  try {
    await bundleForReplay(functionRoot)
    for (const { name, paths } of searched) {
      if (paths.length === 0) continue
      const replayed = await replay(sceneNamed(name), paths, functionRoot)
      console.info(
        `${name}: ${replayed.count} paths told to the functions, ${replayed.differences.length} differ`,
      )
      for (const one of replayed.differences) console.info(`  ${one.what}\n    ${one.path.join(' → ')}`)
      count += replayed.count
      differences.push(...replayed.differences)
    }
  } finally {
    await rm(functionRoot, { recursive: true, force: true })
  }
  return { count, differences }
}

const full = async (): Promise<void> => {
  const chosen = values.scene === undefined ? scenes : [sceneNamed(values.scene)]
  const searched = chosen.map((scene) => {
    const depth = values.depth === undefined ? scene.depth : Number(values.depth)
    const sample = Math.ceil(Number(values.replay) / chosen.length)
    const found = search(scene, { depth, mostStates: scene.mostStates, sample })
    console.info(`${scene.name}: ${found.states} states, ${found.depth} deep`)
    found.violations.forEach(tell)
    return found
  })
  const count = (judgement: Violation['judgement']): number =>
    searched.flatMap((one) => one.violations).filter((one) => one.judgement === judgement).length
  const found = {
    waysOffTheList: count('waysOffTheList'),
    waysToBetterFigures: count('waysToBetterFigures'),
    stuck: count('stuck'),
  }
  const { count: replayed, differences } = await replayAll(searched)
  console.info(
    JSON.stringify({
      scenes: searched.map(({ name, cast, depth, states }) => ({ name, cast, depth, states })),
      states: searched.reduce((sum, one) => sum + one.states, 0),
      replayed,
      endedOtherwise: differences.length,
      ...found,
    }),
  )
  const faults = found.waysOffTheList + found.waysToBetterFigures + found.stuck + differences.length
  if (faults > 0) process.exitCode = 1
}

const main = async (): Promise<void> => {
  const { planted } = values
  if (planted === undefined) return full()
  return plant(planted === 'all' ? await weaknesses() : [await weaknessAt(path.resolve(planted))])
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
