import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import {
  type Duties,
  type DutyMemory,
  daily,
  runDuties,
  type SoFar,
} from '../../cloudfunctions/journal/duties'
import { mondayAt } from '../support/builders'

type Known = Awaited<ReturnType<DutyMemory['all']>>

/** Duties over a memory whose reads and writes are counted, in a time that only goes on where a test says so. */
const aClock = <D extends Duties>(duties: D) => {
  let known: Known = {}
  const seen = { reads: 0, writes: 0, ms: 0 }
  const memory: DutyMemory = {
    all: async () => {
      seen.reads += 1
      return known
    },
    remember: async (name, done) => {
      seen.writes += 1
      known = { ...known, [name]: done }
    },
  }
  return { seen, run: runDuties(memory, duties, () => seen.ms) }
}
const inTime = () => true

const counted = () => {
  const count = { runs: 0 }
  const work = async () => {
    count.runs += 1
    return { counted: count.runs }
  }
  return { count, work }
}

test('a duty knows whether those before it came to their end, and whether something of theirs failed', async () => {
  const told: SoFar[] = []
  const telling = async (_now: number, _mayGoOn: () => boolean, soFar: SoFar) => {
    told.push(soFar)
    return {}
  }
  const tell = { mostMs: 1, work: telling }
  const { run } = aClock({
    first: tell,
    cutOff: { mostMs: 1, work: async () => ({ isComplete: false }) },
    second: tell,
    failing: { mostMs: 1, work: () => Promise.reject(new Error('no')) },
    third: tell,
  })
  await run(mondayAt, inTime)
  expect(told).toEqual([
    { isComplete: true, hasFailed: false },
    { isComplete: false, hasFailed: false },
    { isComplete: false, hasFailed: true },
  ])
})

describe('a duty of each day', () => {
  test('is done by the day’s first run, and what it answered is answered all day', async () => {
    const { count, work } = counted()
    const { run } = aClock({ weights: { oncePer: daily, mostMs: 1, work } })
    for (const at of [mondayAt, mondayAt, mondayAt + minuteMs])
      expect(await run(at, inTime)).toEqual({ counted: 1, failures: [], isComplete: true })
    expect(await run(mondayAt + dayMs, inTime)).toMatchObject({ counted: 2 })
    expect(count.runs).toBe(2)
  })

  test('is done again by the next run where it has not come to its end', async () => {
    let parts = 0
    const { run } = aClock({
      check: {
        oncePer: daily,
        mostMs: 1,
        work: async () => {
          parts += 1
          return { parts, isComplete: parts === 3 }
        },
      },
    })
    expect((await run(mondayAt, inTime)).isComplete).toBe(false)
    expect((await run(mondayAt, inTime)).isComplete).toBe(false)
    expect(await run(mondayAt, inTime)).toEqual({ parts: 3, failures: [], isComplete: true })
    await run(mondayAt, inTime)
    expect(parts).toBe(3)
  })

  test('that has found something wrong looks again in each run until it is mended', async () => {
    let isBroken = true
    let looks = 0
    const { run } = aClock({
      ledger: {
        oncePer: daily,
        mostMs: 1,
        work: async () => {
          looks += 1
          return { broken: isBroken, isWatched: isBroken }
        },
      },
    })
    await run(mondayAt, inTime)
    expect(await run(mondayAt, inTime)).toEqual({ broken: true, failures: [], isComplete: true })
    isBroken = false
    expect(await run(mondayAt, inTime)).toMatchObject({ broken: false })
    await run(mondayAt, inTime)
    expect(looks).toBe(3)
  })

  test('waits for a run that has time for it', async () => {
    const { count, work } = counted()
    const { run } = aClock({ weights: { oncePer: daily, mostMs: 1, work } })
    expect((await run(mondayAt, () => false)).isComplete).toBe(false)
    expect(count.runs).toBe(0)
    expect((await run(mondayAt, inTime)).isComplete).toBe(true)
  })

  test('is done anew when what it is done for has changed in between', async () => {
    const { count, work } = counted()
    let version = 'one'
    const { run } = aClock({
      horizon: { oncePer: async (now) => `${daily(now)} ${version}`, mostMs: 1, work },
    })
    await run(mondayAt, inTime)
    version = 'two'
    await run(mondayAt, inTime)
    await run(mondayAt, inTime)
    expect(count.runs).toBe(2)
  })
})

test('an idle run reads what is remembered once, and writes nothing', async () => {
  const duties = Object.fromEntries(
    Array.from({ length: 9 }, (_, no) => [`duty${no}`, { oncePer: daily, mostMs: 1, ...counted() }]),
  )
  const { run, seen } = aClock(duties)
  await run(mondayAt, inTime)
  seen.reads = 0
  seen.writes = 0
  await run(mondayAt + minuteMs, inTime)
  expect(seen).toMatchObject({ reads: 1, writes: 0 })
})

test('one that fails keeps no other from its turn, is told by name, and is tried by the next run', async () => {
  let isOut = true
  const { run } = aClock({
    weights: {
      oncePer: daily,
      mostMs: 1,
      work: async () => {
        if (isOut) throw new Error('the database is out')
        return { reweighed: 1 }
      },
    },
    outboxes: { mostMs: 1, work: async () => ({ settled: 2, failures: [{ id: 'r1', reason: 'no' }] }) },
  })
  expect(await run(mondayAt, inTime)).toEqual({
    settled: 2,
    failures: [
      { duty: 'weights', reason: 'the database is out' },
      { duty: 'outboxes', id: 'r1', reason: 'no' },
    ],
    isComplete: true,
  })
  isOut = false
  expect(await run(mondayAt, inTime)).toMatchObject({ reweighed: 1 })
})

test('one that takes long has its share of the run, and those behind it have theirs', async () => {
  let parts = 0
  const { run, seen } = aClock({
    crowd: {
      mostMs: 25,
      work: async (_now, mayGoOn) => {
        while (mayGoOn()) {
          parts += 1
          seen.ms += 10
        }
        return {}
      },
    },
    small: { mostMs: 25, work: async (_now, mayGoOn) => ({ hadTime: mayGoOn() }) },
  })
  expect(await run(mondayAt, inTime)).toEqual({ hadTime: true, failures: [], isComplete: false })
  expect(parts).toBe(3)
})
