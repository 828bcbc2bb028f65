import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ts from 'typescript'

const root = path.join(__dirname, '../..')
const patchFolder = path.join(__dirname, 'patches')

/** A change of the product for the worse, and the tests that ought to notice it. */
export interface Mutant {
  readonly name: string
  /** What would be wrong, and for whom. */
  readonly harm: string
  readonly tests: readonly string[]
  /** Only tests whose names match. */
  readonly named?: string
  /** The tests call the deployed functions, which are then bundled from the changed sources. */
  readonly needsFunctions: boolean
  /** Files that it changes. */
  readonly files: readonly string[]
  readonly patch: string
}

/** A patch file: a sentence on the harm, `tests:`, `named:`, `functions: true` as needed, then the diff. */
const toMutant = (name: string, text: string): Mutant => {
  const start = text.indexOf('diff --git ')
  if (start < 0) throw new Error(`${name}: no diff`)
  const header = text.slice(0, start)
  const value = (key: string): string | undefined =>
    header.match(new RegExp(`^${key}: (.+)$`, 'm'))?.[1]?.trim()
  const harm = header.split('\n', 1)[0] ?? ''
  if (!harm.trim() || /^(tests|named|functions):/.test(harm)) throw new Error(`${name}: what would be wrong?`)
  const named = value('named')
  return {
    name,
    harm,
    tests: value('tests')?.split(/\s+/) ?? ['tests/contexts', 'tests/ground'],
    ...(named === undefined ? {} : { named }),
    needsFunctions: value('functions') === 'true',
    files: [...text.slice(start).matchAll(/^\+\+\+ b\/(.+)$/gm)].flatMap(([, file]) => file ?? []),
    patch: path.join(patchFolder, `${name}.patch`),
  }
}

/** Every mutant, in the order of their names. */
export const readMutants = async (): Promise<readonly Mutant[]> => {
  const files = (await readdir(patchFolder)).filter((file) => file.endsWith('.patch')).sort()
  return Promise.all(
    files.map(async (file) =>
      toMutant(path.basename(file, '.patch'), await readFile(path.join(patchFolder, file), 'utf8')),
    ),
  )
}

interface Ended {
  readonly hasFailed: boolean
  readonly output: string
}

/** Ends only what would never end, such as a loop that a change has left without an end. */
const mostMs = 20 * 60_000

const end = (child: ChildProcess): void => {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}

const run = (
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      // The inner Jest must not inherit the worker id of the outer one: it would take itself for a worker of it.
      env: { ...process.env, JEST_WORKER_ID: '', GIT_DIR: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = `${output}${chunk}`.slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const timer = setTimeout(() => end(child), mostMs)
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ hasFailed: code !== 0, output })
    })
  })

const copied = ['cloudfunctions', 'tests', 'local', 'config', 'docs']
const copiedFiles = ['package.json', 'tsconfig.json', 'jest.config.js', 'cloudbaserc.json']

/** A copy of what the tests need, where mutants may be tried without touching the working tree. */
export interface Copy {
  /** Answers why it cannot be applied, or null once it is. */
  readonly apply: (mutant: Mutant) => Promise<string | null>
  readonly revert: (mutant: Mutant) => Promise<void>
  readonly textOf: (file: string) => Promise<string>
  readonly test: (
    wanted: Pick<Mutant, 'tests' | 'named' | 'needsFunctions'>,
    isChanged: boolean,
  ) => Promise<Ended>
  readonly remove: () => Promise<void>
}

export const makeCopy = async (): Promise<Copy> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'redface-mutants-'))
  for (const name of [...copied, ...copiedFiles]) {
    await cp(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (source) =>
        !['tests/browser', 'tests/weapp', 'tests/mutants', 'docs/screenshots'].some((one) =>
          source.endsWith(one),
        ),
    })
  }
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  const jest = path.join(root, 'node_modules/jest/bin/jest.js')
  return {
    apply: async ({ patch }) => {
      const applied = await run('git', ['apply', '--whitespace=nowarn', patch], folder, {
        GIT_CEILING_DIRECTORIES: path.dirname(folder),
      })
      return applied.hasFailed ? applied.output.trim() : null
    },
    revert: async ({ files }) => {
      for (const file of files) await cp(path.join(root, file), path.join(folder, file))
    },
    textOf: (file) => readFile(path.join(folder, file), 'utf8'),
    test: ({ tests, named, needsFunctions }, isChanged) =>
      run(
        process.execPath,
        [
          jest,
          '--runInBand',
          '--ci',
          ...(isChanged ? ['--bail', '--silent'] : []),
          ...(named === undefined ? [] : ['--testNamePattern', named]),
          '--testSequencer',
          path.join(__dirname, 'examples-first.cjs'),
          '--cacheDirectory',
          path.join(folder, '.cache'),
          ...tests,
        ],
        folder,
        needsFunctions ? { SKIP_BUNDLE: '' } : { SKIP_BUNDLE: '1' },
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** What the compiler says of changed files among the others as they are; unused names apart. */
const typeChecker = (): ((files: ReadonlyMap<string, string>) => readonly string[]) => {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const names = ts.sys.readDirectory(path.join(root, 'cloudfunctions'), ['.ts'])
  let changed: ReadonlyMap<string, string> = new Map()
  let turn = 0
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false, noUnusedParameters: false }),
    getScriptFileNames: () => names,
    getScriptVersion: (name) => (changed.has(name) ? String(turn) : '0'),
    getScriptSnapshot: (name) => {
      const text = changed.get(name) ?? ts.sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  })
  return (files) => {
    turn += 1
    changed = new Map([...files].map(([file, text]) => [path.join(root, file), text]))
    return [...changed.keys()].flatMap((name) =>
      [...service.getSyntacticDiagnostics(name), ...service.getSemanticDiagnostics(name)].map((one) =>
        ts.flattenDiagnosticMessageText(one.messageText, ' '),
      ),
    )
  }
}

