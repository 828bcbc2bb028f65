import path from 'node:path'
import { toReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import type { ClockRun } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { cloudStore } from '../../cloudfunctions/entrypoints/ports'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { readOptions } from '../../config/command-line'
import { mondayAt } from '../support/builders'
import { fallDueAt, manyDue } from '../support/many-due'
import { startOwnCloud } from '../support/own-cloud'

const { due, latency, banners } = readOptions(
  `usage: npm run bench:clock -- --due 1000,10000 --latency 10 --banners 20
so many reports that fall due at one instant, worked off by the deployed function at each call's latency in ms: calls
and ms a report, runs, calls of an idle minute, growth, and how long 100,000 take by the measured rate with runs of 45 s
a minute; one JSON line`,
  {
    due: { type: 'string', default: '1000,10000' },
    latency: { type: 'string', default: '10' },
    banners: { type: 'string', default: '20' },
  },
)

const root = path.join(__dirname, '../..')
const secret = 'c10c1c'.repeat(11).slice(0, 64)
/** What a run has of its minute (entrypoints/clock). */
const workingMs = 45_000
const wanted = 100_000

const round = (value: number): number => Number(value.toFixed(2))

const measure = async (count: number) => {
  const { cloud, app, close } = await startOwnCloud({
    secret,
    functionRoot: path.join(root, 'dist/cloudfunctions'),
    onLog: ({ level, text }) => {
      if (level === 'error') console.error(text)
    },
  })
  try {
    cloud.clock.step(mondayAt - cloud.clock.now())
    const reports = manyDue(count, Number(banners))
    await cloudStore(app).addMissing('reports', reports.map(toReportDocument))
    /** One that is still bringing documents into their present shape says no more than that. */
    const runOnce = async () =>
      (await cloud.runTimer('clock')).value as Pick<ClockRun, 'isComplete'> & Partial<ClockRun>
    // The day's first runs have its daily duties, and an instance that is warm.
    while (!(await runOnce()).isComplete);
    // What they have put right is folded up by the next.
    await runOnce()

    /** Runs at `at` until all is done; a latency strikes each call once, and counts them. */
    const workOff = async (at: number) => {
      cloud.clock.step(at - cloud.clock.now())
      const fault = cloud.faults.add({ kind: 'latency', action: 'database.', ms: Number(latency) })
      let [ms, runs, isComplete] = [0, 0, false]
      while (!isComplete) {
        const startedMs = performance.now()
        const run = await runOnce()
        ms += performance.now() - startedMs
        runs += 1
        isComplete = run.isComplete
        if (run.failures?.[0]) throw new Error(JSON.stringify(run.failures[0]))
      }
      const calls = cloud.faults.list().find(({ id }) => id === fault)?.struck ?? Number.NaN
      cloud.faults.clear()
      return { ms, runs, calls }
    }

    const idle = await workOff(mondayAt + minuteMs)
    const { ms, runs, calls } = await workOff(fallDueAt(reports))
    return { due: count, idleCalls: idle.calls, calls, runs, ms: Math.round(ms) }
  } finally {
    await close()
  }
}

const main = async (): Promise<void> => {
  const seen = []
  for (const count of due.split(',').map(Number)) seen.push(await measure(count))
  const figures = seen.map((one) => ({
    ...one,
    callsAReport: round(one.calls / one.due),
    msAReport: round(one.ms / one.due),
  }))
  const [first, last] = [figures[0], figures[figures.length - 1]]
  if (!first || !last) throw new Error('--due names no number')
  console.info(
    JSON.stringify({
      latencyMs: Number(latency),
      figures,
      idleCalls: Math.max(...figures.map(({ idleCalls }) => idleCalls)),
      growth: {
        calls: round(last.callsAReport / first.callsAReport),
        ms: round(last.msAReport / first.msAReport),
      },
      minutesFor100000: Math.ceil((wanted * last.msAReport) / workingMs),
    }),
  )
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
