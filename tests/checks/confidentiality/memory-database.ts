/** A document as it lies in the database. */
export type Document = Readonly<Record<string, unknown>> & { readonly _id: string }

/** One operator of `database.command`; operators of one field may be joined with `and`. */
class Operator {
  constructor(
    readonly kind: string,
    readonly value: unknown,
  ) {}
  and(other: Operator): Operator {
    return new Operator('all', [this, other])
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEqual = (one: unknown, other: unknown): boolean =>
  one === other || ((one ?? null) === null && (other ?? null) === null)

/** Values of one type are ordered; values of two never meet a comparison. */
const compare = (one: unknown, other: unknown): number | undefined => {
  if (typeof one !== typeof other || (typeof one !== 'number' && typeof one !== 'string')) return undefined
  return one < (other as typeof one) ? -1 : one > (other as typeof one) ? 1 : 0
}

type Test = (value: unknown) => boolean

const signs: Readonly<Record<string, (sign: number) => boolean>> = {
  gt: (sign) => sign > 0,
  gte: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  lte: (sign) => sign <= 0,
}

/** What a field must be, worked out once for a query: it is then asked of many documents. */
const testOf = (wanted: unknown): Test => {
  const any =
    (test: Test): Test =>
    (value) =>
      Array.isArray(value) ? value.some(test) : test(value)
  if (!(wanted instanceof Operator)) return any((one) => isEqual(one, wanted))
  const { kind, value: operand } = wanted
  const isMeant = signs[kind]
  if (isMeant) {
    return any((one) => {
      const sign = compare(one, operand)
      return sign !== undefined && isMeant(sign)
    })
  }
  if (kind === 'all') {
    const tests = (operand as readonly Operator[]).map(testOf)
    return (value) => tests.every((test) => test(value))
  }
  if (kind === 'eq') return any((one) => isEqual(one, operand))
  if (kind === 'in' || kind === 'nin') {
    const among = new Set((operand as readonly unknown[]).map((one) => one ?? null))
    const isIn = any((one) => among.has(one ?? null))
    return kind === 'in' ? isIn : (value) => !isIn(value)
  }
  throw new Error(`no operator ${kind}`)
}

/** A whole condition, as a test of documents. */
const conditionOf = (where: unknown): ((document: Document) => boolean) => {
  if (where instanceof Operator) {
    const parts = (where.value as readonly unknown[]).map(conditionOf)
    if (where.kind === 'and') return (document) => parts.every((part) => part(document))
    if (where.kind === 'or') return (document) => parts.some((part) => part(document))
    throw new Error(`no operator ${where.kind} above the fields`)
  }
  const tests = Object.entries(where as object).map(([field, wanted]) => [field, testOf(wanted)] as const)
  return (document) => tests.every(([field, test]) => test(document[field]))
}

/** What is frozen already was stored before, with all that is in it. */
const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) deepFreeze(part)
    Object.freeze(value)
  }
  return value
}

/** As it comes back from a database: nothing undefined, nobody else's to change. */
const stored = <T>(value: T): T => deepFreeze(JSON.parse(JSON.stringify(value)) as T)

const operatorOf =
  (kind: string) =>
  (value?: unknown): Operator =>
    new Operator(kind, value)

const command = Object.fromEntries(
  ['eq', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'and', 'or', 'set', 'remove', 'inc', 'push'].map((kind) => [
    kind,
    operatorOf(kind),
  ]),
)

/**
 * The part of the SDK's database that the repositories use, over documents in memory: thousands of histories can be
 * played in minutes. What it answers is held against the database of the local cloud by playing some of them there.
 */
export const openMemoryDatabase = () => {
  const collections = new Map<string, Map<string, Document>>()
  const documentsOf = (name: string): Map<string, Document> => {
    const known = collections.get(name) ?? new Map<string, Document>()
    collections.set(name, known)
    return known
  }

  const add = (name: string, added: unknown): void => {
    for (const one of Array.isArray(added) ? added : [added]) {
      const document = stored(one as Document)
      const documents = documentsOf(name)
      if (documents.has(document._id))
        throw Object.assign(new Error('E11000 duplicate key'), { code: 'E11000' })
      documents.set(document._id, document)
    }
  }

  /** Only what the patch names is copied: the rest is stored already. */
  const changed = (document: Document, patch: object): Document => {
    const next: Record<string, unknown> = { ...document }
    const put = (field: string, value: unknown): void => {
      if (value === undefined) delete next[field]
      else next[field] = stored(value)
    }
    for (const [field, value] of Object.entries(patch)) {
      if (!(value instanceof Operator)) {
        if (isObject(value)) throw new Error(`${field}: the SDK would merge this object`)
        put(field, value)
      } else if (value.kind === 'remove') delete next[field]
      else if (value.kind === 'set') put(field, value.value)
      else if (value.kind === 'inc') {
        const [outer = '', inside] = field.split('.')
        const numbers = (inside === undefined ? next : (next[outer] ?? {})) as Record<string, number>
        const name = inside ?? field
        const sum = Number(numbers[name] ?? 0) + Number(value.value)
        next[outer] = inside === undefined ? sum : { ...numbers, [name]: sum }
      } else if (value.kind === 'push') {
        const { each } = value.value as { readonly each: readonly unknown[] }
        next[field] = [...((next[field] ?? []) as readonly unknown[]), ...stored(each)]
      } else throw new Error(`no change ${value.kind}`)
    }
    return deepFreeze(next) as Document
  }

  const query = (
    name: string,
    where: unknown,
    order: readonly (readonly [string, string])[] = [],
    most = 100,
    fields?: readonly string[],
  ) => {
    const found = (): Document[] => {
      const isMeant = conditionOf(where)
      const only = isObject(where) && typeof where._id === 'string' ? where._id : undefined
      if (only !== undefined) {
        const document = documentsOf(name).get(only)
        return document && isMeant(document) ? [document] : []
      }
      return [...documentsOf(name).values()].filter(isMeant)
    }
    const again = (more: { order?: typeof order; most?: number; fields?: readonly string[] }) =>
      query(name, where, more.order ?? order, more.most ?? most, more.fields ?? fields)
    return {
      orderBy: (field: string, direction: string) => again({ order: [...order, [field, direction]] }),
      limit: (count: number) => again({ most: Math.min(count, 1000) }),
      field: (wanted: object) => again({ fields: Object.keys(wanted) }),
      get: async () => {
        const rows = found()
        if (order.length > 0) {
          rows.sort((a, b) => {
            for (const [field, direction] of order) {
              const sign = compare(a[field], b[field]) ?? 0
              if (sign !== 0) return direction === 'asc' ? sign : -sign
            }
            return 0
          })
        }
        const data = rows.slice(0, most)
        return {
          data: fields
            ? data.map((document) =>
                Object.fromEntries(['_id', ...fields].map((field) => [field, document[field]])),
              )
            : data,
        }
      },
      count: async () => ({ total: found().length }),
      update: async (patch: object) => {
        const rows = found()
        for (const row of rows) documentsOf(name).set(row._id, changed(row, patch))
        return { updated: rows.length }
      },
      remove: async () => {
        const rows = found()
        for (const row of rows) documentsOf(name).delete(row._id)
        return { deleted: rows.length }
      },
    }
  }

  return {
    database: {
      command,
      collection: (name: string) => ({
        add: async (added: unknown) => add(name, added),
        where: (where: unknown) => query(name, where),
      }),
    },
    add,
    names: (): readonly string[] => [...collections.keys()],
    documents: (name: string): readonly Document[] => [...documentsOf(name).values()],
  }
}
