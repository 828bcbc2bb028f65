import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { among, readOptions } from '../../../config/command-line'
import { launchChromium } from '../../../local/miniprogram/headless'
import { takePhotos } from '../../browser/photos'
import { layDemonstration } from '../../support/demonstration'
import { type Build, builds, openBuild, roles } from './builds'
import { type Crawled, crawl } from './crawl'

const values = readOptions(
  `usage: npm run check:pages -- [--build h5|weapp] [--role ID] [--presses 1500] [--depth 16] [--at-once 2]
presses everything that can be pressed, as everybody of the demonstration and a visitor, in the browser and in the
compiled mini-program, each on its own copy of the data; needs build:functions, build:h5:local and build:weapp.
The last line is the report.`,
  {
    build: { type: 'string' },
    role: { type: 'string' },
    presses: { type: 'string', default: '1500' },
    'at-once': { type: 'string', default: '2' },
    depth: { type: 'string', default: '16' },
  },
)

const chosenBuilds = among(builds, values.build, 'build')
const chosenRoles = among(roles, values.role, 'role')
const bounds = { presses: Number(values.presses), depth: Number(values.depth) }

const tell = (build: Build, role: string, crawled: Crawled): void => {
  for (const key of ['dead', 'blank', 'errors', 'covered', 'gone', 'cut'] as const)
    for (const what of crawled[key]) console.info(`${build} ${role} ${key}: ${what}`)
}

const figures = (crawled: Crawled, seconds: number) => ({
  pages: crawled.pages.length,
  states: crawled.states,
  pressed: crawled.pressed,
  dead: crawled.dead.length,
  blank: crawled.blank.length,
  errors: crawled.errors.length,
  covered: crawled.covered.length,
  gone: crawled.gone.length,
  cut: crawled.cut.length,
  seconds,
})

const run = async (): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pages-'))
  const browser = await launchChromium()
  try {
    const seed = path.join(folder, 'seed')
    await layDemonstration(seed)
    const [photo = ''] = await takePhotos(folder, ['demo-lane-muddy-1'])
    const report: Record<string, Record<string, ReturnType<typeof figures>>> = {}
    const parts = chosenBuilds.flatMap((build) => chosenRoles.map((role) => ({ build, role })))
    const play = async ({ build, role }: (typeof parts)[number]): Promise<void> => {
      const startedAt = Date.now()
      const open = await openBuild({
        browser,
        build,
        role,
        seed,
        folder: path.join(folder, `${build}-${role}`),
      })
      try {
        const crawled = await crawl(open, photo, bounds)
        tell(build, role, crawled)
        const said = figures(crawled, Math.round((Date.now() - startedAt) / 1000))
        report[build] = { ...report[build], [role]: said }
        console.info(build, role, JSON.stringify(said))
      } finally {
        await open.close()
      }
    }
    const playOn = async (): Promise<void> => {
      for (let part = parts.shift(); part; part = parts.shift()) await play(part)
    }
    await Promise.all(Array.from({ length: Number(values['at-once']) }, playOn))
    console.info(JSON.stringify({ bounds, rowsPerKind: 2, ...report }))
    const all = Object.values(report).flatMap((one) => Object.values(one))
    if (all.some(({ dead, blank, errors, covered }) => dead + blank + errors + covered > 0))
      process.exitCode = 1
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

run().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
