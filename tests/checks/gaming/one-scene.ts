import { parseArgs } from 'node:util'
import { sceneNamed } from './scenes'
import { search } from './search'

/** One scene by itself, over whatever rules lie beside it; the last line is what was found. */
const { values } = parseArgs({
  options: {
    scene: { type: 'string', default: '' },
    depth: { type: 'string', default: '' },
    first: { type: 'boolean', default: false },
  },
})
const scene = sceneNamed(values.scene)
const depth = values.depth === '' ? scene.depth : Number(values.depth)
const { violations, states } = search(scene, {
  depth,
  mostStates: scene.mostStates,
  sample: 0,
  isFirstEnough: values.first,
})
console.info(JSON.stringify({ scene: scene.name, depth, states, violations }))
