import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WebSocket } from 'ws'
import { isNestedTooDeeply, parseJson } from '../../../local/door/door'
import { type Host, startHost } from '../../../local/miniprogram/server'
import { opened } from '../../support/opened'
import { aCloud, type TestCloud } from '../cloudbase/a-cloud'
import { writeFiles } from '../miniprogram/a-mini-program'

/** Every server that this project opens, and what each kind of address is for. */
type Port = 'cloud' | 'phone'

let cloud: TestCloud
let host: Host
let folder = ''
const chosen: string[] = []
const called: unknown[] = []

beforeAll(async () => {
  cloud = await aCloud({ signatures: 'ignore' })
  folder = await mkdtemp(path.join(tmpdir(), 'door-'))
  await writeFiles(folder, {
    'app.json': { pages: ['pages/a'] },
    'app.js': 'App({})',
    'pages/a.wxml': 'x',
    'pages/a.js': 'Page({})',
  })
  const nothing = async () => ({ fileList: [] })
  host = await startHost({
    folder,
    people: { list: [{ id: 'secretary', name: '书记' }], choose: (id) => chosen.push(id) },
    cloud: {
      callFunction: async (name, payload) => {
        called.push([name, payload])
        return { result: 'the queue', requestID: 'r' }
      },
      uploadFile: async () => ({ fileID: '' }),
      getTempFileURL: nothing,
      deleteFile: nothing,
    },
    domains: ['https://allowed.example'],
  })
  opened(host.close)
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  chosen.length = 0
  called.length = 0
})

const urlOf = (port: Port): URL => new URL(port === 'cloud' ? cloud.cloud.url : host.url)

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** As no library would send it: the address goes out as it is written. */
const ask = (
  port: Port,
  route: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> =>
  new Promise((resolve, reject) => {
    const { hostname, port: number } = urlOf(port)
    request({ hostname, port: number, path: route, method, headers, agent: false }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }))
    })
      .on('error', reject)
      .end(body)
  })

/** The code of the refusal, or 101 when the socket opens. */
const upgrade = (route: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${host.wsEndpoint}${route}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, answer) => {
      resolve(answer.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('error', (error) => {
      if (!/closed before the connection/.test(error.message)) reject(error)
    })
  })

type Kind = 'page' | 'own' | 'program' | 'device' | 'driver'

const json = { 'content-type': 'application/json' }
const routes: readonly (readonly [Port, Kind, string, Asked])[] = [
  ['cloud', 'page', '/console', {}],
  ['cloud', 'page', '/console/page.js', {}],
  ['cloud', 'page', '/nowhere', {}],
  ['cloud', 'page', '/storage/photos/a.jpg?expires=1&sign=x', {}],
  ['cloud', 'page', '/v1/functions/echo', { method: 'POST', headers: json, body: '{}' }],
  [
    'cloud',
    'page',
    '/auth/v1/signin/anonymously',
    { method: 'POST', headers: { ...json, 'x-device-id': 'a-device-of-somebody' }, body: '{}' },
  ],
  ['cloud', 'page', '/web', { method: 'POST', headers: json, body: '{}' }],
  ['cloud', 'own', '/local/ticket', { method: 'POST', headers: json, body: '{"customUserId":"alice"}' }],
  ['cloud', 'own', '/local/login-key', { method: 'POST', headers: json, body: '{}' }],
  ['cloud', 'own', '/local/state', {}],
  ['cloud', 'own', '/local/query', { method: 'POST', headers: json, body: '{"collection":"works"}' }],
  [
    'cloud',
    'program',
    '/admin',
    { method: 'POST', headers: json, body: '{"action":"database.getDocument"}' },
  ],
  ['phone', 'page', '/', {}],
  ['phone', 'page', '/frame', {}],
  ['phone', 'page', '/frame.js', {}],
  ['phone', 'own', '/runtime.js', {}],
  ['phone', 'own', '/code/main', {}],
  ['phone', 'own', '/files/app.json', {}],
  ['phone', 'own', '/nowhere', {}],
  ['phone', 'own', '/host/people', {}],
  ['phone', 'own', '/host/places', {}],
  ['phone', 'own', '/host/problems', {}],
  ['phone', 'own', '/host/person', { method: 'POST', body: '{"id":"secretary"}' }],
  ['phone', 'own', '/cloud/callFunction', { method: 'POST', body: '{"name":"api"}' }],
  ['phone', 'own', '/cloud/uploadFile?cloudPath=a', { method: 'POST', body: 'x' }],
  ['phone', 'own', '/cloud/getTempFileURL', { method: 'POST', body: '{"fileList":[]}' }],
  [
    'phone',
    'own',
    '/request',
    {
      method: 'POST',
      headers: {
        'x-wx-request': encodeURIComponent('{"url":"https://elsewhere.example","method":"GET","header":{}}'),
      },
    },
  ],
  ['phone', 'device', '/device', {}],
  ['phone', 'driver', '/', {}],
  ['phone', 'driver', '/anything', {}],
]

