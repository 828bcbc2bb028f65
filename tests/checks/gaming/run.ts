import { sceneNamed, scenes } from './scenes'
import { search } from './search'

const names = process.argv.slice(2)
for (const scene of names.length ? names.map(sceneNamed) : scenes) {
  const t = Date.now()
  const r = search(scene, {
    depth: Number(process.env.D ?? scene.shortDepth),
    mostStates: 60000,
    sample: 0,
    onDepth: (d, s) => console.info(scene.name, d, s, Date.now() - t),
  })
  for (const v of r.violations) console.info(v.judgement, v.what, '\n   ', v.path.join(' → '))
}
