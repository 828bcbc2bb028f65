import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { subpackages } from '../client/packages'
import budgets from './budgets.json'
import { functionBundles, sdkBytes } from './bundle-functions'
import { readOptions } from './command-line'
import { measureFirstRows } from './first-row'

readOptions(
  `usage: npm run size
what people load against its budget (config/budgets.json; a kilobyte is 1,024 bytes): home until its first row in a
browser, the mini-program's packages, the functions; as one JSON line; needs the builds`,
  {},
)

const dist = path.join(__dirname, '../dist')

/** In the demonstration, a community with matters and entries. */
const community = '150221104004'

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

const measureFunctions = async () => {
  const folder = requireBuilt('cloudfunctions', 'build:functions')
  const sdk = await sdkBytes()
  return functionBundles.map(({ name }) => ({
    name,
    bytes: statSync(path.join(folder, name, 'index.js')).size,
    sdkBytes: sdk[name] ?? 0,
  }))
}

const measure = async (): Promise<void> => {
  const weapp = measureWeapp()
  const functions = await measureFunctions()
  const h5 = await measureFirstRows(requireBuilt('h5', 'build:h5'), community)

  console.info(JSON.stringify({ weapp, h5, functions }))

  const limits: readonly (readonly [what: string, bytes: number, budget: number])[] = [
    ['the weapp main package', weapp.main, budgets.weappMainBytes],
    ...Object.entries(weapp.subpackages).map(
      ([name, bytes]) => [`the weapp subpackage ${name}`, bytes, budgets.weappSubpackageBytes] as const,
    ),
    ['home until its first row, on one origin,', h5.home.bytes, budgets.h5HomeBytes],
    ['home until its first row, on two origins,', h5.homeOfTwoOrigins.bytes, budgets.h5HomeBytes],
    ...functions.map(
      ({ name, bytes }) => [`the function ${name}`, bytes, budgets.functionBytes[name]] as const,
    ),
    ...functions.map(
      (one) => [`the SDK in the function ${one.name}`, one.sdkBytes, budgets.functionSdkBytes] as const,
    ),
  ]
  for (const [what, bytes, budget] of limits) {
    if (bytes <= budget) continue
    console.error(`${what} has ${bytes} bytes, its budget is ${budget}`)
    process.exitCode = 1
  }
}

void measure()
