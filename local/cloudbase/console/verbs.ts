import type { Engine } from '../database/engine'
import type { Sort } from '../database/planner'
import type { ReadJob } from '../database/queries'
import { checkFault, type Faults } from '../functions/faults'
import type { FunctionHost, FunctionLogLine } from '../functions/host'
import type { Timers } from '../functions/timers'
import type { MovableClock } from '../ground/clock'
import { type Document, readEjson } from '../ground/codec'
import type { CollectionConfig } from '../ground/config'
import { invalidParam } from '../ground/failure'
import { text } from '../server/inputs'
import type { Identities } from '../sign-in/identities'
import { checkCloudPath, type Storage } from '../storage/storage'
import type { Redaction } from './redaction'

/** The services that the console operates on. */
export interface ConsoleCloud {
  readonly engine: Engine
  readonly collections: readonly CollectionConfig[]
  readonly storage: Storage
  readonly functions: FunctionHost
  readonly functionNames: readonly string[]
  readonly timers: Timers
  readonly identities: Identities
  readonly clock: MovableClock
  readonly moveClock: (ms: number) => Promise<void>
  readonly faults: Faults
  readonly redact: Redaction
}

type Fields = Readonly<Record<string, unknown>>

/** Page size of documents, files and rows. */
const mostOnPage = 100
const usualOnPage = 20
const mostInvocations = 60
const previewChars = 300
const mostLineChars = 20_000
const mostMoveMs = 10 * 365 * 86_400_000
/** Lifetime of the signed addresses of files. */
const addressSeconds = 600

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
  const limit = Number(value ?? usualOnPage)
  if (!(limit >= 1)) throw invalidParam('limit must be a number')
  return Math.min(mostOnPage, Math.floor(limit))
}

const moveOf = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > mostMoveMs)
    throw invalidParam('ms must be a number of milliseconds, at most ten years')
  return value
}

const parsed = (row: string): unknown => JSON.parse(row) as unknown

const previewOf = (row: string) => ({
  id: (parsed(row) as { readonly _id: string | number })._id,
  preview: row.length > previewChars ? `${row.slice(0, previewChars)}…` : row,
  bytes: Buffer.byteLength(row),
})

