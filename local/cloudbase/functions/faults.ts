import { randomUUID } from 'node:crypto'
import { invalidParam, PlatformFailure } from '../ground/failure'
import type { Identity } from '../sign-in/identity'

/** Before: the step is not executed. After: it is executed and durable, but its answer is lost. */
export type FaultMoment = 'before' | 'after'

/** `action` is a prefix of action names, like `database.` or `storage.getUploadMetadata`; every action without it. */
export type Fault =
  | { readonly kind: 'latency'; readonly action?: string; readonly ms: number }
  | {
      readonly kind: 'error'
      readonly action?: string
      /** The platform's code that is answered. */
      readonly code: string
      readonly when?: FaultMoment
      /** So many matching steps succeed first; 0 by default. */
      readonly skip?: number
      /** So many then fail; all by default. */
      readonly times?: number
    }
  | {
      readonly kind: 'crash'
      /** Ends the function's instance, or this whole process with SIGKILL. */
      readonly target?: 'function' | 'cloud'
      /** Only invocations of this function. */
      readonly functionName?: string
      /** The number of the invocation's database step, from 1. */
      readonly step: number
      readonly when: FaultMoment
      /** So many invocations crash; 1 by default. */
      readonly times?: number
    }
  | {
      readonly kind: 'delivery'
      readonly functionName?: string
      /** Delays each invocation by so much. */
      readonly delayMs?: number
      /** Invokes the function so many times, one after the other; the caller gets the first answer. */
      readonly copies?: number
    }

export interface ActiveFault {
  readonly id: string
  readonly fault: Fault
  /** How often it has been triggered. */
  readonly struck: number
}

/** The invocation that a step belongs to. */
export interface Caller {
  readonly functionName: string
  readonly requestId: string
  /** On whose behalf it runs; passed on to the functions that it calls. */
  readonly identity: Identity
  /** Its own TCB_SOURCE: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html */
  readonly source: string
  /** Whence the client called in whose name it runs; passed on like the identity. */
  readonly address: string
  /** Terminates its instance. */
  readonly crash: () => void
}

/** Thrown where no answer may be sent: the connection is closed instead, as when the server dies. */
export class Unanswered extends Error {}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const isCount = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= 3_600_000

const checkers: Readonly<Record<string, (fault: Record<string, unknown>) => boolean>> = {
  latency: ({ ms }) => isCount(ms, 1),
  error: ({ code, when = 'before', skip = 0, times = 1 }) =>
    typeof code === 'string' &&
    /^[A-Z][A-Z_]{2,60}$/.test(code) &&
    ['before', 'after'].includes(String(when)) &&
    isCount(skip, 0) &&
    isCount(times, 1),
  crash: ({ target = 'function', step, when, times = 1 }) =>
    ['function', 'cloud'].includes(String(target)) &&
    isCount(step, 1) &&
    ['before', 'after'].includes(String(when)) &&
    isCount(times, 1),
  delivery: ({ delayMs = 0, copies = 1 }) =>
    isCount(delayMs, 0) && isCount(copies, 1) && Number(copies) <= 10,
}

const isNameOrNothing = (value: unknown): boolean =>
  value === undefined || (typeof value === 'string' && value !== '')

/** Validates a fault. Refuses INVALID_PARAM. */
export const checkFault = (asked: unknown): Fault => {
  const fault = (typeof asked === 'object' && asked !== null ? asked : {}) as Record<string, unknown>
  const kind = String(fault.kind)
  const check = Object.hasOwn(checkers, kind) ? checkers[kind] : undefined
  if (!check?.(fault) || !isNameOrNothing(fault.action) || !isNameOrNothing(fault.functionName)) {
    throw invalidParam(`this is no fault: ${JSON.stringify(asked)}`)
  }
  return fault as unknown as Fault
}

