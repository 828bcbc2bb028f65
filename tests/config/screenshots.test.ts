import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.join(__dirname, '../../docs/screenshots')
const picturesIn = (where: string): readonly string[] =>
  readdirSync(path.join(folder, where))
    .filter((file) => file.endsWith('.png'))
    .sort()

/** In WeChat the place is chosen on WeChat's own map; the steps beside the main job are played in the browser alone. */
const hasTwin = (file: string): boolean => file !== 'place-picker.png' && !file.startsWith('steps-')

describe('the pictures of every page', () => {
  test('each of the browser has its twin of the mini-program', () => {
    expect(picturesIn('weapp')).toEqual(picturesIn('.').filter(hasTwin))
  })

  test('each is shown, and nothing is shown that is not there', () => {
    const readme = readFileSync(path.join(folder, 'README.md'), 'utf8')
    const shown = [...readme.matchAll(/src="([^"]+)"/g)].map(([, file]) => file)
    const there = [...picturesIn('.'), ...picturesIn('weapp').map((file) => `weapp/${file}`)]
    expect(shown.sort()).toEqual(there.sort())
  })
})
