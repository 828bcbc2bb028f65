import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { MovableClock } from '../clock'
import { readEjson } from '../codec'
import type { Engine } from '../engine/engine'
import type { Sort } from '../engine/planner'
import { invalidParam, PlatformFailure } from '../failure'
import { checkFault, type Faults } from '../faults'
import type { FunctionHost } from '../functions/host'
import type { Timers } from '../functions/timers'
import { isFromHere, readFields, sendJson } from '../http'
import type { Identities } from '../identities'

/** `[["field", 1], …]`. */
const sortOf = (value: unknown): Sort => {
  if (!Array.isArray(value)) throw invalidParam('sort must be a list of fields with 1 or -1')
  return value.map((one: unknown) => {
    const [field, order] = Array.isArray(one) ? (one as unknown[]) : []
    if (typeof field !== 'string' || (order !== 1 && order !== -1)) {
      throw invalidParam('sort must be a list of fields with 1 or -1')
    }
    return [field, order] as const
  })
}

const limitOf = (value: unknown): number => {
  const limit = Number(value ?? 20)
  if (!(limit >= 1)) throw invalidParam('limit must be a number')
  return Math.min(100, Math.floor(limit))
}

/** The console page and what it (and the local build's sign-in) asks for. */
export const consoleRoutes = (cloud: {
  readonly engine: Engine
  readonly functions: FunctionHost
  readonly timers: Timers
  readonly identities: Identities
  readonly clock: MovableClock
  readonly moveClock: (ms: number) => Promise<void>
  readonly faults: Faults
}) => {
  const { engine, functions, identities, clock } = cloud

  const describe = async () => ({
    now: clock.now(),
    offsetMs: clock.offsetMs(),
    collections: await Promise.all(
      engine.collectionNames().map(async (name) => ({ name, count: await engine.count(name, {}) })),
    ),
    timers: cloud.timers.list(),
    faults: cloud.faults.list(),
    log: functions.logs().slice(-120).reverse(),
  })

  const handle = async (verb: string, body: Record<string, unknown>): Promise<unknown> => {
    switch (verb) {
      case 'state':
        return describe()
      case 'ticket': {
        const { customUserId } = body
        if (
          typeof customUserId !== 'string' ||
          !/^[a-zA-Z0-9_\-#@~=*(){}[\]:.,<>+]{4,32}$/.test(customUserId)
        ) {
          throw invalidParam('customUserId needs 4 to 32 letters, digits or signs')
        }
        return { ticket: identities.ticketFor(customUserId) }
      }
      case 'query': {
        const query = readEjson(JSON.stringify(body.query ?? {}), 'query', clock.now())
        const unasked = Object.keys(query).length === 0 ? [['_id', 1]] : []
        const find = { query, sort: sortOf(body.sort ?? unasked), limit: limitOf(body.limit) }
        const plan = engine.explain(body.collection, find)
        const startedMs = performance.now()
        const rows = await engine.find(body.collection, find)
        return {
          plan,
          durationMs: performance.now() - startedMs,
          rows: rows.map((row) => JSON.parse(row) as unknown),
        }
      }
      case 'move-clock': {
        const ms = Number(body.ms)
        if (!Number.isFinite(ms) || Math.abs(ms) > 10 * 365 * 86_400_000)
          throw invalidParam('ms must be a number of milliseconds')
        await cloud.moveClock(ms)
        return describe()
      }
      case 'add-fault':
        return { id: cloud.faults.add(checkFault(body)) }
      case 'remove-fault':
        if (!cloud.faults.remove(String(body.id))) throw invalidParam('there is no such fault')
        return describe()
      case 'clear-faults':
        cloud.faults.clear()
        return describe()
      case 'reset-clock':
        await cloud.moveClock(-clock.offsetMs())
        return describe()
      case 'run-timer': {
        const timer = cloud.timers
          .list()
          .find(
            (one) =>
              one.functionName === body.functionName &&
              (body.triggerName === undefined || one.triggerName === body.triggerName),
          )
        if (!timer) throw invalidParam(`${String(body.functionName)} has no timer`)
        return cloud.timers.run(timer.functionName, timer.triggerName)
      }
      default:
        throw invalidParam(`the console knows no ${verb}`)
    }
  }

  /** False when the address is none of the console's. */
  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
    if (pathname === '/console') {
      const page = await readFile(path.join(__dirname, 'page.html'))
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
        .end(page)
      return true
    }
    const verb = /^\/local\/([a-z-]+)$/.exec(pathname)?.[1]
    if (!verb) return false
    if (!isFromHere(request)) {
      sendJson(response, 403, { code: 'PERMISSION_DENIED', message: 'only for pages of this machine' })
      return true
    }
    if (request.method !== 'POST' && verb !== 'state') {
      sendJson(response, 405, { code: 'INVALID_PARAM', message: 'POST only' })
      return true
    }
    try {
      const body = request.method === 'POST' ? await readFields(request) : {}
      sendJson(response, 200, await handle(verb, body))
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error
      sendJson(response, 400, { code: error.code, message: error.message })
    }
    return true
  }
}
