import { createHash } from 'node:crypto'
import { type SealedSection, sealOf } from '../../cloudfunctions/contexts/figures/rules/seal'
import {
  type ChainHead,
  type KeptRow,
  type LedgerFlaw,
  type LedgerRow,
  verifyLedger,
} from '../../cloudfunctions/contexts/red-face/rules/ledger'

/** A chain as a reader of the ledger has got hold of it. */
export interface ReadChain {
  readonly id: string
  /** First row first. */
  readonly rows: readonly KeptRow[]
  /** How many of the rows everybody may read. */
  readonly revealed: number
  /** Heads published for days. */
  readonly anchors: readonly ChainHead[]
  /** What else is known of where it ends. */
  readonly heads: readonly ChainHead[]
  /** What lies there of the figures of each month; absent where nobody can read them. */
  readonly months?: ReadonlyMap<string, MonthAsKept>
  /** Numbers of rows whose bytes say nothing any more. */
  readonly unreadable: readonly number[]
}

/** The figures of a month of all units of a chain, and the salt with which they were sealed. */
export interface MonthAsKept {
  readonly salt: string
  readonly sections: readonly SealedSection[]
}

export interface LedgerReport {
  readonly chains: number
  readonly rows: number
  readonly revealed: number
  readonly withheld: number
  readonly anchors: number
  /** Months of figures that were looked at beside their seals. */
  readonly seals: number
  readonly broken: readonly {
    readonly chainId: string
    readonly seq: number
    readonly flaw: LedgerFlaw | 'unreadable' | 'figures-changed'
  }[]
  /** Where the head that was asked for stands; null when it is in no chain. */
  readonly head?: { readonly chainId: string; readonly seq: number } | null
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Fewer signs could be hit by trying. */
const leastHeadSigns = 16

/** A head as somebody wrote it down: hex, in groups or not, whole or its beginning. Throws when it is too short or none. */
export const readHead = (text: string): string => {
  const head = text.replace(/\s/g, '').toLowerCase()
  if (!/^[0-9a-f]*$/.test(head) || head.length < leastHeadSigns || head.length > 64)
    throw new Error(`a head is ${leastHeadSigns} to 64 signs of 0-9 a-f`)
  return head
}

const sealsIn = (rows: readonly LedgerRow[]) =>
  rows.flatMap((row) => {
    const facts = row.shape === 2 ? row.opened?.facts : null
    return facts?.seal ? [{ seq: row.seq, seal: facts.seal }] : []
  })

/**
 * F6: checks every chain from its first row to its end, and the figures that are sealed in it (Q6), and looks for a head
 * written down earlier.
 */
export const verifyChains = async (
  chains: Iterable<ReadChain> | AsyncIterable<ReadChain>,
  askedHead?: string,
): Promise<LedgerReport> => {
  const tally = { chains: 0, rows: 0, revealed: 0, withheld: 0, anchors: 0, seals: 0 }
  const broken: LedgerReport['broken'][number][] = []
  let head: { chainId: string; seq: number } | null = null
  for await (const { id, rows, revealed, anchors, heads, months, unreadable } of chains) {
    tally.chains += 1
    tally.rows += rows.length
    tally.revealed += revealed
    tally.withheld += rows.length - revealed
    tally.anchors += anchors.length
    for (const seq of unreadable) broken.push({ chainId: id, seq, flaw: 'unreadable' })
    for (const { seq, flaw } of verifyLedger(id, rows, [...anchors, ...heads], sha256))
      if (!unreadable.includes(seq)) broken.push({ chainId: id, seq, flaw })
    for (const { seq, seal } of sealsIn(rows)) {
      if (!months) continue
      tally.seals += 1
      const { salt = '', sections = [] } = months.get(seal.month) ?? {}
      if (sealOf(seal.month, salt, sections, sha256).hash !== seal.hash)
        broken.push({ chainId: id, seq, flaw: 'figures-changed' })
    }
    const found = askedHead === undefined ? undefined : rows.find((row) => row.hash.startsWith(askedHead))
    if (found) head = { chainId: id, seq: found.seq }
  }
  return { ...tally, broken, ...(askedHead === undefined ? {} : { head }) }
}

export const isSound = (report: LedgerReport): boolean => report.broken.length === 0 && report.head !== null

const mostNamed = 5

/** The ledger's state in one line. */
export const sayReport = ({ chains, rows, withheld, anchors, broken }: LedgerReport): string => {
  if (broken.length === 0)
    return `the ledger holds: ${rows} rows (${withheld} withheld) in ${chains} chains, ${anchors} heads published`
  const named = broken.slice(0, mostNamed).map(({ chainId, seq, flaw }) => `${chainId} row ${seq} ${flaw}`)
  const more = broken.length > mostNamed ? ` and ${broken.length - mostNamed} more` : ''
  return `THE LEDGER IS BROKEN: ${named.join(', ')}${more}; npm run verify:ledger says all`
}
