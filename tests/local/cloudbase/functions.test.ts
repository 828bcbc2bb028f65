import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { readCron } from '../../../local/cloudbase/functions/cron'
import { aCloud, type TestCloud, withSdk } from './a-cloud'

/** Each shows one thing that a function may do to itself and must not do to others. */
const functions: Readonly<Record<string, string>> = {
  context: `exports.main = async (event, context) => ({
    context,
    environment: Object.fromEntries(Object.entries(process.env)),
  })`,
  caller: `${withSdk}
exports.main = async ({ name, data }) => {
  const { result } = await app.callFunction({ name, data })
  return { result, own: app.auth().getUserInfo() }
}`,
  deep: `${withSdk}
exports.main = async ({ depth }) => {
  if (depth > 0) await app.callFunction({ name: 'deep', data: { depth: depth - 1 } })
}`,
  whoami: `${withSdk}
exports.main = async () => ({ ...app.auth().getUserInfo(), source: process.env.TCB_SOURCE })`,
  whence: `${withSdk}
exports.main = async ({ deeper }) => ({
  address: app.auth().getClientIP(),
  ofWeixin: [process.env.WX_CLIENTIP, process.env.WX_CLIENTIPV6],
  below: deeper ? (await app.callFunction({ name: 'whence', data: {} })).result : undefined,
})`,
  weixin: `const cloud = require(${JSON.stringify(require.resolve('wx-server-sdk'))})
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async ({ deeper }) => {
  const own = cloud.getWXContext()
  const below = deeper ? (await cloud.callFunction({ name: 'weixin', data: {} })).result : undefined
  return { openId: own.OPENID, appId: own.APPID, source: own.SOURCE, below }
}`,
  greedy: `exports.main = async ({ how }) => {
    const held = []
    if (how === 'heap') for (;;) held.push(new Array(1e6).fill({}))
    if (how === 'buffers') for (;;) {
      held.push(Buffer.alloc(8 * 1024 * 1024, 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }`,
  wild: `exports.main = async ({ how, signal }) => {
    if (how === 'exit') process.exit(0)
    if (how === 'bigint') return { n: 1n }
    if (how === 'cycle') { const ring = {}; ring.ring = ring; return ring }
    if (how === 'large') return 'x'.repeat(7 * 1024 * 1024)
    if (how === 'late') {
      setInterval(() => { if (require('node:fs').existsSync(signal)) throw new Error('too late') }, 5)
      return 'answered'
    }
    if (how === 'flood') for (let n = 0; n < 5000; n += 1) console.log('line', n)
    return 'calm'
  }`,
  past: `${withSdk}
exports.main = async ({ how }) => {
  const database = app.database()
  await database.collection('works').doc('past').set({ branch: 'past', n: 1 })
  const transaction = await database.startTransaction()
  await transaction.collection('works').doc('other').set({ n: 1 })
  const works = (how === 'within' ? transaction : database).collection('works')
  try {
    if (how === 'within') await works.where({ branch: 'past' }).update({ n: 2 })
    if (how === 'removing') await works.where({ branch: 'past' }).remove()
    if (how === 'by id') await works.doc('past').update({ n: 2 })
    return 'done'
  } catch (error) {
    return error.message
  } finally {
    await transaction.rollback()
    if (how === 'after') await works.where({ branch: 'past' }).update({ n: 2 })
  }
}`,
  asking: `${withSdk}
exports.main = async ({ what, ...asked }) => {
  if (what === 'files') return (await app.getFileAuthority(asked)).data
  if (what === 'user') return (await app.auth().getEndUserInfo(asked.uid)).userInfo
  if (what === 'query') return (await app.auth().queryUserInfo(asked)).userInfo
  return (await app.callFunction({ name: 'whoami', data: {}, ...asked })).result
}`,
  moody: `let turns = 0
exports.main = async ({ TriggerName }) => {
  turns += 1
  if (turns % 3 !== 0) throw new Error('turn ' + turns)
  return { turns, TriggerName }
}`,
}

let running: TestCloud
beforeAll(async () => {
  running = await aCloud({
    functions,
    timers: { moody: '0 0 3 * * * *' },
  })
})
afterAll(() => running.close())

interface Session {
  readonly access_token: string
}

