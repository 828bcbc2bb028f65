import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, symlink } from 'node:fs/promises'
import path from 'node:path'
import cloudConfig from '../../cloudbaserc.json'
import packageJson from '../../package.json'
import projectConfig from '../../project.config.json'
import { ownFolder } from '../support/own-folder'
import { commandsIn, type ShownCommand } from './shown-commands'

const root = path.join(__dirname, '../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

/** What a fresh clone would have: what is in the repository, or is about to be. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)))
const documents = files.filter((file) => file.endsWith('.md'))
const shown = documents.flatMap((file) => commandsIn(file, read(file)))

/** A fresh clone after `npm install`. */
let clone = ''
beforeAll(async () => {
  clone = await ownFolder('clone')
  for (const file of files) await cp(path.join(root, file), path.join(clone, file))
  await symlink(path.join(root, 'node_modules'), path.join(clone, 'node_modules'))
})

interface Ended {
  readonly code: number | null
  readonly said: string
  readonly complained: string
}

const runs = new Map<string, Promise<Ended>>()

const runOnce = (command: string): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, PATH: `${path.join(clone, 'node_modules/.bin')}:${process.env.PATH}` }
    const child = spawn(command, { cwd: clone, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let [said, complained] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complained += chunk
    })
    child.once('close', (code) => resolve({ code, said, complained }))
  })

/** Runs a command in the clone; the same one once only. */
const run = (command: string): Promise<Ended> => {
  const known = runs.get(command) ?? runOnce(command)
  runs.set(command, known)
  return known
}

const succeeds = async (command: string): Promise<string> => {
  const { code, said, complained } = await run(command)
  expect({ command, code, complained: code === 0 ? '' : `${said}${complained}` }).toEqual({
    command,
    code: 0,
    complained: '',
  })
  return said
}

const scripts: Readonly<Record<string, string>> = packageJson.scripts

/** `npm start` is `npm run start`. */
const scriptOf = (command: string): { readonly script: string; readonly options: string } | undefined => {
  const [, script, options = ''] =
    /^npm (?:run (?:-s |--silent )?)?(start|test|[\w:-]+)(?: -- (.*))?$/.exec(command) ?? []
  return script !== undefined && (Object.hasOwn(scripts, script) || command.startsWith('npm run'))
    ? { script, options }
    : undefined
}

/** `tsx FILE`, `node FILE …`: a program of the project's own. */
const programs = Object.entries(scripts).flatMap(([script, line]) => {
  const [, file] = /^(?:tsx|node) (\S+)/.exec(line) ?? []
  return file === undefined ? [] : [{ script, file }]
})

/** All options that documents show of a script, of its several commands too. */
const optionsShown = (script: string): string =>
  [
    ...new Set(
      shown.flatMap(({ command }) => {
        const asked = scriptOf(command)
        return asked?.script === script && asked.options !== '' ? [asked.options] : []
      }),
    ),
  ].join(' ')

/**
 * Its help, with every option that is shown before it: a program of the project's own says it before anything else, and
 * does nothing. The script's line is run as npm runs it: starting npm itself sixty times would take longer than all the
 * help.
 */
const asksForHelp = async (script: string): Promise<void> => {
  const options = optionsShown(script)
  for (const program of (scripts[script] ?? '').split(' && ')) {
    const said = await succeeds([program, options, '--help'].filter(Boolean).join(' '))
    if (programs.some((one) => one.script === script)) expect(said).toMatch(/^usage: npm /)
    else expect(said).not.toBe('')
  }
}

/** Short enough to be run as it stands. */
const shortScripts = ['build:functions']

/** One text in two languages. */
const operations = ['docs/operations.md', 'docs/operations.zh-CN.md']

