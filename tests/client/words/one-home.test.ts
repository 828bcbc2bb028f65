import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.join(__dirname, '../../..')

interface Source {
  readonly file: string
  readonly text: string
}

/** A piece of text in a source, and how it stands there. */
interface Said {
  readonly text: string
  readonly at: string
  /** The value of a property: an entry of a table, where the table is one of words. */
  readonly isEntry: boolean
}

const sourcesIn = (folder: string): readonly Source[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesIn(file)
    return /\.tsx?$/.test(entry.name) ? [{ file, text: readFileSync(path.join(root, file), 'utf8') }] : []
  })

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)

const parse = ({ file, text }: Source): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)

const saidIn = (source: Source, from: ts.Node = parse(source)): readonly Said[] => {
  const found: Said[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) {
      const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
      const isEntry = ts.isPropertyAssignment(node.parent) && node.parent.initializer === node
      found.push({ text: node.text.trim(), at: `${source.file}:${line + 1}`, isEntry })
    }
    ts.forEachChild(node, visit)
  }
  visit(from)
  return found.filter(({ text }) => isChinese(text))
}

/** The tables of rules whose words both sides say: `requestLabels`, `lifecycle`. */
const isSharedTable = (name: string): boolean => /Labels$/.test(name) || name === 'lifecycle'

const sharedTables = (source: Source): readonly Said[] => {
  const found: Said[] = []
  parse(source).forEachChild((node) => {
    if (!ts.isVariableStatement(node)) return
    for (const declared of node.declarationList.declarations) {
      if (isSharedTable(declared.name.getText())) found.push(...saidIn(source, declared))
    }
  })
  return found
}

/** Every word that stands in a table, with each other place where it is written out again. */
const saidTwice = (tables: readonly Said[], everywhere: readonly Said[]): readonly string[] => {
  const homes = new Map<string, string>()
  for (const { text, at } of tables) if (!homes.has(text)) homes.set(text, at)
  return everywhere.flatMap(({ text, at }) => {
    const home = homes.get(text)
    return home === undefined || home === at ? [] : [`${text}: ${at}, at home in ${home}`]
  })
}

/** Names of labels, and of what makes them, that come out of the rules. */
const borrowedLabels = ({ file, text }: Source): readonly string[] =>
  [...text.matchAll(/import \{([^}]*)\} from '[^']*cloudfunctions[^']*'/g)]
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => isSharedTable(name) || ['statusLabel', 'deadlineName'].includes(name))
    .map((name) => `${file}: ${name}`)

/** Where a word stands for something else than the table means, or where the table cannot be reached. */
const elsewhere: readonly (readonly [word: string, file: string, because: string])[] = [
  ['打电话', 'client/components/emergency-calls.tsx', 'rings a number; a component knows no domain word'],
  ['打电话', 'client/features/branch/branch-head.tsx', 'rings the branch; no way of reaching a resident'],
  ['值班电话', 'client/components/emergency-calls.tsx', 'rings it; a component knows no domain word'],
  ['上级', 'client/features/branch/branch-head.tsx', 'the units above, not a group of steps'],
  ['办理', 'client/pages/staff/act.tsx', 'the title of a page, not a group of steps'],
  ['办理', 'client/pages/staff/handle.tsx', 'the title of a page, not a group of steps'],
]

test('a word written out again is found, with its home; a sentence that has it in it is not', () => {
  const table = saidIn({ file: 'home.ts', text: "const labels = { due: '超期', note: '说明' }" })
  const page = { file: 'page.tsx', text: 'const a = <View title="超期">超期</View>; const b = \'已经超期\'' }
  expect(saidTwice(table, [...table, ...saidIn(page)])).toEqual([
    '超期: page.tsx:1, at home in home.ts:1',
    '超期: page.tsx:1, at home in home.ts:1',
  ])
})

test('a label taken out of the rules is found, a rule and a type are not', () => {
  const text =
    "import { isOpen, requestLabels, type ReportStatus, statusLabel } from '../../cloudfunctions/contexts/x'"
  expect(borrowedLabels({ file: 'page.tsx', text })).toEqual([
    'page.tsx: requestLabels',
    'page.tsx: statusLabel',
  ])
})

const client = sourcesIn('client')
const isHome = ({ file }: Source): boolean => file.startsWith('client/words/')

test('a word that stands in a table is written out nowhere else in the client', () => {
  const shared = sourcesIn('cloudfunctions/contexts').flatMap(sharedTables)
  const own = client.filter(isHome).flatMap((source) => saidIn(source).filter(({ isEntry }) => isEntry))
  const found = saidTwice(
    [...shared, ...own],
    client.flatMap((source) => saidIn(source)),
  )
  const isAllowed = (line: string): boolean =>
    elsewhere.some(([word, file]) => line.startsWith(`${word}: ${file}:`))
  expect(found.filter((line) => !isAllowed(line))).toEqual([])
  // What is said there no more needs no leave.
  expect(
    elsewhere.filter(([word, file]) => !found.some((line) => line.startsWith(`${word}: ${file}:`))),
  ).toEqual([])
})

test('features, pages and components take the words of the domain from client/words, and from no rule', () => {
  expect(client.filter((source) => !isHome(source)).flatMap(borrowedLabels)).toEqual([])
})
