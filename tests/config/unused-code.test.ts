import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import packageJson from '../../package.json'

const root = path.join(__dirname, '../..')
const execute = promisify(execFile)

const rules = 'cloudfunctions/contexts/queue/rules'

/** A product of a few files, with a test and a check of it. */
const files: Readonly<Record<string, string>> = {
  'cloudfunctions/entrypoints/api/index.ts':
    "import { served } from '../../contexts/queue/rules/good'\nserved()",
  [`${rules}/good.ts`]: `export interface Named {
  readonly one: number
}
export const served = (): Named => ({ one: 1 })
export const checked = (): number => 2
export const testedAlone = (): number => 3
export const forgotten = (): number => 4`,
  [`${rules}/tested-alone.ts`]: 'export const nobody = (): number => 5',
  'tests/checks/kill.ts': `import { checked } from '../../${rules}/good'\nchecked()`,
  'tests/contexts/queue.test.ts': `import { type Named, testedAlone } from '../../${rules}/good'
import { nobody } from '../../${rules}/tested-alone'
import { built } from '../support/builders'
export const sum: Named = { one: testedAlone() + nobody() + built() }`,
  'tests/support/builders.ts': 'export const built = (): number => 6',
}

interface Issue {
  readonly file: string
  readonly files: readonly unknown[]
  readonly exports: readonly { readonly name: string }[]
  readonly types: readonly { readonly name: string }[]
}

/** What `npm run test:unused` says of these files: `file` or `file: export`. */
const accused = async (): Promise<ReadonlySet<string>> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'unused-code-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), `${text}\n`)
    }
    for (const file of ['package.json', 'tsconfig.json', 'knip.json', 'node_modules'])
      await symlink(path.join(root, file), path.join(folder, file))
    const said = new Set<string>()
    for (const command of packageJson.scripts['test:unused'].split(' && ')) {
      const [, ...options] = command.split(' ')
      const { stdout } = await execute(
        process.execPath,
        [path.join(root, 'node_modules/knip/bin/knip.js'), ...options, '--reporter', 'json'],
        { cwd: folder },
      ).catch((failed: { stdout: string }) => failed)
      for (const issue of (JSON.parse(stdout) as { issues: readonly Issue[] }).issues) {
        if (issue.files.length > 0) said.add(issue.file)
        for (const { name } of [...issue.exports, ...issue.types]) said.add(`${issue.file}: ${name}`)
      }
    }
    return said
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('the search for unused code', () => {
  let said: ReadonlySet<string> = new Set()
  beforeAll(async () => {
    said = await accused()
  })

  test('finds what nobody uses', () => {
    expect(said).toContain(`${rules}/good.ts: forgotten`)
  })

  test('finds what only a test calls', () => {
    expect(said).toContain(`${rules}/good.ts: testedAlone`)
  })

  test('finds a file that only a test reads', () => {
    expect(said).toContain(`${rules}/tested-alone.ts`)
  })

  test('accuses neither what a function or a check uses, nor a type that a test names, nor a builder of tests', () => {
    const innocent = [
      'cloudfunctions/entrypoints/api/index.ts',
      'tests/checks/kill.ts',
      'tests/contexts/queue.test.ts',
      'tests/support/builders.ts',
      `${rules}/good.ts`,
      `${rules}/good.ts: served`,
      `${rules}/good.ts: checked`,
      `${rules}/good.ts: Named`,
    ]
    expect(innocent.filter((one) => said.has(one))).toEqual([])
  })
})
