import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runStep, type StepOptions } from './step'

/**
 * `npm test`: everything that must hold, and the totals at the end. All steps run even when one fails or does not end,
 * so that one run tells everything.
 */
const root = path.join(__dirname, '..')
const resultsFolder = path.join(root, 'dist/test-results')

/** No step takes so long on any machine that works at all: what does has hung. */
const mostMs = 90 * 60_000

interface Step {
  readonly name: string
  readonly script: string
  /** Jest writes its totals here. */
  readonly results?: string
}

/** What is said of the sources, beside what is built from them: each of them keeps one core busy. */
const saying: readonly Step[] = [
  { name: 'types', script: 'test:types' },
  { name: 'lint', script: 'test:lint' },
  { name: 'import rules', script: 'test:imports' },
  { name: 'unused code', script: 'test:unused' },
  { name: 'functions', script: 'build:functions' },
]
const building: readonly Step[] = [
  { name: 'weapp build', script: 'build:weapp' },
  { name: 'h5 build', script: 'build:h5' },
  { name: 'h5 build for this machine', script: 'build:h5:local' },
]
const trying: readonly Step[] = [
  { name: 'bundle budgets', script: 'size' },
  { name: 'rules and functions', script: 'test:unit', results: 'unit.json' },
  { name: 'browser and mini-program', script: 'test:screens', results: 'screens.json' },
]

interface JestTotals {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numRuntimeErrorTestSuites: number
}

const noTotals: JestTotals = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 }

const totalsOf = (file: string): JestTotals => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestTotals
  } catch {
    return noTotals
  }
}

const validate = async (): Promise<void> => {
  rmSync(resultsFolder, { recursive: true, force: true })
  mkdirSync(resultsFolder, { recursive: true })

  const rows: string[] = []
  let passed = 0
  let failed = 0
  const takeStep = async (
    { name, script, results }: Step,
    shows: StepOptions['output'] = 'shown',
  ): Promise<void> => {
    const startedMs = performance.now()
    console.info(`\n── ${name} ──`)
    const file = results && path.join(resultsFolder, results)
    const { hasFailed, isTooLong } = await runStep(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['run', '--silent', script, ...(file ? ['--', '--json', `--outputFile=${file}`] : [])],
      { cwd: root, output: file === undefined ? shows : 'errors', mostMs },
    )
    const totals = file ? totalsOf(file) : undefined
    if (totals) {
      passed += totals.numPassedTests
      failed += totals.numFailedTests + totals.numRuntimeErrorTestSuites
      if (hasFailed && totals.numFailedTests + totals.numRuntimeErrorTestSuites === 0) failed += 1
    } else if (hasFailed) failed += 1
    else passed += 1
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    const tests = totals ? ` (${totals.numPassedTests} tests)` : ''
    const ended = isTooLong ? `, ended because it did not end within ${mostMs / 60_000} min` : ''
    rows.push(`${hasFailed ? 'FAILED' : 'ok    '} ${name}${tests} ${seconds} s${ended}`)
  }
  const takeAll = async (steps: readonly Step[], shows?: StepOptions['output']): Promise<void> => {
    for (const step of steps) await takeStep(step, shows)
  }
  await Promise.all([takeAll(saying, 'held'), takeAll(building, 'held')])
  await takeAll(trying)

  console.info(`\n${rows.join('\n')}\n`)
  console.info(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

void validate()