/** Fault injection: crashes, errors, latency and repeated deliveries, switched on and off while the cloud runs. */
export const openFaults = (endProcess: () => void) => {
  const active = new Map<string, { readonly fault: Fault; struck: number; met: number }>()
  /** Invocation → database steps so far. */
  const steps = new Map<string, number>()
  const mostInvocations = 1000
  /** Key for steps of programs that are no function of this cloud; counted from the latest fault on. */
  const outside = ''

  const countStep = (requestId: string): number => {
    const step = (steps.get(requestId) ?? 0) + 1
    steps.set(requestId, step)
    const [oldest] = steps.keys()
    if (steps.size > mostInvocations && oldest !== undefined) steps.delete(oldest)
    return step
  }

  const isMeant = (fault: { readonly action?: string }, action: string): boolean =>
    action.startsWith(fault.action ?? '')

  const strike = (
    fault: Fault,
    one: { struck: number; met: number },
    at: { readonly action: string; readonly caller: Caller | undefined; readonly step: number },
    moment: FaultMoment,
  ): void => {
    if (fault.kind === 'error' && (fault.when ?? 'before') === moment && isMeant(fault, at.action)) {
      one.met += 1
      const isSpared = one.met <= (fault.skip ?? 0)
      const isOver = one.struck >= (fault.times ?? Number.POSITIVE_INFINITY)
      if (isSpared || isOver) return
      one.struck += 1
      throw new PlatformFailure(fault.code, `${at.action} fails on purpose`)
    }
    if (fault.kind !== 'crash' || fault.when !== moment || fault.step !== at.step) return
    if (one.struck >= (fault.times ?? 1)) return
    if (fault.functionName !== undefined && at.caller?.functionName !== fault.functionName) return
    if (fault.target !== 'cloud' && !at.caller) return
    one.struck += 1
    if (fault.target === 'cloud') endProcess()
    else at.caller?.crash()
    throw new Unanswered('crashed on purpose')
  }

  return {
    /** Activates a fault; returns its id. */
    add: (fault: Fault): string => {
      const id = randomUUID()
      steps.delete(outside)
      active.set(id, { fault: checkFault(fault), struck: 0, met: 0 })
      return id
    },
    remove: (id: string): boolean => active.delete(id),
    clear: (): void => active.clear(),
    list: (): readonly ActiveFault[] => [...active].map(([id, { fault, struck }]) => ({ id, fault, struck })),

    /** Executes one step of the protocol under the active faults. Throws Unanswered when no answer may be sent. */
    around: async <T>(action: string, caller: Caller | undefined, work: () => Promise<T> | T): Promise<T> => {
      const isDatabaseStep = action.startsWith('database.')
      const step = isDatabaseStep ? countStep(caller?.requestId ?? outside) : 0
      if (active.size === 0) return work()
      for (const one of active.values()) {
        if (one.fault.kind !== 'latency' || !isMeant(one.fault, action)) continue
        one.struck += 1
        await wait(one.fault.ms)
      }
      for (const one of active.values()) strike(one.fault, one, { action, caller, step }, 'before')
      const answer = await work()
      for (const one of active.values()) strike(one.fault, one, { action, caller, step }, 'after')
      return answer
    },

    /** Invokes under the active faults: delayed, or repeated; outcomes of the repetitions are only logged. */
    deliver: async <T>(functionName: string, invoke: () => Promise<T>): Promise<T> => {
      let copies = 1
      for (const one of active.values()) {
        const { fault } = one
        if (fault.kind !== 'delivery' || (fault.functionName ?? functionName) !== functionName) continue
        one.struck += 1
        if (fault.delayMs) await wait(fault.delayMs)
        copies = Math.max(copies, fault.copies ?? 1)
      }
      const outcome = await invoke().then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error
        },
      )
      for (let copy = 1; copy < copies; copy += 1) await invoke().catch(() => {})
      return outcome()
    },
  }
}
export type Faults = ReturnType<typeof openFaults>
