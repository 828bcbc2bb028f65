import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { MovableClock } from '../ground/clock'
import type { FunctionConfig } from '../ground/config'
import { PlatformFailure } from '../ground/failure'
import type { Credential, Identity } from '../sign-in/identity'
import type { Caller, Faults } from './faults'
import { platformVariables } from './platform-variables'

export interface FunctionLogLine {
  readonly at: number
  readonly functionName: string
  readonly requestId: string
  readonly level: string
  readonly text: string
}

/** Where an invocation comes from: its trigger, and the call chain that functions read as TCB_SOURCE. */
export interface Origin {
  readonly trigger: 'client' | 'function' | 'timer' | 'console'
  /** `wx_client,scf`: called by a function that a mini-program called. */
  readonly source: string
  /** The IP address that the client called from; empty where none did. */
  readonly address?: string
}

/** One run of a function. */
export interface Invocation {
  readonly requestId: string
  readonly functionName: string
  readonly trigger: Origin['trigger']
  readonly source: Origin['source']
  readonly caller: Identity['kind']
  readonly eventBytes: number
  /** As JSON; left out when it is larger than 16 KB. */
  readonly event?: string
  readonly at: number
  /** Whether an instance had to be started first. */
  readonly isColdStart: boolean
  /** Undefined while it runs. */
  durationMs?: number
  /** The platform's code of a failure; undefined when all is well. */
  code?: string
}

export interface InvocationResult {
  readonly requestId: string
  readonly durationMs: number
  readonly value: unknown
}

interface Instance {
  readonly worker: Worker
  /** Temporary credentials of this instance alone: requests signed with them are attributed to it. */
  readonly secretId: string
  readonly secretKey: string
  readonly sessionToken: string
  /** How far its clock is ahead of this machine's. */
  offsetMs: number
  /** The invocation it is executing, and on whose behalf. */
  requestId: string
  identity: Identity
  source: string
  address: string
  isBusy: boolean
  /** Loaded before the latest reload: dropped when it becomes idle. */
  isStale: boolean
  usedAtMs: number
}

const defaultMostInstances = 4
const defaultIdleMs = 5 * 60_000
const mostLogLines = 500
const mostInvocations = 200
/** Limit for an event and for an answer: https://cloud.tencent.com/document/product/583/11637 */
const mostBytes = 6 * 1024 * 1024
/** Larger events are not kept in the log. */
const mostKeptBytes = 16 * 1024

/**
 * The environment variables that name the address a client called from: to the SDK's `getClientIP`, and of a mini-program
 * to `getWXContext`, where an IPv4 address has its IPv6 form too.
 */
const addressEnvironment = (identity: Identity, address: string): Record<string, string> => {
  if (address === '') return {}
  const plain = address.replace(/^::ffff:(?=[0-9.]+$)/, '')
  const isOfFour = !plain.includes(':')
  return {
    TCB_SOURCE_IP: plain,
    ...(identity.kind !== 'wechat'
      ? {}
      : isOfFour
        ? { WX_CLIENTIP: plain, WX_CLIENTIPV6: `::ffff:${plain}` }
        : { WX_CLIENTIPV6: plain }),
  }
}

/** The environment variables from which the SDK reads the caller; TCB_CONTEXT_KEYS and WX_CONTEXT_KEYS list them. */
const identityEnvironment = (identity: Identity): Record<string, string> => {
  if (identity.kind === 'none') return {}
  if (identity.kind === 'wechat') return { WX_OPENID: identity.openId, WX_APPID: identity.appId }
  return {
    TCB_UUID: identity.uid,
    TCB_ISANONYMOUS_USER: String(identity.kind === 'anonymous'),
    ...(identity.kind === 'custom' ? { TCB_CUSTOM_USER_ID: identity.customUserId } : {}),
  }
}

const listedIn = (environment: Record<string, string>, prefix: string): string =>
  Object.keys(environment)
    .filter((key) => key.startsWith(prefix))
    .join(',')

