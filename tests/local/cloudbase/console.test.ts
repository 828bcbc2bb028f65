import { request } from 'node:http'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { defaultRedactedKeys, redaction } from '../../../local/cloudbase/console/redaction'
import { aCloud, type TestCloud, withSdk } from './a-cloud'

let running: TestCloud
beforeAll(async () => {
  running = await aCloud({
    functions: {
      writer: `${withSdk}
        exports.main = async ({ id }) => (await app.database().collection('works').add({ _id: id })).id`,
      teller: `exports.main = async (event) => {
        console.log('came', event)
        console.log(JSON.stringify(event))
        return 'told'
      }`,
    },
    timers: { writer: '0 0 3 * * * *' },
  })
})
afterEach(() => running.cloud.faults.clear())
afterAll(() => running.close())

interface Answer<T> {
  readonly status: number
  readonly value: T
}

const ask = async <T = Record<string, unknown>>(verb: string, body: object = {}): Promise<Answer<T>> => {
  const answer = await fetch(`${running.cloud.url}/local/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, value: (await answer.json()) as T }
}

/** What `fetch` would not send. */
const raw = (
  route: string,
  headers: Record<string, string>,
  method = 'POST',
): Promise<{ readonly status: number; readonly headers: NodeJS.Dict<string | string[]> }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(running.cloud.url)
    request({ hostname, port, path: route, method, headers }, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers })
    })
      .on('error', reject)
      .end(method === 'POST' ? '{}' : undefined)
  })

interface Page {
  readonly documents: readonly { readonly id: string; readonly preview: string }[]
  readonly hasPrevious: boolean
  readonly hasNext: boolean
}

const page = async (where: object): Promise<Page> =>
  (await ask<Page>('documents', { collection: 'bare', ...where })).value
const ids = ({ documents }: Page): string[] => documents.map(({ id }) => id)

describe('browsing documents', () => {
  const bare = () => running.database.collection('bare')
  afterEach(async () => {
    for (let left = await page({ limit: 100 }); left.documents.length > 0; left = await page({ limit: 100 }))
      for (const id of ids(left)) await bare().doc(id).remove()
  })

  test('finds each document once, and what is added meanwhile at most once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.string({ minLength: 1, unit: 'binary-ascii' }).map((one) => `p${one.replace(/\0/g, '0')}`),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        fc.array(
          fc.string({ minLength: 1, unit: 'grapheme-ascii' }).map((one) => `p${one}`),
          { maxLength: 8 },
        ),
        fc.integer({ min: 1, max: 5 }),
        async (before, meanwhile, limit) => {
          for (const id of before) await bare().add({ _id: id })
          const added = new Set(before)
          const coming = [...meanwhile]
          const seen: string[] = []
          for (let shown = await page({ limit }); ; ) {
            seen.push(...ids(shown))
            if (!shown.hasNext) break
            const next = coming.shift()
            if (next !== undefined && !added.has(next)) await bare().add({ _id: next })
            if (next !== undefined) added.add(next)
            shown = await page({ limit, after: seen[seen.length - 1] ?? '' })
          }
          expect(new Set(seen).size).toBe(seen.length)
          expect(before.filter((id) => !seen.includes(id))).toEqual([])
          expect(seen.filter((id) => !added.has(id))).toEqual([])
          for (const id of added) await bare().doc(id).remove()
        },
      ),
      { numRuns: 25 },
    )
  })

  test('goes back the way it came, and shows a whole page at the beginning', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await bare().add({ _id: id })
    expect(await page({ limit: 2 })).toMatchObject({ hasPrevious: false, hasNext: true })
    const second = await page({ limit: 2, after: 'b' })
    expect([ids(second), second.hasPrevious, second.hasNext]).toEqual([['c', 'd'], true, true])
    const last = await page({ limit: 2, after: 'd' })
    expect([ids(last), last.hasPrevious, last.hasNext]).toEqual([['e'], true, false])
    expect(ids(await page({ limit: 2, before: 'e' }))).toEqual(['c', 'd'])
    const first = await page({ limit: 2, before: 'b' })
    expect([ids(first), first.hasPrevious, first.hasNext]).toEqual([['a', 'b'], false, true])
    expect(await page({ limit: 2, after: 'e' })).toEqual({ documents: [], hasPrevious: true, hasNext: false })
  })

  test('goes from ids that are numbers to those that are texts and back, as the page writes them', async () => {
    for (const id of [1, -2.5, 30, '30x', 'a']) await bare().add({ _id: id as never })
    const forward: string[][] = []
    for (let shown = await page({ limit: 2 }); ; ) {
      forward.push(ids(shown).map(String))
      if (!shown.hasNext) break
      shown = await page({ limit: 2, after: forward.at(-1)?.at(-1) })
    }
    expect(forward).toEqual([['-2.5', '1'], ['30', '30x'], ['a']])
    const before = await page({ limit: 2, before: '30x' })
    expect([ids(before), before.hasPrevious, before.hasNext]).toEqual([[1, 30], true, true])
    await bare().add({ _id: '1' })
    expect((await ask('document', { collection: 'bare', id: '30' })).value).toEqual({ document: { _id: 30 } })
    expect((await ask('document', { collection: 'bare', id: '1' })).value).toEqual({ document: { _id: '1' } })
  })

  test('shows the beginning of a long document, and all of it when it is opened', async () => {
    await bare().add({ _id: 'long', words: '话'.repeat(5000), at: new Date(0) })
    const { documents } = await page({})
    expect(documents[0]?.preview.length).toBeLessThan(400)
    expect((await ask('document', { collection: 'bare', id: 'long' })).value).toEqual({
      document: { _id: 'long', words: '话'.repeat(5000), at: { $date: '1970-01-01T00:00:00Z' } },
    })
    await expect(ask('document', { collection: 'bare', id: 'gone' })).resolves.toMatchObject({ status: 400 })
  })

  test('lists collections with their numbers and indexes', async () => {
    await bare().add({ _id: 'one' })
    const { value } = await ask<{ collections: { name: string }[] }>('collections')
    expect(value.collections.find(({ name }) => name === 'bare')).toMatchObject({ count: 1, indexes: [] })
    expect(value.collections.find(({ name }) => name === 'numbered')).toMatchObject({
      indexes: [{ name: 'serial', isUnique: true, fields: [{ path: 'serial', direction: '1' }] }],
    })
  })
})

describe('a query', () => {
  beforeAll(async () => {
    for (const [at, branch] of ['north', 'north', 'south'].entries())
      await running.database
        .collection('works')
        .add({ _id: `q${at}`, branch, status: 'open', dueAt: new Date(at), priority: at })
  })

  test('tells its index and how many documents it looked at', async () => {
    const { value } = await ask('query', {
      collection: 'works',
      query: { branch: 'north', priority: { $gte: 1 } },
      limit: 10,
    })
    expect(value).toMatchObject({
      plan: { kind: 'index', examined: 2 },
      found: 1,
      rows: [{ _id: 'q1' }],
    })
  })

  test('understands EJSON', async () => {
    const { value } = await ask('query', {
      collection: 'works',
      query: { dueAt: { $gt: { $date: '1970-01-01T00:00:00.001Z' } } },
    })
    expect(value).toMatchObject({ plan: { kind: 'index', index: 'due' }, rows: [{ _id: 'q2' }] })
  })

  test('of a pipeline tells the plan of its beginning', async () => {
    const { value } = await ask('aggregate', {
      collection: 'works',
      stages: [{ $match: { branch: 'north' } }, { $group: { _id: '$branch', total: { $sum: '$priority' } } }],
    })
    expect(value).toMatchObject({
      plan: { kind: 'index', examined: 2 },
      rows: [{ _id: 'north', total: 1 }],
    })
  })

  test.each([
    ['query', { collection: 'bare', query: { colour: 'red' } }, /add one on \(colour\)/],
    ['query', { collection: 'works', query: {}, sort: [['colour', -1]] }, /add one on \(-colour\)/],
    ['query', { collection: 'works', query: { $where: '1' } }, /\$where/],
    ['query', { collection: 'works', query: [] }, /object/],
    ['query', { collection: 'works', sort: { colour: 1 } }, /sort/],
    ['query', { collection: 'works', limit: 'many' }, /limit/],
    ['query', { collection: 'nothing' }, /does not exist/],
    ['aggregate', { collection: 'works', stages: [] }, /stages/],
    ['aggregate', { collection: 'works', stages: ['x'] }, /stage/],
    ['aggregate', { collection: 'works', stages: [{ $group: { _id: 1 } }] }, /begin with \$match/],
    ['documents', { collection: 'works', after: { $ne: '' } }, /after/],
    ['document', { collection: 'works', id: { $ne: '' } }, /id/],
  ])('that cannot be is refused in words: %s %j', async (verb, body, words) => {
    const { status, value } = await ask(verb, body)
    expect(status).toBe(400)
    expect(value.message).toMatch(words)
  })
})

/** Values that must not get out carry a mark at both ends. */
const mark = 'SECRETMARK'
const aSecret = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => `${mark}${one}${mark}`)
const redactedKey = fc.constantFrom(
  'phone',
  'userPhone',
  'PASSWORD',
  'openid',
  'openId',
  'x-token',
  'Cookie',
  'code',
  '密码',
  'user phone',
  'phone(1)',
)
const plainKey = fc
  .stringMatching(/^[a-z]{1,6}$/)
  .filter((key) => !/phone|token|code|secret|cookie|mobile/.test(key))

const { event: anEvent } = fc.letrec((tie) => ({
  hidden: fc.oneof(
    aSecret,
    fc.array(aSecret, { maxLength: 2 }),
    fc.dictionary(plainKey, aSecret, { maxKeys: 2 }),
    fc.dictionary(plainKey, fc.array(aSecret), { maxKeys: 2 }),
  ),
  plain: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('event'), { maxLength: 2 }),
    tie('event'),
    tie('event').map((inner) => JSON.stringify(inner)),
  ),
  event: fc
    .tuple(
      fc.dictionary(plainKey, tie('plain'), { maxKeys: 3 }),
      fc.dictionary(redactedKey, tie('hidden'), { maxKeys: 2 }),
    )
    .map(([plain, hidden]) => ({ ...plain, ...hidden })),
}))

describe('what is hidden', () => {
  const { value: redactValue, text: redactText } = redaction(defaultRedactedKeys)

  test('no value under a redacted key is left, at any depth, also in JSON within texts', () => {
    fc.assert(
      fc.property(anEvent, (event) => {
        expect(JSON.stringify(redactValue(event))).not.toContain(mark)
      }),
      { numRuns: 500 },
    )
  })

  test('nor in lines that print an object or its JSON', () => {
    fc.assert(
      fc.property(anEvent, fc.string(), (event, around) => {
        for (const printed of [JSON.stringify(event), inspect(event, { depth: 9 }), inspect(event)])
          expect(redactText(`${around.replace(/["'`\\]/g, '')} ${printed}`)).not.toContain(mark)
      }),
      { numRuns: 500 },
    )
  })

  test('what is not meant stays as it is', () => {
    const event = {
      report: 'r1',
      phones: 2,
      nested: [{ words: 'a: b', code: 'x' }],
      json: '{"a":{"token":"t","b":1}}',
    }
    expect(redactValue(event)).toEqual({
      report: 'r1',
      phones: '〈hidden〉',
      nested: [{ words: 'a: b', code: '〈hidden〉' }],
      json: '{"a":{"token":"〈hidden〉","b":1}}',
    })
    expect(redactText('finished in 12.3 ms, statusCode: 200, at 10:20:30')).toBe(
      'finished in 12.3 ms, statusCode: 200, at 10:20:30',
    )
    expect(redactText('GET /a?token=abc&b=2, Authorization: Bearer abc.def')).toBe(
      'GET /a?token=〈hidden〉&b=2, Authorization: 〈hidden〉',
    )
  })

  test('keys are named as texts or as patterns, of any flags', () => {
    const { value } = redaction(['Colour', /^x-/gi])
    expect(value([{ colour: 1, 'X-a': 1, 'x-b': 1, colours: 1, token: 1 }])).toEqual([
      { colour: '〈hidden〉', 'X-a': '〈hidden〉', 'x-b': '〈hidden〉', colours: 1, token: 1 },
    ])
  })

  test('is hidden before it leaves the server, in events and in what functions print', async () => {
    await fc.assert(
      fc.asyncProperty(anEvent, async (event) => {
        await running.cloud.invoke('teller', event)
        const { value } = await ask<{ invocations: { event: unknown; lines: unknown[] }[] }>('log', {
          functionName: 'teller',
        })
        expect(JSON.stringify(value)).not.toContain(mark)
        expect(value.invocations[0]?.lines).toHaveLength(3)
      }),
      { numRuns: 25 },
    )
  })

  test('a line that is cut hides what it had begun to tell', async () => {
    await running.cloud.invoke('teller', { words: 'x'.repeat(19_900), phone: `${mark}${'1'.repeat(500)}` })
    const { value } = await ask<{ invocations: { lines: { text: string }[] }[] }>('log', {
      functionName: 'teller',
    })
    expect(JSON.stringify(value)).not.toContain(mark)
    for (const { text } of value.invocations[0]?.lines ?? []) expect(text.length).toBeLessThan(20_100)
  })

  test('can be chosen', async () => {
    const own = await aCloud({ redactedKeys: ['colour'] })
    await own.cloud.invoke('echo', { colour: 'red', phone: '123' })
    const answer = await fetch(`${own.cloud.url}/local/log`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(await answer.json()).toMatchObject({
      invocations: [{ event: { colour: '〈hidden〉', phone: '123' } }],
    })
    await own.close()
  })
})

