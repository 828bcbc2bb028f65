import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '../..')
const patches = ['tests/checks/gaming/weaknesses', 'tests/mutants/patches'].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.patch'))
    .map((name) => `${folder}/${name}`),
)

/** One place that a patch changes: the file, and the lines as they are before, one below the other. */
interface Place {
  readonly file: string
  readonly lines: string
}

/** The places of a unified diff, in order. */
const placesIn = (patch: string): readonly Place[] => {
  const places: { file: string; lines: string }[] = []
  let file = ''
  let isWithin = false
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff ')) isWithin = false
    else if (!isWithin && line.startsWith('+++ b/')) file = line.slice('+++ b/'.length)
    else if (line.startsWith('@@ ')) {
      isWithin = true
      places.push({ file, lines: '' })
    } else if (isWithin && /^[ -]/.test(line)) {
      const place = places.at(-1)
      if (place) place.lines += `${line.slice(1)}\n`
    }
  }
  return places
}

/** How often these whole lines stand in a text. */
const countIn = (text: string, lines: string): number => `\n${text}`.split(`\n${lines}`).length - 1

test('the places of a patch are its files and the lines as they were', () => {
  const patch = [
    'diff --git a/x.ts b/x.ts',
    '--- a/x.ts',
    '+++ b/x.ts',
    '@@ -1,2 +1,2 @@ x',
    ' a',
    '-b',
    '+c',
    '',
  ]
  expect(placesIn(patch.join('\n'))).toEqual([{ file: 'x.ts', lines: 'a\nb\n' }])
})

// Two steps may end in the same lines: a patch that fits both would plant its fault in the one that moved to its place.
test('every planted fault has one place that it fits', () => {
  const elsewhere: string[] = []
  for (const patch of patches)
    for (const { file, lines } of placesIn(readFileSync(path.join(root, patch), 'utf8'))) {
      const source = path.join(root, file)
      const count = existsSync(source) ? countIn(readFileSync(source, 'utf8'), lines) : 0
      if (count !== 1) elsewhere.push(`${patch}: ${file} has ${count} such places`)
    }
  expect(elsewhere).toEqual([])
  expect(patches.length).toBeGreaterThan(200)
})
