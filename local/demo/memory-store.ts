import type {
  CollectionName,
  Conditions,
  Increasing,
  Store,
} from '../../cloudfunctions/platform/cloudbase/database'

type Document = Readonly<Record<string, unknown>> & { readonly _id: string }
type Test = (value: unknown) => boolean

/** A condition on one field, as `Store.command` makes it. */
class Condition {
  constructor(
    readonly holds: Test,
    /** What the value, or one element of the list that it is, must at least meet: by this it is found in an index. */
    readonly key?: Test,
  ) {}
  and(other: Condition): Condition {
    return new Condition((value) => this.holds(value) && other.holds(value), this.key ?? other.key)
  }
}

const mapped = <T>(
  fields: Readonly<Record<string, T>>,
  change: (field: string, value: T) => unknown,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, change(field, value)]))

/** Numbers of a document, and of objects in it (`own.open`), with something added to each. */
const increased = (
  one: Document,
  by: Readonly<Record<string, number>>,
): Readonly<Record<string, unknown>> => {
  const changed: Record<string, unknown> = {}
  for (const [path, number] of Object.entries(by)) {
    const [field = '', inside] = path.split('.')
    const before = changed[field] ?? one[field]
    if (inside === undefined) changed[field] = Number(before ?? 0) + number
    else {
      const numbers = (before ?? {}) as Readonly<Record<string, number>>
      changed[field] = { ...numbers, [inside]: (numbers[inside] ?? 0) + number }
    }
  }
  return changed
}

/** As in MongoDB a condition on a list holds where it does for one of its elements. */
const some = (test: Test): Condition =>
  new Condition((value) => (Array.isArray(value) ? value.some(test) : test(value)), test)

const comparable = (one: unknown, other: unknown): one is number | string =>
  typeof one === typeof other && (typeof one === 'number' || typeof one === 'string')

const command = {
  eq: (other: unknown) => some((one) => one === other),
  lt: (other: number | string) => some((one) => comparable(one, other) && one < other),
  lte: (other: number | string) => some((one) => comparable(one, other) && one <= other),
  gt: (other: number | string) => some((one) => comparable(one, other) && one > other),
  gte: (other: number | string) => some((one) => comparable(one, other) && one >= other),
  in: (others: readonly unknown[]) => some((one) => others.includes(one)),
  nin: (others: readonly unknown[]) =>
    new Condition((value) => (Array.isArray(value) ? value : [value]).every((one) => !others.includes(one))),
}

const meets = (conditions: Conditions): ((document: Document) => boolean) => {
  const fields = Object.keys(conditions)
  const tests = Object.values(conditions).map((wanted) =>
    wanted instanceof Condition ? wanted.holds : command.eq(wanted).holds,
  )
  return (document) => {
    for (let at = 0; at < tests.length; at += 1) {
      if (!tests[at]?.(document[fields[at] ?? ''])) return false
    }
    return true
  }
}

type Order = readonly (readonly [field: string, direction: 'asc' | 'desc'])[]

const inOrder = (order: Order) => (one: Document, other: Document) => {
  for (const [field, direction] of order) {
    const [a, b] = [one[field], other[field]]
    if (a === b) continue
    const isLess = a == null || (b != null && (a as number) < (b as number))
    return isLess === (direction === 'asc') ? -1 : 1
  }
  return 0
}

export interface MemoryStore extends Store {
  /** One document, without waiting. */
  readonly peek: (name: CollectionName, id: string) => unknown
  /** Every document of a collection, in the order in which they were added. */
  readonly all: (name: CollectionName) => readonly unknown[]
}

/**
 * The door to the database over documents in memory, for the product's own repositories: as much of its language as
 * their reads and writes use while reports are submitted, worked on and derived from. It is asked by one program that
 * awaits each answer. Documents are never changed in place.
 */
