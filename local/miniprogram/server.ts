import { randomUUID } from 'node:crypto'
import { createReadStream, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build } from 'esbuild'
import { type WebSocket, WebSocketServer } from 'ws'
import {
  addressOf,
  checkDoor,
  type Door,
  DoorRefusal,
  listen,
  mayEnter,
  parseJson,
  readBytes,
} from '../door/door'
import { type Compiled, compilePackage } from './compile'
import { MiniProgramFailure, type Problem, sayProblem } from './failure'

/** What `wx.cloud` reaches. */
export interface CloudPort {
  readonly callFunction: (name: string, payload: unknown) => Promise<{ result: unknown; requestID: string }>
  readonly uploadFile: (cloudPath: string, content: Buffer) => Promise<{ fileID: string }>
  readonly getTempFileURL: (fileList: readonly string[]) => Promise<{ fileList: readonly object[] }>
  readonly deleteFile: (fileList: readonly string[]) => Promise<{ fileList: readonly object[] }>
}

export interface HostOptions {
  /** Of the compiled mini-program: where its `app.json` is. */
  readonly folder: string
  /** 0 takes a free one. */
  readonly port?: number
  readonly cloud?: CloudPort
  /** Where `wx.request` may go, as registered: `https://api.example.com`, or `*` for everywhere. */
  readonly domains?: readonly string[]
  /** What `wx.chooseLocation` lets one choose from. */
  readonly places?: readonly { name: string; address: string; latitude: number; longitude: number }[]
  /** Who may hold the phone: the frame around it lets one choose. */
  readonly people?: {
    readonly list: readonly { readonly id: string; readonly name: string; readonly hint?: string }[]
    readonly choose: (id: string) => void
  }
  /** Compiles and loads anew when a file changes. */
  readonly isWatching?: boolean
  /** Milliseconds after which a request that nobody answers is given up; 30 seconds without it. */
  readonly answerMs?: number
}

export interface Host {
  readonly url: string
  /** For `automator.connect({ wsEndpoint })`. */
  readonly wsEndpoint: string
  /** Everything that was found wrong since the last time this was asked. */
  readonly takeProblems: () => readonly Problem[]
  /** Takes pictures for `App.captureScreenshot`; whoever holds the browser gives it. */
  readonly provideCapture: (capture: () => Promise<Buffer>) => void
  readonly close: () => Promise<void>
}

const sdkVersion = '3.16.0'
/** Of a body, which may be a file, and of a message, which may hold one as text. */
const mostBytes = 64 * 1024 * 1024

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
}

/** `/` is the phone alone, `/frame` the phone with what is around it. */
const pages: Readonly<Record<string, string>> = { '': 'phone.html', frame: 'frame.html' }

/** The phone's pages and what they are drawn with; everything else of this server belongs to an open phone. */
const isPage = (first: string): boolean =>
  Object.hasOwn(pages, first) || /^(phone|frame)\.(css|js)$/.test(first)

/** Nobody shows the phone in a frame of theirs, where taps could be steered. */
const pageHeaders = {
  'content-security-policy': "frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
} as const

/** A body of JSON that must be an object. */
const readFields = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> => {
  const value = parseJson((await readBytes(request, mostBytes)).toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DoorRefusal(400, 'the body must be an object')
  return value as Readonly<Record<string, unknown>>
}

const textIn = (fields: Readonly<Record<string, unknown>>, name: string): string => {
  const value = fields[name]
  if (typeof value !== 'string') throw new DoorRefusal(400, `${name} must be a text`)
  return value
}

const textsIn = (fields: Readonly<Record<string, unknown>>, name: string): readonly string[] => {
  const value = fields[name]
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw new DoorRefusal(400, `${name} must be a list of texts`)
  return value
}

const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
}

let bundled: Promise<string> | undefined
/** The runtime of the page, made once for each process. */
const bundleRuntime = (): Promise<string> => {
  bundled ??= makeRuntime()
  return bundled
}

const makeRuntime = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'runtime/main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

