import type { RedFaceCause } from './red-face'

/** What a row of the ledger can say: 登记, 上榜, 申诉中, 申诉结束, 销号, 撤销, 恢复; and 定稿, of a month of figures. */
export const ledgerKinds = [
  'opened',
  'published',
  'frozen',
  'unfrozen',
  'cleared',
  'struck',
  'restored',
  'sealed',
] as const
/** What a row of the ledger tells. */
export type LedgerKind = (typeof ledgerKinds)[number]

/** What a row's words are made of (words.ts) when it is written. */
export interface RowFacts {
  /** What the kind of the matter was called then. */
  readonly category: string
  readonly cause: RedFaceCause
}
/** Of the time when what was still to be written held sentences. */
export interface WrittenRow {
  readonly words: string
}

/** The figures of a month, final from now on (Q6), of all units whose chain it is. */
export interface Seal {
  /** Chinese month, `YYYY-MM`. */
  readonly month: string
  /** How many units have figures in it. */
  readonly unitCount: number
  /** Of the figures, with a salt that lies beside them: whoever has both can make it again. */
  readonly hash: string
}

/** What a row says. It is read only once what it is about has become public; until then a commitment stands for it. */
export interface LedgerFacts {
  readonly at: number
  readonly kind: LedgerKind
  readonly reportId: string
  /** The stay on the list: report and its number. */
  readonly episodeKey: string
  readonly unitId: string
  readonly unitName: string
  /** Ids from the region down to the unit. */
  readonly unitPath: readonly string[]
  /** What everybody reads of it. It is sealed with the rest: what was said of a unit stays said, letter by letter. */
  readonly text: string
  readonly causes: readonly string[]
  /** Where figures are sealed: then it is about no report, and the unit is the chain's own. */
  readonly seal?: Seal | undefined
}

/** A place in a chain and what stands there; a published one is a promise that it stays so. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

interface Link extends ChainHead {
  /** `chainId:seq`: two writers who append at once collide, and the second has to append anew. */
  readonly id: string
  /** Rows of one chain hold one another; each chain has its own numbering. */
  readonly chainId: string
  /** Hash of the row before, empty for the first. */
  readonly previousHash: string
}

/** Facts and the salt without which their commitment cannot be tried out. */
export interface OpenedFacts {
  /** 128 random bits in hex. */
  readonly salt: string
  readonly facts: LedgerFacts
}

/** A row whose chain holds a commitment (台账里的一笔). */
export interface CommittedRow extends Link {
  readonly shape: 2
  /** Chinese date of what happened; the instant is among the facts. */
  readonly on: string
  readonly commitment: string
  /** Null for whoever may not read it. */
  readonly opened: OpenedFacts | null
}

/**
 * A row as it was written before commitments: its hash covers the facts themselves, without salt. None is written any
 * more; those that exist stay verifiable.
 */
export interface PlainRow extends Link {
  readonly shape: 1
  readonly facts: LedgerFacts | null
}

export type LedgerRow = CommittedRow | PlainRow

/**
 * Whether everyone may read what a row says. `withheld`: what it is about is not public yet. `revealed`: it has become
 * public. `closed`: it ended before it became public and is never shown.
 */
export type LedgerFate = 'withheld' | 'revealed' | 'closed'

/** A row and, where it is read as it is kept, who may read its words and what it is about. No hash covers these. */
export type KeptRow = LedgerRow & { readonly fate?: LedgerFate; readonly subjectKey?: string }

/** What a row tells, for whoever may read it. */
export const factsOf = (row: LedgerRow): LedgerFacts | null =>
  row.shape === 2 ? (row.opened?.facts ?? null) : row.facts

/**
 * Of subjects that have become public, the number of the row from which on everybody may read theirs: all of them, or, of
 * one that had ended within its notice before (F3), what came since.
 */
export const publicFrom = (rows: readonly KeptRow[]): ReadonlyMap<string, number> => {
  const from = new Map<string, number>()
  const ended = new Set<string>()
  for (const row of [...rows].sort((a, b) => a.seq - b.seq)) {
    const { seq, subjectKey = '' } = row
    const kind = factsOf(row)?.kind
    if (subjectKey === '' || from.has(subjectKey)) continue
    if (kind === 'published') from.set(subjectKey, ended.has(subjectKey) ? seq : 0)
    else if (kind === 'struck' || kind === 'cleared') ended.add(subjectKey)
  }
  return from
}

/** Whether everybody may read the row because of what it is about. */
export const isOfPublic = ({ seq, subjectKey = '' }: KeptRow, from: ReadonlyMap<string, number>): boolean =>
  seq >= (from.get(subjectKey) ?? Number.POSITIVE_INFINITY)

/**
 * F6: words that everybody could read and nobody can any more. What became public was written so, in one with its row; what
 * went before it is opened after that, and closed never. Rows of the first shape are opened later.
 */
const isHidden = (row: KeptRow, from: ReadonlyMap<string, number>): boolean => {
  if (row.fate === undefined || row.fate === 'revealed') return false
  const kind = factsOf(row)?.kind
  if (row.fate === 'withheld') return row.shape === 2 && (kind === 'published' || kind === 'sealed')
  return kind === 'published' || kind === 'sealed' || isOfPublic(row, from)
}

type Sha256 = (text: string) => string

/** The same facts give the same text everywhere, in whatever order they are stored. */
const canonicalFacts = (facts: LedgerFacts): string =>
  JSON.stringify([
    facts.at,
    facts.kind,
    facts.reportId,
    facts.episodeKey,
    facts.unitId,
    facts.unitName,
    facts.unitPath,
    facts.text,
    facts.causes,
    ...(facts.seal ? [[facts.seal.month, facts.seal.unitCount, facts.seal.hash]] : []),
  ])

