import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const files = (): readonly string[] => JSON.parse(read('dist/h5/first-load.json')) as readonly string[]

/** Each with words that stand in it, and where they stand. */
const kept: readonly (readonly [what: string, file: string, words: string])[] = [
  ['the CloudBase SDK', 'node_modules/@cloudbase/js-sdk/dist/index.esm.js', 'tcb-api.tencentcloudapi.com'],
  [
    'a font of icons that no page has',
    'node_modules/@tarojs/components/dist/taro-components/taro-components.css',
    'AAEAAAALAIAAAwAwR1NVQrD',
  ],
  ['the map', 'node_modules/leaflet/dist/leaflet-src.js', 'leaflet-container'],
  ['the list of all browsers', 'node_modules/platform/platform.js', 'BlackBerry'],
  ['the checks of what is sent', 'node_modules/zod/v4/core/core.js', '_zod'],
  ['the report form', 'client/features/reporting/report-form.tsx', 'report-form__'],
  ['a matter’s page', 'client/features/report-detail/status-head.tsx', 'status-head'],
  ['the steps of staff', 'client/features/handling/act-screen.tsx', 'act-screen'],
]

test.each(kept)('%s is not loaded before home shows its first row', (_what, file, words) => {
  expect(read(file)).toContain(words)
  expect(files().filter((one) => read(`dist/h5/${one}`).includes(words))).toEqual([])
})

test('what home needs comes in one script and one stylesheet', () => {
  expect(
    files()
      .map((file) => path.extname(file))
      .sort(),
  ).toEqual(['.css', '.js'])
})

/** By the page's own head: which files it asks for at once when this page is opened, besides the entry's. */
const filesBesides = (page: string): number => {
  const [, places = ''] = new RegExp(`"${page}":\\[([\\d,]*)\\]`).exec(read('dist/h5/index.html')) ?? []
  return places.split(',').length
}

test.each([
  ['pages/red-face', 4],
  ['pages/staff/queue', 4],
  ['pages/matter/report', 6],
])(
  '%s is asked for in no more than two files of its own and two of each kind that it shares',
  (page, most) => {
    const besides = filesBesides(page)
    expect(besides).toBeGreaterThan(1)
    expect(besides).toBeLessThanOrEqual(most)
  },
)

test('the page names all of it, so that the browser asks for it at once', () => {
  const html = read('dist/h5/index.html')
  expect(files().filter((file) => !html.includes(file))).toEqual([])
})
