import tcb from '@cloudbase/node-sdk'
import type { Page, PageRequest } from '../../ground/page'

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
  | 'invitations'
  | 'rule_books'
  | 'grid_cells'
  | 'reports'
  | 'report_sheets'
  | 'report_numbers'
  | 'receipts'
  | 'trace_pieces'
  | 'participants'
  | 'photos'
  | 'red_face_entries'
  | 'ledger'
  | 'ledger_anchors'
  | 'ledger_chains'
  | 'inbox_messages'
  | 'inbox_marks'
  | 'coverage_gaps'
  | 'calendar_notices'
  | 'clock_progress'
  | 'limits'
  | 'figures'
  | 'figure_rows'
  | 'figure_row_sheets'
  | 'unit_changes'
  | 'unit_change_sheets'
  | 'jobs'
  | 'job_sheets'
  | 'list_rows'
  | 'sign_ins'
  | 'web_sessions'
  | 'bonds'
  | 'bond_sheets'

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

/** What the database answers at most at once; a read that could meet it pages on or asks for fewer. */
export const mostAtOnce = 1000
/** How many values one `in` may list: a longer list makes a slow plan and a large request. */
const mostValues = 200

/** How many documents one call adds. */
const mostAdded = 100

/** How a read of everything is bounded, and what of each document it brings. */
export interface Whole {
  /** There being more is a bug, or somebody's flood: the read then fails, and nothing is cut silently. */
  readonly atMost: number
  /** The fields that are wanted besides `_id`; absent: the whole document. */
  readonly fields?: readonly string[]
  /** The numeric field that the index holds behind those of the conditions; absent: `_id` alone. */
  readonly by?: string
}

/** What changes with numbers that are increased. */
export interface Increasing {
  readonly set?: Readonly<Record<string, unknown>>
  /** By list: one value more at its end, and so many of the latest kept; absent: all of them. */
  readonly push?: Readonly<Record<string, { readonly one: string; readonly latest?: number }>>
}

const inChunks = <T>(values: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / mostValues) }, (_, chunk) =>
    values.slice(chunk * mostValues, (chunk + 1) * mostValues),
  )

/**
 * The only door to the database: typed reads and writes over the SDK. Repositories pass it checked values;
 * nobody else builds queries.
 */
