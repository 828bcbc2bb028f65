import type { Case } from './case'
import { allCases } from './cases'
import { type Environment, openBench, openEnvironment } from './environment'

let environment: Environment
beforeAll(async () => {
  environment = await openEnvironment()
}, 60_000)
afterAll(async () => {
  await environment.close()
  if (environment.isLocal) return
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
  const bench = openBench(environment.app)
  try {
    await one.run(bench)
  } finally {
    await bench.clear()
  }
}

test('there are at least three hundred cases, each under a name of its own and with a source', () => {
  expect(allCases.length).toBeGreaterThanOrEqual(300)
  expect(new Set(allCases.map((one) => one.name)).size).toBe(allCases.length)
  expect(allCases.filter((one) => one.source.length < 8)).toEqual([])
})

test.each(allCases.map((one) => [one.name, one] as const))('%s', (_name, one) => check(one))
