import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '..')

const testFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith('.test.ts') && entry.name !== path.basename(__filename)
      ? [path.join(entry.parentPath, entry.name)]
      : [],
  )

const written = readFileSync(path.join(root, '..', 'docs', 'rules.md'), 'utf8')
const rules = [...written.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].flatMap(([, id]) => id ?? [])

/** What the numbered rules are: a rule that is added or dropped changes this line and the list together. */
const known: Readonly<Record<string, number>> = { L: 6, K: 10, A: 7, H: 4, M: 6, C: 1, S: 1, F: 6, Q: 7 }

/** Names of tests and of groups of tests: where a rule is only mentioned in a remark it is not guarded. */
const names = testFilesIn(root)
  .flatMap((file) => readFileSync(file, 'utf8').match(/\b(?:test|it|describe)\b[^\n]*\n?[^\n]*/g) ?? [])
  .join('\n')
const isNamed = (id: string): boolean => new RegExp(`\\b${id}\\b`).test(names)

/** Of what does not exist yet: no month is kept, so none is provisional or frozen, and no unit is compared with its banner. */
const notBuiltYet = ['Q6', 'Q7']

test('the list of rules is whole, in order and without doubles', () => {
  const expected = Object.entries(known).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_one, place) => `${letter}${place + 1}`),
  )
  expect(rules).toEqual(expected)
})

test('every rule is named by a test', () => {
  expect(rules.filter((id) => !isNamed(id) && !notBuiltYet.includes(id))).toEqual([])
})
