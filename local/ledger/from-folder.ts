import { unitAndMonth } from '../../cloudfunctions/contexts/figures/rules/month'
import type { SealedSection } from '../../cloudfunctions/contexts/figures/rules/seal'
import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import { type LedgerDocument, toLedgerRow } from '../../cloudfunctions/contexts/red-face/ledger-documents'
import type { StoredLedgerRow } from '../../cloudfunctions/contexts/red-face/ports'
import type { ChainHead } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import { chainOf } from '../../cloudfunctions/contexts/red-face/shared/keep-ledger'
import { readStoredDocuments } from '../cloudbase/database/stored-documents'
import type { MonthAsKept, ReadChain } from './verify'

/** Ids of rows and of published heads are `chainId:number` and `chainId:date`. */
const chainOfId = (id: string): string => id.slice(0, id.lastIndexOf(':'))
const seqOfId = (id: string): number => Number(id.slice(id.lastIndexOf(':') + 1))

interface Gathered {
  readonly rows: StoredLedgerRow[]
  readonly anchors: ChainHead[]
  readonly heads: ChainHead[]
  readonly unreadable: number[]
}

interface Gathering extends MonthAsKept {
  salt: string
  readonly sections: SealedSection[]
}

/** The figures of each month, by the chain in which they are sealed. */
const sealedMonths = (
  documents: readonly (object | undefined)[],
): ReadonlyMap<string, ReadonlyMap<string, MonthAsKept>> => {
  const chains = new Map<string, Map<string, Gathering>>()
  for (const document of documents as readonly (FiguresDocument | undefined)[]) {
    if (!document?.month) continue
    const { _id: id, own = {}, below = {}, above, month, salt } = document
    const chainId = chainOf([...above, id].map((section) => unitAndMonth(section).unitId))
    const months = chains.get(chainId) ?? new Map<string, Gathering>()
    chains.set(chainId, months)
    const kept = months.get(month) ?? { salt: '', sections: [] }
    months.set(month, kept)
    kept.sections.push({ id, own, below })
    if (salt !== undefined) kept.salt = salt
  }
  return chains
}

/** Every chain as it lies in a data folder of the local cloud, withheld words included: they too must open. */
export const chainsInFolder = (folder: string): readonly ReadChain[] => {
  const found = readStoredDocuments(folder, ['ledger', 'ledger_anchors', 'ledger_chains', 'figures'])
  const chains = new Map<string, Gathered>()
  const chain = (id: string): Gathered => {
    const known = chains.get(id) ?? { rows: [], anchors: [], heads: [], unreadable: [] }
    chains.set(id, known)
    return known
  }
  for (const { id, document } of found.get('ledger') ?? []) {
    // The key under which a row lies counts: a row moved elsewhere is missing there.
    if (document && document._id === id && Number.isInteger(document.seq))
      chain(chainOfId(id)).rows.push(toLedgerRow(document as unknown as LedgerDocument))
    else chain(chainOfId(id)).unreadable.push(seqOfId(id))
  }
  for (const { id, document } of found.get('ledger_anchors') ?? []) {
    const head = document as ChainHead | undefined
    chain(chainOfId(id)).anchors.push({ seq: head?.seq ?? 0, hash: head?.hash ?? '' })
  }
  for (const { id, document } of found.get('ledger_chains') ?? []) {
    const known = document as { readonly headSeq?: number; readonly headHash?: string } | undefined
    chain(id).heads.push({ seq: known?.headSeq ?? 0, hash: known?.headHash ?? '' })
  }
  const months = sealedMonths((found.get('figures') ?? []).map(({ document }) => document))
  return [...chains]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { rows, ...rest }]) => ({
      id,
      ...rest,
      months: months.get(id) ?? new Map(),
      rows: rows.sort((a, b) => a.seq - b.seq),
      revealed: rows.filter((row) => row.fate === 'revealed').length,
    }))
}
