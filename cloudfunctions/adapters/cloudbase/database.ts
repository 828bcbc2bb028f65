import tcb from '@cloudbase/node-sdk'
import type { Page, PageRequest } from '../../use-cases/ports'

/** Documents as the SDK hands them over, before a repository gives them a type. */
type Row = Record<string, unknown> & { readonly _id: string }

/** The CloudBase app of the environment the function runs in; needs no key of ours there. */
export const openCloud = () => tcb.init({ env: tcb.SYMBOL_CURRENT_ENV as unknown as string })
export type Cloud = ReturnType<typeof openCloud>
export type Database = ReturnType<Cloud['database']>

export type CollectionName =
  | 'units'
  | 'partnerships'
  | 'special_units'
  | 'memberships'
  | 'rule_books'
  | 'grid_cells'
  | 'reports'
  | 'participants'
  | 'photos'
  | 'red_face_entries'
  | 'ledger'
  | 'ledger_anchors'
  | 'inbox_messages'
  | 'inbox_marks'
  | 'coverage_gaps'
  | 'limits'

type Direction = 'asc' | 'desc'
/** Conditions by field; every value has been checked. `undefined` would silently drop the filter. */
export type Conditions = Readonly<Record<string, unknown>>

const isDuplicate = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return /E11000|duplicate/i.test(`${String(code)} ${String(message)}`)
}

/** The SDK drops filters that are `undefined`, which would widen a query to everybody's documents. */
const checked = (conditions: Conditions): Conditions => {
  for (const [field, value] of Object.entries(conditions)) {
    if (value === undefined) throw new Error(`query on ${field} without a value`)
  }
  return conditions
}

/** Larger than any page; the database answers at most this many documents at once. */
export const mostAtOnce = 1000

/**
 * The only door to the database: typed reads and writes over the SDK. Repositories pass it checked values;
 * nobody else builds queries.
 */
export const openDatabase = (database: Database) => {
  const command = database.command
  const collection = (name: CollectionName) => database.collection(name)

  const get = async <T>(name: CollectionName, id: string): Promise<T | undefined> => {
    const { data } = await collection(name).where({ _id: id }).limit(1).get()
    return (data as T[])[0]
  }

  const find = async <T>(
    name: CollectionName,
    conditions: Conditions,
    order: readonly (readonly [string, Direction])[] = [],
    limit: number = mostAtOnce,
  ): Promise<readonly T[]> => {
    let query = collection(name).where(checked(conditions))
    for (const [field, direction] of order) query = query.orderBy(field, direction)
    const { data } = await query.limit(limit).get()
    return data as T[]
  }

  const getMany = async <T extends { readonly _id: string }>(
    name: CollectionName,
    ids: readonly string[],
  ): Promise<readonly T[]> => {
    if (ids.length === 0) return []
    const found = await find<T>(name, { _id: command.in([...new Set(ids)]) })
    const byId = new Map(found.map((document) => [document._id, document]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /** One page in the order of `field`, then `_id`, both in `direction`; the cursor is `value~id`. */
  const page = async <T extends { readonly _id: string }>(
    name: CollectionName,
    conditions: Conditions,
    [field, direction]: readonly [string, Direction],
    request: PageRequest,
  ): Promise<Page<T>> => {
    const beyond = direction === 'asc' ? command.gt : command.lt
    let where: unknown = checked(conditions)
    if (request.cursor !== undefined) {
      const split = request.cursor.indexOf('~')
      const value = Number(request.cursor.slice(0, split))
      const id = request.cursor.slice(split + 1)
      where = command.and([
        checked(conditions),
        command.or([{ [field]: beyond(value) }, { [field]: command.eq(value), _id: beyond(id) }]),
      ])
    }
    const { data } = await collection(name)
      .where(where as object)
      .orderBy(field, direction)
      .orderBy('_id', direction)
      .limit(request.limit + 1)
      .get()
    const rows = (data as (T & Row)[]).slice(0, request.limit)
    const last = rows[rows.length - 1]
    return {
      rows,
      nextCursor: data.length > request.limit && last ? `${String(last[field])}~${last._id}` : null,
    }
  }

  const count = async (name: CollectionName, conditions: Conditions): Promise<number> => {
    const { total } = await collection(name).where(checked(conditions)).count()
    return total ?? 0
  }

  /** False when a document with this id (or another unique key) exists already. */
  const add = async (name: CollectionName, document: { readonly _id: string }): Promise<boolean> => {
    try {
      await collection(name).add(document)
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }

  /**
   * Sets whole fields of the documents that meet the conditions and says how many there were. Without
   * `command.set` the SDK would merge nested objects; a field that is `undefined` is removed.
   */
  const update = async (
    name: CollectionName,
    conditions: Conditions & { readonly _id: string },
    fields: Readonly<Record<string, unknown>>,
  ): Promise<number> => {
    const patch = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        value === undefined ? command.remove() : command.set(value),
      ]),
    )
    const { updated } = await collection(name).where(checked(conditions)).update(patch)
    return updated ?? 0
  }

  /** Adds to a number of the one document that meets the conditions, in one step; false when none does. */
  const increase = async (
    name: CollectionName,
    conditions: Conditions & { readonly _id: string },
    field: string,
    by: number,
  ): Promise<boolean> => {
    const { updated } = await collection(name)
      .where(checked(conditions))
      .update({ [field]: command.inc(by) })
    return updated === 1
  }

  const removeMany = async (name: CollectionName, ids: readonly string[]): Promise<void> => {
    if (ids.length > 0)
      await collection(name)
        .where({ _id: command.in([...ids]) })
        .remove()
  }

  return { command, get, getMany, find, page, count, add, update, increase, removeMany }
}

export type Store = ReturnType<typeof openDatabase>
