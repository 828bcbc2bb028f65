import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const client = path.join(__dirname, '../../../client')

/** Where the page's frame gets its tokens, and what of it stays off paper. */
const aboutTheFrame = ['theme/tokens.css', 'components/on-paper.css']

/** The classes that a stylesheet draws: each alone in a selector. */
const drawnIn = (css: string): readonly string[] => {
  const selectors = [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g)]
  return selectors.flatMap(([, list = '']) =>
    list.split(',').flatMap((one) => /^\s*\.([\w-]+)\s*$/.exec(one)?.[1] ?? []),
  )
}

test('a class that stands alone is found, one within another is not', () => {
  expect(drawnIn('/* .no { */ .a,\n.b { } .a .c { } @media print { .d { } }')).toEqual(['a', 'b', 'd'])
})

test('no class is drawn by two stylesheets: both are there once somebody has seen both pages', () => {
  const homes = new Map<string, Set<string>>()
  for (const file of readdirSync(client, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.css') || aboutTheFrame.includes(file)) continue
    for (const name of drawnIn(readFileSync(path.join(client, file), 'utf8')))
      homes.set(name, (homes.get(name) ?? new Set()).add(file))
  }
  const twice = [...homes].filter(([, files]) => files.size > 1)
  expect(twice.map(([name, files]) => [name, ...files])).toEqual([])
})
