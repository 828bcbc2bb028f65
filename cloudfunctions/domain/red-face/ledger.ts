import type { OutboxWork } from '../report/report'
import type { RedFaceCause } from './red-face'

export type LedgerEntryKind = Extract<OutboxWork, { kind: 'ledger' }>['entry']

/** One line of the ledger that keeps every opening and clearing for good (台账). */
export interface LedgerEntry {
  /** `chainId:seq`: two writers who append at once collide, and the second has to append anew. */
  readonly id: string
  /** Entries of one chain hold one another; each chain has its own numbering. */
  readonly chainId: string
  /** 1, 2, 3 … within the chain. */
  readonly seq: number
  readonly at: number
  readonly kind: LedgerEntryKind
  readonly reportId: string
  readonly episodeNo: number
  readonly unitId: string
  readonly unitName: string
  readonly text: string
  readonly causes: readonly RedFaceCause[]
  /** Hash of the entry before, empty for the first. */
  readonly previousHash: string
  readonly hash: string
}

/** What is hashed: every field but the hash, in fixed order. The same entry gives the same text everywhere. */
export const canonicalLedgerText = (entry: Omit<LedgerEntry, 'hash'>): string =>
  JSON.stringify([
    entry.id,
    entry.chainId,
    entry.seq,
    entry.at,
    entry.kind,
    entry.reportId,
    entry.episodeNo,
    entry.unitId,
    entry.unitName,
    entry.text,
    entry.causes,
    entry.previousHash,
  ])

/** The next entry of a chain, bound to the one before it; `sha256` answers lower-case hex. */
export const appendLedger = (
  previous: Pick<LedgerEntry, 'chainId' | 'seq' | 'hash'> | null,
  fields: Omit<LedgerEntry, 'id' | 'seq' | 'previousHash' | 'hash'>,
  sha256: (text: string) => string,
): LedgerEntry => {
  if (previous && previous.chainId !== fields.chainId) {
    throw new Error(`ledger: an entry of chain ${fields.chainId} cannot follow one of ${previous.chainId}`)
  }
  const seq = (previous?.seq ?? 0) + 1
  const unsealed = {
    ...fields,
    id: `${fields.chainId}:${seq}`,
    seq,
    previousHash: previous?.hash ?? '',
  }
  return { ...unsealed, hash: sha256(canonicalLedgerText(unsealed)) }
}

/**
 * Does a whole chain, first entry first, still stand as it was written? `brokenAtSeq` is the first number at
 * which it does not. A chain cut off at its end still fits together, so pass the anchored head to notice it.
 */
export const verifyLedger = (
  entries: readonly LedgerEntry[],
  sha256: (text: string) => string,
  anchor?: Pick<LedgerEntry, 'seq' | 'hash'>,
): { readonly ok: true } | { readonly ok: false; readonly brokenAtSeq: number } => {
  let previous: LedgerEntry | null = null
  for (const entry of entries) {
    const seq: number = (previous?.seq ?? 0) + 1
    const isSound =
      entry.seq === seq &&
      entry.previousHash === (previous?.hash ?? '') &&
      (previous === null || entry.chainId === previous.chainId) &&
      entry.hash === sha256(canonicalLedgerText(entry)) &&
      (anchor?.seq !== seq || anchor.hash === entry.hash)
    if (!isSound) return { ok: false, brokenAtSeq: seq }
    previous = entry
  }
  const lastSeq = previous?.seq ?? 0
  return anchor && anchor.seq > lastSeq ? { ok: false, brokenAtSeq: lastSeq + 1 } : { ok: true }
}
