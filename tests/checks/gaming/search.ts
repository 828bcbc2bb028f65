import { mostTicks } from './compressed-law'
import { type Sums, sumsOf } from './figures'
import { inWords, movesFrom, redo, type Step } from './moves'
import { type Finding, type Judgement, judge } from './oracle'
import type { Scene } from './scenes'
import { digestOf, stateKey } from './state-key'
import { beginning, type World } from './world'

export interface Violation extends Finding {
  readonly scene: string
  readonly path: readonly string[]
}

export interface Searched {
  readonly name: string
  readonly cast: readonly string[]
  /** Every state of this depth and less has been seen. */
  readonly depth: number
  readonly states: number
  readonly violations: readonly Violation[]
  /** Paths to states, spread over the search. */
  readonly paths: readonly (readonly Step[])[]
}

export interface SearchOptions {
  readonly depth: number
  readonly mostStates: number
  /** How many paths to give back. */
  readonly sample: number
  /** End with the first violation. */
  readonly isFirstEnough?: boolean
  readonly onDepth?: (depth: number, states: number) => void
}

export const open = (scene: Scene): World =>
  scene.opening.reduce<World>((world, step) => {
    const after = redo(world, step)
    if (typeof after === 'string') throw new Error(`${scene.name}: ${inWords(step)} is refused: ${after}`)
    return after
  }, beginning(scene.seats))

/** The first sums of all who did and said the same; a path with better ones has found a way. */
const better = (one: Sums, other: Sums): boolean => one.some((sum, place) => sum !== other[place])

/** Breadth first, equal states folded: the first path to a state is a shortest one. */
export const search = (scene: Scene, options: SearchOptions): Searched => {
  const parents: number[] = [-1]
  const steps: (Step | null)[] = [null]
  const seen = new Set<number>()
  const sums = new Map<string, { readonly sums: Sums; readonly node: number }>()
  const found = new Map<string, Violation>()
  const lastTick = mostTicks

  const pathTo = (node: number): readonly Step[] => {
    const path: Step[] = []
    for (let at = node; at > 0; at = parents[at] ?? 0) {
      const step = steps[at]
      if (step) path.unshift(step)
    }
    return path
  }
  const tell = (node: number, finding: Finding): void => {
    const kind = `${finding.judgement}${finding.what.replace(/\d+/g, '')}`
    if (found.has(kind)) return
    found.set(kind, {
      ...finding,
      scene: scene.name,
      path: [...scene.opening, ...pathTo(node)].map(inWords),
    })
  }
  const compare = (world: World, node: number): void => {
    const signature = `${world.tick}|${world.reports.length}|${world.books.said}`
    const own = sumsOf(world)
    const known = sums.get(signature)
    if (!known) sums.set(signature, { sums: own, node })
    else if (better(own, known.sums)) {
      const other = pathTo(known.node).map(inWords).join(' → ')
      tell(node, {
        judgement: 'waysToBetterFigures' satisfies Judgement,
        what: `同样的话和同样的联系，合计不同：[${own}] 与 [${known.sums}]（${other}）`,
      })
    }
  }

  const root = open(scene)
  seen.add(digestOf(stateKey(root)))
  let level: { readonly node: number; readonly world: World }[] = [{ node: 0, world: root }]
  let depth = 0
  let isFull = false
  while (level.length > 0 && depth < options.depth && !isFull) {
    const next: typeof level = []
    for (const { node, world } of level) {
      for (const moved of movesFrom(world, scene, lastTick)) {
        const digest = digestOf(stateKey(moved.world))
        if (seen.has(digest)) continue
        seen.add(digest)
        const at = parents.length
        parents.push(node)
        steps.push(moved.step)
        const hasTimePassed = moved.step.kind === 'wait'
        const { isBranchHonest } = scene
        for (const finding of judge(moved.world, { isBranchHonest, hasTimePassed })) tell(at, finding)
        if (hasTimePassed) compare(moved.world, at)
        next.push({ node: at, world: moved.world })
      }
      if (options.isFirstEnough && found.size > 0) break
      if (seen.size >= options.mostStates) {
        isFull = true
        break
      }
    }
    if (!isFull) depth += 1
    options.onDepth?.(depth, seen.size)
    if (options.isFirstEnough && found.size > 0) break
    level = next
  }

  const sample: (readonly Step[])[] = []
  const count = Math.min(options.sample, parents.length - 1)
  for (let place = 1; place <= count; place += 1) {
    const node = Math.floor((place * (parents.length - 1)) / count)
    sample.push([...scene.opening, ...pathTo(node)])
  }
  return {
    name: scene.name,
    cast: scene.cast,
    depth,
    states: seen.size,
    violations: [...found.values()],
    paths: sample,
  }
}
