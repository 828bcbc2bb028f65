import type { StoredLedgerRow } from './ports'
import type { LedgerFacts, LedgerFate, OpenedFacts } from './rules/ledger'

interface Link {
  readonly _id: string
  readonly chainId: string
  readonly seq: number
  readonly previousHash: string
  readonly hash: string
  readonly eventKey: string
  readonly reportId: string
}

type CommittedDocument = Link & {
  readonly shape: 2
  readonly on: string
  readonly commitment: string
  readonly opened: OpenedFacts
  readonly subjectKey: string
  readonly fate: LedgerFate
}

/** As rows were stored before commitments: no shape, the facts among the other fields. */
type PlainDocument = Link &
  Omit<LedgerFacts, 'episodeKey' | 'unitPath'> & {
    readonly shape?: undefined
    readonly episodeNo: number
    readonly fate?: LedgerFate
  }

export type LedgerDocument = CommittedDocument | PlainDocument

/** Placeholder for facts that are missing: it matches no commitment, so that the row is reported as broken. */
const lost: OpenedFacts = {
  salt: '',
  facts: {
    at: 0,
    kind: 'opened',
    reportId: '',
    episodeKey: '',
    unitId: '',
    unitName: '',
    unitPath: [],
    text: '',
    causes: [],
  },
}

/** A row whose facts were removed or damaged in the database is reported as broken; it must not fail the read. */
export const toLedgerRow = (document: LedgerDocument): StoredLedgerRow => {
  const { _id: id, chainId, seq, previousHash, hash, eventKey } = document
  const link = { id, chainId, seq, previousHash, hash, eventKey }
  if (document.shape === 2) {
    const { on, commitment, subjectKey, fate } = document
    const { salt, facts }: Partial<OpenedFacts> = document.opened ?? lost
    const opened = { salt: salt ?? '', facts: { ...lost.facts, ...facts } }
    return { ...link, shape: 2, on, commitment, opened, subjectKey, fate }
  }
  const { at, kind, reportId, unitId, unitName, text, causes } = document
  const episodeKey = `${reportId}:${document.episodeNo}`
  return {
    ...link,
    shape: 1,
    facts: { at, kind, reportId, episodeKey, unitId, unitName, unitPath: [], text, causes },
    subjectKey: episodeKey,
    fate: document.fate ?? 'withheld',
  }
}

/** Rows are written in the second shape only; `reportId` lies outside the facts for its index. */
export const toLedgerDocument = (row: Extract<StoredLedgerRow, { readonly shape: 2 }>): CommittedDocument => {
  const { id, ...rest } = row
  return { _id: id, ...rest, reportId: row.opened.facts.reportId }
}
