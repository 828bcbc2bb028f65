import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { refusalMessages } from '../../cloudfunctions/ground/result'
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

/** The texts a source holds as values: no types, and no names of properties. */
const textsOf = (source: string): readonly string[] => {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node
    if (ts.isStringLiteralLike(node) && !isName && !ts.isLiteralTypeNode(node.parent)) texts.push(node.text)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true), visit)
  return texts
}

test.each([
  ["refuse('not-found')", ['not-found']],
  ["const messages = { 'not-found': '没有找到' }", ['没有找到']],
  ["type Code = 'not-found'", []],
])('the texts of %s', (source, texts) => {
  expect(textsOf(source)).toEqual(texts)
})

test('every refusal that has words is raised somewhere', () => {
  const functions = path.join(root, 'cloudfunctions')
  const raised = new Set(
    (readdirSync(functions, { recursive: true }) as string[])
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => textsOf(readFileSync(path.join(functions, file), 'utf8'))),
  )
  expect(Object.keys(refusalMessages).filter((code) => !raised.has(code))).toEqual([])
})