export const openMemoryStore = (): MemoryStore => {
  const collections = new Map<CollectionName, Map<string, Document>>()
  const collection = (name: CollectionName): Map<string, Document> => {
    const known = collections.get(name) ?? new Map<string, Document>()
    collections.set(name, known)
    return known
  }

  /** By collection, field and value: the ids of the documents that have it. Made when first asked for. */
  const indexes = new Map<CollectionName, Map<string, Map<unknown, Set<string>>>>()
  const keysOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
  const enter = (index: Map<unknown, Set<string>>, value: unknown, id: string): void => {
    for (const key of keysOf(value)) {
      const same = index.get(key)
      if (same) same.add(id)
      else index.set(key, new Set([id]))
    }
  }
  const leave = (index: Map<unknown, Set<string>>, value: unknown, id: string): void => {
    for (const key of keysOf(value)) {
      const same = index.get(key)
      same?.delete(id)
      if (same?.size === 0) index.delete(key)
    }
  }
  const indexOn = (name: CollectionName, field: string): ReadonlyMap<unknown, ReadonlySet<string>> => {
    const known = indexes.get(name)?.get(field)
    if (known) return known
    const index = new Map<unknown, Set<string>>()
    for (const one of collection(name).values()) enter(index, one[field], one._id)
    indexes.set(name, (indexes.get(name) ?? new Map()).set(field, index))
    return index
  }
  const put = (name: CollectionName, document: Document): void => {
    const before = collection(name).get(document._id)
    collection(name).set(document._id, document)
    for (const [field, index] of indexes.get(name) ?? []) {
      if (before && before[field] === document[field]) continue
      if (before) leave(index, before[field], document._id)
      enter(index, document[field], document._id)
    }
  }
  const having = (name: CollectionName, field: string, values: readonly unknown[]): readonly Document[] => {
    const index = indexOn(name, field)
    const ids = new Set(values.flatMap((value) => [...(index.get(value) ?? [])]))
    return [...ids].flatMap((id) => collection(name).get(id) ?? [])
  }

  /** The fewest documents among which all must be that meet the conditions. */
  const candidates = (name: CollectionName, conditions: Conditions): Iterable<Document> => {
    const { _id: id } = conditions
    if (typeof id === 'string') {
      const document = collection(name).get(id)
      return document ? [document] : []
    }
    const wanted = Object.entries(conditions)
    const [field, value] = wanted.find(([, one]) => !(one instanceof Condition)) ?? []
    if (field !== undefined) return having(name, field, [value])
    for (const [within, condition] of wanted) {
      const key = condition instanceof Condition ? condition.key : undefined
      if (key) return having(name, within, [...indexOn(name, within).keys()].filter(key))
    }
    return collection(name).values()
  }

  const find = (name: CollectionName, conditions: Conditions): readonly Document[] => {
    const isMeant = meets(conditions)
    const found: Document[] = []
    for (const one of candidates(name, conditions)) if (isMeant(one)) found.push(one)
    return found
  }

  const change = (
    name: CollectionName,
    conditions: Conditions,
    changed: (document: Document) => Readonly<Record<string, unknown>>,
  ): number => {
    const found = find(name, conditions)
    for (const one of found) {
      const next: Record<string, unknown> & { _id: string } = { ...one, ...changed(one) }
      for (const field in next) if (next[field] === undefined) delete next[field]
      put(name, next)
    }
    return found.length
  }

  const add = async (name: CollectionName, document: { readonly _id: string }): Promise<boolean> => {
    if (collection(name).has(document._id)) return false
    put(name, document as Document)
    return true
  }

  const removeMany = async (
    name: CollectionName,
    ids: readonly string[],
    conditions: Conditions = {},
  ): Promise<void> => {
    for (const id of ids) if (find(name, { ...conditions, _id: id }).length > 0) collection(name).delete(id)
  }

  const first = async (name: CollectionName, conditions: Conditions, order: Order, limit: number) =>
    [...find(name, conditions)].sort(inOrder(order)).slice(0, limit)

  const store = {
    command,
    get: async (name: CollectionName, id: string) => collection(name).get(id),
    getMany: async (name: CollectionName, ids: readonly string[]) =>
      ids.flatMap((id) => collection(name).get(id) ?? []),
    first,
    findAll: async (name: CollectionName, conditions: Conditions) => find(name, conditions),
    findIn: async (name: CollectionName, field: string, values: readonly string[], conditions: Conditions) =>
      having(name, field, values).filter(meets(conditions)),
    page: async (
      name: CollectionName,
      conditions: Conditions,
      [field, direction]: Order[number],
      { cursor, limit }: { readonly cursor?: string; readonly limit: number },
    ) => {
      const cursorOf = (document: Document) => `${String(document[field])}~${document._id}`
      const ordered = [...find(name, conditions)].sort(
        inOrder([
          [field, direction],
          ['_id', direction],
        ]),
      )
      const from = cursor === undefined ? 0 : ordered.findIndex((one) => cursorOf(one) === cursor) + 1
      const rows = ordered.slice(from, from + limit)
      const last = rows[rows.length - 1]
      return { rows, nextCursor: last && from + limit < ordered.length ? cursorOf(last) : null }
    },
    count: async (name: CollectionName, conditions: Conditions) => find(name, conditions).length,
    add,
    addAll: async (name: CollectionName, documents: readonly { readonly _id: string }[]) => {
      const added = await Promise.all(documents.map((document) => add(name, document)))
      return !added.includes(false)
    },
    addMissing: async (name: CollectionName, documents: readonly { readonly _id: string }[]) => {
      for (const document of documents) await add(name, document)
    },
    update: async (name: CollectionName, conditions: Conditions, fields: Readonly<Record<string, unknown>>) =>
      change(name, conditions, () => fields),
    setInMany: async (
      name: CollectionName,
      ids: readonly string[],
      conditions: Conditions,
      field: string,
      value: unknown,
    ) => {
      for (const id of ids) change(name, { ...conditions, _id: id }, () => ({ [field]: value }))
    },
    increase: async (
      name: CollectionName,
      conditions: Conditions,
      by: Readonly<Record<string, number>>,
      { set = {}, push = {} }: Increasing = {},
    ) =>
      change(name, conditions, (one) => ({
        ...set,
        ...mapped(push, (field, { one: value, latest = Number.POSITIVE_INFINITY }) =>
          [...((one[field] ?? []) as readonly unknown[]), value].slice(-latest),
        ),
        ...increased(one, by),
      })) === 1,
    removeMany,
    removeFirst: async (name: CollectionName, conditions: Conditions, order: Order, most: number) => {
      const found = await first(name, conditions, order, most)
      await removeMany(
        name,
        found.map(({ _id }) => _id),
        conditions,
      )
      return found.length
    },
    peek: (name: CollectionName, id: string) => collection(name).get(id),
    all: (name: CollectionName) => [...collection(name).values()],
  } satisfies Record<keyof MemoryStore, unknown>
  return store as unknown as MemoryStore
}
