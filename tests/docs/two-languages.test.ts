import { readFileSync } from 'node:fs'
import path from 'node:path'

const read = (file: string): string => readFileSync(path.join(__dirname, '../..', file), 'utf8')

/** What a section says that is the same in every language. */
interface Section {
  readonly steps: number
  readonly points: number
  /** Names, commands and addresses: whatever stands in backticks. */
  readonly code: readonly string[]
  /** The fields of every example, block by block. */
  readonly examples: readonly (readonly string[])[]
}

const sectionsOf = (file: string): readonly Section[] =>
  read(file)
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [, ...lines] = section.split('\n')
      const text = lines.join('\n')
      const blocks = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block = '']) => block)
      const prose = text.replace(/^```.*?^```$/gms, '')
      return {
        steps: [...prose.matchAll(/^\d+\. /gm)].length,
        points: [...prose.matchAll(/^- /gm)].length,
        code: [...new Set([...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))].sort(),
        examples: blocks.map((block) => [...block.matchAll(/"(\w+)":/g)].map(([, field = '']) => field)),
      }
    })

test('operations say the same in both languages: sections, steps, names, commands and examples', () => {
  const english = sectionsOf('docs/operations.md')
  expect(english.length).toBeGreaterThanOrEqual(4)
  expect(sectionsOf('docs/operations.zh-CN.md')).toEqual(english)
})

test.each([
  ['docs/operations.md', 'operations.zh-CN.md'],
  ['docs/operations.zh-CN.md', 'operations.md'],
  ['README.md', 'README.zh-CN.md'],
  ['README.zh-CN.md', 'README.md'],
])('%s leads to %s', (file, other) => {
  expect(read(file).split('\n').slice(0, 4).join('\n')).toContain(`](${other})`)
})
