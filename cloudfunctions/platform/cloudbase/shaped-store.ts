import { isDeepStrictEqual } from 'node:util'
import type { PageRequest } from '../../ground/page'
import type { CollectionName, Conditions, Store } from './database'
import { type PresentShapes, type ShapeHistory, type Stored, shaped, shapeOf } from './shape'
import { setOrAdd } from './stored'

/** Queries over a collection whose documents are still being rewritten would leave some out: they wait, or fail with this. */
export class DocumentsNotReady extends Error {}

/** How far the documents of a collection have been looked at for their present shape. */
interface Progress {
  readonly shape: number
  /** The last id that was looked at. */
  readonly cursor: string | null
  readonly isDone: boolean
  /** The shape up to which all of them had been taken before. */
  readonly allFrom?: number
}
type ProgressDocument = { readonly _id: string } & Readonly<Partial<Record<string, Progress | string>>>
const progressId = 'shapes'

/** How many documents are looked at before it is remembered how far that was. */
const piece = 100
/** How many of them are rewritten at once. */
const atOnce = 20
/** How often somebody may be quicker with the same document. */
const mostTries = 20
/** How long one call of a person waits and takes part before it says that there is too much to do. */
const patienceMs = 5_000

export interface ShapedStore extends Store {
  /**
   * Takes every document of every collection to its present shape, as many as time allows, and answers whether that is
   * all of them. Cut off anywhere, doubled or begun anew it ends in the same documents.
   */
  readonly bringAllHome: (mayGoOn: () => boolean) => Promise<boolean>
}

/**
 * The store as repositories know it: every document they are handed has its collection's present shape. One that has
 * not is rewritten by whoever meets it first, by compare-and-set; those that nobody meets are rewritten in pieces, by
 * the clock and by whoever first asks a collection for more than a document by its id.
 */
