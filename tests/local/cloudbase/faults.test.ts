import type { Fault } from '../../../local/cloudbase/functions/faults'
import { aCloud, type TestCloud, withSdk } from './a-cloud'

/** Three steps on the database: reads, writes one document, writes another. */
const writer = `${withSdk}
exports.main = async ({ id }) => {
  const works = app.database().collection('works')
  await works.doc(id).get()
  await works.add({ _id: id + '-first' })
  await works.add({ _id: id + '-second' })
  return 'done'
}`

let running: TestCloud
beforeAll(async () => {
  running = await aCloud({ functions: { writer } })
})
afterEach(() => running.cloud.faults.clear())
afterAll(() => running.close())

const add = (fault: Fault): string => running.cloud.faults.add(fault)
const works = () => running.database.collection('works')
const written = async (id: string): Promise<readonly boolean[]> =>
  Promise.all(
    ['first', 'second'].map(async (name) => (await works().doc(`${id}-${name}`).get()).data.length === 1),
  )
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing',
    (error: unknown) => error,
  )
const invoke = (id: string) => running.cloud.invoke('writer', { id })

describe('a crash', () => {
  test.each([
    [1, 'before', [false, false]],
    [1, 'after', [false, false]],
    [2, 'before', [false, false]],
    [2, 'after', [true, false]],
    [3, 'before', [true, false]],
    [3, 'after', [true, true]],
  ] as const)(
    'at step %i, %s it, leaves what had been done by then, and the next try is served',
    async (step, when, left) => {
      const id = `${step}-${when}`
      add({ kind: 'crash', functionName: 'writer', step, when })
      await expect(invoke(id)).rejects.toMatchObject({ code: 'FUNCTIONS_EXECUTE_FAIL' })
      expect(await written(id)).toEqual(left)
      expect(running.cloud.faults.list()).toMatchObject([{ struck: 1 }])
      const again = await invoke(`${id}-again`)
      expect(again.value).toBe('done')
    },
  )

  test('meant for one function spares what others do', async () => {
    add({ kind: 'crash', functionName: 'nobody', step: 1, when: 'before' })
    expect((await invoke('spared')).value).toBe('done')
  })

  test('of one invocation is not felt by another that runs beside it', async () => {
    add({ kind: 'crash', functionName: 'writer', step: 2, when: 'after', times: 1 })
    const outcomes = await Promise.allSettled(['x', 'y', 'z'].map(invoke))
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })
})

describe('an error', () => {
  test('before the step leaves it undone, and its code is the SDK’s', async () => {
    add({ kind: 'error', action: 'database.insert', code: 'DATABASE_REQUEST_FAILED', times: 1 })
    expect(await failure(works().add({ _id: 'e1' }))).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    expect((await works().doc('e1').get()).data).toEqual([])
    await works().add({ _id: 'e1' })
  })

  test('after the step has done it all the same', async () => {
    add({ kind: 'error', action: 'database.insert', code: 'SYS_ERR', when: 'after', times: 1 })
    expect(await failure(works().add({ _id: 'e2' }))).toMatchObject({ code: 'SYS_ERR' })
    expect(await failure(works().add({ _id: 'e2' }))).toMatchObject({
      message: expect.stringContaining('E11000 duplicate key'),
    })
  })

  test('spares as many steps as it is told to and strikes as often', async () => {
    add({ kind: 'error', action: 'database.get', code: 'SYS_ERR', skip: 1, times: 2 })
    const outcomes: unknown[] = []
    for (let turn = 0; turn < 5; turn += 1) outcomes.push(await failure(works().doc('none').get()))
    expect(outcomes.map((one) => (one === 'nothing' ? 'ok' : 'failed'))).toEqual([
      'ok',
      'failed',
      'failed',
      'ok',
      'ok',
    ])
  })
})

