import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Case } from './case'
import { allCases } from './cases'
import { type Environment, openBench, openEnvironment } from './environment'

let environment: Environment
beforeAll(async () => {
  environment = await openEnvironment()
})
afterAll(async () => {
  await environment?.close()
  if (environment?.isLocal !== false) return
  const open = allCases.filter((one) => one.uncertain)
  console.info(open.map((one) => `${one.name}: ${one.uncertain}`).join('\n'))
})

beforeEach(() => {
  // Cases ask for what has no index, which is said once for each.
  const { warn } = console
  jest.spyOn(console, 'warn').mockImplementation((...parts: unknown[]) => {
    if (!/has no index for this query|goes through all of it/.test(String(parts[0]))) warn(...parts)
  })
})

const check = async (one: Case): Promise<void> => {
  if (one.onlyLocal && !environment.isLocal) return
  const bench = openBench(environment)
  try {
    await one.run(bench)
  } finally {
    await bench.clear()
  }
}

test('there are at least three hundred cases, each under a name of its own and with a source', () => {
  expect(allCases.length).toBeGreaterThanOrEqual(300)
  expect(new Set(allCases.map((one) => one.name)).size).toBe(allCases.length)
  const isPage = (source: string) => URL.canParse(source) && new URL(source).pathname.length > 1
  // A file of an SDK, and where in it.
  const isFile = (source: string) =>
    existsSync(path.join(__dirname, '../../node_modules', source.replace(/(:\d+|, .+)$/, '')))
  expect(allCases.filter(({ source }) => !isPage(source) && !isFile(source))).toEqual([])
})

test.each(allCases.map((one) => [one.name, one] as const))('%s', (_name, one) => check(one))
