import path from 'node:path'
import { launchChromium } from '../../../local/miniprogram/headless'
import { takePhotos } from '../../browser/photos'
import { layDemonstration } from '../../support/demonstration'
import { opened } from '../../support/opened'
import { ownFolder } from '../../support/own-folder'
import { type Build, openBuild } from './builds'
import { crawl } from './crawl'

/** The whole of it is `npm run check:pages`. */
const bounds = { presses: 60, depth: 12 }

/** A test of one role in one build: what it presses answers, and no page is blank or in error. */
export const pressesEverything = (build: Build, role: string): void =>
  test(`what ${role} presses in ${build} answers, and no page is blank or in error`, async () => {
    const folder = await ownFolder('pages')
    const seed = path.join(folder, 'seed')
    await layDemonstration(seed)
    const [photo = ''] = await takePhotos(folder, ['demo-lane-muddy-1'])
    const browser = await launchChromium()
    opened(() => browser.close())
    const open = await openBuild({ browser, build, role, seed, folder: path.join(folder, 'own') })
    opened(open.close)
    const { pressed, dead, blank, errors, covered } = await crawl(open, photo, bounds)
    expect({ dead, blank, errors, covered }).toEqual({ dead: [], blank: [], errors: [], covered: [] })
    expect(pressed).toBeGreaterThan(40)
  })