test('web clients meet faults too, with their documents and their files', async () => {
  const own = await aCloud({
    database: {
      collections: [
        { CollectionName: 'notes', AclTag: 'CUSTOM', Rule: { read: true, write: true }, CreateIndexes: [] },
      ],
      storage: { read: true, write: true },
    },
  })
  const documents = '/v1/database/instances/(default)/databases/(default)/collections/notes/documents'
  const ask = async (route: string, body?: unknown) => {
    const answer = await fetch(`${own.cloud.url}${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as unknown
  }
  own.cloud.faults.add({
    kind: 'error',
    action: 'database.',
    code: 'DATABASE_REQUEST_FAILED',
    skip: 1,
    times: 2,
  })
  expect(await ask(documents, { data: [{ _id: 'a' }] })).toMatchObject({ insertedIds: ['a'] })
  expect(await ask(documents)).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  expect(await ask('/web', { action: 'database.queryDocument', collectionName: 'notes' })).toMatchObject({
    code: 'DATABASE_REQUEST_FAILED',
  })
  expect(await ask(documents)).toMatchObject({ list: [{ _id: 'a' }] })
  own.cloud.faults.add({ kind: 'error', action: 'storage.', code: 'STORAGE_REQUEST_FAIL' })
  expect(await ask('/v1/storages/get-objects-upload-info', [{ objectId: 'a.txt' }])).toMatchObject({
    code: 'STORAGE_REQUEST_FAIL',
  })
  await own.close()
})

test('latency comes before the steps that it is meant for', async () => {
  add({ kind: 'latency', action: 'database.calculate', ms: 120 })
  const startedMs = performance.now()
  await works().where({ branch: 'b' }).count()
  // It may take longer, never shorter.
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(119)
  expect(running.cloud.faults.list()).toMatchObject([{ struck: 1 }])
})

describe('a delivery', () => {
  test('that is doubled runs twice, and the first answer is the answer', async () => {
    add({ kind: 'delivery', functionName: 'writer', copies: 2 })
    const starts = (): number =>
      running.cloud.logs().filter((line) => /finished in|E11000/.test(line.text)).length
    const before = starts()
    expect((await invoke('doubled')).value).toBe('done')
    expect(starts() - before).toBe(2)
    expect(await written('doubled')).toEqual([true, true])
  })

  test('that is delayed comes later', async () => {
    add({ kind: 'delivery', functionName: 'writer', delayMs: 150 })
    const sentAt = running.cloud.clock.now()
    expect((await invoke('late')).value).toBe('done')
    // It may come even later, never sooner.
    expect(Number(running.cloud.invocations().at(-1)?.at) - sentAt).toBeGreaterThanOrEqual(149)
  })
})

test('the clock steps forwards and backwards for functions and for server dates', async () => {
  const before = running.cloud.clock.now()
  running.cloud.clock.step(3_600_000)
  await works().add({ _id: 'dated', at: running.database.serverDate() })
  running.cloud.clock.step(-7_200_000)
  expect(running.cloud.clock.now()).toBeLessThan(before)
  const { data } = await works().doc('dated').get()
  expect((data as { at: Date }[])[0]?.at.getTime()).toBeGreaterThanOrEqual(before + 3_600_000)
  running.cloud.clock.step(3_600_000)
})

test('what is no fault is refused and changes nothing', async () => {
  const ask = async (verb: string, body: unknown) => {
    const answer = await fetch(`${running.cloud.url}/local/${verb}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, value: (await answer.json()) as { id?: string; code?: string } }
  }
  for (const fault of [
    {},
    { kind: 'constructor' },
    { kind: 'latency', ms: -1 },
    { kind: 'error', code: 'no code' },
    { kind: 'crash', step: 0, when: 'before' },
    { kind: 'crash', step: 1, when: 'soon' },
    { kind: 'delivery', copies: 1000 },
    { kind: 'latency', ms: 5, action: 5 },
  ]) {
    expect(await ask('add-fault', fault)).toMatchObject({ status: 400, value: { code: 'INVALID_PARAM' } })
  }
  expect(running.cloud.faults.list()).toEqual([])
  const { value } = await ask('add-fault', { kind: 'latency', ms: 1 })
  expect(running.cloud.faults.list()).toMatchObject([{ id: value.id, fault: { ms: 1 } }])
  expect((await ask('remove-fault', { id: value.id })).status).toBe(200)
  expect((await ask('remove-fault', { id: value.id })).status).toBe(400)
})