describe('the function log', () => {
  test('holds each invocation with its outcome and its own lines, the latest first', async () => {
    await running.cloud.invoke('teller', { n: 1 })
    await running.cloud.invoke('faulty', { how: 'throw' }).catch(() => {})
    const { value } = await ask<{ invocations: readonly object[] }>('log')
    expect(value.invocations.slice(0, 2)).toMatchObject([
      {
        functionName: 'faulty',
        trigger: 'console',
        code: 'FUNCTIONS_EXECUTE_FAIL',
        lines: [{ level: 'error', text: expect.stringContaining('as asked') }],
      },
      {
        functionName: 'teller',
        event: { n: 1 },
        durationMs: expect.any(Number),
        lines: [
          { text: 'came { n: 1 }' },
          { text: '{"n":1}' },
          { text: expect.stringContaining('finished') },
        ],
      },
    ])
  })

  test('leaves large events out', async () => {
    await running.cloud.invoke('echo', { words: 'x'.repeat(20_000) })
    const { value } = await ask<{ invocations: readonly object[] }>('log', { functionName: 'echo' })
    expect(value.invocations[0]).toMatchObject({ eventBytes: 20_012 })
    expect(value.invocations[0]).not.toHaveProperty('event')
  })
})

describe('files', () => {
  test('are listed by folder, page by page, and open by an address that was signed', async () => {
    const bytes = Buffer.from('picture')
    for (const cloudPath of ['top.jpg', 'photos/a.jpg', 'photos/b.jpg', 'photos/2026/c.jpg'])
      await running.app.uploadFile({ cloudPath, fileContent: bytes as never })
    expect((await ask('files')).value).toMatchObject({
      names: [{ name: 'photos' }, { name: 'top.jpg', size: 7 }],
    })
    expect((await ask('files', { folder: 'photos', limit: 2 })).value).toMatchObject({
      names: [{ name: '2026' }, { name: 'a.jpg' }],
      hasNext: true,
    })
    expect((await ask('files', { folder: 'photos', limit: 2, after: 'a.jpg' })).value).toMatchObject({
      names: [{ name: 'b.jpg' }],
      hasNext: false,
    })
    const { value } = await ask<{ address: string }>('file-address', { path: 'photos/a.jpg' })
    const answer = await fetch(`${running.cloud.url}${value.address}`)
    expect(await answer.text()).toBe('picture')
  })

  test('outside of the storage are not there', async () => {
    for (const folder of ['..', '../uploaders', '/etc', 'a/../..', 5])
      await expect(ask('files', { folder })).resolves.toMatchObject({ status: 400 })
    for (const path of ['../database.sqlite', '', 'photos/none.jpg'])
      await expect(ask('file-address', { path })).resolves.toMatchObject({ status: 400 })
    expect((await ask('files', { folder: 'nowhere' })).value).toEqual({ names: [], hasNext: false })
  })
})

