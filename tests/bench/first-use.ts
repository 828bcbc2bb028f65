import { existsSync } from 'node:fs'
import path from 'node:path'
import { readOptions } from '../../config/command-line'
import { type FirstLook, livingIn, type Network, openStage } from '../../config/first-row'

const options = readOptions(
  `usage: npm run bench:first-use [-- --runs 5] [-- --client dist/h5] [-- --staff-client dist/h5-local]
what somebody waits for who opens a page for the first time, in Chromium on a telephone's screen and a processor four times
slower than this one: home, red-face list, form and queue, on slow 3G and at 1.6 Mb/s, home also with the cloud on another
origin. Medians of the runs; the last line is one JSON object with the worst of them beside the goals. It needs the builds
(build:functions, build:h5, build:h5:local): who has signed in is a matter of the local one`,
  { runs: { type: 'string' }, client: { type: 'string' }, 'staff-client': { type: 'string' } },
)

const root = path.join(__dirname, '../..')
const runs = Number(options.runs ?? 5)
const slowdown = 4

const networks = {
  slow3G: { roundTripMs: 2_000, bitsPerSecond: 400_000 },
  at1600kbps: { roundTripMs: 150, bitsPerSecond: 1_600_000 },
} satisfies Readonly<Record<string, Network>>

const goals = { slow3GMs: 9_000, at1600kbpsMs: 2_500, layoutShift: 0.05, homeBytes: 160 * 1024 }

/** In the demonstration, a community with matters and entries, and who works and lives there. */
const community = '150221104004'
const secretary = { id: `secretary-${community}`, name: '社区书记（演示）', role: '', hint: '' }
const resident = { id: 'resident-1', name: '居民（演示）甲', role: '', hint: '' }

const built = (folder: string): string => {
  const whole = path.resolve(root, folder)
  if (existsSync(path.join(whole, 'index.html'))) return whole
  console.error(`${folder} is missing: build it first`)
  process.exit(1)
}

const clientRoot = built(options.client ?? 'dist/h5')
const staffRoot = built(options['staff-client'] ?? 'dist/h5-local')

const post = async (url: string, body: object): Promise<object> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as object
}

/** What a browser keeps for somebody who has signed in there before. */
const signedInAs = async (url: string, persona: typeof resident) => {
  const ticket = await post(`${url}/local/ticket`, { customUserId: persona.id })
  const session = await post(`${url}/auth/v1/signin/custom`, { provider_id: 'custom', ...ticket })
  const expires_at = new Date(Date.now() + 3_600_000).toISOString()
  return {
    persona: JSON.stringify({ data: persona }),
    credentials_local: JSON.stringify({ ...session, expires_at }),
  }
}

const median = (looks: readonly FirstLook[], what: keyof FirstLook): number =>
  looks.map((one) => one[what]).sort((a, b) => a - b)[Math.floor(looks.length / 2)] ?? Number.NaN

const medians = (looks: readonly FirstLook[]): FirstLook => ({
  bytes: median(looks, 'bytes'),
  requests: median(looks, 'requests'),
  preflights: median(looks, 'preflights'),
  firstRowMs: median(looks, 'firstRowMs'),
  firstPaintMs: median(looks, 'firstPaintMs'),
  blockedMs: median(looks, 'blockedMs'),
  layoutShift: median(looks, 'layoutShift'),
})

const worst = (looks: readonly FirstLook[], what: keyof FirstLook): number =>
  Math.max(...looks.map((one) => one[what]))

const main = async (): Promise<void> => {
  const stage = await openStage()
  try {
    const [url, staffUrl] = [await stage.serve(clientRoot), await stage.serve(staffRoot)]
    const staff = await signedInAs(stage.product.url, secretary)
    const people = await signedInAs(stage.product.url, resident)
    const pages = {
      home: { url, row: '.matter-row', kept: livingIn(community) },
      list: { url: `${url}/#/pages/red-face`, row: '.red-face-row', kept: {} },
      form: { url: `${staffUrl}/#/pages/matter/report`, row: '[data-test="report-photos"]', kept: people },
      queue: { url: `${staffUrl}/#/pages/staff/queue`, row: '.queue-row', kept: staff },
    }
    const found: { page: string; network: keyof typeof networks; look: FirstLook }[] = []
    const networkNames = ['slow3G', 'at1600kbps'] as const
    for (const network of networkNames) {
      const apart = await stage.serveApart(clientRoot, networks[network])
      const opened = { ...pages, homeOfTwoOrigins: { ...pages.home, url: apart } }
      for (const [page, one] of Object.entries(opened)) {
        const looks: FirstLook[] = []
        // The first of each starts the functions.
        for (let run = 0; run <= runs; run += 1) {
          const seen = await stage.look({ ...one, network: networks[network], slowdown })
          if (run > 0) looks.push(seen)
        }
        const result = { page, network, look: medians(looks) }
        found.push(result)
        console.info(`${network} ${page} ${JSON.stringify(result.look)}`)
      }
    }
    const over = (network: keyof typeof networks) =>
      found.filter((one) => one.network === network).map(({ look }) => look)
    const [slow, fast] = [worst(over('slow3G'), 'firstRowMs'), worst(over('at1600kbps'), 'firstRowMs')]
    const all = found.map(({ look }) => look)
    const shift = worst(all, 'layoutShift')
    const home = worst(
      found.filter(({ page }) => page.startsWith('home')).map(({ look }) => look),
      'bytes',
    )
    console.info(
      JSON.stringify({
        runs,
        slow3GMs: slow,
        at1600kbpsMs: fast,
        layoutShift: shift,
        homeBytes: home,
        blockedMs: worst(all, 'blockedMs'),
        requests: worst(all, 'requests'),
        goalsMet: {
          slow3GMs: slow <= goals.slow3GMs,
          at1600kbpsMs: fast <= goals.at1600kbpsMs,
          layoutShift: shift <= goals.layoutShift,
          homeBytes: home <= goals.homeBytes,
        },
      }),
    )
  } finally {
    await stage.close()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
