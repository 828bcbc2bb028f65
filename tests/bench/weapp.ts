import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import automator from 'miniprogram-automator'
import type { Browser } from 'playwright-core'
import { readOptions } from '../../config/command-line'
import type { Cloud } from '../../local/cloudbase'
import { cloudbasePort } from '../../local/miniprogram/cloudbase-port'
import { sayProblem } from '../../local/miniprogram/failure'
import { launchChromium, newPhone } from '../../local/miniprogram/headless'
import { startHost } from '../../local/miniprogram/server'
import { openProduct } from '../../local/product'

/**
 * The compiled mini-program in Chromium: from launch to the first screen, opening the queue, and scrolling through 500
 * reports, beside a plain native list of the same reports as floor. `BENCH_AGAINST` names the folder of another build,
 * measured in the same run. All are asked in turn, so that a busy moment of the machine meets all of them: ratios are
 * what to quote.
 */
const root = path.join(__dirname, '../..')
const isWindows = process.platform === 'win32'
const reports = Number(process.env.BENCH_REPORTS ?? 500)
const runs = Number(process.env.BENCH_RUNS ?? 6)
const secretary = { customUserId: 'secretary-150221104004' }
const branchUnitId = '150221104004'
/** What one swipe of a thumb moves, in CSS pixels. */
const swipePx = 500

interface Subject {
  readonly name: string
  readonly folder: string
  readonly queue: string
  /** What is there once the first screen is. */
  readonly first: string
}

const native: Subject = {
  name: 'native',
  folder: path.join(__dirname, 'native-list'),
  queue: 'pages/queue',
  first: '.queue-row',
}
const product: Subject = {
  name: 'product',
  folder: path.join(root, 'dist/weapp'),
  queue: 'pages/staff/queue',
  first: '.report-hero',
}
const against = process.env.BENCH_AGAINST
const subjects: readonly Subject[] = [
  native,
  product,
  ...(against ? [{ ...product, name: 'against', folder: path.resolve(against) }] : []),
]

/** What one phase cost. Times are milliseconds, `busyMs` those in which the page's thread worked. */
interface Cost {
  readonly ms: number
  readonly busyMs: number
  readonly setDataCalls: number
  readonly setDataBytes: number
  readonly largestSetDataBytes: number
  /** Elements of the page on top: at the end, and at most. */
  readonly nodes: number
  readonly mostNodes: number
  readonly heapMb: number
}

const phases = ['firstScreen', 'openQueue', 'scroll'] as const
type Phase = (typeof phases)[number]

const report = async (cloud: Cloud, n: number): Promise<void> => {
  const { value } = (await cloud.invoke(
    'api',
    {
      action: 'report.submit',
      input: {
        commandId: randomUUID(),
        categoryId: 'utilities',
        text: `第${n}户：从昨天晚上就停水了，老人和孩子都在家，一点水都没有`,
        photos: [],
        place: { namedUnitId: branchUnitId, words: `供销社往东第${n}条巷子` },
      },
    },
    { kind: 'wechat', openId: `bench-resident-${n}`, appId: 'wxlocal' },
  )) as { value?: { ok: boolean } }
  if (!value?.ok) throw new Error(`report ${n} was refused: ${JSON.stringify(value)}`)
}

/** What `stopwatch.js` puts into the page. */
declare const stopwatch: {
  readonly untilSettled: (selector: string, mark: string) => Promise<number>
  readonly scrollToEnd: (swipePx: number) => Promise<{ readonly ms: number; readonly nodes: number }>
}

