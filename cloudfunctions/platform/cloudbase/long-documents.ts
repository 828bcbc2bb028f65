import { randomUUID } from 'node:crypto'
import type { Conditions, Store, Whole } from './database'

/** Of a document that would be too long: which of its fields lie on sheets, by the ids of these in their order. */
export interface Sheets {
  readonly sheets?: Readonly<Record<string, readonly string[]>>
  /** Names this way of lying, which may change within a revision; null where all of it lies in the document. */
  readonly cut?: string | null
}

type Fields = Readonly<Record<string, unknown>>
type Document = Fields & Sheets & { readonly _id: string }

/** A length of a field's JSON. It is written before the document that names it, and never again. */
export interface SheetDocument {
  readonly _id: string
  readonly text: string
}

/** No document is longer, in bytes of JSON, whatever comes together in its fields. */
export const mostDocumentBytes = 48_000
/** With every character escaped once more it is twice as long. */
const sheetBytes = 30_000
/** How many are written, or read, in one call: some 600 KB. */
const sheetsAtOnce = 20
/** How often a document is read again that was cut anew between the reading of it and of its sheets. */
const mostTries = 20

const bytesOf = (text: string): number => Buffer.byteLength(text)
const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00

/** A text in lengths, each as long as may be: what is put at its end leaves the first ones as they are. */
const lengthsOf = (text: string): readonly string[] => {
  const lengths: string[] = []
  let [from, bytes] = [0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // Of a pair the first half has all four.
    const more =
      code < 0x80 ? 1 : code < 0x800 ? 2 : isHighSurrogate(code) ? 4 : code < 0xe000 && code >= 0xd800 ? 0 : 3
    if (bytes + more > sheetBytes) {
      lengths.push(text.slice(from, at))
      ;[from, bytes] = [at, 0]
    }
    bytes += more
  }
  return [...lengths, text.slice(from)]
}

/** The fields of a document that must leave it, the longest first, until the rest is short enough; with their JSON. */
const leaving = (document: Fields, mayLeave: ReadonlySet<string>): ReadonlyMap<string, string> => {
  const texts = Object.entries(document).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, text: JSON.stringify(value) }],
  )
  const sized = texts.map(({ field, text }) => ({ field, text, bytes: bytesOf(field) + bytesOf(text) + 4 }))
  let bytes = sized.reduce((sum, one) => sum + one.bytes, 2)
  const found = new Map<string, string>()
  for (const one of sized.filter(({ field }) => mayLeave.has(field)).sort((a, b) => b.bytes - a.bytes)) {
    if (bytes <= mostDocumentBytes) break
    found.set(one.field, one.text)
    bytes -= one.bytes
  }
  return found
}

const inTwenties = <T>(some: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(some.length / sheetsAtOnce) }, (_, no) =>
    some.slice(no * sheetsAtOnce, (no + 1) * sheetsAtOnce),
  )

const withSheets = (fields: readonly string[] | undefined): readonly string[] | undefined =>
  fields && [...fields, 'sheets']

/** What is asked for and lies on sheets; what lies in the document has come back since. */
const missingIn = (
  document: Document,
  fields: readonly string[] | undefined,
): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(document.sheets ?? {}).filter(
    ([field]) => document[field] === undefined && (!fields || fields.includes(field)),
  )

