import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '../..')

/** Words that stand only in the code of the persona picker and of local sign-in. */
const localWords = ['演示身份', '/local/ticket', '/demo/personas.json', 'persona-switch']

const filesOf = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|wxml|wxss|css|html|json)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))

const wordsIn = (folder: string): readonly string[] => {
  const texts = filesOf(folder).map((file) => readFileSync(file, 'utf8'))
  if (texts.length === 0) throw new Error(`${folder} is empty: build it first`)
  return localWords.filter((word) => texts.some((text) => text.includes(word)))
}

describe('what residents get', () => {
  test.each(['dist/h5', 'dist/weapp', 'dist/cloudfunctions'])(
    '%s knows no demonstration identity',
    (folder) => {
      expect(wordsIn(folder)).toEqual([])
    },
  )

  test('the local build does: the words are still the right ones', () => {
    expect(wordsIn('dist/h5-local')).toEqual(localWords)
  })
})
