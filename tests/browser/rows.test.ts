import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { openBuild, roles, seedFolder } from '../checks/pages/builds'
import { opened } from '../support/opened'
import { openEveryRow, rolesOf } from '../support/rows'
import { launchBrowser } from './phone'

// Some hundreds of rows: what ends it is only what would never end.
jest.setTimeout(1_800_000)

describe('every row of every list', () => {
  let folder = ''
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rows-'))
    opened(() => rm(folder, { recursive: true, force: true }))
    await seedFolder(path.join(folder, 'seed'))
    browser = await launchBrowser()
  })

  test.each(rolesOf(roles, ['resident-1']))('opens its own matter, by tapping: %s', async (role) => {
    const open = await openBuild({
      browser,
      build: 'h5',
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
