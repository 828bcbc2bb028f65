import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { routes } from '../../client/routes'
import { staffSteps } from '../../client/words/staff-steps'

const root = path.join(__dirname, '../..')
const folder = path.join(root, 'docs/screenshots')
const text = readFileSync(path.join(folder, 'README.md'), 'utf8')

const there = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.png'))
const shown = [...text.matchAll(/<img src="([^"]+)"/g)].map(([, file = '']) => file)
const nameOf = (file: string): string => path.posix.basename(file, '.png')

/** `staff/queue: overdue`, with the picture's name below it. */
const rows = [...text.matchAll(/^\| ([^|<]+?)<br>`([\w-]+)` \| (.+) \| (.+) \|$/gm)].map(
  ([, title = '', name = '', ...pictures]) => ({ title, name, pictures }),
)

/** What takes pictures; a name is written out where it is not made of another. */
const sources = ['tests/browser', 'tests/weapp', 'tests/support'].flatMap((where) =>
  readdirSync(path.join(root, where))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(root, where, file), 'utf8')),
)
const taken = sources.flatMap((source) => [
  ...[...source.matchAll(/\.?picture\('([\w-]+)'\)/g)].map(([, name = '']) => name),
  ...[...source.matchAll(/'(steps-[\w-]+)'/g)].map(([, name = '']) => name),
])
const isMade = (name: string): boolean =>
  taken.includes(name) ||
  Object.keys(staffSteps).some((form) => name === `act-${form}`) ||
  (name.endsWith('-large') && sources.some((source) => source.includes(`'${name.replace(/-large$/, '')}'`)))

test('every screenshot is shown once, and every one that is shown is there', () => {
  expect([...shown].sort()).toEqual([...there].sort())
})

test('every screenshot is one that the stories take', () => {
  expect(there.map(nameOf).filter((name) => !isMade(name))).toEqual([])
})

test('every screenshot that the stories take is shown', () => {
  const names = new Set(shown.map(nameOf))
  expect([...new Set(taken)].filter((name) => !names.has(name))).toEqual([])
})

test('a row shows the picture that it names, of both builds', () => {
  expect(rows.length).toBeGreaterThan(0)
  for (const { name, pictures } of rows)
    for (const picture of pictures)
      expect(/src="(?:weapp\/)?([\w-]+)\.png"/.exec(picture)?.[1] ?? 'WeChat’s own').toBe(
        picture === 'WeChat’s own' ? picture : name,
      )
})

test('every page of the product has a row, and no row names a page that is not there', () => {
  const pages = Object.values(routes).map((route) => route.replace(/^pages\//, ''))
  const pageOf = (title: string): string => title.split(/[:,]/)[0] ?? ''
  const named = rows.filter(({ title }) => title.includes('/') || pages.includes(pageOf(title)))
  expect(new Set(named.map(({ title }) => pageOf(title)))).toEqual(new Set(pages))
})

test('the front page shows screenshots that are there', () => {
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const front = readFileSync(path.join(root, file), 'utf8')
    const named = [...front.matchAll(/\(docs\/screenshots\/([\w/-]+\.png)\)/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(there).toContain(name)
  }
})
