import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.join(__dirname, '../../docs/screenshots')
const picturesIn = (where: string): readonly string[] =>
  readdirSync(path.join(folder, where))
    .filter((file) => file.endsWith('.png'))
    .sort()

/** In WeChat the place is chosen on WeChat's own map. */
const withoutTwin = 'place-picker.png'

describe('the pictures of every page', () => {
  test('each of the browser has its twin of the mini-program', () => {
    expect(picturesIn('weapp')).toEqual(picturesIn('.').filter((file) => file !== withoutTwin))
  })

  test('each pair is shown side by side', () => {
    const shown = readFileSync(path.join(folder, 'README.md'), 'utf8')
    for (const file of picturesIn('weapp')) {
      expect(shown).toContain(`src="weapp/${file}"`)
      expect(shown).toContain(`src="${file}"`)
    }
  })
})