const cannotRunHere: readonly {
  readonly command: RegExp
  readonly why: string
  /** What can be held of it all the same. */
  readonly check: (command: string) => unknown
}[] = [
  {
    command: /^npm install$/,
    why: 'it fetches from the registry',
    check: () => succeeds('npm ls --package-lock-only --depth=0'),
  },
  {
    command: /^npm pack \S+@\d+\.\d+\.\d+$|^tar xzf [\w.-]+\.tgz$/,
    why: 'it fetches somebody else’s program from the registry, and unpacks it',
    check: () => undefined,
  },
  {
    command:
      /^npx -y -p @cloudbase\/cli@2\.12\.10 tcb (login|fn deploy --all --force|hosting deploy dist\/h5 -e ENV_ID)$/,
    why: 'it fetches the command from the registry and wants an account; the words are those of its --help',
    check: async () => {
      await succeeds('npm run -s build:functions')
      for (const { name, handler } of cloudConfig.functions) {
        const [file, main] = handler.split('.')
        const built = path.join(clone, cloudConfig.functionRoot, name, `${file}.js`)
        expect(readFileSync(built, 'utf8')).toContain(main)
      }
      const variables = [...read('cloudbaserc.json').matchAll(/\{\{env\.(\w+)\}\}/g)].map(([, name]) => name)
      for (const file of operations)
        for (const name of variables) expect(read(file)).toContain(`\`${name}=…\``)
    },
  },
  {
    command: /^cli auto --project \. --auto-port 9420$/,
    why: 'WeChat DevTools are no package; the words are those that miniprogram-automator starts them with',
    check: () => {
      const launcher = read('node_modules/miniprogram-automator/out/Launcher.js')
      for (const word of ['"auto"', '"--project"', '"--auto-port"']) expect(launcher).toContain(word)
      expect(projectConfig).toMatchObject({
        miniprogramRoot: 'dist/weapp/',
        cloudfunctionRoot: `${path.posix.normalize(cloudConfig.functionRoot)}/`,
      })
    },
  },
  {
    command: /^git (diff -U2|checkout) cloudfunctions$/,
    why: 'it shows or throws away what one has changed',
    check: () => expect(existsSync(path.join(clone, 'cloudfunctions'))).toBe(true),
  },
]

const holds = async (command: string): Promise<unknown> => {
  const elsewhere = cannotRunHere.find((one) => one.command.test(command))
  if (elsewhere) return elsewhere.check(command)
  const asked = scriptOf(command)
  if (asked && shortScripts.includes(asked.script)) return succeeds(command)
  if (asked) return asksForHelp(asked.script)
  const [, tests] = /^npx jest ([\w/.-]+)$/.exec(command) ?? []
  if (tests) return expect(await succeeds(`npx jest --listTests ${tests}`)).toContain(tests)
  if (command.startsWith('node -p ')) return expect(await succeeds(command)).toMatch(/^[0-9a-f]{64}\n$/)
  throw new Error(`nobody knows how to try this: ${command}`)
}

describe('every command that a document shows can be run in a fresh clone', () => {
  const files = new Map<string, Set<string>>()
  for (const { command, file } of shown) files.set(command, (files.get(command) ?? new Set()).add(file))

  test.each([...files].map(([command, where]) => [command, [...where].join(', ')]))(
    '%s (%s)',
    async (command) => {
      await holds(command)
    },
  )
})

test('what cannot be run here is shown by some document', () => {
  for (const { command } of cannotRunHere) expect(shown.some((one) => command.test(one.command))).toBe(true)
})

describe('nothing is shown that needs what a fresh clone has not', () => {
  /** Sections that one may be sent to without having read what stands before. */
  const procedures = ['README.md', 'README.zh-CN.md', ...operations, 'tests/conformance/README.md']
  const bringsDependencies = /^npm (install|start|test|run dev)\b/
  const needsDependencies = /^(npm run|npx jest)\b/

  const sections = (file: string): readonly (readonly ShownCommand[])[] => {
    const own = shown.filter((one) => one.file === file)
    return [...new Set(own.map(({ section }) => section))].map((name) =>
      own.filter(({ section }) => section === name),
    )
  }

  test.each(procedures)('%s', (file) => {
    const before: string[] = []
    for (const commands of sections(file)) {
      const isOwnStart = file.startsWith('README')
      const known = isOwnStart ? [] : before
      for (const { command } of commands) {
        known.push(command)
        if (needsDependencies.test(command))
          expect({ command, after: known.some((one) => bringsDependencies.test(one)) }).toEqual({
            command,
            after: true,
          })
      }
    }
  })
})

describe('every npm script says with --help what it does', () => {
  // One that a document shows has been asked for its help above, with the options that are shown.
  const shownScripts = new Set(shown.map(({ command }) => scriptOf(command)?.script))
  const isAsked = (script: string): boolean => shownScripts.has(script) && !shortScripts.includes(script)
  test.each(Object.keys(scripts).filter((script) => !isAsked(script)))('%s', (script) => asksForHelp(script))
})

describe('a script of the project’s own refuses an option that it does not have, in one line', () => {
  /** Read in the one way of all programs, which is tried by one of them. */
  const readsInOneWay = (file: string): boolean => read(file).includes('readOptions(')
  const [first] = programs.filter(({ file }) => readsInOneWay(file))
  const tried = programs.filter((program) => program === first || !readsInOneWay(program.file))

  test('nearly all read their options in one way', () => {
    expect(programs.length - tried.length).toBeGreaterThan(20)
  })

  test.each(tried)('$script', async ({ script }) => {
    const { code, said, complained } = await run(`${scripts[script]} --no-such-option`)
    expect(code).not.toBe(0)
    expect(said).toBe('')
    expect(complained).toMatch(/^[^\n]*--no-such-option[^\n]*\n$/)
  })
})