/** The console's API: a function for each verb. Refusals are thrown as PlatformFailure. */
export const consoleVerbs = (cloud: ConsoleCloud) => {
  const { engine, functions, storage, clock, faults, redact } = cloud

  const describe = () => ({
    now: clock.now(),
    offsetMs: clock.offsetMs(),
    faults: faults.list(),
    functionNames: cloud.functionNames,
  })

  const ejson = (value: unknown, what: string): Document =>
    readEjson(JSON.stringify(value ?? {}), what, clock.now())

  /** Executes a read and describes its plan and cost. */
  const explained = async (
    plan: ReturnType<Engine['explain']>,
    job: ReadJob,
    read: () => Promise<readonly string[]>,
  ) => {
    const startedMs = performance.now()
    const rows = await read()
    const durationMs = performance.now() - startedMs
    const examined = engine.examined(job)
    return {
      plan: { ...plan, ...(examined === undefined ? {} : { examined }) },
      durationMs,
      found: rows.length,
      rows: rows.slice(0, mostOnPage).map(parsed),
    }
  }

  const idsOf = (collection: unknown, condition: Document, direction: 1 | -1, limit: number) =>
    engine.find(collection, {
      query: Object.keys(condition).length > 0 ? { _id: condition } : {},
      sort: [['_id', direction]],
      limit,
    })

  /** The page sends every id as a text: finds out whether a number is meant. */
  const idOf = async (collection: unknown, given: unknown, what: string): Promise<string | number> => {
    if (typeof given === 'number') return given
    const id = text(given, what)
    const isNumber = String(Number(id)) === id && (await idsOf(collection, { $eq: id }, 1, 1)).length === 0
    return isNumber ? Number(id) : id
  }

  /** At most `limit` ids after one id, or before it. Numbers sort before texts. */
  const idsFrom = async (collection: unknown, id: string | number, direction: 1 | -1, limit: number) => {
    const rows = await idsOf(collection, { [direction === 1 ? '$gt' : '$lt']: id }, direction, limit)
    const isOver = rows.length === limit || (typeof id === 'number') !== (direction === 1)
    if (isOver) return rows
    const others = direction === 1 ? { $gte: '' } : { $lt: Number.POSITIVE_INFINITY }
    return [...rows, ...(await idsOf(collection, others, direction, limit - rows.length))]
  }

  /** Keyset paging by `_id`: a page after or before an id, which inserts in between do not shift. */
  const documentsPage = async ({ collection, after, before, limit: asked }: Fields) => {
    const limit = limitOf(asked)
    const isBackward = before !== undefined
    const start = isBackward
      ? await idOf(collection, before, 'before')
      : after === undefined
        ? undefined
        : await idOf(collection, after, 'after')
    const read =
      start === undefined
        ? await idsOf(collection, {}, 1, limit)
        : await idsFrom(collection, start, isBackward ? -1 : 1, limit)
    // Fewer than a page before the id: the first page is shown, full.
    const rows = isBackward
      ? read.length < limit
        ? await idsOf(collection, {}, 1, limit)
        : [...read].reverse()
      : read
    const documents = rows.map(previewOf)
    const first = documents[0]?.id
    const last = documents[documents.length - 1]?.id
    const isAny = async (id: string | number, direction: 1 | -1) =>
      (await idsFrom(collection, id, direction, 1)).length > 0
    const isThere = async (id: string | number) => (await idsOf(collection, { $eq: id }, 1, 1)).length > 0
    return {
      documents,
      hasPrevious:
        first === undefined
          ? start !== undefined && ((await isThere(start)) || (await isAny(start, -1)))
          : await isAny(first, -1),
      hasNext: last !== undefined && (await isAny(last, 1)),
    }
  }

  const redactedLine = ({ at, level, text: line }: FunctionLogLine) => ({
    at,
    level,
    text: redact.text(line.length > mostLineChars ? `${line.slice(0, mostLineChars)}…` : line),
  })

  /** The latest invocations first, each with its log lines, and the lines that belong to no invocation. */
  const log = (functionName: unknown) => {
    const isWanted = (one: { readonly functionName: string }) =>
      functionName === undefined || one.functionName === functionName
    const lines = functions.logs().filter(isWanted)
    const invocations = functions.invocations().filter(isWanted).slice(-mostInvocations).reverse()
    const known = new Set(functions.invocations().map((one) => one.requestId))
    return {
      invocations: invocations.map(({ event, ...rest }) => ({
        ...rest,
        ...(event === undefined ? {} : { event: redact.value(parsed(event)) }),
        lines: lines.filter((line) => line.requestId === rest.requestId).map(redactedLine),
      })),
      others: lines
        .filter((line) => !known.has(line.requestId))
        .map((line) => ({ functionName: line.functionName, ...redactedLine(line) }))
        .reverse(),
    }
  }

  const verbs: Readonly<Record<string, (body: Fields) => unknown>> = {
    state: describe,

    /** For `tcb.init({ credentials })`. */
    'login-key': () => cloud.identities.loginKey(),

    'publishable-key': () => ({ key: cloud.identities.publishableKey() }),

    /** A ticket for the local build's sign-in. */
    ticket: ({ customUserId }) => {
      if (
        typeof customUserId !== 'string' ||
        !/^[a-zA-Z0-9_\-#@~=*(){}[\]:.,<>+]{4,32}$/.test(customUserId)
      ) {
        throw invalidParam('customUserId needs 4 to 32 letters, digits or signs')
      }
      return { ticket: cloud.identities.ticketFor(customUserId) }
    },

    collections: async () => ({
      collections: await Promise.all(
        cloud.collections.map(async ({ CollectionName: name, CreateIndexes }) => ({
          name,
          count: await engine.count(name, {}),
          indexes: CreateIndexes.map(({ IndexName, MgoKeySchema }) => ({
            name: IndexName,
            isUnique: MgoKeySchema.MgoIsUnique,
            isSparse: MgoKeySchema.MgoIsSparse === true,
            fields: MgoKeySchema.MgoIndexKeys.map((key) => ({ path: key.Name, direction: key.Direction })),
          })),
        })),
      ),
    }),

    documents: documentsPage,

    document: async ({ collection, id }) => {
      const [found] = await idsOf(collection, { $eq: await idOf(collection, id, 'id') }, 1, 1)
      if (found === undefined) throw invalidParam(`there is no document ${String(id)} any more`)
      return { document: parsed(found) }
    },

    query: ({ collection, query: asked, sort, limit }) => {
      const query = ejson(asked, 'query')
      const unasked = Object.keys(query).length === 0 ? [['_id', 1]] : []
      const find = { query, sort: sortOf(sort ?? unasked), limit: limitOf(limit) }
      return explained(engine.explain(collection, find), { kind: 'find', collection, find }, () =>
        engine.find(collection, find),
      )
    },

    aggregate: ({ collection, stages: asked }) => {
      if (!Array.isArray(asked) || asked.length === 0) throw invalidParam('stages must be a list of stages')
      const stages = asked.map((stage: unknown) => ejson(stage, 'stage'))
      const [first] = stages
      const plan =
        first?.$geoNear === undefined
          ? engine.explain(collection, { query: (first?.$match ?? {}) as Document })
          : { kind: 'near' }
      return explained(plan, { kind: 'aggregate', collection, stages }, () =>
        engine.aggregate(collection, stages),
      )
    },

    log: ({ functionName }) => log(functionName),

    files: async ({ folder, after, limit: asked }) => {
      const limit = limitOf(asked)
      const place = folder === undefined || folder === '' ? '' : checkCloudPath(folder)
      const names = await storage.list(place, after === undefined ? '' : text(after, 'after'), limit + 1)
      return { names: names.slice(0, limit), hasNext: names.length > limit }
    },

    /** Relative: the page may have reached this machine by another host name. */
    'file-address': async ({ path }) => {
      const { pathname, search } = new URL(
        await storage.downloadUrl(storage.idOf(checkCloudPath(path)), addressSeconds),
      )
      return { address: `${pathname}${search}` }
    },

    timers: () => ({ timers: cloud.timers.list() }),

    'run-timer': ({ functionName, triggerName }) => {
      const timer = cloud.timers
        .list()
        .find(
          (one) =>
            one.functionName === functionName &&
            (triggerName === undefined || one.triggerName === triggerName),
        )
      if (!timer) throw invalidParam(`${String(functionName)} has no timer`)
      return cloud.timers.run(timer.functionName, timer.triggerName)
    },

    'move-clock': async ({ ms }) => {
      await cloud.moveClock(moveOf(ms))
      return describe()
    },
    'step-clock': ({ ms }) => {
      clock.setOffset(clock.offsetMs() + moveOf(ms))
      return describe()
    },
    'reset-clock': async () => {
      await cloud.moveClock(-clock.offsetMs())
      return describe()
    },

    'add-fault': (fault) => ({ id: faults.add(checkFault(fault)) }),
    'remove-fault': ({ id }) => {
      if (!faults.remove(String(id))) throw invalidParam('there is no such fault')
      return describe()
    },
    'clear-faults': () => {
      faults.clear()
      return describe()
    },
  }

  return async (verb: string, body: Fields): Promise<unknown> => {
    const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!act) throw invalidParam(`the console knows no ${verb}`)
    return act(body)
  }
}
