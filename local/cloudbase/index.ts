import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { listen, mayEnter } from '../door/door'
import { clientDatabase } from './client-database'
import { clientFiles } from './client-files'
import { openClock } from './clock'
import { readEjson } from './codec'
import type { CloudConfig, DatabaseConfig } from './config'
import { checkCloudConfig, checkDatabaseConfig } from './config-check'
import { defaultRedactedKeys, type RedactedKeys, redaction } from './console/redaction'
import { consoleRoutes } from './console/routes'
import { openEngine } from './engine/engine'
import { type AnsweredQuery, profiled } from './engine/profile'
import { PlatformFailure } from './failure'
import { type Faults, openFaults, Unanswered } from './faults'
import {
  type FunctionLogLine,
  type Identity,
  type Invocation,
  type InvocationResult,
  type Origin,
  openFunctionHost,
} from './functions/host'
import { openTimers, type Timers } from './functions/timers'
import { clientGateway, cors } from './gateway'
import { contentTypeOf, type HostedFolder, openHosting } from './hosting'
import { addressOf, fileOfForm, readJson, sendJson } from './http'
import { type Identities, openIdentities } from './identities'
import { adminProtocol } from './protocol'
import { openCollectionRules, withCreatorIndexes } from './rules/collections'
import { openFileRules } from './rules/files'
import { openFunctionRules } from './rules/functions'
import { checkSignature, secretIdOf } from './signature'
import { checkCloudPath, openStorage } from './storage'

export type { CloudConfig, DatabaseConfig } from './config'
export type { AnsweredQuery } from './engine/profile'
export type { Identity, InvocationResult } from './functions/host'

export interface CloudOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Holds everything that must last; made when it is missing. */
  readonly folder: string
  readonly envId?: string
  /** cloudbaserc.json. */
  readonly config: CloudConfig
  /** What `{{env.NAME}}` stands for in the functions' environment variables. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** Collections, indexes, file rules. */
  readonly database: DatabaseConfig
  /** The function `api` is `functionRoot/api/index.js`. */
  readonly functionRoot: string
  /** A query without an index is an error that names the index to add, or a warning. */
  readonly unindexedQueries: 'refuse' | 'warn'
  /**
   * Whether server programs must sign with `credential`; an instance's own credentials are checked in any case. Ignored
   * without it.
   */
  readonly signatures?: 'ignore' | 'check'
  readonly credential?: { readonly secretId: string; readonly secretKey: string }
  /** A function's instance that nobody has called for so many milliseconds ends: five minutes without it. */
  readonly idleFunctionMs?: number
  /** Static files, by address prefix. */
  readonly hosting?: readonly HostedFolder[]
  /** False leaves timers to `runTimer`, until `startTimers`. */
  readonly isTimersOn?: boolean
  /** Keys whose values the console hides in events and log lines: names, or patterns of names. */
  readonly redactedKeys?: RedactedKeys
  readonly onLog?: (line: FunctionLogLine) => void
  /** Hears of every query and what it cost, which costs as much again. */
  readonly onQuery?: (query: AnsweredQuery) => void
}

export interface Cloud {
  readonly url: string
  /** What TCB_CONTEXT_CNFG or `serviceUrl` must name. */
  readonly adminUrl: string
  /** For the web's addresses: a client's token, of a WeChat user or of a custom sign-in. */
  readonly accessTokenOf: Identities['accessTokenOf']
  /** What `tcb.init({ credentials })` takes, so that `createTicket` makes tickets for this cloud. */
  readonly loginKey: Identities['loginKey']
  readonly clock: {
    readonly now: () => number
    /** Moves the cloud's time and runs every timer once. */
    readonly move: (ms: number) => Promise<void>
    /** Moves the cloud's time, also backwards, and runs nothing. */
    readonly step: (ms: number) => void
  }
  /** Things to go wrong on purpose. */
  readonly faults: Faults
  /** Runs a function's first timer now. */
  readonly runTimer: (functionName: string) => Promise<InvocationResult>
  readonly timers: Timers
  /** From now on timers run by themselves. */
  readonly startTimers: () => void
  readonly invoke: (
    functionName: string,
    event: unknown,
    identity?: Identity,
    origin?: Origin,
  ) => Promise<InvocationResult>
  /** The latest runs of functions, the last one last. */
  readonly invocations: () => readonly Invocation[]
  readonly reloadFunctions: () => void
  /** What functions have said and how their invocations ended, the latest last. */
  readonly logs: () => readonly FunctionLogLine[]
  readonly close: () => Promise<void>
}

