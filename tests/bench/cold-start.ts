import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { readOptions } from '../../config/command-line'
import { banner, branch, league, region, township } from '../support/builders'
import { startOwnCloud } from '../support/own-cloud'

readOptions(
  `usage: npm run bench:cold
the first call of a new instance of the function api: loading it and answering, beside the same function whose packages
are loaded file by file, as one JSON line. BENCH_AGAINST names the folder of another build (with api/index.js), BENCH_RUNS how often each
is asked (20). All are asked in turn, so that a busy moment of the machine meets all of them: ratios are what to quote`,
  {},
)

const root = path.join(__dirname, '../..')
const execute = promisify(execFile)
const runs = Number(process.env.BENCH_RUNS ?? 20)
const against = process.env.BENCH_AGAINST
const asked = [
  ['me.get', {}],
  ['report.recent', { unitId: branch.id }],
] as const

const secret = 'c01d57'.repeat(11).slice(0, 64)

const parts = ['loadMs', 'allMs', 'loadWorkMs', 'allWorkMs'] as const
type Cost = Readonly<Record<(typeof parts)[number], number>>

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** The function as it lies in the sources, in one file, with its packages where they are installed. */
const bundleOwnCode = async (): Promise<string> => {
  const outfile = path.join(root, `dist/cold-start-${process.pid}/index.js`)
  await build({
    entryPoints: [path.join(root, 'cloudfunctions/entrypoints/api/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  })
  return outfile
}

const main = async (): Promise<void> => {
  const unbundled = await bundleOwnCode()
  const functionRoot = path.join(root, 'dist/cloudfunctions')
  const { app, close } = await startOwnCloud({ secret, functionRoot })
  try {
    const units = [region, league, banner, township, branch].map(({ id, ...rest }) => ({ _id: id, ...rest }))
    await app.database().collection('units').add(units)

    const subjects: Readonly<Record<string, string>> = {
      unbundled,
      bundled: path.join(functionRoot, 'api/index.js'),
      ...(against ? { against: path.resolve(against, 'api/index.js') } : {}),
    }
    const caller = { TCB_UUID: 'uid-resident', TCB_ISANONYMOUS_USER: 'false', TCB_CUSTOM_USER_ID: 'resident' }
    const env = {
      ...process.env,
      ...caller,
      TCB_CONTEXT_KEYS: Object.keys(caller).join(','),
    }
    const coldCall = async (file: string, action: string, input: object): Promise<Cost> => {
      const script = path.join(__dirname, 'cold-call.cjs')
      const { stdout } = await execute(process.execPath, [script, file, action, JSON.stringify(input)], {
        env,
      })
      return JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Cost
    }
    const figures: Record<string, object> = {}
    for (const [action, input] of asked) {
      const costs = Object.entries(subjects).map(([name, file]) => ({ name, file, seen: [] as Cost[] }))
      for (let run = 0; run <= runs; run += 1)
        for (const { file, seen } of costs) {
          const cost = await coldCall(file, action, input)
          // The first of each warms the machine's caches and the database.
          if (run > 0) seen.push(cost)
        }
      const whole = costs.find(({ name }) => name === 'unbundled')?.seen ?? []
      figures[action] = Object.fromEntries(
        costs.map(({ name, seen }) => [
          name,
          Object.fromEntries(
            parts.map((part) => {
              const of = (all: readonly Cost[]): number => median(all.map((cost) => cost[part]))
              return [
                part,
                { ms: Math.round(of(seen)), ofUnbundled: Number((of(seen) / of(whole)).toFixed(2)) },
              ]
            }),
          ),
        ]),
      )
    }
    console.info(JSON.stringify(figures))
  } finally {
    await close()
    await rm(path.dirname(unbundled), { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