/** A store in which documents of these collections are read with what lies on their sheets (`sheetsOf`). */
export const readWhole = <Name extends string>(
  store: Store<Name>,
  sheetsOf: Partial<Readonly<Record<Name, Name>>>,
): Store<Name> => {
  const textsOf = async (name: Name, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const read = await Promise.all(inTwenties(ids).map((some) => store.getMany<SheetDocument>(name, some)))
    return new Map(read.flat().map(({ _id, text }) => [_id, text]))
  }

  /** A document that is cut anew between the reading of it and of its sheets is read once more. */
  const whole = async <T>(
    name: Name,
    found: readonly T[],
    fields?: readonly string[],
  ): Promise<readonly T[]> => {
    const sheetsName = sheetsOf[name]
    let documents = found as unknown as readonly Document[]
    let unread: readonly string[] = []
    if (sheetsName === undefined || documents.every(({ sheets }) => sheets === undefined)) return found
    for (let tries = 0; tries < mostTries; tries += 1) {
      const ids = documents.flatMap((one) => missingIn(one, fields).flatMap(([, of]) => of))
      const texts = await textsOf(sheetsName, ids)
      const stale = new Set<string>()
      const filled = documents.map((document): Document => {
        const missing = missingIn(document, fields)
        if (missing.some(([, of]) => of.some((id) => !texts.has(id)))) stale.add(document._id)
        if (document.sheets === undefined || stale.has(document._id)) return document
        const values = missing.map(([field, of]) => [
          field,
          JSON.parse(of.map((id) => texts.get(id)).join('')),
        ])
        return { ...document, ...Object.fromEntries(values), sheets: Object.fromEntries(missing) }
      })
      if (stale.size === 0) return filled as unknown as readonly T[]
      unread = [...stale]
      const again = await store.getMany<Document>(name, unread, withSheets(fields))
      const byId = new Map(again.map((one) => [one._id, one]))
      documents = documents.flatMap((one) => (stale.has(one._id) ? (byId.get(one._id) ?? []) : [one]))
    }
    throw new Error(`${name}: what ${unread.join(', ')} have on sheets cannot be read`)
  }

  /** Of a collection without sheets nothing more is asked for. */
  const asked = (name: Name, fields: readonly string[] | undefined): readonly string[] | undefined =>
    sheetsOf[name] === undefined ? fields : withSheets(fields)
  const bounded = (name: Name, bounds: Whole): Whole => {
    const fields = asked(name, bounds.fields)
    return fields ? { ...bounds, fields } : bounds
  }

  const reading: Pick<Store<Name>, 'get' | 'getMany' | 'first' | 'page' | 'findAll' | 'findIn'> = {
    get: async <T>(name: Name, id: string) => {
      const document = await store.get<T>(name, id)
      return document === undefined ? undefined : (await whole(name, [document]))[0]
    },
    getMany: async <T extends { readonly _id: string }>(
      name: Name,
      ids: readonly string[],
      fields?: readonly string[],
    ) => whole(name, await store.getMany<T>(name, ids, asked(name, fields)), fields),
    first: async <T>(
      name: Name,
      conditions: Conditions,
      order: Parameters<Store['first']>[2],
      limit: number,
      fields?: readonly string[],
    ) => whole(name, await store.first<T>(name, conditions, order, limit, asked(name, fields)), fields),
    page: async <T extends { readonly _id: string }>(
      name: Name,
      conditions: Conditions,
      order: Parameters<Store['page']>[2],
      request: Parameters<Store['page']>[3],
      fields?: readonly string[],
    ) => {
      const page = await store.page<T>(name, conditions, order, request, asked(name, fields))
      return { ...page, rows: await whole(name, page.rows, fields) }
    },
    findAll: async <T>(name: Name, conditions: Conditions, bounds: Whole) =>
      whole(name, await store.findAll<T>(name, conditions, bounded(name, bounds)), bounds.fields),
    findIn: async <T extends { readonly _id: string }>(
      name: Name,
      field: string,
      values: readonly string[],
      conditions: Conditions,
      bounds: Whole,
    ) =>
      whole(
        name,
        await store.findIn<T>(name, field, values, conditions, bounded(name, bounds)),
        bounds.fields,
      ),
  }
  return { ...store, ...reading }
}

/** How the documents of one collection may be cut. */
export interface Cutting<Name extends string> {
  readonly collection: Name
  /** Where the sheets lie; absent where no document can ever be too long, and nothing may leave it. */
  readonly sheets?: Name
  /** Fields that nothing is found by, and no condition names. */
  readonly mayLeave: readonly string[]
}

