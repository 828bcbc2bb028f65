import { readFileSync } from 'node:fs'
import path from 'node:path'

interface Bundled {
  readonly api: typeof import('../../cloudfunctions/entrypoints/api')
  readonly clock: typeof import('../../cloudfunctions/entrypoints/clock')
  readonly papers: typeof import('../../cloudfunctions/entrypoints/papers')
  readonly photos: typeof import('../../cloudfunctions/entrypoints/photos')
}

/**
 * What a function's deployed file exports, run in this process: its packages are those of the bundle, with what was left
 * out of them. Of the outside it asks only what node brings, and native libraries.
 */
export const openBundled = <Name extends keyof Bundled>(name: Name): Bundled[Name] => {
  const file = path.join(process.env.FUNCTION_ROOT ?? '', name, 'index.js')
  const loaded = { exports: {} }
  const run = new Function(
    'module',
    'exports',
    'require',
    '__filename',
    '__dirname',
    readFileSync(file, 'utf8'),
  )
  run(loaded, loaded.exports, require, file, path.dirname(file))
  return loaded.exports as Bundled[Name]
}