export const openDatabase = <Name extends string = CollectionName>(database: Database) => {
  const command = database.command
  const collection = (name: Name) => database.collection(name)

  const get = async <T>(name: Name, id: string): Promise<T | undefined> => {
    const { data } = await collection(name).where({ _id: id }).limit(1).get()
    return (data as T[])[0]
  }

  const read = async (
    name: Name,
    where: unknown,
    order: readonly (readonly [string, Direction])[],
    limit: number,
    fields?: readonly string[],
  ): Promise<readonly Row[]> => {
    let query = collection(name).where(where as object)
    for (const [field, direction] of order) query = query.orderBy(field, direction)
    if (fields) query = query.field(Object.fromEntries(fields.map((field) => [field, true])))
    const { data } = await query.limit(limit).get()
    return data as Row[]
  }

  /** The first `limit` in this order: for those who mean the first few and know that there may be more. */
  const first = async <T>(
    name: Name,
    conditions: Conditions,
    order: readonly (readonly [string, Direction])[],
    limit: number,
    fields?: readonly string[],
  ): Promise<readonly T[]> => {
    if (limit > mostAtOnce) throw new RangeError(`${limit} documents of ${name} at once`)
    return (await read(name, checked(conditions), order, limit, fields)) as readonly T[]
  }

  /**
   * What meets the conditions and lies behind a row in the order of `field`, then `_id`. Where it begins is said plainly
   * as well: a planner that takes no bound from alternatives would read everything before it.
   */
  const behind = (
    conditions: Conditions,
    [field, direction]: readonly [string, Direction],
    value: unknown,
    id: string,
  ): unknown => {
    const [beyond, from] = direction === 'asc' ? [command.gt, command.gte] : [command.lt, command.lte]
    return command.and([
      checked(conditions),
      { [field]: from(value) },
      command.or([{ [field]: beyond(value) }, { [field]: command.eq(value), _id: beyond(id) }]),
    ])
  }

  /** Every document that meets the conditions, read page by page. Throws when there are more than `atMost`. */
  const findAll = async <T>(
    name: Name,
    conditions: Conditions,
    { atMost, fields, by }: Whole,
  ): Promise<readonly T[]> => {
    const found: Row[] = []
    const order = [...(by === undefined ? [] : [by]), '_id'].map((field) => [field, 'asc'] as const)
    let where: unknown = checked(conditions)
    for (;;) {
      const limit = Math.min(mostAtOnce, atMost + 1 - found.length)
      const page = await read(name, where, order, limit, fields && [...fields, ...(by ? [by] : [])])
      found.push(...page)
      if (found.length > atMost) {
        throw new Error(`more than ${atMost} documents of ${name} with ${Object.keys(conditions).join(', ')}`)
      }
      const last = page[page.length - 1]
      if (page.length < limit || !last) return found as unknown as readonly T[]
      where =
        by === undefined
          ? command.and([checked(conditions), { _id: command.gt(last._id) }])
          : behind(conditions, [by, 'asc'], last[by], last._id)
    }
  }

  /**
   * Every document with one of the values in `field`, each once, in no order. One read serves where few have
   * them; where the values are many or their documents are, it goes on in parts.
   */
  const findIn = async <T extends { readonly _id: string }>(
    name: Name,
    field: string,
    values: readonly string[],
    conditions: Conditions,
    whole: Whole,
  ): Promise<readonly T[]> => {
    const byId = new Map<string, T>()
    const keep = (rows: readonly T[]): void => {
      for (const row of rows) byId.set(row._id, row)
      if (byId.size > whole.atMost)
        throw new Error(`more than ${whole.atMost} documents of ${name} by ${field}`)
    }
    const take = async (part: readonly string[]): Promise<void> => {
      const [only] = part
      if (only === undefined) return
      if (part.length === 1) return keep(await findAll<T>(name, { ...conditions, [field]: only }, whole))
      const where = checked({ ...conditions, [field]: command.in([...part]) })
      const rows = await read(name, where, [], mostAtOnce, whole.fields)
      if (rows.length < mostAtOnce) return keep(rows as unknown as readonly T[])
      const half = Math.ceil(part.length / 2)
      await take(part.slice(0, half))
      await take(part.slice(half))
    }
    for (const chunk of inChunks([...new Set(values)])) await take(chunk)
    return [...byId.values()]
  }

  const getMany = async <T extends { readonly _id: string }>(
    name: Name,
    ids: readonly string[],
    fields?: readonly string[],
  ): Promise<readonly T[]> => {
    const found: T[] = []
    for (const chunk of inChunks([...new Set(ids)])) {
      found.push(...(await first<T>(name, { _id: command.in([...chunk]) }, [], mostAtOnce, fields)))
    }
    const byId = new Map(found.map((document) => [document._id, document]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /** One page in the order of `field`, then `_id`, both in `direction`; the cursor is `value~id`. `fields`: see `Whole`. */
  const page = async <T extends { readonly _id: string }>(
    name: Name,
    conditions: Conditions,
    [field, direction]: readonly [string, Direction],
    request: PageRequest,
    fields?: readonly string[],
  ): Promise<Page<T>> => {
    let where: unknown = checked(conditions)
    if (request.cursor !== undefined) {
      const split = request.cursor.indexOf('~')
      const value = Number(request.cursor.slice(0, split))
      where = behind(conditions, [field, direction], value, request.cursor.slice(split + 1))
    }
    const order = [
      [field, direction],
      ['_id', direction],
    ] as const
    const found = await read(name, where, order, request.limit + 1, fields && [...fields, field])
    const rows = found.slice(0, request.limit)
    const last = rows[rows.length - 1]
    return {
      rows: rows as unknown as readonly T[],
      nextCursor: found.length > request.limit && last ? `${String(last[field])}~${last._id}` : null,
    }
  }

  const count = async (name: Name, conditions: Conditions): Promise<number> => {
    const { total } = await collection(name).where(checked(conditions)).count()
    return total ?? 0
  }

  const isAdded = async (adding: Promise<unknown>): Promise<boolean> => {
    try {
      await adding
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }

  /** False when a document with this id (or another unique key) exists already. */
  const add = async (name: Name, document: { readonly _id: string }): Promise<boolean> =>
    isAdded(collection(name).add(document))

  /** As many as one call adds; false when one of them exists already: which of the others were added nobody says. */
  const addAll = async (name: Name, documents: readonly { readonly _id: string }[]): Promise<boolean> =>
    isAdded(collection(name).add([...documents]))

  /** Adds those that are not there yet, in as few calls as may be; one that is there is left as it is. */
  const addMissing = async (name: Name, documents: readonly { readonly _id: string }[]): Promise<void> => {
    for (let from = 0; from < documents.length; from += mostAdded) {
      let missing = documents.slice(from, from + mostAdded)
      while (missing.length > 1) {
        if (await addAll(name, missing)) missing = []
        else {
          const ids = missing.map(({ _id }) => _id)
          const found = await read(name, { _id: command.in(ids) }, [], ids.length, ['_id'])
          const there = new Set(found.map(({ _id }) => _id))
          if (there.size === 0) throw new Error(`${name}: another unique key than the id is taken`)
          missing = missing.filter(({ _id }) => !there.has(_id))
        }
      }
      for (const document of missing) await add(name, document)
    }
  }

  /** Without `command.set` the SDK would merge nested objects; a field that is `undefined` is removed. */
  const setting = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        value === undefined ? command.remove() : command.set(value),
      ]),
    )

  /** Sets whole fields of the documents that meet the conditions and says how many there were. */
  const update = async (
    name: Name,
    conditions: Conditions & { readonly _id: string },
    fields: Readonly<Record<string, unknown>>,
  ): Promise<number> => {
    const { updated } = await collection(name).where(checked(conditions)).update(setting(fields))
    return updated ?? 0
  }

  /** Sets one field of those among many documents that meet the conditions, and says how many of them had not had it. */
  const setInMany = async (
    name: Name,
    ids: readonly string[],
    conditions: Conditions,
    field: string,
    value: string | number | boolean,
  ): Promise<number> => {
    let count = 0
    for (const chunk of inChunks(ids)) {
      const { updated } = await collection(name)
        .where({ ...checked(conditions), _id: command.in([...chunk]) })
        .update({ [field]: value })
      count += updated ?? 0
    }
    return count
  }

  /**
   * Adds to numbers of the one document that meets the conditions and puts values at the end of its lists, with other
   * fields set, in one step; false when none does.
   */
  const increase = async (
    name: Name,
    conditions: Conditions & { readonly _id: string },
    by: Readonly<Record<string, number>>,
    { set = {}, push = {} }: Increasing = {},
  ): Promise<boolean> => {
    const { updated } = await collection(name)
      .where(checked(conditions))
      .update({
        ...setting(set),
        ...Object.fromEntries(
          Object.entries(push).map(([field, { one, latest }]) => [
            field,
            command.push({ each: [one], ...(latest === undefined ? {} : { slice: -latest }) }),
          ]),
        ),
        ...Object.fromEntries(Object.entries(by).map(([field, number]) => [field, command.inc(number)])),
      })
    return updated === 1
  }

  /** Removes those of the documents that meet the conditions. */
  const removeMany = async (
    name: Name,
    ids: readonly string[],
    conditions: Conditions = {},
  ): Promise<void> => {
    for (const chunk of inChunks(ids))
      await collection(name)
        .where({ ...checked(conditions), _id: command.in([...chunk]) })
        .remove()
  }

  /**
   * Removes the first that meet the conditions, `most` at once, and says how many it found; what does not meet them any
   * more by then stays.
   */
  const removeFirst = async (
    name: Name,
    conditions: Conditions,
    order: readonly (readonly [string, Direction])[],
    most: number,
  ): Promise<number> => {
    const found = await first<Row>(name, conditions, order, most, ['_id'])
    await removeMany(
      name,
      found.map(({ _id }) => _id),
      conditions,
    )
    return found.length
  }

  return {
    command,
    get,
    getMany,
    first,
    findAll,
    findIn,
    page,
    count,
    add,
    addAll,
    update,
    setInMany,
    increase,
    removeMany,
    removeFirst,
    addMissing,
  }
}

export type Store<Name extends string = CollectionName> = ReturnType<typeof openDatabase<Name>>