/**
 * Writes documents of one collection, none of which is ever longer than `mostDocumentBytes`: what would be lies on sheets,
 * and is read with it again (`readWhole`). A sheet is there before the document names it; the document changes by one
 * compare-and-set, as ever; what it names no more goes after that. Whoever is cut off in between leaves sheets behind that
 * nothing names, and nothing else.
 */
export const longDocuments = <Name extends string>(
  store: Store<Name>,
  { collection, sheets: sheetsName, mayLeave }: Cutting<Name>,
) => {
  const leavable: ReadonlySet<string> = new Set(mayLeave)

  /** How a document is to lie, and the sheets that are not there yet. */
  const cutAnew = (
    was: Document | undefined,
    is: Document,
  ): { readonly kept: Document; readonly added: readonly SheetDocument[] } => {
    const { sheets: _before, cut: _named, ...fields } = is
    const apart = leaving(fields, leavable)
    if (apart.size === 0) return { kept: { ...fields, _id: is._id, cut: null }, added: [] }
    const cut = randomUUID()
    const added: SheetDocument[] = []
    const sheetsOf = (field: string, text: string): readonly string[] => {
      const ids = was?.sheets?.[field] ?? []
      if (was && ids.length > 0 && was[field] === is[field]) return ids
      const before = ids.length === 0 ? [] : lengthsOf(JSON.stringify(was?.[field]))
      return lengthsOf(text).map((length, no) => {
        const same = before[no] === length ? ids[no] : undefined
        if (same !== undefined) return same
        const _id = `${is._id}.${cut}.${field}.${no}`
        added.push({ _id, text: length })
        return _id
      })
    }
    const sheets = Object.fromEntries([...apart].map(([field, text]) => [field, sheetsOf(field, text)]))
    const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => !apart.has(field)))
    return { kept: { ...kept, _id: is._id, sheets, cut }, added }
  }

  const lay = async (added: readonly SheetDocument[]): Promise<void> => {
    if (sheetsName !== undefined)
      await Promise.all(inTwenties(added).map((some) => store.addMissing(sheetsName, some)))
  }
  const takeAway = async (ids: readonly string[]): Promise<void> => {
    if (sheetsName !== undefined && ids.length > 0) await store.removeMany(sheetsName, ids)
  }
  const idsIn = ({ sheets = {} }: Sheets): readonly string[] => Object.values(sheets).flat()

  return {
    /** False when a document of this id is there already. */
    add: async (document: Document): Promise<boolean> => {
      const { kept, added } = cutAnew(undefined, document)
      await lay(added)
      if (await store.add(collection, kept)) return true
      await takeAway(added.map(({ _id }) => _id))
      return false
    },

    /**
     * Writes what differs between a document as it was read and as it is to be, where it meets the conditions still and
     * lies as it lay. `alsoWritten`: fields that are written though they are the same.
     */
    replace: async (
      was: Document,
      is: Document,
      conditions: Conditions,
      alsoWritten: readonly string[] = [],
    ): Promise<boolean> => {
      const { kept, added } = cutAnew(was, is)
      const layInIt = (field: string): unknown => (was.sheets?.[field] ? undefined : was[field])
      const changed = [...new Set([...Object.keys(was), ...Object.keys(kept)])].filter(
        (field) => layInIt(field) !== kept[field] || alsoWritten.includes(field),
      )
      await lay(added)
      const updated = await store.update(
        collection,
        { ...conditions, _id: was._id, cut: was.cut ?? null },
        Object.fromEntries(changed.map((field) => [field, kept[field]])),
      )
      if (updated !== 1) {
        await takeAway(added.map(({ _id }) => _id))
        return false
      }
      const named = new Set(idsIn(kept))
      await takeAway(idsIn(was).filter((id) => !named.has(id)))
      return true
    },
  }
}
