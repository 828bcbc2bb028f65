import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { subpackages } from '../client/routes'
import budgets from './budgets.json'
import { readOptions } from './command-line'
import { firstLoadFile } from './first-load'

readOptions(
  `usage: npm run size
bytes of every bundle against its budget (config/budgets.json), as one JSON line; needs the builds`,
  {},
)

const dist = path.join(__dirname, '../dist')

const requireBuilt = (folder: string, script: string): string => {
  const built = path.join(dist, folder)
  if (existsSync(built)) return built
  console.error(`dist/${folder} is missing: run npm run ${script} first`)
  process.exit(1)
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)

const measureWeapp = () => {
  const weapp = requireBuilt('weapp', 'build:weapp')
  const sizes = Object.fromEntries(
    subpackages.map(({ root }) => [path.basename(root), bytesIn(path.join(weapp, root))]),
  )
  const total = bytesIn(weapp)
  const main = total - Object.values(sizes).reduce((sum, size) => sum + size, 0)
  return { main, subpackages: sizes, total }
}

const measureH5 = (): number => {
  const h5 = requireBuilt('h5', 'build:h5')
  const files: string[] = JSON.parse(readFileSync(path.join(h5, firstLoadFile), 'utf8'))
  return ['index.html', ...files]
    .filter((file) => /\.(html|js|css)$/.test(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(path.join(h5, file)), { level: 9 }).length, 0)
}

const measureFunctions = () => {
  const folder = requireBuilt('cloudfunctions', 'build:functions')
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return Object.fromEntries(
    names.map(({ name }) => [name, statSync(path.join(folder, name, 'index.js')).size]),
  )
}

const weapp = measureWeapp()
const h5FirstLoadGzip = measureH5()
const functions = measureFunctions()

console.info(JSON.stringify({ weapp, h5FirstLoadGzip, functions }))

const limits: readonly (readonly [what: string, bytes: number, budget: number])[] = [
  ['the weapp main package', weapp.main, budgets.weappMainBytes],
  ...Object.entries(weapp.subpackages).map(
    ([name, bytes]) => [`the weapp subpackage ${name}`, bytes, budgets.weappSubpackageBytes] as const,
  ),
  ['the first load of h5 (gzip)', h5FirstLoadGzip, budgets.h5FirstLoadGzipBytes],
  ...Object.entries(functions).map(
    ([name, bytes]) => [`the function ${name}`, bytes, budgets.functionBytes] as const,
  ),
]
for (const [what, bytes, budget] of limits) {
  if (bytes <= budget) continue
  console.error(`${what} has ${bytes} bytes, its budget is ${budget}`)
  process.exitCode = 1
}