const post = async (
  route: string,
  body: unknown,
  token?: string,
): Promise<{ status: number; value: never }> => {
  const answer = await fetch(`${running.cloud.url}${route}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-device-id': 'a-device-of-somebody',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, value: (await answer.json()) as never }
}

const signIn = async (customUserId: string): Promise<Session> => {
  const { value } = await post('/local/ticket', { customUserId })
  return (await post('/auth/v1/signin/custom', { ticket: (value as { ticket: string }).ticket })).value
}

const invoke = (name: string, event: object) => running.cloud.invoke(name, event)

describe('functions', () => {
  test('an invocation knows its own caller, also when several run at once', async () => {
    const people = ['alice', 'bobby', 'carol', 'david', 'erika', 'frank']
    const answers = await Promise.all(
      people.map(async (name) => {
        const { access_token: token } = await signIn(name)
        return (await post('/v1/functions/echo', { waitMs: 60 }, token)).value as {
          custom: string
          anonymous: string
        }
      }),
    )
    expect(answers.map((one) => one.custom)).toEqual(people)
    expect(answers.every((one) => one.anonymous === 'false')).toBe(true)
  })

  test('an anonymous caller carries nobody else’s name', async () => {
    await signIn('alice')
    const session = (await post('/auth/v1/signin/anonymously', {})).value as Session
    const { value } = await post('/v1/functions/echo', {}, session.access_token)
    expect(value).toMatchObject({ anonymous: 'true', hasUid: true })
    expect(value).not.toHaveProperty('custom')
  })

  test('the server SDK calls functions too', async () => {
    const { result } = await running.app.callFunction({ name: 'echo', data: { hello: '红' } })
    expect(result).toMatchObject({ event: { hello: '红' } })
  })

  test('one that throws, hangs or crashes says so to its caller, and the next call is served', async () => {
    await expect(running.cloud.invoke('faulty', { how: 'throw' })).rejects.toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      message: expect.stringContaining('as asked'),
    })
    await expect(running.cloud.invoke('endless', { how: 'hang' })).rejects.toMatchObject({
      code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    })
    const [crashed, other] = await Promise.allSettled([
      running.cloud.invoke('faulty', { how: 'crash' }),
      running.cloud.invoke('faulty', {}),
    ])
    expect(crashed.status).toBe('rejected')
    expect(other).toMatchObject({ status: 'fulfilled', value: { value: 'fine' } })
    await expect(running.cloud.invoke('faulty', {})).resolves.toMatchObject({ value: 'fine' })
    await expect(running.cloud.invoke('nobody', {})).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' })
  })

  test('a moved clock is the present for functions, timers run after the move, and the move outlives a restart', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'moved-'))
    const first = await aCloud({ folder })
    const before = Date.now()
    await first.cloud.clock.move(400 * 86_400_000)
    const { value } = await first.cloud.invoke('echo', {})
    expect((value as { now: number }).now - before).toBeGreaterThanOrEqual(400 * 86_400_000)
    await first.cloud.close()
    const second = await aCloud({ folder })
    const timer = await second.cloud.runTimer('echo')
    expect(timer.value).toMatchObject({ source: 'timer', event: { Type: 'Timer', TriggerName: 'tick' } })
    expect((timer.value as { now: number }).now - before).toBeGreaterThanOrEqual(400 * 86_400_000)
    await second.close()
  })
})

describe('what a function is given', () => {
  test('is the platform’s environment and nothing of this process', async () => {
    process.env.OF_THE_HOST = 'secret'
    const { value, requestId } = await invoke('context', {})
    const { context, environment } = value as Record<string, Record<string, unknown>>
    expect(environment).toMatchObject({
      TENCENTCLOUD_RUNENV: 'SCF',
      TENCENTCLOUD_REGION: 'ap-shanghai',
      SCF_NAMESPACE: 'local',
      SCF_FUNCTIONNAME: 'context',
      TCB_ENV: 'local',
      TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SEQID',
      WX_CONTEXT_KEYS: '',
    })
    expect(environment).not.toHaveProperty('OF_THE_HOST')
    expect(context).toMatchObject({
      request_id: requestId,
      function_name: 'context',
      memory_limit_in_mb: 128,
      time_limit_in_ms: 200_000,
      namespace: 'local',
    })
  })

  test('are credentials of its own, other ones for each instance', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => invoke('context', {})))
    const ids = answers.map(
      ({ value }) => (value as { environment: Record<string, string> }).environment.TENCENTCLOUD_SECRETID,
    )
    expect(new Set(ids).size).toBe(3)
  })
})

describe('whence a function is called', () => {
  test('is the address of the client’s connection, whatever its headers say, also further down', async () => {
    const { access_token: token } = await signIn('alice')
    const answer = await fetch(`${running.cloud.url}/v1/functions/whence`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.7',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ deeper: true }),
    })
    expect(await answer.json()).toMatchObject({
      address: '127.0.0.1',
      below: { address: '127.0.0.1' },
    })
  })

  test.each([
    ['198.51.100.4', ['198.51.100.4', '::ffff:198.51.100.4']],
    ['::ffff:198.51.100.4', ['198.51.100.4', '::ffff:198.51.100.4']],
    ['2001:db8::1', [null, '2001:db8::1']],
  ])('is told of a mini-program in both forms: %s', async (address, ofWeixin) => {
    const { value } = await running.cloud.invoke(
      'whence',
      {},
      { kind: 'wechat', openId: 'o1', appId: 'wx1' },
      { trigger: 'client', source: 'wx_client', address },
    )
    expect(value).toMatchObject({ ofWeixin })
  })

  test('is nowhere where no client called', async () => {
    expect((await invoke('whence', {})).value).toMatchObject({ address: '' })
  })
})

describe('a function that calls a function', () => {
  test('gets its answer, and both run for the same caller', async () => {
    const { access_token: token } = await signIn('alice')
    const { value } = await post('/v1/functions/caller', { name: 'whoami', data: {} }, token)
    expect(value).toMatchObject({
      own: { customUserId: 'alice' },
      result: { customUserId: 'alice', source: 'web_client,scf' },
    })
  })

  test('keeps the WeChat identity for wx-server-sdk, and the chain of calls', async () => {
    const { value } = await running.cloud.invoke(
      'weixin',
      { deeper: true },
      { kind: 'wechat', openId: 'o-herder', appId: 'wx1' },
      { trigger: 'client', source: 'wx_client' },
    )
    expect(value).toEqual({
      openId: 'o-herder',
      appId: 'wx1',
      source: 'wx_client',
      below: { openId: 'o-herder', appId: 'wx1', source: 'wx_client,scf' },
    })
  })

  test('is told when the other one fails', async () => {
    await expect(invoke('caller', { name: 'faulty', data: { how: 'throw' } })).rejects.toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
    })
  })

  test('calling itself deeper than there are instances is ended by its time limit and holds nobody else up', async () => {
    const outcome = invoke('deep', { depth: 12 })
    await expect(outcome).rejects.toMatchObject({ code: expect.stringMatching(/^FUNCTIONS?_/) })
    await expect(invoke('wild', {})).resolves.toMatchObject({ value: 'calm' })
  })
})

describe('a function that goes wrong', () => {
  test.each(['heap', 'buffers'])(
    'by taking too much memory (%s) is ended with the platform’s code',
    async (how) => {
      await expect(invoke('greedy', { how })).rejects.toMatchObject({
        code: 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED',
      })
      await expect(invoke('greedy', {})).resolves.toMatchObject({ value: null })
    },
  )

  test.each([
    ['exit', 'FUNCTIONS_EXECUTE_FAIL'],
    ['bigint', 'FUNCTIONS_EXECUTE_FAIL'],
    ['cycle', 'FUNCTIONS_EXECUTE_FAIL'],
    ['large', 'FUNCTIONS_EXECUTE_FAIL'],
  ])('by %s fails alone', async (how, code) => {
    const beside = invoke('echo', { waitMs: 50 })
    await expect(invoke('wild', { how })).rejects.toMatchObject({ code })
    await expect(beside).resolves.toMatchObject({ value: { event: { waitMs: 50 } } })
    await expect(invoke('wild', {})).resolves.toMatchObject({ value: 'calm' })
  })

  test('by going on for ever is ended by its time limit, alone', async () => {
    const beside = invoke('echo', { waitMs: 50 })
    await expect(invoke('endless', { how: 'loop' })).rejects.toMatchObject({
      code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    })
    await expect(beside).resolves.toMatchObject({ value: { event: { waitMs: 50 } } })
  })

  test('after its answer has answered all the same, and the next call is served', async () => {
    const signal = path.join(running.folder, 'answered')
    await expect(invoke('wild', { how: 'late', signal })).resolves.toMatchObject({ value: 'answered' })
    await writeFile(signal, '')
    while (!running.cloud.logs().some((line) => line.text.includes('too late')))
      await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(invoke('wild', {})).resolves.toMatchObject({ value: 'calm' })
  })

  test('by flooding its log keeps the log’s length', async () => {
    await invoke('wild', { how: 'flood' })
    expect(running.cloud.logs().length).toBeLessThanOrEqual(500)
  })

  test('an event over 6 MB is refused before anything runs', async () => {
    await expect(invoke('wild', { text: 'x'.repeat(7 * 1024 * 1024) })).rejects.toMatchObject({
      code: 'EXCEED_REQUEST_SIZE_LIMIT',
    })
  })
})

test('every invocation is put down with its trigger, its caller, its duration and how it ended', async () => {
  const { access_token: token } = await signIn('bobby')
  await post('/v1/functions/faulty', { how: 'throw' }, token)
  // What earlier calls have set going may end later than this one.
  const last = running.cloud.invocations().findLast(({ functionName }) => functionName === 'faulty')
  expect(last).toMatchObject({
    trigger: 'client',
    caller: 'custom',
    code: 'FUNCTIONS_EXECUTE_FAIL',
    durationMs: expect.any(Number),
  })
})

describe('what a function may ask', () => {
  const asking = async (caller: string, event: object): Promise<unknown> => {
    const { access_token: token } = await signIn(caller)
    return (await post('/v1/functions/asking', event, token)).value
  }

  test('is what its caller may do with files', async () => {
    const fileList = [
      { path: 'incoming/a.jpg', type: 'WRITE' },
      { path: 'incoming/a.jpg', type: 'READWRITE' },
      { path: 'photos/a.jpg', type: 'WRITE' },
    ]
    expect(await asking('alice', { what: 'files', fileList })).toMatchObject([
      { path: 'incoming/a.jpg', read: true },
      { path: 'incoming/a.jpg', read: false },
      { path: 'photos/a.jpg', read: false },
    ])
  })

  test('is who has signed in here, by uid and by custom user id', async () => {
    const { uid } = (await asking('bobby', {})) as { uid: string }
    const bobby = { uid, customUserId: 'bobby', isAnonymous: false, envName: 'local' }
    expect(await asking('alice', { what: 'user', uid })).toMatchObject(bobby)
    expect(await asking('alice', { what: 'query', uid })).toMatchObject(bobby)
    expect(await asking('alice', { what: 'query', platform: 'CUSTOM', platformId: 'bobby' })).toMatchObject(
      bobby,
    )
    for (const stranger of [
      { uid: 'nobody' },
      { platform: 'CUSTOM', platformId: 'nobody' },
      { platform: 'PHONE' },
    ])
      expect(await asking('alice', { what: 'query', ...stranger })).toMatchObject({
        code: 'FUNCTION_INVOCATION_FAILED',
      })
  })

  test('is the one version that there is of another function', async () => {
    expect(await asking('alice', { qualifier: '$LATEST' })).toMatchObject({ customUserId: 'alice' })
    expect(await asking('alice', { qualifier: '7' })).toMatchObject({
      message: expect.stringContaining('no version 7'),
    })
  })
})

test('changing by a condition past an open transaction is refused, as the SDK would not keep it in there', async () => {
  const outcome = async (how: string) => (await invoke('past', { how })).value
  expect(await outcome('within')).toContain('past changes works by a condition while its transaction is open')
  expect(await outcome('removing')).toContain('outside of the transaction')
  const [kept] = (await running.database.collection('works').doc('past').get()).data as { n: number }[]
  expect(kept).toMatchObject({ n: 1 })
  expect(await outcome('by id')).toBe('done')
  expect(await outcome('after')).toBe('done')
})

test('an instance that nobody calls ends, and the next call starts another one', async () => {
  const own = await aCloud({ idleFunctionMs: 50 })
  const isCold = async () => {
    await own.cloud.invoke('echo', {})
    return own.cloud.invocations().at(-1)?.isColdStart
  }
  expect(await isCold()).toBe(true)
  // Each time it is left alone for longer.
  for (let pauseMs = 50; ; pauseMs *= 2) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (await isCold()) break
  }
  await own.close()
})

describe('a timer', () => {
  test('runs by itself from when timers are started, and not before', async () => {
    const own = await aCloud({ timers: { echo: '* * * * * * *' } })
    const runs = () => own.cloud.invocations().filter((one) => one.trigger === 'timer').length
    await own.cloud.invoke('echo', { waitMs: 1500 })
    expect(runs()).toBe(0)
    own.cloud.startTimers()
    while (runs() === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await own.close()
  })

  test('whose run fails is tried twice more, a minute apart, while its turns go on', async () => {
    const { cloud } = running
    const state = () => cloud.timers.list().find((one) => one.functionName === 'moody')
    await expect(cloud.runTimer('moody')).rejects.toThrow('turn 1')
    expect(state()).toMatchObject({ retries: 1, lastCode: 'FUNCTIONS_EXECUTE_FAIL' })
    cloud.clock.step(59_000)
    await cloud.timers.tick()
    expect(state()?.retries).toBe(1)
    cloud.clock.step(2_000)
    await cloud.timers.tick()
    expect(state()).toMatchObject({ retries: 1, lastCode: 'FUNCTIONS_EXECUTE_FAIL' })
    cloud.clock.step(61_000)
    await cloud.timers.tick()
    expect(state()).toMatchObject({ retries: 0 })
    expect(state()).not.toHaveProperty('lastCode')
  })

  test('that fails when the clock is moved keeps none of the others from running', async () => {
    const own = await aCloud({ functions, timers: { wild: '0 0 1 * * * *', moody: '0 0 3 * * * *' } })
    await expect(own.cloud.clock.move(3_600_000)).rejects.toThrow('turn 1')
    const ran = own.cloud.invocations().map(({ functionName, trigger }) => [functionName, trigger])
    expect(ran.sort()).toEqual([
      ['echo', 'timer'],
      ['moody', 'timer'],
      ['wild', 'timer'],
    ])
    await own.close()
  })

  test('that fails three times is given up until its next turn', async () => {
    const { cloud } = running
    const runs = () => cloud.invocations().filter((one) => one.functionName === 'moody').length
    // An instance of its own fails at turns 1 and 2 and is well at 3: each try gets a fresh one.
    const before = runs()
    cloud.reloadFunctions()
    await expect(cloud.runTimer('moody')).rejects.toThrow('turn 1')
    for (let turn = 0; turn < 4; turn += 1) {
      cloud.reloadFunctions()
      cloud.clock.step(61_000)
      await cloud.timers.tick()
    }
    expect(runs() - before).toBe(3)
  })

  test('fires once for the seconds that passed while nobody looked, and says when it comes next', async () => {
    const { cloud } = running
    const next = cloud.timers.list().find((one) => one.functionName === 'moody')?.nextAt ?? 0
    expect(new Date(next).toISOString()).toContain('T19:00:00.000Z')
    cloud.clock.step(next - cloud.clock.now() - 5000)
    await cloud.timers.tick()
    const runs = () => cloud.invocations().filter((one) => one.functionName === 'moody').length
    const before = runs()
    cloud.clock.step(20_000)
    await cloud.timers.tick()
    expect(runs() - before).toBe(1)
  })
})

describe('timer expressions', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)

  test('seven fields, seconds first, in China’s time', () => {
    expect(readCron('0 */5 * * * * *').matches(at('2026-06-03T09:25:00'))).toBe(true)
    expect(readCron('0 */5 * * * * *').matches(at('2026-06-03T09:26:00'))).toBe(false)
    expect(readCron('0 0 2 1 * * *').matches(at('2026-07-01T02:00:00'))).toBe(true)
    expect(readCron('0 30 8-18 * * 1,3 *').matches(at('2026-06-03T18:30:00'))).toBe(true)
    expect(readCron('0 30 8-18 * * 1,3 *').matches(at('2026-06-04T18:30:00'))).toBe(false)
  })

  test.each([
    ['1/20 0 3 * * * *', '2026-06-03T03:00:21'],
    ['0 0 12 ? * WED *', '2026-06-03T12:00:00'],
    ['0 0 8 L * ? *', '2026-06-30T08:00:00'],
    ['0 0 8 10W OCT ? *', '2026-10-09T08:00:00'],
    ['0 0 8 ? * 5L *', '2026-06-26T08:00:00'],
    ['0 0 8 ? * 5#2 *', '2026-06-12T08:00:00'],
    // A day of the month and a day of the week are alternatives.
    ['0 0 8 1 * WED *', '2026-07-01T08:00:00'],
    ['0 0 8 1 * WED *', '2026-06-03T08:00:00'],
  ])('%s fires at %s', (expression, instant) => {
    expect(readCron(expression).matches(at(instant))).toBe(true)
    expect(readCron(expression).next(at(instant) - 1000)).toBe(at(instant))
  })

  test('what is no expression is refused with the part that is wrong', () => {
    expect(() => readCron('* * * * *')).toThrow('seven fields')
    expect(() => readCron('61 * * * * * *')).toThrow('61')
    expect(() => readCron('0 x * * * * *')).toThrow('x')
  })

  test('a second that is listed fires and no other does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 3_000_000_000 }),
        (second, instant) => {
          const moment = instant * 1000
          expect(readCron(`${second} * * * * * *`).matches(moment)).toBe(instant % 60 === second)
        },
      ),
    )
  })
})
