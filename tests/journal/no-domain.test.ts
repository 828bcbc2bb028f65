import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.join(__dirname, '../../cloudfunctions')

/** What the rooms are about, and who and what stands in them: the journal keeps matters of any kind. */
const domain: ReadonlySet<string> = new Set([
  ...readdirSync(path.join(root, 'contexts'))
    .map((room) => room.replace(/s$/, ''))
    // How many are read at most, and who sends a command: of no domain.
    .filter((word) => word !== 'limit' && word !== 'account'),
  ...['unit', 'branch', 'resident', 'reporter', 'supporter', 'secretary', 'clerk', 'complaint', 'ledger'],
])

/** Every name of a source, as the words it is made of: `reportId` is said of a report, `redFaces` of a red face. */
const wordsOf = (text: string): readonly string[] => {
  const words: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const parts = node.text.split(/(?=[A-Z])|_/).map((part) => part.toLowerCase().replace(/s$/, ''))
      words.push(...parts, ...parts.slice(1).map((part, place) => `${parts[place]}-${part}`))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true))
  return words
}

const domainIn = (text: string): readonly string[] => wordsOf(text).filter((word) => domain.has(word))

test.each([
  ['const one: { readonly reportId?: string }', ['report']],
  ['const { redFaces, photos } = document', ['red-face', 'photo']],
  ['const id = matter.id // of a report', []],
  ['const reported = 1', []],
])('the words of a domain in %s: %j', (source, found) => {
  expect(domainIn(source)).toEqual(found)
})

test('no name in the journal is of the domain whose matters it keeps', () => {
  const files = (readdirSync(path.join(root, 'journal'), { recursive: true }) as string[]).filter((file) =>
    file.endsWith('.ts'),
  )
  expect(files).not.toHaveLength(0)
  const found = files.flatMap((file) =>
    domainIn(readFileSync(path.join(root, 'journal', file), 'utf8')).map((word) => `${file}: ${word}`),
  )
  expect(found).toEqual([])
})
