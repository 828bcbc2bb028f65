import fc from 'fast-check'
import { dropOldLimits } from '../../../cloudfunctions/contexts/limits/shared/drop-old-limits'
import { tokenTaker } from '../../../cloudfunctions/contexts/limits/shared/take-tokens'
import { type Bucket, bucket, per } from '../../../cloudfunctions/ground/bucket'
import { dayMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import { mondayAt } from '../../support/builders'
import { openKeptBuckets } from './kept-buckets'

const small = bucket(5, per(10, minuteMs))
const one = (of: Bucket, command?: string) => ({ id: 'b', bucket: of, amount: 1, command })

/** Buckets, and how many have been taken out of them. */
const countTaken = () => {
  const { limits } = openKeptBuckets()
  let count = 0
  const counted = async (taking: Promise<boolean>): Promise<boolean> => {
    const isTaken = await taking
    if (isTaken) count += 1
    return isTaken
  }
  return {
    limits: {
      ...limits,
      begin: (...asked: Parameters<typeof limits.begin>) => counted(limits.begin(...asked)),
      take: (...asked: Parameters<typeof limits.take>) => counted(limits.take(...asked)),
    },
    taken: () => count,
  }
}

const buckets = fc
  .tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 100_000 }),
  )
  .map(([burst, most, withinMs]) => bucket(burst, per(most, withinMs)))

/** When it is asked, relative to the time before: clocks go on, and now and then back. */
const pauses = fc.array(fc.integer({ min: -5_000, max: 30_000 }), { maxLength: 120 })

test('a bucket never gives more than its burst and what has come back since, whichever way the clocks go', async () => {
  await fc.assert(
    fc.asyncProperty(buckets, pauses, fc.integer({ min: 1, max: 3 }), async (of, steps, instances) => {
      const { limits } = openKeptBuckets()
      const takers = Array.from({ length: instances }, () => tokenTaker(limits))
      let now = mondayAt
      let latest = now
      const given: number[] = []
      for (const [at, pause] of steps.entries()) {
        now += pause
        latest = Math.max(latest, now)
        if ((await takers[at % instances]?.take(one(of), now)) === null) given.push(latest)
      }
      // Between any two that were given, by the clock that was ahead.
      for (const [first, from] of given.entries())
        for (const [last, to] of given.entries())
          if (last >= first)
            expect(last - first + 1).toBeLessThanOrEqual(
              of.burst + ((to - from) * of.rate.most) / of.rate.withinMs + 1e-9,
            )
    }),
  )
})

test('whoever waits as long as was said gets one', async () => {
  await fc.assert(
    fc.asyncProperty(buckets, fc.integer({ min: 1, max: 200 }), async (of, calls) => {
      const { take } = tokenTaker(openKeptBuckets().limits)
      let now = mondayAt
      for (let no = 0; no < calls; no += 1) {
        const retryAt = await take(one(of), now)
        if (retryAt === null) continue
        expect(retryAt).toBeGreaterThan(now)
        expect(await take(one(of), retryAt - 1)).not.toBeNull()
        now = retryAt
        expect(await take(one(of), now)).toBeNull()
      }
    }),
  )
})

test('a clock that goes back gives nothing back', async () => {
  const { limits } = openKeptBuckets()
  for (let no = 0; no < 5; no += 1) expect(await tokenTaker(limits).take(one(small), mondayAt)).toBeNull()
  for (const back of [0, 1, minuteMs, dayMs])
    expect(await tokenTaker(limits).take(one(small), mondayAt - back)).toBe(mondayAt + minuteMs / 10)
})

test('twenty at once, in as many instances, take the five that there are', async () => {
  const { limits } = openKeptBuckets()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => tokenTaker(limits).take(one(small), mondayAt)),
  )
  expect(answers.filter((retryAt) => retryAt === null)).toHaveLength(5)
})

test('whoever fails after taking loses one and no more', async () => {
  const { limits } = openKeptBuckets()
  const failing = tokenTaker({
    ...limits,
    begin: async (id, kept) => {
      await limits.begin(id, kept)
      throw new Error('cut off')
    },
  })
  await expect(failing.take(one(small), mondayAt)).rejects.toThrow('cut off')
  const { take } = tokenTaker(limits)
  for (let no = 0; no < 4; no += 1) expect(await take(one(small), mondayAt)).toBeNull()
  expect(await take(one(small), mondayAt)).not.toBeNull()
})

test('the same command counts once, here and in another instance, and is known when nothing else is let through', async () => {
  const { limits } = openKeptBuckets()
  const { take } = tokenTaker(limits)
  for (let no = 0; no < 5; no += 1) expect(await take(one(small, `c${no}`), mondayAt)).toBeNull()
  for (let no = 0; no < 5; no += 1) expect(await take(one(small, `c${no}`), mondayAt + no)).toBeNull()
  expect(await tokenTaker(limits).take(one(small, 'c3'), mondayAt)).toBeNull()
  expect(await take(one(small, 'c5'), mondayAt)).not.toBeNull()
})

test('taking costs one question, and so does the first one; being refused again costs none', async () => {
  const { limits, calls } = openKeptBuckets()
  const { take } = tokenTaker(limits)
  for (let no = 1; no <= 5; no += 1) {
    await take(one(small), mondayAt)
    expect(calls()).toBe(no)
  }
  for (let no = 0; no < 50; no += 1) expect(await take(one(small), mondayAt + no)).not.toBeNull()
  expect(calls()).toBe(5)
  expect(await take(one(small), mondayAt + dayMs)).toBeNull()
  expect(calls()).toBe(6)
})

test('buckets that are full are dropped in pieces, as long as there is time; others stay', async () => {
  const { limits, buckets: kept } = openKeptBuckets()
  for (let no = 0; no < 1200; no += 1) kept.set(`w${no}`, { fullAt: mondayAt - no, commands: [] })
  kept.set('open', { fullAt: mondayAt + dayMs, commands: [] })
  const drop = dropOldLimits(limits)
  expect(await drop(mondayAt, () => false)).toEqual({ limitsDropped: 0 })
  let looks = 0
  const twice = () => {
    looks += 1
    return looks <= 2
  }
  expect(await drop(mondayAt, twice)).toEqual({ limitsDropped: 1000 })
  expect(await drop(mondayAt, () => true)).toEqual({ limitsDropped: 200 })
  expect([...kept.keys()]).toEqual(['open'])
})

test('a command is sent again for nothing twenty times; from then on each time takes one', async () => {
  const { limits, taken } = countTaken()
  const { take } = tokenTaker(limits)
  const answers: (number | null)[] = []
  for (let no = 0; no < 60; no += 1) answers.push(await take(one(small, 'sent again'), mondayAt))
  // The first, twenty more, and the four that are left in a bucket of five.
  expect(answers.filter((retryAt) => retryAt === null)).toHaveLength(25)
  expect(answers.slice(25).every((retryAt) => retryAt === mondayAt + minuteMs / 10)).toBe(true)
  expect(taken()).toBe(5)
})

test('whoever sends one command without end never keeps another one from being taken for long', async () => {
  const { take } = tokenTaker(openKeptBuckets().limits)
  for (let no = 0; no < 200; no += 1) await take(one(small, 'without end'), mondayAt)
  expect(await take(one(small, 'another'), mondayAt + minuteMs / 10)).toBeNull()
})
