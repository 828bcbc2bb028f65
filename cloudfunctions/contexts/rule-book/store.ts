import { boundedMemory } from '../../ground/bounded-memory'
import type { Store } from '../../platform/cloudbase/database'
import { instanceReads } from '../../platform/cloudbase/instance-memory'
import type { RuleBooks } from './ports'
import { bookName, defaultRuleBook, type RuleBook } from './rules/rule-book'
import { withinBounds } from './rules/within-bounds'
import { readRuleBook } from './schema'

/** The region has a hundred. */
const mostBanners = 500
/** More than the banners of the region have had in force while reports run. */
const mostVersions = 500

type Stored = { readonly _id: string } & Readonly<Record<string, unknown>>
/** Which of the versions is in force; a document with a whole book instead is one that nobody has replaced yet. */
interface Pointer {
  readonly _id: string
  readonly current: string
}

const withoutId = ({ _id, ...book }: Stored): unknown => book
const isPointer = (document: Stored): document is Stored & Pointer => 'current' in document

/** What of a whole book lies in the banner's own document until the first version of its own is published. */
const wholeBookFields = Object.keys(defaultRuleBook) as readonly (keyof RuleBook)[]

/** The documents by which a banner comes to have this book in force. */
export const ruleBookDocuments = (
  bannerId: string,
  book: RuleBook,
): readonly [RuleBook & { readonly _id: string }, Pointer] => [
  { _id: bookName({ bannerId, version: book.version }), ...book },
  { _id: bannerId, current: book.version },
]

/** The same content, whatever the order in which the database gives the fields back. */
const isSame = (one: unknown, other: unknown): boolean => {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) =>
        Object.hasOwn(other, key) && isSame(one[key as keyof typeof one], other[key as keyof typeof other]),
    )
  )
}

interface InForce {
  readonly book: RuleBook
  readonly fault: string | null
}

/**
 * The banners' rule books, each version a document of its own that is never written twice. One that is no rule
 * book, or goes beyond the region's bounds (K10), is refused whole: the log names it, the banner's staff read
 * why, and the region's serves meanwhile.
 */
export const ruleBookRepository = (
  store: Store,
  log: { readonly error: (line: string) => void },
): RuleBooks => {
  const inForce = instanceReads<InForce>(mostBanners)
  /** Versions that were found usable in force, and those that were asked for by name: none is ever written twice. */
  const usableVersions = boundedMemory<RuleBook>(mostBanners)
  const versions = boundedMemory<RuleBook>(mostVersions)
  const lastSaid = new Map<string, string>()

  const say = (document: string, faults: readonly string[]): void => {
    const said = faults.join('；')
    if (said && said !== lastSaid.get(document)) {
      log.error(JSON.stringify({ ruleBookNotUsed: document, faults }))
    }
    lastSaid.set(document, said)
  }

  const get = (id: string): Promise<Stored | undefined> => store.get<Stored>('rule_books', id)

  /** The document that holds a version, wherever it lies. */
  const documentOf = async (bannerId: string, version: string): Promise<Stored | undefined> => {
    const kept = await get(bookName({ bannerId, version }))
    if (kept) return kept
    const whole = await get(bannerId)
    return whole && !isPointer(whole) && whole.version === version ? whole : undefined
  }

  const usable = (document: Stored): InForce => {
    const read = readRuleBook(withoutId(document))
    const faults = read.isRead ? withinBounds(read.book, defaultRuleBook) : read.faults
    say(document._id, faults)
    return read.isRead && faults.length === 0
      ? { book: read.book, fault: null }
      : { book: defaultRuleBook, fault: faults.join('；') }
  }

  const readInForce = async (bannerId: string): Promise<InForce> => {
    const own = await get(bannerId)
    if (!own) return { book: defaultRuleBook, fault: null }
    if (!isPointer(own)) return usable(own)
    const current = typeof own.current === 'string' ? own.current : ''
    const name = bookName({ bannerId, version: current })
    const known = usableVersions.get(name)
    if (known) return { book: known, fault: null }
    const document = current ? await get(name) : undefined
    if (!document) {
      const fault = `没有存着“${current}”这一版`
      say(bannerId, [fault])
      return { book: defaultRuleBook, fault }
    }
    const found = usable(document)
    // Reports name the version by what the book calls itself: under another name it could not be found again.
    if (found.fault !== null) return found
    if (found.book.version === current) {
      usableVersions.keep(name, found.book)
      return found
    }
    const fault = `“${current}”这一版里写的版本是“${found.book.version}”`
    say(document._id, [fault])
    return { book: defaultRuleBook, fault }
  }

  const now = (bannerId: string): Promise<InForce> => inForce.of(bannerId, () => readInForce(bannerId))

  /** The book that lay in the banner's own document becomes a version like the others before it is replaced. */
  const keepWholeBook = async ({ _id, ...whole }: Stored): Promise<void> => {
    const { version } = whole
    if (typeof version === 'string') {
      await store.add('rule_books', { ...whole, _id: bookName({ bannerId: _id, version }) })
    }
  }

  /** The region's former versions; a banner without a book of its own had them in force. */
  const regionsDocumentOf = (version: string): Promise<Stored | undefined> =>
    get(bookName({ bannerId: null, version }))

  return {
    of: async (bannerId) => (bannerId === null ? defaultRuleBook : (await now(bannerId)).book),
    faultOf: async (bannerId) => (await now(bannerId)).fault,
    version: async (bannerId, version) => {
      if (version === defaultRuleBook.version) return defaultRuleBook
      const present = bannerId === null ? undefined : (await now(bannerId)).book
      if (present?.version === version) return present
      const id = bookName({ bannerId, version })
      const known = versions.get(id)
      if (known) return known
      const own = bannerId === null ? undefined : await documentOf(bannerId, version)
      const document = own ?? (await regionsDocumentOf(version))
      if (!document) return undefined
      // It was in force: that the region has narrowed its bounds since takes nothing from what it promised.
      const read = readRuleBook(withoutId(document))
      if (!read.isRead) {
        say(document._id, read.faults)
        return undefined
      }
      versions.keep(id, read.book)
      return read.book
    },
    keepRegions: async () => {
      const { version } = defaultRuleBook
      await store.add('rule_books', { _id: bookName({ bannerId: null, version }), ...defaultRuleBook })
    },
    publish: async (bannerId, candidate) => {
      const read = readRuleBook(candidate)
      if (!read.isRead) return read.faults
      const { book } = read
      const faults = withinBounds(book, defaultRuleBook)
      if (faults.length > 0) return faults
      const [document, pointer] = ruleBookDocuments(bannerId, book)
      const known = await documentOf(bannerId, book.version)
      const isOther = (kept: Stored | undefined) => kept && !isSame(withoutId(kept), book)
      const taken = [`“${book.version}”这一版已经有了，内容不一样：请换一个版本名`]
      if (isOther(known)) return taken
      // Somebody else may have published under this name a moment ago.
      if (!(await store.add('rule_books', document)) && isOther(await get(document._id))) return taken

      const own = await get(bannerId)
      if (!own) await store.add('rule_books', pointer)
      else if (!isPointer(own)) await keepWholeBook(own)
      await store.update(
        'rule_books',
        { _id: bannerId },
        { ...Object.fromEntries(wholeBookFields.map((field) => [field, undefined])), current: book.version },
      )
      inForce.forget(bannerId)
      return []
    },
  }
}