/** Mutants that are none: their patch does not apply, changes nothing, or does not compile; with the reason. */
export const unfit = async (
  mutants: readonly Mutant[],
  { isTyped = true }: { readonly isTyped?: boolean } = {},
): Promise<readonly string[]> => {
  const copy = await makeCopy()
  const check = isTyped ? typeChecker() : () => []
  const wrong: string[] = []
  try {
    for (const mutant of mutants) {
      const why = await copy.apply(mutant)
      if (why !== null) {
        wrong.push(`${mutant.name}: ${why}`)
        continue
      }
      const texts = new Map<string, string>()
      for (const file of mutant.files) texts.set(file, await copy.textOf(file))
      const complaints = check(texts)
      if (complaints.length > 0) wrong.push(`${mutant.name}: ${complaints.join('; ')}`)
      await copy.revert(mutant)
    }
  } finally {
    await copy.remove()
  }
  return wrong
}

export interface Outcome {
  readonly mutant: Mutant
  readonly isKilled: boolean
  /** The test file that noticed it. */
  readonly by?: string
  readonly seconds: number
}

/** Tests as they are run for some mutants; without a change they must be green, or a red one would say nothing. */
const distinctRuns = (mutants: readonly Mutant[]): readonly Pick<Mutant, 'tests' | 'needsFunctions'>[] =>
  [false, true].flatMap((needsFunctions) => {
    const tests = mutants.filter((one) => one.needsFunctions === needsFunctions).flatMap((one) => one.tests)
    return tests.length === 0 ? [] : [{ tests: [...new Set(tests)], needsFunctions }]
  })

/**
 * Tries every mutant and answers in their order; throws when a patch is unfit, or when the tests are red without
 * any change.
 */
export const tryMutants = async (
  mutants: readonly Mutant[],
  options: {
    readonly workers?: number
    readonly isTyped?: boolean
    readonly onOutcome?: (outcome: Outcome) => void
  } = {},
): Promise<readonly Outcome[]> => {
  const { workers = 2, isTyped = true, onOutcome } = options
  const wrong = await unfit(mutants, { isTyped })
  if (wrong.length > 0) throw new Error(`no mutants:\n${wrong.join('\n')}`)
  const copies = await Promise.all(Array.from({ length: workers }, makeCopy))
  try {
    const [first] = copies
    for (const wanted of distinctRuns(mutants)) {
      const unchanged = await first?.test(wanted, false)
      if (unchanged?.hasFailed) throw new Error(`the tests are red without any change:\n${unchanged.output}`)
    }
    const outcomes = new Map<string, Outcome>()
    const queue = [...mutants]
    const work = async (copy: Copy): Promise<void> => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const startedAt = performance.now()
        const why = await copy.apply(mutant)
        if (why !== null) throw new Error(`${mutant.name}: ${why}`)
        const { hasFailed, output } = await copy.test(mutant, true)
        await copy.revert(mutant)
        // Jest fails there, too: a test file that was renamed would pass for one that has noticed something.
        if (output.includes('No tests found'))
          throw new Error(`${mutant.name}: its header names no test file`)
        const by = output.match(/^FAIL (\S+)/m)?.[1]
        const seconds = Math.round((performance.now() - startedAt) / 100) / 10
        const outcome = { mutant, isKilled: hasFailed, ...(by === undefined ? {} : { by }), seconds }
        outcomes.set(mutant.name, outcome)
        onOutcome?.(outcome)
      }
    }
    await Promise.all(copies.map(work))
    return mutants.flatMap((mutant) => outcomes.get(mutant.name) ?? [])
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()))
  }
}
