import { randomUUID } from 'node:crypto'
import { createReadStream, existsSync, watch } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build } from 'esbuild'
import { type WebSocket, WebSocketServer } from 'ws'
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
const mostBodyBytes = 64 * 1024 * 1024

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

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += (part as Buffer).length
    if (bytes > mostBodyBytes) throw new Error('the request is too large')
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
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
    const body = await readBody(request)
    if (action === 'uploadFile') return options.cloud.uploadFile(search.get('cloudPath') ?? '', body)
    const value = JSON.parse(body.toString('utf8')) as {
      name: string
      data: unknown
      fileList: readonly string[]
    }
    if (action === 'callFunction') return options.cloud.callFunction(value.name, value.data ?? {})
    if (action === 'getTempFileURL') return options.cloud.getTempFileURL(value.fileList)
    if (action === 'deleteFile') return options.cloud.deleteFile(value.fileList)
    throw new Error(`wx.cloud.${action} is not provided by this host`)
  }

  /** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html */
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const tell = (answer: object, content?: Uint8Array) =>
      response
        .writeHead(200, { 'x-wx-answer': encodeURIComponent(JSON.stringify(answer)) })
        .end(content ?? '')
    const asked = JSON.parse(decodeURIComponent(String(request.headers['x-wx-request']))) as {
      url: string
      method: string
      header: Record<string, string>
    }
    const body = await readBody(request)
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
      const { id } = JSON.parse((await readBody(request)).toString('utf8')) as { id: string }
      options.people?.choose(String(id))
      sendJson(response, 200, {})
    } else response.writeHead(404).end()
  }

  const sendFile = (root: string, name: string, response: ServerResponse): void => {
    const file = path.join(root, name)
    if (path.relative(root, file).startsWith('..') || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [, first = '', ...rest] = pathname.split('/').map(decodeURIComponent)
    if (first === 'runtime.js') {
      response.writeHead(200, { 'content-type': types['.js'] as string }).end(runtime)
    } else if (first === 'code') answerCode(rest.join('/'), response)
    else if (first === 'files') sendFile(options.folder, rest.join('/'), response)
    else if (first === 'host') await answerHost(rest.join('/'), request, response)
    else if (first === 'request' && request.method === 'POST') await answerRequest(request, response)
    else if (first === 'cloud' && request.method === 'POST') {
      try {
        sendJson(response, 200, await answerCloud(rest.join('/'), searchParams, request))
      } catch (error) {
        const { code, message } = error as { code?: unknown; message?: unknown }
        sendJson(response, 400, { error: { code, message: String(message ?? error) } })
      }
    } else sendFile(path.join(__dirname, 'page'), pages[first] ?? pathname.slice(1), response)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error))
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

  const openPage = (socket: WebSocket): void => {
    page?.close()
    page = socket
    isLaunched = false
    failure = ''
    socket.on('message', (text) => hear(JSON.parse(String(text))))
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
    socket.on('message', (text) => {
      let message: Message
      try {
        message = JSON.parse(String(text)) as Message
      } catch {
        socket.close(1003, 'messages are JSON')
        return
      }
      const { id, method = '', params = {} } = message
      serve(method, params).then(
        (reply) => socket.send(JSON.stringify({ id, ...reply })),
        (error: unknown) => socket.send(JSON.stringify({ id, error: { message: String(error) } })),
      )
    })
  }

  const sockets = new WebSocketServer({ server, maxPayload: mostBodyBytes })
  sockets.on('connection', (socket, request) => {
    if (request.url === '/device') openPage(socket)
    else openDriver(socket)
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
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