interface Message {
  readonly id?: string
  readonly method?: string
  readonly params?: Record<string, unknown>
}

/** Serves a mini-program to a browser and the automator's protocol to whoever drives it. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const answerMs = options.answerMs ?? 30_000
  const runtime = await bundleRuntime()
  const compile = async (): Promise<Compiled | MiniProgramFailure> => {
    try {
      return await compilePackage(options.folder)
    } catch (error) {
      if (error instanceof MiniProgramFailure) return error
      throw error
    }
  }
  let compiled = await compile()
  if (compiled instanceof MiniProgramFailure && !options.isWatching) throw compiled

  const problems: Problem[] = []
  let page: WebSocket | undefined
  let isLaunched = false
  let entered = ''
  /** Why no page will answer, until another one is opened. */
  let failure = ''
  let capture: (() => Promise<Buffer>) | undefined
  const drivers = new Set<WebSocket>()
  const pending = new Map<string, (reply: object) => void>()
  const launches = new Set<() => void>()

  const answerCode = (name: string, response: ServerResponse): void => {
    if (compiled instanceof MiniProgramFailure) {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(compiled.message)
      return
    }
    const { scripts, roots } = compiled
    const isOf = (file: string) =>
      name === 'main' ? !roots.some((root) => file.startsWith(root)) : file.startsWith(name)
    const own = Object.fromEntries(Object.entries(scripts).filter(([file]) => isOf(file)))
    sendJson(response, 200, name === 'main' ? { ...compiled, scripts: own } : own)
  }

  const answerCloud = async (action: string, search: URLSearchParams, request: IncomingMessage) => {
    if (!options.cloud) throw new Error('this host has no cloud')
    if (action === 'uploadFile')
      return options.cloud.uploadFile(search.get('cloudPath') ?? '', await readBytes(request, mostBytes))
    const fields = await readFields(request)
    if (action === 'callFunction')
      return options.cloud.callFunction(textIn(fields, 'name'), fields.data ?? {})
    if (action === 'getTempFileURL') return options.cloud.getTempFileURL(textsIn(fields, 'fileList'))
    if (action === 'deleteFile') return options.cloud.deleteFile(textsIn(fields, 'fileList'))
    throw new Error(`wx.cloud.${action} is not provided by this host`)
  }

  const askedOf = (request: IncomingMessage) => {
    let asked: unknown
    try {
      asked = parseJson(decodeURIComponent(String(request.headers['x-wx-request'])))
    } catch {
      throw new DoorRefusal(400, 'x-wx-request must say what is asked')
    }
    const fields = Object(asked) as Readonly<Record<string, unknown>>
    const header = Object.entries(Object(fields.header) as object).map(([name, one]) => [name, String(one)])
    return {
      url: textIn(fields, 'url'),
      method: textIn(fields, 'method'),
      header: Object.fromEntries(header) as Record<string, string>,
    }
  }

  /** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html */
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const tell = (answer: object, content?: Uint8Array) =>
      response
        .writeHead(200, { 'x-wx-answer': encodeURIComponent(JSON.stringify(answer)) })
        .end(content ?? '')
    const asked = askedOf(request)
    const body = await readBytes(request, mostBytes)
    const { origin } = URL.canParse(asked.url) ? new URL(asked.url) : { origin: '' }
    if (origin === '') return void tell({ error: `invalid url "${asked.url}"` })
    if (!options.domains?.some((domain) => domain === '*' || domain === origin))
      return void tell({ error: `url not in domain list: ${origin}` })
    try {
      const answer = await fetch(asked.url, {
        method: asked.method,
        headers: asked.header,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      })
      const { status: statusCode, headers } = answer
      tell(
        { statusCode, header: Object.fromEntries(headers), cookies: headers.getSetCookie() },
        new Uint8Array(await answer.arrayBuffer()),
      )
    } catch (error) {
      tell({ error: error instanceof Error ? String(error.cause ?? error.message) : String(error) })
    }
  }

  const answerHost = async (what: string, request: IncomingMessage, response: ServerResponse) => {
    if (what === 'places') sendJson(response, 200, options.places ?? [])
    else if (what === 'people') sendJson(response, 200, options.people?.list ?? [])
    else if (what === 'problems') sendJson(response, 200, problems.map(sayProblem).slice(-20))
    else if (what === 'person' && request.method === 'POST') {
      const id = textIn(await readFields(request), 'id')
      if (!options.people?.list.some((one) => one.id === id))
        throw new DoorRefusal(400, 'nobody of this id may hold the phone')
      options.people.choose(id)
      sendJson(response, 200, {})
    } else response.writeHead(404).end()
  }

  const sendFile = async (
    root: string,
    name: string,
    response: ServerResponse,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const file = path.join(root, name)
    const isFile =
      !path.relative(root, file).startsWith('..') &&
      (await stat(file).then(
        (found) => found.isFile(),
        () => false,
      ))
    if (!isFile) {
      response.writeHead(404).end()
      return
    }
    const type = types[path.extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { ...headers, 'content-type': type })
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A foreign name that leads here learns nothing, not even what is served.
    checkDoor(request, 'machine')
    const { pathname, searchParams } = addressOf(request)
    const [, first = '', ...rest] = pathname.split('/')
    if (isPage(first)) {
      await sendFile(path.join(__dirname, 'page'), pages[first] ?? first, response, pageHeaders)
      return
    }
    checkDoor(request, 'own-page')
    if (first === 'runtime.js') {
      response.writeHead(200, { 'content-type': types['.js'] as string }).end(runtime)
    } else if (first === 'code') answerCode(rest.join('/'), response)
    else if (first === 'files') await sendFile(options.folder, rest.join('/'), response)
    else if (first === 'host') await answerHost(rest.join('/'), request, response)
    else if (first === 'request' && request.method === 'POST') await answerRequest(request, response)
    else if (first === 'cloud' && request.method === 'POST') {
      try {
        sendJson(response, 200, await answerCloud(rest.join('/'), searchParams, request))
      } catch (error) {
        if (error instanceof DoorRefusal) throw error
        const { code, message } = error as { code?: unknown; message?: unknown }
        sendJson(response, 400, { error: { code, message: String(message ?? error) } })
      }
    } else response.writeHead(404).end()
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else if (error instanceof DoorRefusal)
        sendJson(response, error.status, { error: { code: error.status, message: error.message } })
      else {
        console.error(error)
        sendJson(response, 500, { error: { code: 500, message: String(error) } })
      }
    })
  })

  const tellDrivers = (message: object): void => {
    for (const driver of drivers) driver.send(JSON.stringify(message))
  }

  const hear = (message: Message & { result?: unknown; error?: unknown }): void => {
    if (message.id !== undefined) {
      pending.get(message.id)?.({ result: message.result, error: message.error })
      pending.delete(message.id)
    } else if (message.method === 'Host.problem') {
      const problem = message.params as unknown as Problem
      if (typeof problem?.code !== 'string') throw new Error('a problem has a code')
      problems.push(problem)
      // Nobody needs to wait for what will not come.
      if (problem.code === 'LAUNCH_FAILED') giveUp(sayProblem(problem))
    } else if (message.method === 'Host.entering')
      entered = `${message.params?.page}: ${message.params?.handler}`
    else if (message.method === 'Host.launched') {
      isLaunched = true
      for (const launched of launches) launched()
      launches.clear()
    } else tellDrivers(message)
  }

  const giveUp = (reason: string): void => {
    failure = reason
    launches.clear()
    for (const reply of pending.values()) reply({ error: { message: reason } })
    pending.clear()
  }

  /** Hears what can be read; whoever sends anything else is hung up on. */
  const listenTo = (socket: WebSocket, onMessage: (message: Message) => void): void => {
    // A broken frame is an error of the socket, which closes; unheard it would end this process.
    socket.on('error', () => socket.terminate())
    socket.on('message', (text) => {
      let message: unknown
      try {
        message = parseJson(String(text), 'a message')
      } catch {
        socket.close(1003, 'messages are JSON')
        return
      }
      try {
        onMessage(message as Message)
      } catch {
        socket.close(1003, 'messages are of the automator’s protocol')
      }
    })
  }

  const openPage = (socket: WebSocket): void => {
    page?.close()
    page = socket
    isLaunched = false
    failure = ''
    listenTo(socket, hear)
    socket.on('close', () => {
      if (page !== socket) return
      page = undefined
      giveUp(`the page was closed (last in ${entered})`)
    })
  }

  /** Asks the page and answers in any case: after a while with what the page was last busy with. */
  const ask = (method: string, params: object): Promise<object> =>
    new Promise((resolve) => {
      if (failure !== '') {
        resolve({ error: { message: failure } })
        return
      }
      const id = randomUUID()
      const timer = setTimeout(() => {
        pending.delete(id)
        launches.delete(send)
        const reason = isLaunched
          ? `no answer for ${answerMs} ms; last entered: ${entered}`
          : `the mini-program has not launched: ${problems.map(sayProblem).join('; ') || 'no page is open'}; last entered: ${entered || 'nothing'}`
        problems.push({ kind: 'error', code: 'NO_ANSWER', reason: `${method}: ${reason}` })
        resolve({ error: { message: reason } })
      }, answerMs)
      const send = () => page?.send(JSON.stringify({ id, method, params }))
      pending.set(id, (reply) => {
        clearTimeout(timer)
        resolve(reply)
      })
      if (isLaunched && page) send()
      else launches.add(send)
    })

  const serve = async (method: string, params: object): Promise<object> => {
    if (method === 'Tool.getInfo') return { result: { SDKVersion: sdkVersion } }
    if (method === 'Tool.close') return { result: {} }
    if (method !== 'App.captureScreenshot') return ask(method, params)
    if (!capture) return { error: { message: 'nobody here can take a picture of the page' } }
    // A page that does not answer has no picture either.
    const answered = (await ask('App.getPageStack', {})) as { error?: unknown }
    if (answered.error) return answered
    return { result: { data: (await capture()).toString('base64') } }
  }

  const openDriver = (socket: WebSocket): void => {
    drivers.add(socket)
    socket.on('close', () => drivers.delete(socket))
    listenTo(socket, ({ id, method = '', params = {} }) => {
      serve(method, params).then(
        (reply) => socket.send(JSON.stringify({ id, ...reply })),
        (error: unknown) => socket.send(JSON.stringify({ id, error: { message: String(error) } })),
      )
    })
  }

  // The phone's line is for the phone; who drives it is a program, and no page whatever.
  const doorOf = (request: IncomingMessage): Door => (request.url === '/device' ? 'own-page' : 'program')
  const sockets = new WebSocketServer({
    server,
    maxPayload: mostBytes,
    verifyClient: ({ req }, answerClient) =>
      answerClient(mayEnter(req, doorOf(req)), 403, 'only for this phone and for programs of this machine'),
  })
  sockets.on('connection', (socket, request) => {
    if (request.url === '/device') openPage(socket)
    else openDriver(socket)
  })

  // What befalls the server is told by whoever listens to it.
  sockets.on('error', () => undefined)
  await listen(server, options.port ?? 0)
  const { port } = server.address() as AddressInfo

  let timer: NodeJS.Timeout | undefined
  const watcher = options.isWatching
    ? watch(options.folder, { recursive: true }, () => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          compile().then(
            (next) => {
              compiled = next
              // What was wrong with the one before.
              problems.length = 0
              page?.send(JSON.stringify({ method: 'Host.reload' }))
            },
            (error: unknown) => console.error(error),
          )
        }, 300)
      })
    : undefined

  return {
    url: `http://127.0.0.1:${port}`,
    wsEndpoint: `ws://127.0.0.1:${port}`,
    takeProblems: () => problems.splice(0),
    provideCapture: (given) => {
      capture = given
    },
    close: async () => {
      watcher?.close()
      clearTimeout(timer)
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
