import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../local/miniprogram/headless'
import { openBuild, seedFolder } from '../checks/pages/builds'
import { opened } from '../support/opened'
import { openEveryRow } from '../support/rows'

// Some hundreds of rows: what ends it is only what would never end.
jest.setTimeout(1_800_000)

/** One of each kind of work; in the browser everybody opens theirs. */
const roles = ['resident-1', 'secretary-150221104004', 'partner-150221-housing', 'upper-150221104']

describe('every row of every list', () => {
  let folder = ''
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rows-'))
    opened(() => rm(folder, { recursive: true, force: true }))
    await seedFolder(path.join(folder, 'seed'))
    browser = await launchChromium()
    opened(() => browser.close())
  })

  test.each(roles)('opens its own matter, by tapping: %s', async (role) => {
    const open = await openBuild({
      browser,
      build: 'weapp',
      role,
      seed: path.join(folder, 'seed'),
      folder: path.join(folder, role),
    })
    const close = opened(open.close)
    const counts = await openEveryRow(open)
    expect(open.takeComplaints()).toEqual([])
    expect(counts).toHaveProperty('我的')
    await close()
  })
})