export const openShapedStore = (store: Store, shapes: PresentShapes): ShapedStore => {
  const { command } = store
  const shapeNow = (name: CollectionName): number => shapes[name]?.no ?? 0

  const historyOf = async (name: CollectionName): Promise<ShapeHistory> => {
    const present = shapes[name]
    if (!present) throw new Error(`${name} has had one shape only`)
    const history = await present.history()
    if (history.steps.length !== present.no)
      throw new Error(`${name}: ${history.steps.length} steps lead to shape ${present.no}`)
    return history
  }

  /** The document as repositories and steps know it: without its number. */
  const handed = <T>({ shape: _shape, ...document }: Stored): T => document as T

  /** The document as the present shape has it. */
  const raised = async (history: ShapeHistory, found: Stored): Promise<Stored> => {
    let document = handed<Stored>(found)
    for (const step of history.steps.slice(shapeOf(found))) document = await step(document)
    return { ...(history.derive?.(document) ?? document), shape: history.steps.length }
  }

  /** One revision on: an instance of the version before that has read it must not write over what it does not know. */
  const movedOn = ({ revision }: ShapeHistory, document: Stored): Stored =>
    revision === undefined ? document : { ...document, [revision]: Number(document[revision]) + 1 }

  /** Rewrites what has changed, unless somebody has changed or rewritten it meanwhile. */
  const rewrite = async (
    name: CollectionName,
    { revision }: ShapeHistory,
    was: Stored,
    is: Stored,
  ): Promise<boolean> => {
    const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (field) => !isDeepStrictEqual(was[field], is[field]),
    )
    const updated = await store.update(
      name,
      {
        _id: was._id,
        shape: command.nin([is.shape]),
        ...(revision === undefined ? {} : { [revision]: was[revision] }),
      },
      Object.fromEntries(fields.map((field) => [field, is[field]])),
    )
    return updated === 1
  }

  /** Under its new id first: cut off between, the old one is met again and goes then. */
  const rename = async (name: CollectionName, was: Stored, is: Stored): Promise<Stored> => {
    const isAdded = await store.add(name, is)
    await store.removeMany(name, [was._id])
    return (isAdded ? undefined : await store.get<Stored>(name, is._id)) ?? is
  }

  /** The document in its present shape, as it lies in the database now; undefined when it is gone. */
  const home = async (name: CollectionName, found: Stored): Promise<Stored | undefined> => {
    const no = shapeNow(name)
    let document: Stored | undefined = found
    for (let tries = 0; tries < mostTries && document; tries += 1) {
      const shape = shapeOf(document)
      if (shape === no) break
      // A version that does not know the shape would write half of it away.
      if (shape > no) throw new Error(`${name} ${document._id}: shape ${shape} is newer than this version`)
      const history = await historyOf(name)
      const present = movedOn(history, await raised(history, document))
      if (present._id !== document._id) document = await rename(name, document, present)
      else if (await rewrite(name, history, document, present)) document = present
      else document = await store.get<Stored>(name, document._id)
      if (tries === mostTries - 1) throw new Error(`${name} ${found._id} changes faster than it is rewritten`)
    }
    return document
  }

  /** Documents that have all of their shape but its number get it together; the others one by one. */
  const homeAtOnce = async (name: CollectionName, found: readonly Stored[]): Promise<void> => {
    if (found.length === 0) return
    const history = await historyOf(name)
    const complete: string[] = []
    for (let from = 0; from < found.length; from += atOnce)
      await Promise.all(
        found.slice(from, from + atOnce).map(async (document) => {
          const isOlder = shapeOf(document) < history.steps.length
          const is = isOlder ? await raised(history, document) : document
          if (isOlder && isDeepStrictEqual(is, { ...document, shape: is.shape })) complete.push(document._id)
          else await home(name, document)
        }),
      )
    const number = history.steps.length
    await store.setInMany(name, complete, { shape: command.nin([number]) }, 'shape', number)
  }

  const homeAll = async <T>(name: CollectionName, rows: readonly T[]): Promise<readonly T[]> => {
    if (!shapes[name]) return rows
    const documents: (Stored | undefined)[] = []
    for (let from = 0; from < rows.length; from += atOnce) {
      const some = rows.slice(from, from + atOnce)
      documents.push(...(await Promise.all(some.map((row) => home(name, row as unknown as Stored)))))
    }
    return documents.flatMap((document) => (document ? [handed<T>(document)] : []))
  }

  const progressOf = async (): Promise<ProgressDocument> =>
    (await store.get<ProgressDocument>('clock_progress', progressId)) ?? { _id: progressId }

  const saveProgress = (name: CollectionName, progress: Progress): Promise<void> =>
    setOrAdd(
      () => store.update('clock_progress', { _id: progressId }, { [name]: progress }),
      () => store.add('clock_progress', { _id: progressId, [name]: progress } as ProgressDocument),
    )

  const done = new Set<string>()
  /** Those that queries need not wait for, done or not. */
  const askable = new Set<string>()
  /** How far the collection has come toward its present shape; of an earlier one it counts only that all have it. */
  const progressIn = (document: ProgressDocument, name: CollectionName): Progress => {
    const shape = shapeNow(name)
    const one = document[name]
    if (typeof one !== 'object') return { shape, cursor: null, isDone: false }
    if (one.shape === shape) return one
    const allFrom = one.isDone ? one.shape : one.allFrom
    return { shape, cursor: null, isDone: false, ...(allFrom === undefined ? {} : { allFrom }) }
  }

  /** Looks at the collection's documents from where the last who did so came to. */
  const advance = async (name: CollectionName, mayGoOn: () => boolean): Promise<boolean> => {
    let progress = progressIn(await progressOf(), name)
    const { shape } = progress
    while (!progress.isDone && mayGoOn()) {
      const rows = await store.first<Stored>(
        name,
        progress.cursor === null ? {} : { _id: command.gt(progress.cursor) },
        [['_id', 'asc']],
        piece,
      )
      await homeAtOnce(
        name,
        rows.filter((row) => shapeOf(row) !== shape),
      )
      progress = {
        ...progress,
        cursor: rows.at(-1)?._id ?? progress.cursor,
        isDone: rows.length < piece,
      }
      await saveProgress(name, progress)
    }
    if (progress.isDone) done.add(name)
    return progress.isDone
  }

  let remembered: Promise<void> | undefined
  /** What is done once stays done; asked once an instance. */
  const recall = (): Promise<void> => {
    remembered ??= progressOf().then(
      (progress) => {
        for (const name of Object.keys(shapes) as CollectionName[]) {
          const { isDone, allFrom = 0 } = progressIn(progress, name)
          if (isDone) done.add(name)
          if (allFrom >= (shapes[name]?.queriedFrom ?? shapeNow(name))) askable.add(name)
        }
      },
      (error: unknown) => {
        remembered = undefined
        throw error
      },
    )
    return remembered
  }

  const underWay = new Map<string, Promise<boolean>>()
  /** Whoever asks for more than a document by its id must not miss those that lie there in an older shape. */
  const whole = async (name: CollectionName): Promise<void> => {
    const isOpen = (): boolean => done.has(name) || askable.has(name)
    if (!shapes[name] || isOpen()) return
    await recall()
    if (isOpen()) return
    let work = underWay.get(name)
    if (!work) {
      const startedMs = performance.now()
      work = advance(name, () => performance.now() - startedMs < patienceMs).finally(() =>
        underWay.delete(name),
      )
      underWay.set(name, work)
    }
    if (!(await work)) throw new DocumentsNotReady(`the documents of ${name} are being rewritten`)
  }

  const wholeIfRenamed = async (name: CollectionName): Promise<void> => {
    if (shapes[name]?.isRenamed) await whole(name)
  }

  return {
    ...store,
    get: async <T>(name: CollectionName, id: string) => {
      await wholeIfRenamed(name)
      const document = await store.get<T>(name, id)
      return document === undefined ? undefined : (await homeAll<T>(name, [document]))[0]
    },
    getMany: async <T extends { readonly _id: string }>(
      name: CollectionName,
      ids: readonly string[],
      fields?: readonly string[],
    ) => {
      if (fields) {
        await whole(name)
        return store.getMany<T>(name, ids, fields)
      }
      await wholeIfRenamed(name)
      return homeAll<T>(name, await store.getMany<T>(name, ids))
    },
    first: async <T>(
      name: CollectionName,
      conditions: Conditions,
      order: Parameters<Store['first']>[2],
      limit: number,
      fields?: readonly string[],
    ) => {
      await whole(name)
      const rows = await store.first<T>(name, conditions, order, limit, fields)
      return fields ? rows : homeAll<T>(name, rows)
    },
    findAll: async <T>(
      name: CollectionName,
      conditions: Conditions,
      bounds: Parameters<Store['findAll']>[2],
    ) => {
      await whole(name)
      const rows = await store.findAll<T>(name, conditions, bounds)
      return bounds.fields ? rows : homeAll<T>(name, rows)
    },
    findIn: async <T extends { readonly _id: string }>(
      name: CollectionName,
      field: string,
      values: readonly string[],
      conditions: Conditions,
      bounds: Parameters<Store['findIn']>[4],
    ) => {
      await whole(name)
      const rows = await store.findIn<T>(name, field, values, conditions, bounds)
      return bounds.fields ? rows : homeAll<T>(name, rows)
    },
    page: async <T extends { readonly _id: string }>(
      name: CollectionName,
      conditions: Conditions,
      order: Parameters<Store['page']>[2],
      request: PageRequest,
      fields?: readonly string[],
    ) => {
      await whole(name)
      const { rows, nextCursor } = await store.page<T>(name, conditions, order, request, fields)
      return { rows: fields ? rows : await homeAll<T>(name, rows), nextCursor }
    },
    count: async (name, conditions) => {
      await whole(name)
      return store.count(name, conditions)
    },
    add: (name, document) => store.add(name, shaped(shapes, name, document)),
    addAll: (name, documents) =>
      store.addAll(
        name,
        documents.map((document) => shaped(shapes, name, document)),
      ),
    addMissing: (name, documents) =>
      store.addMissing(
        name,
        documents.map((document) => shaped(shapes, name, document)),
      ),
    bringAllHome: async (mayGoOn) => {
      await recall()
      for (const name of Object.keys(shapes) as CollectionName[]) {
        if (done.has(name)) continue
        if (!(await advance(name, mayGoOn))) return false
      }
      return true
    },
  }
}