describe('timers and the clock', () => {
  test('a timer is run now, and how it went is told', async () => {
    const { cloud } = running
    cloud.faults.add({ kind: 'error', action: 'database.', code: 'SYS_ERR' })
    expect(await ask('run-timer', { functionName: 'writer', triggerName: 'tick' })).toMatchObject({
      status: 400,
    })
    cloud.faults.clear()
    const { value } = await ask<{ timers: readonly { functionName: string }[] }>('timers')
    expect(value.timers.find(({ functionName }) => functionName === 'writer')).toMatchObject({
      cron: '0 0 3 * * * *',
      lastAt: expect.any(Number),
      lastCode: 'FUNCTIONS_EXECUTE_FAIL',
      nextAt: expect.any(Number),
      retries: 1,
    })
    expect(await ask('run-timer', { functionName: 'teller' })).toMatchObject({ status: 400 })
  })

  test('the clock is stepped without a timer, moved with all of them, and put back', async () => {
    const own = await aCloud()
    const tell = async (verb: string, body: object) => {
      const answer = await fetch(`${own.cloud.url}/local/${verb}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as { offsetMs: number }
    }
    expect(await tell('step-clock', { ms: -60_000 })).toMatchObject({ offsetMs: -60_000 })
    expect(own.cloud.invocations()).toHaveLength(0)
    expect(await tell('move-clock', { ms: 3_660_000 })).toMatchObject({ offsetMs: 3_600_000 })
    expect(own.cloud.invocations()).toHaveLength(1)
    expect((await tell('reset-clock', {})).offsetMs + 0).toBe(0)
    for (const ms of ['60000', null, 1e15, {}])
      expect(await tell('move-clock', { ms })).toMatchObject({ code: 'INVALID_PARAM' })
    await own.close()
  })
})

describe('the console’s door', () => {
  const json = { 'content-type': 'application/json' }
  const host = () => new URL(running.cloud.url).host

  test.each([
    ['another host, as after a rebound name', () => ({ host: 'evil.example' }), 403],
    ['a page elsewhere', () => ({ origin: 'https://evil.example' }), 403],
    ['a page without an origin', () => ({ origin: 'null' }), 403],
    ['a page of another server of this machine', () => ({ origin: 'http://localhost:3000' }), 403],
    ['a request that a page elsewhere caused', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['a program', () => ({}), 200],
    ['its own page', () => ({ origin: `http://${host()}`, 'sec-fetch-site': 'same-origin' }), 200],
  ])('%s', async (_who, headers, status) => {
    for (const verb of ['state', 'clear-faults', 'log'])
      expect((await raw(`/local/${verb}`, { ...json, ...headers() })).status).toBe(status)
    expect((await raw('/local/state', headers(), 'GET')).status).toBe(status)
  })

  test('changes come by POST and as JSON only', async () => {
    expect((await raw('/local/clear-faults', {}, 'GET')).status).toBe(405)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await raw('/local/clear-faults', { 'content-type': type })).status).toBe(415)
    for (const verb of ['constructor', 'nothing']) expect((await ask(verb)).status).toBe(400)
  })

  test('the page and its parts come from here, in no frame, and nothing else does', async () => {
    for (const part of ['/console', '/console/', '/console/page.js', '/console/page.css']) {
      const { status, headers } = await raw(part, {}, 'GET')
      expect([part, status]).toEqual([part, 200])
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    }
    for (const part of [
      '/console/none.js',
      '/console/page.html',
      '/console/..%2froutes.js',
      '/console/a/b.js',
    ])
      expect([part, (await raw(part, {}, 'GET')).status]).toEqual([part, 404])
    expect((await raw('/console', { host: 'evil.example' }, 'GET')).status).toBe(403)
  })
})