/** Runs functions as the platform does: isolated instances, one invocation at a time in each, timers. */
export const openFunctionHost = (options: {
  readonly envId: string
  readonly functionRoot: string
  readonly functions: readonly FunctionConfig[]
  readonly adminUrl: () => string
  readonly clock: MovableClock
  readonly faults: Faults
  /** Instances of one function at the same time; further invocations wait. */
  readonly mostInstances?: number
  /** Idle instances are terminated after so long. */
  readonly idleMs?: number
  readonly onLog?: (line: FunctionLogLine) => void
}) => {
  const instances = new Map<string, Instance[]>()
  const waiting = new Map<string, (() => void)[]>()
  const logs: FunctionLogLine[] = []
  const invocations: Invocation[] = []
  const { mostInstances = defaultMostInstances, idleMs = defaultIdleMs } = options
  const configs = new Map(options.functions.map((one) => [one.name, one]))
  let isClosed = false

  const log = (line: FunctionLogLine): void => {
    logs.push(line)
    if (logs.length > mostLogLines) logs.splice(0, logs.length - mostLogLines)
    options.onLog?.(line)
  }

  const launch = (config: FunctionConfig): Instance => {
    const [moduleName = 'index', exportName = 'main'] = config.handler.split('.')
    const file = path.join(options.functionRoot, config.name, `${moduleName}.js`)
    if (!existsSync(file))
      throw new PlatformFailure('FUNCTION_NOT_FOUND', `${file} does not exist: build the functions first`)
    const [secretId, secretKey, sessionToken] = [
      `local-${randomBytes(12).toString('hex')}`,
      randomBytes(16).toString('hex'),
      randomBytes(16).toString('hex'),
    ]
    const offsetMs = options.clock.offsetMs()
    const worker = new Worker(path.join(__dirname, 'worker.cjs'), {
      workerData: {
        file,
        exportName,
        offsetMs,
        mostBytes: config.memorySize * 1024 * 1024,
      },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: config.memorySize },
      env: {
        PATH: process.env.PATH ?? '',
        TZ: 'UTC',
        ...platformVariables(options.envId),
        TENCENTCLOUD_SECRETID: secretId,
        TENCENTCLOUD_SECRETKEY: secretKey,
        TENCENTCLOUD_SESSIONTOKEN: sessionToken,
        SCF_FUNCTIONNAME: config.name,
        SCF_RUNTIME: config.runtime,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: options.adminUrl() }),
        ...config.envVariables,
      },
    })
    const instance: Instance = {
      worker,
      secretId,
      secretKey,
      sessionToken,
      offsetMs,
      requestId: '',
      identity: { kind: 'none' },
      source: '',
      address: '',
      isBusy: false,
      isStale: false,
      usedAtMs: performance.now(),
    }
    // Work left running after an answer may throw later: that terminates the instance and must not crash the process.
    worker.on('error', (error) => {
      if (!instance.isBusy) {
        const text = error.stack ?? error.message
        log({ at: options.clock.now(), functionName: config.name, requestId: '', level: 'error', text })
        // Dropped at once: the next invocation must not be given to an instance that is exiting.
        drop(config.name, instance)
      }
    })
    worker.on('exit', () => drop(config.name, instance))
    return instance
  }

  const drop = (name: string, instance: Instance): void => {
    instances.set(
      name,
      (instances.get(name) ?? []).filter((one) => one !== instance),
    )
    void instance.worker.terminate()
  }

  /** An idle instance, a new one, or the next to become idle. */
  const acquire = async (
    config: FunctionConfig,
  ): Promise<{ readonly instance: Instance; readonly isColdStart: boolean }> => {
    for (;;) {
      if (isClosed) throw new PlatformFailure('SYS_ERR', 'the cloud is closing')
      const known = instances.get(config.name) ?? []
      const free = known.find((one) => !one.isBusy)
      if (free) {
        free.isBusy = true
        return { instance: free, isColdStart: false }
      }
      if (known.length < mostInstances) {
        const fresh = launch(config)
        fresh.isBusy = true
        instances.set(config.name, [...known, fresh])
        return { instance: fresh, isColdStart: true }
      }
      await new Promise<void>((resolve) => {
        waiting.set(config.name, [...(waiting.get(config.name) ?? []), resolve])
      })
    }
  }

  const release = (name: string, instance: Instance): void => {
    instance.isBusy = false
    instance.usedAtMs = performance.now()
    if (instance.isStale) drop(name, instance)
    const [next, ...rest] = waiting.get(name) ?? []
    waiting.set(name, rest)
    next?.()
  }

  const invokeOnce = async (
    name: string,
    event: unknown,
    identity: Identity,
    { trigger, source, address = '' }: Origin,
  ): Promise<InvocationResult> => {
    const config = configs.get(name)
    if (!config) throw new PlatformFailure('FUNCTION_NOT_FOUND', `there is no function ${name}`)
    const requestId = randomUUID()
    const startedMs = performance.now()
    const eventText = JSON.stringify(event ?? {})
    const eventBytes = Buffer.byteLength(eventText)
    if (eventBytes > mostBytes)
      throw new PlatformFailure('EXCEED_REQUEST_SIZE_LIMIT', 'the event is larger than 6 MB')
    const { instance, isColdStart } = await acquire(config)
    instance.requestId = requestId
    instance.identity = identity
    instance.source = source
    instance.address = address
    instance.offsetMs = options.clock.offsetMs()
    const invocation: Invocation = {
      requestId,
      functionName: name,
      trigger,
      source,
      caller: identity.kind,
      eventBytes,
      ...(eventBytes > mostKeptBytes ? {} : { event: eventText }),
      at: options.clock.now(),
      isColdStart,
    }
    invocations.push(invocation)
    if (invocations.length > mostInvocations) invocations.shift()
    const own = { ...identityEnvironment(identity), ...addressEnvironment(identity, address) }
    const environment: Record<string, string> = {
      ...own,
      TCB_ENV: options.envId,
      TCB_SOURCE: source,
      TCB_SEQID: requestId,
      TRIGGER_SRC: trigger === 'timer' ? 'timer' : 'tcb',
      WX_CONTEXT_KEYS: listedIn(own, 'WX_'),
      TCB_CONTEXT_KEYS: ['TCB_ENV,TCB_SOURCE,TCB_SEQID', listedIn(own, 'TCB_')]
        .filter((one) => one)
        .join(','),
    }
    const { worker } = instance
    const note = (level: string, text: string) =>
      log({ at: options.clock.now(), functionName: name, requestId, level, text })

    const outcome = await new Promise<
      | { readonly kind: 'done'; readonly result: string }
      | { readonly kind: 'failed' | 'broken'; readonly code: string; readonly message: string }
    >((resolve) => {
      const finish = (value: Parameters<typeof resolve>[0]) => {
        clearTimeout(timer)
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        resolve(value)
      }
      const onMessage = (message: {
        kind: string
        id?: string
        level?: string
        text?: string
        result?: string
        message?: string
      }) => {
        if (message.kind === 'log') note(message.level ?? 'info', message.text ?? '')
        else if (message.kind === 'memory') finish(outOfMemory)
        else if (message.id === requestId && message.kind === 'done')
          finish({ kind: 'done', result: message.result ?? 'null' })
        else if (message.id === requestId) {
          finish({ kind: 'failed', code: 'FUNCTIONS_EXECUTE_FAIL', message: message.message ?? 'failed' })
        }
      }
      const outOfMemory = {
        kind: 'broken',
        code: 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED',
        message: `${name} needs more than its ${config.memorySize} MB`,
      } as const
      const onError = (error: NodeJS.ErrnoException) =>
        finish(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? outOfMemory
            : { kind: 'broken', code: 'FUNCTIONS_EXECUTE_FAIL', message: error.stack ?? error.message },
        )
      const onExit = () =>
        finish({ kind: 'broken', code: 'FUNCTIONS_EXECUTE_FAIL', message: `${name} exited` })
      const timer = setTimeout(
        () =>
          finish({
            kind: 'broken',
            code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
            message: `${name} did not answer within ${config.timeout} s`,
          }),
        config.timeout * 1000,
      )
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      worker.postMessage({
        id: requestId,
        event,
        context: {
          request_id: requestId,
          function_name: name,
          memory_limit_in_mb: config.memorySize,
          time_limit_in_ms: config.timeout * 1000,
          namespace: options.envId,
        },
        environment,
        offsetMs: instance.offsetMs,
      })
    })

    const durationMs = performance.now() - startedMs
    invocation.durationMs = durationMs
    if (outcome.kind !== 'done') invocation.code = outcome.code
    if (outcome.kind === 'broken') drop(name, instance)
    release(name, instance)
    if (outcome.kind !== 'done') {
      note('error', outcome.message)
      throw new PlatformFailure(outcome.code, outcome.message.split('\n')[0] ?? outcome.code)
    }
    note('info', `finished in ${durationMs.toFixed(1)} ms`)
    if (Buffer.byteLength(outcome.result) > mostBytes) {
      invocation.code = 'FUNCTIONS_EXECUTE_FAIL'
      throw new PlatformFailure(invocation.code, `the answer of ${name} is larger than 6 MB`)
    }
    return { requestId, durationMs, value: JSON.parse(outcome.result) as unknown }
  }

  const invoke = (
    name: string,
    event: unknown,
    identity: Identity = { kind: 'none' },
    origin: Origin = { trigger: 'console', source: '' },
  ): Promise<InvocationResult> =>
    options.faults.deliver(name, () => invokeOnce(name, event, identity, origin))

  /** The invocation whose instance has these credentials, with the secret they are checked by. */
  const callerOf = (secretId: string): (Caller & { readonly credential: Credential }) | undefined => {
    for (const [functionName, known] of instances) {
      const instance = known.find((one) => one.secretId === secretId)
      if (instance) {
        const crash = () => drop(functionName, instance)
        const { requestId, identity, source, address, secretKey, sessionToken, offsetMs } = instance
        const credential = { secretKey, sessionToken, nowMs: Date.now() + offsetMs }
        return { functionName, requestId, identity, source, address, crash, credential }
      }
    }
    return undefined
  }

  const evictIdle = setInterval(
    () => {
      const now = performance.now()
      for (const [name, known] of instances) {
        for (const instance of known)
          if (!instance.isBusy && now - instance.usedAtMs > idleMs) drop(name, instance)
      }
    },
    Math.min(60_000, idleMs),
  )
  evictIdle.unref()

  return {
    invoke,
    callerOf,
    logs: () => logs,
    invocations: (): readonly Invocation[] => invocations,
    /** Makes the next invocations load the code anew. */
    reload: () => {
      for (const [name, known] of instances) {
        for (const instance of known) {
          if (instance.isBusy) instance.isStale = true
          else drop(name, instance)
        }
      }
    },
    close: async () => {
      isClosed = true
      clearInterval(evictIdle)
      for (const list of waiting.values()) for (const next of list) next()
      const all = [...instances.values()].flat()
      instances.clear()
      await Promise.all(all.map((instance) => instance.worker.terminate()))
    },
  }
}
export type FunctionHost = ReturnType<typeof openFunctionHost>