/** Who asks, by the headers that a browser or a program sends: which kinds of addresses let them in. */
const askers: readonly (readonly [string, (own: URL) => Record<string, string>, readonly Kind[]])[] = [
  ['a program', () => ({}), ['page', 'own', 'program', 'device', 'driver']],
  [
    'its own page',
    (own) => ({ origin: own.origin, 'sec-fetch-site': 'same-origin' }),
    ['page', 'own', 'device'],
  ],
  [
    'its own page under its other name',
    ({ port }) => ({ host: `localhost:${port}`, origin: `http://localhost:${port}` }),
    ['page', 'own', 'device'],
  ],
  ['whoever types the address', () => ({ 'sec-fetch-site': 'none' }), ['page', 'own', 'device']],
  [
    'a page of another server of this machine',
    () => ({ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }),
    ['page'],
  ],
  ['a picture, link or script on a foreign page', () => ({ 'sec-fetch-site': 'cross-site' }), ['page']],
  ['a foreign page', () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), []],
  ['a foreign page in an old browser', () => ({ origin: 'https://evil.example' }), []],
  ['a page that has no origin', () => ({ origin: 'null' }), []],
  ['a name that only looks like this machine', () => ({ origin: 'http://localhost.evil.example' }), []],
  [
    'a foreign page after its name was bound to this machine',
    ({ port }) => ({
      host: `evil.example:${port}`,
      origin: `http://evil.example:${port}`,
      'sec-fetch-site': 'same-origin',
    }),
    [],
  ],
  ['a foreign name alone', () => ({ host: 'evil.example' }), []],
  ['this machine’s name as the beginning of a foreign one', () => ({ host: '127.0.0.1.evil.example' }), []],
]

describe.each(askers)('%s', (_who, headersOf, kinds) => {
  test.each(routes)('at the %s’s port, %s address %s', async (port, kind, route, asked) => {
    const headers = headersOf(urlOf(port))
    if (kind === 'device' || kind === 'driver') {
      expect(await upgrade(route, headers)).toBe(kinds.includes(kind) ? 101 : 403)
      return
    }
    const { status, text } = await ask(port, route, { ...asked, headers: { ...asked.headers, ...headers } })
    // A file's address that was not signed is refused with the same number, and other words.
    const isTurnedAway = status === 403 && /only for|not for web pages/.test(text)
    expect(isTurnedAway).toBe(!kinds.includes(kind))
    if (isTurnedAway) expect([chosen, called]).toEqual([[], []])
  })
})

test('an own page chooses who holds the phone and asks the cloud as them; nobody else is chosen', async () => {
  const choose = (id: unknown) =>
    ask('phone', '/host/person', { method: 'POST', body: JSON.stringify({ id }) })
  expect((await choose('secretary')).status).toBe(200)
  for (const id of ['stranger', '', 7, null, undefined, '__proto__'])
    expect((await choose(id)).status).toBe(400)
  expect(chosen).toEqual(['secretary'])
})

test('the phone stands in no frame but its own', async () => {
  for (const route of ['/', '/frame'])
    expect((await ask('phone', route)).headers['content-security-policy']).toBe("frame-ancestors 'self'")
})

