import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { defaultRedactedKeys, type RedactedKeys, redaction } from './console/redaction'
import { consoleRoutes } from './console/routes'
import { openEngine } from './database/engine'
import { type AnsweredQuery, profiled, type WrittenDocuments } from './database/profile'
import { type Faults, openFaults } from './functions/faults'
import {
  type FunctionLogLine,
  type Invocation,
  type InvocationResult,
  type Origin,
  openFunctionHost,
} from './functions/host'
import { openTimers, type Timers } from './functions/timers'
import { openClock } from './ground/clock'
import { type Document, readEjson } from './ground/codec'
import type { CloudConfig, DatabaseConfig } from './ground/config'
import { checkCloudConfig, checkDatabaseConfig } from './ground/config-check'
import { openCollectionRules, withCreatorIndexes } from './rules/collections'
import { openFileRules } from './rules/files'
import { openFunctionRules } from './rules/functions'
import { adminAddress, type ProgramCredential } from './server/admin'
import { clientDatabase } from './server/client-database'
import { clientFiles } from './server/client-files'
import { clientGateway } from './server/gateway'
import { type HostedFolder, openHosting } from './server/hosting'
import type { Handler } from './server/http'
import { adminProtocol } from './server/protocol'
import { openServer } from './server/server'
import { storageAddresses } from './server/storage-addresses'
import { type Identities, type LoginKey, openIdentities } from './sign-in/identities'
import type { Identity } from './sign-in/identity'
import { openStorage } from './storage/storage'

export type { AnsweredQuery, WrittenDocuments } from './database/profile'
export type { InvocationResult } from './functions/host'
export { platformVariables } from './functions/platform-variables'
export type { CloudConfig, DatabaseConfig } from './ground/config'
export { type LoginKey, newLoginKey } from './sign-in/identities'
export type { Identity } from './sign-in/identity'

export interface CloudOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** The data folder; created when it is missing. */
  readonly folder: string
  readonly envId?: string
  /** cloudbaserc.json. */
  readonly config: CloudConfig
  /** Values of `{{env.NAME}}` in the functions' environment variables. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** With what tickets for sign-ins are made; without it one that the data folder keeps. */
  readonly loginKey?: LoginKey | undefined
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
  readonly credential?: ProgramCredential
  /** Idle time in milliseconds after which a function's instance is terminated; five minutes by default. */
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
  /** With it: hears of documents that are added or replaced. */
  readonly onWrite?: (written: WrittenDocuments) => void
  /** With it: whether each query says all that had to be read for it, in whatever time. */
  readonly isCostCounted?: boolean
}

export interface Cloud {
  readonly url: string
  /** What TCB_CONTEXT_CNFG or `serviceUrl` must name. */
  readonly adminUrl: string
  /** An access token for the HTTP API, of a WeChat user or of a custom sign-in. */
  readonly accessTokenOf: Identities['accessTokenOf']
  /** What `tcb.init({ credentials })` takes, so that `createTicket` makes tickets for this cloud. */
  readonly loginKey: Identities['loginKey']
  readonly publishableKey: Identities['publishableKey']
  readonly clock: {
    readonly now: () => number
    /** Moves the cloud's time and runs every timer once. */
    readonly move: (ms: number) => Promise<void>
    /** Moves the cloud's time, also backwards, and runs nothing. */
    readonly step: (ms: number) => void
  }
  /** Fault injection. */
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
  /** The log lines of functions and how their invocations ended, the latest last. */
  readonly logs: () => readonly FunctionLogLine[]
  readonly close: () => Promise<void>
}

/** Where this cloud can be reached; known once its port is open, and asked for no earlier. */
interface Reach {
  url: string
}

/** What clients may do; `documentOf` reads another document that a rule looks at. */
const openRules = (
  database: DatabaseConfig,
  documentOf: (collection: string, id: string) => Promise<Document | undefined>,
) => ({
  collections: openCollectionRules(database.collections, documentOf),
  files: openFileRules(database.storage),
  functions: openFunctionRules(database.functions),
})

