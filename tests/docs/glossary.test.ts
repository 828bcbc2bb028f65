import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.join(__dirname, '../..')
const rooms = path.join(root, 'cloudfunctions/contexts')

interface Entry {
  /** What the row says the code calls it. */
  readonly words: readonly string[]
  readonly where: string
}

const quoted = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

const entries = readFileSync(path.join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('|---') && !/\| where \|$/.test(line))
  .map((line): Entry => {
    const cells = line.slice(2, -2).split(' | ')
    // The house's words have no Chinese and stand in the first column.
    const [word = ''] = cells.length === 4 ? cells.slice(1) : cells
    return { words: quoted(word), where: quoted(cells.at(-1) ?? '')[0] ?? '' }
  })

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

const hasDocstring = (node: ts.Node): boolean =>
  ts.getJSDocCommentsAndTags(node).some((comment) => ts.isJSDoc(comment))

/** Types and interfaces that a file exports, and which of them a docstring explains: their own, or their list's. */
const typesOf = (file: string): readonly { readonly name: string; readonly isExplained: boolean }[] => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const explained = new Set(
    source.statements.flatMap((node) =>
      ts.isVariableStatement(node) && hasDocstring(node)
        ? node.declarationList.declarations.map(({ name }) => name.getText(source))
        : [],
    ),
  )
  return source.statements.flatMap((node) => {
    if (!(ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) || !isExported(node)) return []
    const [, list = ''] = /\(typeof (\w+)\)\[number\]/.exec(node.getText(source)) ?? []
    return [{ name: node.name.text, isExplained: hasDocstring(node) || explained.has(list) }]
  })
}

test('every word has its row, and every row the place where the word is at home', () => {
  expect(entries.length).toBeGreaterThan(80)
  expect(entries.filter(({ where }) => !existsSync(path.join(root, where)))).toEqual([])
})

const hasWord = (text: string, word: string): boolean => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text)

test('the file at which a word is at home knows one of its names', () => {
  const strangers = entries.filter(({ words, where }) => {
    const file = path.join(root, where)
    if (words.length === 0 || !statSync(file).isFile()) return false
    const text = readFileSync(file, 'utf8')
    return !words.some((word) => hasWord(text, word))
  })
  expect(strangers).toEqual([])
})

test('the code calls it what the glossary says it is called', () => {
  const sources = ['client', 'cloudfunctions'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
  )
  const code = sources.join('\n')
  expect(entries.flatMap(({ words }) => words).filter((word) => !hasWord(code, word))).toEqual([])
})

test('every type of the rules is in the glossary, or its docstring says what it is', () => {
  const words = new Set(entries.flatMap((entry) => entry.words))
  const unknown = readdirSync(rooms).flatMap((room) => {
    const folder = path.join(rooms, room, 'rules')
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        typesOf(path.join(folder, file))
          .filter(({ name, isExplained }) => !isExplained && !words.has(name))
          .map(({ name }) => `${room}/rules/${file}: ${name}`),
      )
  })
  expect(unknown).toEqual([])
})
