import { followChain } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { runClock } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { cloudPorts, type Ports } from '../../cloudfunctions/entrypoints/ports'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { fallDueAt, manyDue } from '../support/many-due'

jest.setTimeout(600_000)

/** More than one run works off without a word to others. */
const count = 120
const always = () => true

let town: TestCloud
let ports: Ports
let at = 0
let setsMade = 0
/** Each time that a deadline's work on a report is about to be written, by the report's id. */
const written: string[] = []
/** Reports that cannot be written. */
const broken = new Set<string>()

beforeAll(async () => {
  town = await openTestCloud()
  const known = cloudPorts(town.app)
  ports = {
    ...known,
    reports: {
      ...known.reports,
      replace: async (before, after) => {
        written.push(before.id)
        if (broken.has(before.id)) throw new Error('cannot be written')
        return known.reports.replace(before, after)
      },
    },
  }
  at = fallDueAt(manyDue(1, 1))
  town.cloud.clock.step(at - town.now())
  await town.later(0)
})
afterAll(() => town.close())
beforeEach(() => {
  written.length = 0
  broken.clear()
})

/** New ones, all due at one instant. */
const fallDue = async (howMany: number): Promise<readonly Report[]> => {
  setsMade += 1
  const reports = manyDue(howMany, 3, setsMade * 1000)
  for (let from = 0; from < reports.length; from += 50)
    await Promise.all(reports.slice(from, from + 50).map((report) => ports.reports.insert(report)))
  return reports
}

/** Every one late, told of and on the ledger, each once. */
const expectSeenTo = async (reports: readonly Report[]): Promise<void> => {
  const found = await ports.reports.getMany(reports.map(({ id }) => id))
  expect(found).toHaveLength(reports.length)
  for (const { id, outbox, redFaces } of found) expect([id, outbox, redFaces.length]).toEqual([id, [], 1])
  const rows = await Promise.all(reports.map(({ id }) => ports.ledger.ofReport(id)))
  expect(rows.filter((one) => one.length !== 1)).toEqual([])
}

/** How many calls the database has while this is done. */
const callsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  // A latency of nothing to speak of strikes each call once, and counts them.
  const id = town.cloud.faults.add({ kind: 'latency', action: 'database.', ms: 1 })
  await work()
  const struck = town.cloud.faults.list().find((one) => one.id === id)?.struck ?? 0
  town.cloud.faults.remove(id)
  return struck
}

test('an idle minute asks the database ten times at most: what is due, and what is left, of each kind of matter', async () => {
  expect(await callsDuring(() => town.cloud.runTimer('clock'))).toBeLessThanOrEqual(10)
})

test('many that fall due at once are worked off side by side in few calls each, and each is written once', async () => {
  const reports = await fallDue(count)
  const calls = await callsDuring(async () => {
    expect(await runClock(ports)(at, always)).toMatchObject({ caughtUp: count, settled: count, failures: [] })
  })
  expect(calls).toBeLessThanOrEqual(11 * count)
  expect([...written].sort()).toEqual(reports.map(({ id }) => id).sort())
  await expectSeenTo(reports)
})

test('two runs at once do nothing twice', async () => {
  const reports = await fallDue(count)
  const runs = await Promise.all([1, 2].map(() => runClock(ports)(at, always)))
  expect(runs.flatMap(({ failures }) => failures)).toEqual([])
  expect(runs.reduce((sum, { caughtUp = 0 }) => sum + caughtUp, 0)).toBe(count)
  await expectSeenTo(reports)
})

test('a run that is killed keeps nobody waiting: the next one does what it had begun', async () => {
  const reports = await fallDue(count)
  town.cloud.faults.add({ kind: 'crash', functionName: 'clock', step: 60, when: 'after' })
  await town.cloud.runTimer('clock').catch(() => undefined)
  town.cloud.faults.clear()
  expect(await ports.reports.dueForClock(at, 1000, [])).not.toEqual([])
  expect(await runClock(ports)(at, always)).toMatchObject({ failures: [], isComplete: true })
  await expectSeenTo(reports)
})

test('the ledger’s chains stand as they were written, however many were put down at once', async () => {
  const { ledger } = ports
  const chains = await ledger.chains()
  expect(chains.map(({ id }) => id)).toEqual(['banner-0', 'banner-1', 'banner-2'])
  for (const { id, head } of chains) {
    const rows = await ledger.from(id, 1, 1000)
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, place) => place + 1))
    expect(followChain(id, null, rows, [head], ports.sha256).breaks).toEqual([])
    expect(head.seq).toBe(rows.length)
  }
})

describe('a report that fails in every run', () => {
  test('has tries at growing distances, is told by each run, and keeps nobody waiting', async () => {
    const [poisoned, ...others] = await fallDue(20)
    const id = poisoned?.id ?? ''
    broken.add(id)
    const begun = at + minuteMs
    const triedIn: number[] = []
    for (let minute = 0; minute <= 70; minute += 1) {
      const before = written.filter((one) => one === id).length
      const { failures } = await runClock(ports)(begun + minute * minuteMs, always)
      expect(failures).toMatchObject([
        { duty: 'deadlines', id, reason: expect.stringContaining('cannot be written') },
      ])
      if (written.filter((one) => one === id).length > before) triedIn.push(minute)
    }
    expect(triedIn).toEqual([0, 1, 2, 4, 8, 16, 32, 64])
    await expectSeenTo(others)
  })

  test('is seen to at its next try once it can be, and told no more', async () => {
    broken.clear()
    const later = at + 3 * 60 * minuteMs
    expect(await runClock(ports)(later, always)).toMatchObject({ caughtUp: 1, failures: [] })
    expect(await runClock(ports)(later + minuteMs, always)).toMatchObject({ caughtUp: 0, failures: [] })
  })
})