/** Every service of the cloud, each made of those before it. None of them knows of HTTP. */
const openServices = async (options: CloudOptions, reach: Reach) => {
  const envId = options.envId ?? 'local'
  const config = checkCloudConfig(options.config, options.variables)
  const database = checkDatabaseConfig(options.database)
  // Rules are read before anything is opened or written: one that cannot be read stops the start.
  const rules = openRules(database, async (collection, id) => {
    if (!engine.collectionNames().includes(collection)) return undefined
    const [found] = await engine.find(collection, { query: { _id: id }, limit: 1 })
    return found === undefined ? undefined : readEjson(found, 'document', clock.now())
  })
  await mkdir(options.folder, { recursive: true })
  const collections = withCreatorIndexes(database.collections)
  const bareEngine = openEngine({
    folder: options.folder,
    collections,
    unindexedQueries: options.unindexedQueries,
  })
  const { onQuery, onWrite, isCostCounted } = options
  const engine = onQuery
    ? profiled(bareEngine, {
        onQuery,
        ...(onWrite ? { onWrite } : {}),
        ...(isCostCounted ? { isCostCounted } : {}),
      })
    : bareEngine
  const secret = engine.readMeta('secret') ?? randomBytes(32).toString('hex')
  engine.writeMeta('secret', secret)
  const clock = openClock(
    () => engine.readMeta('clock'),
    (text) => engine.writeMeta('clock', text),
  )
  const storage = openStorage({
    folder: options.folder,
    envId,
    baseUrl: () => reach.url,
    secret,
    now: clock.now,
  })
  // SIGKILL runs no exit handler and flushes nothing, like a machine that loses its power.
  const faults = openFaults(() => process.kill(process.pid, 'SIGKILL'))
  const functions = openFunctionHost({
    envId,
    functionRoot: options.functionRoot,
    functions: config.functions,
    adminUrl: () => `${reach.url}/admin`,
    clock,
    faults,
    ...(options.idleFunctionMs === undefined ? {} : { idleMs: options.idleFunctionMs }),
    ...(options.onLog ? { onLog: options.onLog } : {}),
  })
  const timers = openTimers({ functions, configs: config.functions, clock })
  const identities = openIdentities({
    secret,
    envId,
    memory: { read: engine.readMeta, write: engine.writeMeta },
    loginKey: options.loginKey,
    now: clock.now,
  })
  return {
    envId,
    config,
    collections,
    rules,
    engine,
    clock,
    storage,
    faults,
    functions,
    timers,
    identities,
    close: async (): Promise<void> => {
      await functions.close()
      engine.close()
    },
  }
}
type Services = Awaited<ReturnType<typeof openServices>>

const stepClock = ({ clock }: Services, ms: number): void => clock.setOffset(clock.offsetMs() + ms)

const moveClock = async (services: Services, ms: number): Promise<void> => {
  stepClock(services, ms)
  await services.timers.runAll()
}

/** What answers over HTTP, in the order in which it is asked. */
const openHandlers = (services: Services, options: CloudOptions): readonly Handler[] => {
  const { engine, clock, storage, faults, functions, identities, rules } = services
  const files = clientFiles(storage, rules.files)
  return [
    adminAddress({
      protocol: adminProtocol({ ...services, files }),
      functions,
      clock,
      signatures: options.signatures ?? 'ignore',
      credential: options.credential,
    }),
    storageAddresses(storage),
    clientGateway({
      identities,
      functions,
      functionRules: rules.functions,
      files,
      database: clientDatabase(engine, rules.collections, clock),
      faults,
      clock,
    }),
    consoleRoutes({
      ...services,
      functionNames: services.config.functions.map((one) => one.name),
      moveClock: (ms) => moveClock(services, ms),
      redact: redaction(options.redactedKeys ?? defaultRedactedKeys),
    }),
    openHosting(options.hosting ?? []),
  ]
}

/** Starts a CloudBase on this machine: database, functions, files, sign-in, hosting and console on one address. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const reach: Reach = { url: '' }
  const services = await openServices(options, reach)
  const { clock, functions, identities, timers } = services
  const server = await openServer(options.port, openHandlers(services, options)).catch(async (error) => {
    await services.close()
    throw error
  })
  reach.url = server.url
  if (options.isTimersOn !== false) timers.start()
  return {
    url: server.url,
    adminUrl: `${server.url}/admin`,
    accessTokenOf: identities.accessTokenOf,
    loginKey: identities.loginKey,
    publishableKey: identities.publishableKey,
    clock: {
      now: clock.now,
      move: (ms) => moveClock(services, ms),
      step: (ms) => stepClock(services, ms),
    },
    faults: services.faults,
    runTimer: timers.run,
    timers,
    startTimers: timers.start,
    invoke: functions.invoke,
    reloadFunctions: functions.reload,
    logs: functions.logs,
    invocations: functions.invocations,
    close: async () => {
      timers.stop()
      await server.close()
      await services.close()
    },
  }
}