const measure = async (
  browser: Browser,
  { url }: Cloud,
  token: string,
  subject: Subject,
): Promise<Record<Phase, Cost>> => {
  const host = await startHost({ folder: subject.folder, cloud: cloudbasePort(url, () => token) })
  const context = await newPhone(browser)
  await context.addInitScript({ path: path.join(__dirname, 'stopwatch.js') })
  const page = await context.newPage()
  const tools = await context.newCDPSession(page)
  // It counts from here on.
  await tools.send('Performance.enable')
  await page.goto(host.url)
  const mini = await automator.connect({ wsEndpoint: host.wsEndpoint })
  const busy = async (): Promise<number> => {
    const { metrics } = await tools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
  const heap = async (): Promise<number> => {
    await tools.send('HeapProfiler.collectGarbage')
    return (await tools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
  }
  const ask = mini as unknown as {
    send: (method: string, params: object) => Promise<{ calls: number; bytes: number; largest: number }>
  }
  let before = 0
  const costOf = async (ms: number, mostNodes?: number): Promise<Cost> => {
    const busyMs = (await busy()) - before
    const { calls, bytes, largest } = await ask.send('Host.measure', {})
    const nodes = await page.locator('.wx-page-frame:not([hidden]) *').count()
    const heapMb = await heap()
    before = await busy()
    return {
      ms,
      busyMs,
      setDataCalls: calls,
      setDataBytes: bytes,
      largestSetDataBytes: largest,
      nodes,
      mostNodes: mostNodes ?? nodes,
      heapMb,
    }
  }

  const untilSettled = (selector: string, mark: string): Promise<number> =>
    page.evaluate(([one, other]) => stopwatch.untilSettled(one, other), [selector, mark] as const)

  const firstScreen = await costOf(await untilSettled(subject.first, 'launch'))
  await mini.evaluate(
    `function (url) { performance.mark('open'); wx.navigateTo({ url }) }` as never,
    `/${subject.queue}`,
  )
  const openQueue = await costOf(await untilSettled('.queue-row', 'open'))
  const scrolled = await page.evaluate((px) => stopwatch.scrollToEnd(px), swipePx)
  await untilSettled('.queue-row', 'scroll')
  const scroll = await costOf(scrolled.ms, scrolled.nodes)

  const problems = host.takeProblems().map(sayProblem)
  if (problems.length > 0) throw new Error(`${subject.name}: ${[...new Set(problems)].join('\n')}`)
  mini.disconnect()
  await context.close()
  await host.close()
  return { firstScreen, openQueue, scroll }
}

const round = (value: number): number => Number(value.toPrecision(3))
const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const median = (costs: readonly Cost[]): Cost => {
  const names = Object.keys(costs[0] ?? {}) as (keyof Cost)[]
  return Object.fromEntries(
    names.map((name) => [name, round(medianOf(costs.map((cost) => cost[name])))]),
  ) as unknown as Cost
}

const ratio = (cost: Cost, floor: Cost): Cost =>
  Object.fromEntries(
    (Object.keys(cost) as (keyof Cost)[]).map((name) => [name, round(cost[name] / floor[name])]),
  ) as unknown as Cost

const bench = async (): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-weapp-'))
  const cloud = await openProduct({ port: 0, folder, isTimersOn: false })
  const browser = await launchChromium()
  try {
    for (let n = 1; n <= reports; n += 1) await report(cloud, n)
    console.info(`${reports} reports wait in the branch's queue`)
    const token = cloud.accessTokenOf(secretary)
    const costs = new Map(subjects.map(({ name }) => [name, [] as Record<Phase, Cost>[]]))
    // The first round warms the functions up.
    for (let run = 0; run <= runs; run += 1)
      // Each comes after each other one as often: what one leaves behind must not weigh on the same one always.
      for (const turn of subjects.keys()) {
        const subject = subjects[(turn + run) % subjects.length] as Subject
        const cost = await measure(browser, cloud, token, subject)
        if (run > 0) costs.get(subject.name)?.push(cost)
        await pause(500)
      }
    const told = ({ name }: Subject): Record<Phase, Cost> =>
      Object.fromEntries(
        phases.map((phase) => [phase, median((costs.get(name) ?? []).map((cost) => cost[phase]))]),
      ) as Record<Phase, Cost>
    const floor = told(native)
    const over = (subject: Subject, other: Record<Phase, Cost>) => {
      const own = told(subject)
      return Object.fromEntries(phases.map((phase) => [phase, ratio(own[phase], other[phase])]))
    }
    const [, , earlier] = subjects
    console.info(
      JSON.stringify({
        reports,
        runs,
        native: floor,
        product: told(product),
        productOverNative: over(product, floor),
        ...(earlier
          ? {
              against: told(earlier),
              againstOverNative: over(earlier, floor),
              productOverAgainst: over(product, told(earlier)),
            }
          : {}),
      }),
    )
  } finally {
    await browser.close()
    await cloud.close()
    await rm(folder, { recursive: true, force: true })
  }
}

readOptions(
  `usage: npm run bench:weapp
builds the mini-program and measures launch, queue and BENCH_REPORTS reports beside a plain native list, and beside the
build that BENCH_AGAINST names; the last line is the report`,
  {},
)
for (const script of ['build:functions', 'build:weapp']) {
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows,
  })
  if (status !== 0) process.exit(1)
}
bench().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
