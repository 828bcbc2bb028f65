import type { Jobs, JobWorker } from '../../../cloudfunctions/contexts/job/ports'
import { type Job, mostTries, queueJob } from '../../../cloudfunctions/contexts/job/rules/job'
import type { JobKind } from '../../../cloudfunctions/contexts/job/rules/job-kinds'
import { workOnJobs } from '../../../cloudfunctions/contexts/job/shared/work-jobs'
import { jobRepository } from '../../../cloudfunctions/contexts/job/store'
import type { Message } from '../../../cloudfunctions/contexts/notice/ports'
import { hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import { type CollectionName, openDatabase } from '../../../cloudfunctions/platform/cloudbase/database'
import { readWhole } from '../../../cloudfunctions/platform/cloudbase/long-documents'
import { banner, mondayAt } from '../../support/builders'
import { type OwnCloud, startOwnCloud } from '../../support/own-cloud'

const parts = 5

let own: OwnCloud
let jobs: Jobs
beforeAll(async () => {
  own = await startOwnCloud({ secret: '5ec2e7'.repeat(11).slice(0, 64) })
  jobs = jobRepository(readWhole<CollectionName>(openDatabase(own.app.database()), { jobs: 'job_sheets' }))
})
afterAll(() => own.close())

let count = 0
const aJob = async (kind: JobKind = 'unit-check'): Promise<string> => {
  count += 1
  const id = `job-${count}`
  const asked = { id, kind, unitId: banner.id, accountId: 'custom:admin', input: {} }
  await jobs.insert(queueJob(asked, mondayAt + count, { id, action: 'unitList.check', digest: '' }))
  return id
}
const jobOf = async (id: string): Promise<Job> => {
  const job = await jobs.get(id)
  if (!job) throw new Error(`no job ${id}`)
  return job
}

/** Work in five parts: what has been done of it, part by part, however often. */
const aWork = () => {
  const done = new Map<number, number>()
  const worker: JobWorker = async ({ job, mayGoOn, remember }) => {
    let at = typeof job.memory?.done === 'number' ? job.memory.done : 0
    while (at < parts) {
      done.set(at, (done.get(at) ?? 0) + 1)
      at += 1
      if (!(await remember({ done: at, total: parts, bad: 0 }, { done: at }))) return { kind: 'more' }
      if (at < parts && !mayGoOn()) return { kind: 'more' }
    }
    return { kind: 'done', progress: { done: parts, total: parts, bad: 0 }, result: { parts } }
  }
  return { done, worker }
}

const always = () => true
const told: Message[] = []
const portsOf = (kept: Jobs, now: () => number) => ({
  jobs: kept,
  inbox: {
    deliver: async (messages: readonly Message[]) => {
      told.push(...messages.filter(({ id }) => !told.some((one) => one.id === id)))
    },
  } as never,
  log: { error: () => undefined },
  timeIn: now,
  newTurn: () => always,
})
const working = (worker: JobWorker, now: () => number = () => mondayAt + hourMs, kept: Jobs = jobs) =>
  workOnJobs(portsOf(kept, now), { 'unit-check': worker, 'unit-import': worker })

/** Of a function that is ended when it has written so often: nothing that it writes after that arrives. */
const endedAfter = (writes: number): Jobs => {
  let left = writes
  return {
    ...jobs,
    replace: async (before, after) => {
      left -= 1
      if (left < 0) throw new Error('the function has been ended')
      return jobs.replace(before, after)
    },
  }
}

test('work is done part by part, and whoever began it is told once', async () => {
  const id = await aJob()
  const { done, worker } = aWork()
  await working(worker).run(mondayAt, always)
  expect(await jobOf(id)).toMatchObject({
    status: 'done',
    progress: { done: parts },
    result: { parts },
    outbox: [],
  })
  expect([...done.values()]).toEqual([1, 1, 1, 1, 1])
  await working(worker).run(mondayAt, always)
  expect(told.filter((message) => message.id === `job:${id}`)).toMatchObject([
    { recipient: 'account:custom:admin', parts: [{ template: 'job-done' }] },
  ])
})

test.each(Array.from({ length: parts + 3 }, (_, writes) => writes))(
  'ended after %d writes it is begun again when its lease is over, and comes to the same',
  async (writes) => {
    const id = await aJob()
    const { done, worker } = aWork()
    await working(worker, () => mondayAt + hourMs, endedAfter(writes))
      .slice(id, mondayAt, always)
      .catch(() => undefined)
    // As long as it may still be worked on, nobody else begins.
    const before = await jobOf(id)
    if (before.status === 'running') {
      await working(worker, () => mondayAt + hourMs + minuteMs).slice(id, mondayAt, always)
      expect(await jobOf(id)).toEqual(before)
    }
    await working(worker, () => mondayAt + 2 * hourMs).run(mondayAt, always)
    expect(await jobOf(id)).toMatchObject({ status: 'done', result: { parts } })
    // The part that was not remembered was done twice, and no other.
    expect([...done.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(1)
    expect(done.size).toBe(parts)
  },
)

test('by two at once it is worked on by one of them', async () => {
  const id = await aJob()
  const { done, worker } = aWork()
  const runs = [working(worker), working(worker), working(worker)]
  await Promise.all(runs.map(({ slice }) => slice(id, mondayAt, always)))
  expect([...done.values()]).toEqual([1, 1, 1, 1, 1])
  expect((await jobOf(id)).status).toBe('done')
})

test('what fails each time is given up after some tries, and holds up nobody', async () => {
  const poisoned = await aJob('unit-import')
  const ids = [await aJob(), await aJob()]
  const { worker } = aWork()
  let tries = 0
  const failing: JobWorker = async () => {
    tries += 1
    throw new Error('this file cannot be read')
  }
  let now = mondayAt + hourMs
  const { run } = workOnJobs(
    portsOf(jobs, () => now),
    { 'unit-check': worker, 'unit-import': failing },
  )
  const first = await run(now, always)
  expect(first.failures).toEqual([{ id: poisoned, reason: 'this file cannot be read' }])
  for (const id of ids) expect((await jobOf(id)).status).toBe('done')
  for (let hours = 0; hours < 10; hours += 1) {
    now += hourMs
    await run(now, always)
  }
  expect(tries).toBe(mostTries)
  expect(await jobOf(poisoned)).toMatchObject({ status: 'failed', why: { code: 'job-given-up' } })
  expect(told.filter((message) => message.id === `job:${poisoned}`)).toMatchObject([
    { parts: [{ template: 'job-failed' }] },
  ])
})

test('a slice that has no time comes a part forward, and is never given up', async () => {
  const id = await aJob()
  const { done, worker } = aWork()
  for (let slices = 0; slices < parts; slices += 1) await working(worker).slice(id, mondayAt, () => false)
  expect(await jobOf(id)).toMatchObject({ status: 'done' })
  expect([...done.values()]).toEqual([1, 1, 1, 1, 1])
})