const nested = (levels: number, open: string, close: string): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`

describe('what is nested too deeply', () => {
  const shapes = [
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
    ['both', '[{"a":', '}]'],
  ] as const
  const bodies: readonly (readonly [Port, string, (value: string) => string])[] = [
    ['cloud', '/v1/functions/echo', (value) => value],
    ['cloud', '/v1/functions/echo', (value) => `{"a":${value}}`],
    ['cloud', '/v1/storages/get-objects-upload-info', (value) => value],
    [
      'cloud',
      '/v1/database/instances/(default)/databases/(default)/collections/works/documents',
      (value) => `{"data":[{"a":${value}}]}`,
    ],
    ['cloud', '/auth/v1/signin/custom', (value) => `{"ticket":${value}}`],
    ['cloud', '/web', (value) => `{"action":"database.queryDocument","query":${value}}`],
    ['cloud', '/local/query', (value) => `{"collection":"works","query":${value}}`],
    ['phone', '/host/person', (value) => `{"id":${value}}`],
    ['phone', '/cloud/callFunction', (value) => `{"name":"api","data":${value}}`],
    ['phone', '/cloud/getTempFileURL', (value) => `{"fileList":${value}}`],
  ]
  describe.each(shapes)('as %s', (_shape, open, close) => {
    test.each(bodies)('is refused in form at the %s’s port: %s', async (port, route, bodyOf) => {
      for (const levels of [5000, 200_000]) {
        const body = bodyOf(nested(levels, open, close))
        const { status, text } = await ask(port, route, { method: 'POST', headers: json, body })
        // The SDK's older form says with its code alone what went wrong.
        expect(status).toBe(route === '/web' ? 200 : 400)
        expect(text).toContain('levels deep')
        expect(text).toMatch(port === 'cloud' ? /INVALID_PARAM/ : /"code":400/)
      }
      expect([chosen, called]).toEqual([[], []])
    })
  })

  test('is refused in the platform’s words at the address of server programs, also inside texts', async () => {
    const deep = nested(5000, '{"a":', '}')
    for (const body of [
      deep,
      JSON.stringify({ action: 'functions.invokeFunction', function_name: 'echo', request_data: deep }),
      JSON.stringify({ action: 'database.addDocument', collectionName: 'works', data: [deep] }),
      JSON.stringify({ action: 'database.getDocument', collectionName: 'works', query: deep }),
    ]) {
      const { status, text } = await ask('cloud', '/admin', { method: 'POST', headers: json, body })
      expect([status, JSON.parse(text)]).toMatchObject([200, { code: 'INVALID_PARAM' }])
    }
  })

  test('is said of levels, not of brackets in words, and of nothing shallower', () => {
    expect(isNestedTooDeeply(nested(201, '[', ']'))).toBe(true)
    expect(isNestedTooDeeply(nested(200, '[', ']'))).toBe(false)
    expect(isNestedTooDeeply(`[${'{"a":[]},'.repeat(5000)}{}]`)).toBe(false)
    const words = JSON.stringify({ a: '\\"[{'.repeat(5000) })
    expect(isNestedTooDeeply(words)).toBe(false)
    expect(parseJson(words)).toEqual(JSON.parse(words))
  })
})

describe.each<Port>(['cloud', 'phone'])('at the %s’s port', (port) => {
  test.each(['/%', '/%E0%A4%A', '/a/%zz', '/host/%', '/files/%', '/local/%ff', '//', '/cloud/%'])(
    'the address %s, which cannot be read, is refused',
    async (route) => {
      for (const method of ['GET', 'POST']) expect((await ask(port, route, { method })).status).toBe(400)
    },
  )

  test.each([
    '/constructor',
    '/__proto__',
    '/toString',
    '/files',
    '/files/',
    '/files/..%2f..%2fetc%2fpasswd',
    '/files/%00',
    '/%00',
    '/frame.html%00',
    '/host/constructor',
    '/..%2fserver.ts',
    `/${'a'.repeat(5000)}`,
  ])('the address %s leads to nothing', async (route) => {
    expect((await ask(port, route)).status).toBe(404)
  })

  test('a body that is none is refused, and the next request is served', async () => {
    const route = port === 'cloud' ? '/local/query' : '/cloud/callFunction'
    for (const body of ['', '{', 'null', '7', '"text"', '[]', '{"name":7}', '\u0000'])
      expect((await ask(port, route, { method: 'POST', headers: json, body })).status).toBe(400)
    expect((await ask(port, port === 'cloud' ? '/console' : '/frame')).status).toBe(200)
  })

  test('a body that is too large is refused when it has come, and nothing is done', async () => {
    const route = port === 'cloud' ? '/v1/functions/echo' : '/cloud/callFunction'
    const body = `{"name":"${'x'.repeat(65 * 1024 * 1024)}"}`
    const { status } = await ask(port, route, { method: 'POST', headers: json, body })
    expect([400, 413]).toContain(status)
    expect(called).toEqual([])
  })
})

test.each([undefined, '%', 'null', '7', '{}', '{"url":7}', nested(5000, '[', ']')])(
  'a request of the program that does not say what it asks is refused: %p',
  async (asked) => {
    const headers: Record<string, string> = asked === undefined ? {} : { 'x-wx-request': asked }
    expect((await ask('phone', '/request', { method: 'POST', headers })).status).toBe(400)
  },
)

describe('a socket', () => {
  const heard = (route: string, message: string | Buffer): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${host.wsEndpoint}${route}`)
      socket.on('open', () => socket.send(message))
      socket.on('error', () => undefined)
      socket.on('close', resolve)
    })

  test.each(['/device', '/driver'])(
    '%s hangs up on what it cannot read, and others are served',
    async (route) => {
      for (const message of ['{', nested(5000, '{"a":', '}'), 'null'])
        expect(await heard(route, message)).toBe(1003)
      expect((await ask('phone', '/host/people')).status).toBe(200)
    },
  )

  test('/device hangs up on a message of the wrong form', async () => {
    expect(await heard('/device', '{"method":"Host.problem"}')).toBe(1003)
    expect((await ask('phone', '/host/problems')).status).toBe(200)
  })

  test('a broken frame ends its own line and nothing else', async () => {
    const { hostname, port } = urlOf('phone')
    await new Promise<void>((resolve, reject) => {
      const line = connect(Number(port), hostname, () => {
        line.write(
          `GET /device HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        )
      })
      // Reserved bits, which nobody has agreed upon.
      line.once('data', () => line.write(Buffer.from([0xff, 0xff, 0xff, 0xff])))
      line.on('error', reject)
      line.on('close', () => resolve())
    })
    expect((await ask('phone', '/host/people')).status).toBe(200)
  })
})
