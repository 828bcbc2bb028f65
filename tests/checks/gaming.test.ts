import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { findPlanted, type Weakness, weaknessAt, weaknesses, weaknessFolder } from './gaming/planted'
import { bundleForReplay, replay } from './gaming/replay'
import { sceneNamed, scenes } from './gaming/scenes'
import { search } from './gaming/search'

/** Does the patch still apply to the rules as they are? Answers what git complains of, or nothing. */
const whyNotApplied = async ({ file }: Weakness): Promise<string> => {
  try {
    await promisify(execFile)('git', ['apply', '--check', file], { cwd: path.join(__dirname, '../..') })
    return ''
  } catch (error) {
    return (error as { stderr?: string }).stderr ?? String(error)
  }
}

/** The short form of `npm run check:gaming`: every scene, less deep. */
describe('nobody who acts freely gains by it', () => {
  test.each(scenes.map(({ name }) => name))(
    '%s: no way off the list, to better figures, or to a dead end',
    (name) => {
      const scene = sceneNamed(name)
      const { violations, states } = search(scene, {
        depth: scene.shortDepth,
        mostStates: 5000,
        sample: 0,
      })
      expect(violations).toEqual([])
      expect(states).toBeGreaterThan(20)
    },
  )
})

describe('a sentence taken from the rules', () => {
  test('every one of the weaknesses still applies to the rules as they are', async () => {
    const list = await weaknesses()
    expect(list.length).toBeGreaterThanOrEqual(20)
    const broken = await Promise.all(
      list.map(async (one) => ({ name: one.name, why: await whyNotApplied(one) })),
    )
    expect(broken.filter(({ why }) => why !== '')).toEqual([])
    for (const { scene } of list) expect(sceneNamed(scene).name).toBe(scene)
  })

  test.each([
    ['hollow-contact', 'waysToBetterFigures'],
    ['handed-to-nobody', 'waysOffTheList'],
    ['declined-alone', 'waysOffTheList'],
  ])('%s: the search finds what it opens', async (name, judgement) => {
    const found = await findPlanted(await weaknessAt(path.join(weaknessFolder, `${name}.patch`)))
    expect(found?.judgement).toBe(judgement)
    expect(found?.path.length).toBeGreaterThan(1)
  })
})

describe('paths of the model told to the functions', () => {
  test('end as in the model', async () => {
    const scene = sceneNamed('merge')
    const { paths } = search(scene, { depth: 4, mostStates: 3000, sample: 20 })
    const functionRoot = path.join(__dirname, `../../dist/functions-told-in-test-${process.pid}`)
    try {
      await bundleForReplay(functionRoot)
      expect(await replay(scene, paths, functionRoot)).toEqual({ count: 20, differences: [] })
    } finally {
      await rm(functionRoot, { recursive: true, force: true })
    }
  })
})