/** Starts a CloudBase on this machine: database, functions, files, sign-in, hosting and console on one address. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const envId = options.envId ?? 'local'
  const config = checkCloudConfig(options.config, options.variables)
  const database = checkDatabaseConfig(options.database)
  const collectionRules = openCollectionRules(database.collections, async (collection, id) => {
    if (!engine.collectionNames().includes(collection)) return undefined
    const [found] = await engine.find(collection, { query: { _id: id }, limit: 1 })
    return found === undefined ? undefined : readEjson(found, 'document', clock.now())
  })
  const fileRules = openFileRules(database.storage)
  const functionRules = openFunctionRules(database.functions)
  await mkdir(options.folder, { recursive: true })
  const collections = withCreatorIndexes(database.collections)
  const bareEngine = openEngine({
    folder: options.folder,
    collections,
    unindexedQueries: options.unindexedQueries,
  })
  const engine = options.onQuery ? profiled(bareEngine, options.onQuery) : bareEngine
  const clock = openClock(
    () => engine.readMeta('clock'),
    (text) => engine.writeMeta('clock', text),
  )
  const secret = engine.readMeta('secret') ?? randomBytes(32).toString('hex')
  engine.writeMeta('secret', secret)

  let url = ''
  const storage = openStorage({ folder: options.folder, envId, baseUrl: () => url, secret, now: clock.now })
  // As a kill would, without a word to anybody.
  const faults = openFaults(() => process.kill(process.pid, 'SIGKILL'))
  const functions = openFunctionHost({
    envId,
    functionRoot: options.functionRoot,
    functions: config.functions,
    adminUrl: () => `${url}/admin`,
    clock,
    faults,
    ...(options.idleFunctionMs === undefined ? {} : { idleMs: options.idleFunctionMs }),
    ...(options.onLog ? { onLog: options.onLog } : {}),
  })
  const identities = openIdentities({
    secret,
    envId,
    memory: { read: engine.readMeta, write: engine.writeMeta },
  })
  const files = clientFiles(storage, fileRules)
  const admin = adminProtocol({ engine, storage, files, functions, identities, envId, clock, faults })
  const gateway = clientGateway({
    identities,
    functions,
    functionRules,
    files,
    database: clientDatabase(engine, collectionRules, clock),
    faults,
    clock,
    newRequestId: randomUUID,
  })
  const serveFile = openHosting(options.hosting ?? [])

  const timers = openTimers({ functions, configs: config.functions, clock })
  const moveClock = async (ms: number): Promise<void> => {
    clock.setOffset(clock.offsetMs() + ms)
    await timers.runAll()
  }

  const showConsole = consoleRoutes({
    engine,
    collections,
    storage,
    functions,
    functionNames: config.functions.map((one) => one.name),
    timers,
    identities,
    clock,
    moveClock,
    faults,
    redact: redaction(options.redactedKeys ?? defaultRedactedKeys),
  })

  const answerAdmin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID()
    // Whoever speaks this protocol may do everything: programs of this machine, never pages in its browsers.
    if (!mayEnter(request, 'program')) {
      sendJson(response, 403, { code: 'PERMISSION_DENIED', message: 'not for web pages', requestId })
      return
    }
    try {
      const secretId = secretIdOf(request)
      const body = await readJson(request)
      const caller = functions.callerOf(secretId)
      if (caller || options.signatures === 'check') {
        const own = secretId === options.credential?.secretId ? options.credential : undefined
        checkSignature(request, body, caller?.credential ?? own, [Date.now(), clock.now()])
      }
      const reply = await admin(body, caller)
      sendJson(response, 200, { requestId, ...reply })
    } catch (error) {
      if (error instanceof Unanswered) {
        response.destroy()
        return
      }
      if (!(error instanceof PlatformFailure)) console.error(error)
      const { code, message } =
        error instanceof PlatformFailure
          ? error
          : { code: 'SYS_ERR', message: error instanceof Error ? error.message : String(error) }
      sendJson(response, 200, { code, message, requestId })
    }
  }

  const answerStorage = async (
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, searchParams }: ReturnType<typeof addressOf>,
  ): Promise<void> => {
    const headers = cors(request)
    if (request.method === 'OPTIONS') {
      response.writeHead(204, headers).end()
      return
    }
    const isForm = request.method === 'POST'
    const verb = request.method === 'PUT' || isForm ? 'put' : 'get'
    const cloudPath = checkCloudPath(pathname.slice('/storage/'.length))
    const expires = Number(searchParams.get('expires'))
    const uploader = searchParams.get('uploader') ?? ''
    const fail = (status: number, code: string, message: string) =>
      response
        .writeHead(status, { ...headers, 'content-type': 'application/xml' })
        .end(
          `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>local</RequestId><TraceId>local</TraceId></Error>`,
        )
    if (!storage.isSigned(verb, cloudPath, expires, searchParams.get('sign') ?? '', uploader)) {
      fail(403, 'AccessDenied', 'the address has expired or was not signed here')
    } else if (verb === 'put') {
      try {
        await storage.write(cloudPath, isForm ? await fileOfForm(request, cloudPath) : request, uploader)
        response.writeHead(isForm ? 201 : 200, headers).end()
      } catch (error) {
        if (!(error instanceof PlatformFailure)) console.error(error)
        fail(
          400,
          'InvalidRequest',
          error instanceof PlatformFailure ? error.message : 'the file was not stored',
        )
      }
    } else {
      const file = await storage.open(cloudPath)
      if (!file) {
        fail(404, 'NoSuchKey', 'no such file')
        return
      }
      response.writeHead(200, {
        ...headers,
        'content-type': contentTypeOf(cloudPath),
        'content-length': file.size,
        'cache-control': 'private, max-age=3600',
        'x-content-type-options': 'nosniff',
        // Whatever was put up, it is no page of this server's.
        'content-security-policy': 'sandbox',
      })
      // The reader has left, or the disk fails: all that can be done is to break off.
      await pipeline(file.stream, response).catch(() => response.destroy())
    }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Some addresses let fewer in; nothing here is for a foreign page, or under a foreign name.
    if (!mayEnter(request, 'machine')) {
      sendJson(response, 403, { code: 'PERMISSION_DENIED', message: 'only for pages of this machine' })
      return
    }
    const address = addressOf(request)
    const { pathname } = address
    if (pathname === '/admin') {
      if (request.method === 'POST') await answerAdmin(request, response)
      else sendJson(response, 405, { code: 'INVALID_PARAM', message: 'POST only' })
      return
    }
    if (pathname.startsWith('/storage/')) return answerStorage(request, response, address)
    if (await gateway(request, response, address)) return
    if (await showConsole(request, response, pathname)) return
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (isRead && (await serveFile(request, response, pathname))) return
    sendJson(response, 404, { code: 'NOT_FOUND', message: `nothing is served at ${pathname}` })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const isRefusal = error instanceof PlatformFailure
      if (!isRefusal) console.error(error)
      if (response.headersSent) response.destroy()
      else {
        sendJson(
          response,
          isRefusal ? 400 : 500,
          {
            code: isRefusal ? error.code : 'SYS_ERR',
            message: error instanceof Error ? error.message : String(error),
          },
          cors(request),
        )
      }
    })
  })
  // A client may use its connection again at any time: one that is closed while a request is on its way loses it.
  server.keepAliveTimeout = 120_000
  try {
    await listen(server, options.port)
  } catch (error) {
    await functions.close()
    engine.close()
    throw error
  }
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  let ticking: NodeJS.Timeout | undefined
  const startTimers = (): void => {
    ticking ??= setInterval(() => void timers.tick(), 250)
  }
  if (options.isTimersOn !== false) startTimers()

  return {
    url,
    adminUrl: `${url}/admin`,
    accessTokenOf: identities.accessTokenOf,
    loginKey: identities.loginKey,
    clock: {
      now: clock.now,
      move: moveClock,
      step: (ms) => clock.setOffset(clock.offsetMs() + ms),
    },
    faults,
    runTimer: timers.run,
    timers,
    startTimers,
    invoke: functions.invoke,
    reloadFunctions: functions.reload,
    logs: functions.logs,
    invocations: functions.invocations,
    close: async () => {
      clearInterval(ticking)
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await functions.close()
      engine.close()
    },
  }
}