/**
 * F6: a salted hash. It commits to the facts without revealing them: without the salt nobody can test a guess against
 * it.
 */
export const commitmentTo = ({ salt, facts }: OpenedFacts, sha256: Sha256): string =>
  sha256(`${salt}${canonicalFacts(facts)}`)

/** What the chain's hash covers: everything that everybody sees of a row, and nothing else. */
const canonicalLink = (row: Omit<CommittedRow, 'hash' | 'opened'>): string =>
  JSON.stringify([row.shape, row.id, row.chainId, row.seq, row.on, row.commitment, row.previousHash])

/** What the hash of a row of the first shape covers. */
const canonicalPlain = (row: Omit<PlainRow, 'hash'>, facts: LedgerFacts): string =>
  JSON.stringify([
    row.id,
    row.chainId,
    row.seq,
    facts.at,
    facts.kind,
    facts.reportId,
    Number(facts.episodeKey.slice(facts.episodeKey.lastIndexOf(':') + 1)),
    facts.unitId,
    facts.unitName,
    facts.text,
    facts.causes,
    row.previousHash,
  ])

/** The next row of a chain, bound to the one before it; `sha256` answers lower-case hex. */
export const appendLedger = (
  chainId: string,
  previous: ChainHead | null,
  on: string,
  opened: OpenedFacts,
  sha256: Sha256,
): CommittedRow & { readonly opened: OpenedFacts } => {
  const seq = (previous?.seq ?? 0) + 1
  const unsealed = {
    shape: 2,
    id: `${chainId}:${seq}`,
    chainId,
    seq,
    on,
    commitment: commitmentTo(opened, sha256),
    previousHash: previous?.hash ?? '',
  } as const
  return { ...unsealed, hash: sha256(canonicalLink(unsealed)), opened }
}

/**
 * What is wrong with a row: `missing` its number is not the next one, `unlinked` it does not follow the row before,
 * `changed` it is not what its hash was made of, `not-as-committed` its words are not those committed to,
 * `not-as-published` a head published for its number was another one, `hidden` it was public and is shown no more,
 * `cut-off` the chain ends before a published head.
 */
export type LedgerFlaw =
  | 'missing'
  | 'unlinked'
  | 'changed'
  | 'not-as-committed'
  | 'not-as-published'
  | 'hidden'
  | 'cut-off'

/** The first row at which a chain does not hold, and why. */
export interface LedgerBreak {
  readonly seq: number
  readonly flaw: LedgerFlaw
}

const isAsHashed = (row: LedgerRow, chainId: string, sha256: Sha256): boolean => {
  if (row.chainId !== chainId || row.id !== `${chainId}:${row.seq}`) return false
  if (row.shape === 2) return row.hash === sha256(canonicalLink(row))
  // Of a plain row that may not be read yet, only its links can be checked.
  return row.facts === null || row.hash === sha256(canonicalPlain(row, row.facts))
}

/**
 * Follows a chain on from `from` (null: from its beginning) and names every row that does not stand as it was written.
 * After a break it goes on from the row as found, so that one change is told once. `shownFrom`: what has become public
 * among the subjects of rows that are shown to nobody (`publicFrom`).
 */
export const followChain = (
  chainId: string,
  from: ChainHead | null,
  rows: Iterable<KeptRow>,
  published: Iterable<ChainHead>,
  sha256: Sha256,
  shownFrom: ReadonlyMap<string, number> = new Map(),
): { readonly head: ChainHead | null; readonly breaks: readonly LedgerBreak[] } => {
  const hashesAt = new Map<number, Set<string>>()
  for (const { seq, hash } of published) hashesAt.set(seq, (hashesAt.get(seq) ?? new Set()).add(hash))
  const breaks: LedgerBreak[] = []
  let head = from
  for (const row of rows) {
    const seq = (head?.seq ?? 0) + 1
    const promised = hashesAt.get(row.seq)
    const isAsPublished = !promised || (promised.size === 1 && promised.has(row.hash))
    if (row.seq !== seq) breaks.push({ seq, flaw: 'missing' })
    else if (row.previousHash !== (head?.hash ?? '')) breaks.push({ seq, flaw: 'unlinked' })
    else if (!isAsHashed(row, chainId, sha256)) breaks.push({ seq, flaw: 'changed' })
    else if (row.shape === 2 && row.opened && row.commitment !== commitmentTo(row.opened, sha256))
      breaks.push({ seq, flaw: 'not-as-committed' })
    else if (!isAsPublished) breaks.push({ seq, flaw: 'not-as-published' })
    else if (isHidden(row, shownFrom)) breaks.push({ seq, flaw: 'hidden' })
    head = { seq: row.seq, hash: row.hash }
  }
  return { head, breaks }
}

/** F6: a chain that ends before a head that was published has lost its end. */
export const cutOff = (head: ChainHead | null, published: Iterable<ChainHead>): LedgerBreak | undefined => {
  const lastSeq = head?.seq ?? 0
  for (const { seq } of published) if (seq > lastSeq) return { seq: lastSeq + 1, flaw: 'cut-off' }
  return undefined
}

/**
 * F6: does a whole chain, first row first, still stand as it was written and as its heads were published? Without a
 * published head a chain cut off at its end still fits together.
 */
export const verifyLedger = (
  chainId: string,
  rows: readonly KeptRow[],
  published: readonly ChainHead[],
  sha256: Sha256,
): readonly LedgerBreak[] => {
  const { head, breaks } = followChain(chainId, null, rows, published, sha256, publicFrom(rows))
  const end = cutOff(head, published)
  return end ? [...breaks, end] : breaks
}
