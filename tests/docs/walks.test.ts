import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '../..')
const walks = readFileSync(path.join(root, 'docs/walks.md'), 'utf8').split(/^## /m).slice(1)

interface Hop {
  readonly file: string
  readonly names: readonly string[]
}

const hopsOf = (walk: string): readonly Hop[] =>
  [...walk.matchAll(/^\| \d+ \| .* \| `([^`]+)` \| (.*) \|$/gm)].map(([, file = '', read = '']) => ({
    file,
    names: [...read.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => name.split(' › ')),
  }))

test('every walk is there as it was and as it is', () => {
  const titles = walks.map((walk) => walk.split('\n')[0]?.replace(/, .*/, ''))
  const isNow = (walk: string): boolean => /^`[\w.]+`, now\n/.test(walk)
  const named = (those: readonly string[]): readonly (string | undefined)[] =>
    those.map((walk) => titles[walks.indexOf(walk)])
  expect(named(walks.filter(isNow))).toEqual(named(walks.filter((walk) => !isNow(walk))))
})

test('what a walk of now says is read can be read', () => {
  const lost = walks
    .filter((walk) => /^`[\w.]+`, now\n/.test(walk))
    .flatMap(hopsOf)
    .flatMap(({ file, names }) => {
      const place = path.join(root, file)
      if (!existsSync(place)) return [file]
      const text = readFileSync(place, 'utf8')
      return names.filter((name) => !text.includes(name)).map((name) => `${name} in ${file}`)
    })
  expect(lost).toEqual([])
})

test('the hops of a walk are numbered from the first', () => {
  for (const walk of walks) {
    const numbers = [...walk.matchAll(/^\| (\d+) \| .* \| `[^`]+` \|/gm)].map(([, no]) => Number(no))
    expect(numbers).toEqual(numbers.map((_no, place) => place + 1))
  }
})
