import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { LedgerPorts, StoredLedgerRow } from '../ports'
import { chainOf } from '../shared/keep-ledger'

type LedgerRowView = OutputOf<'ledger.list'>['rows'][number]

/**
 * F6: a row as everybody may read it. One that is withheld and one that is closed for good look the same: number,
 * date, commitment and hashes, and neither whom nor what it is about.
 */
const toRowView = (row: StoredLedgerRow): LedgerRowView => {
  const { id, chainId, seq, previousHash, hash } = row
  const { salt, facts } = row.shape === 2 ? row.opened : { salt: '', facts: row.facts }
  const isOpen = row.fate === 'revealed'
  return {
    id,
    chainId,
    seq,
    shape: row.shape,
    on: row.shape === 2 ? row.on : '',
    commitment: row.shape === 2 ? row.commitment : '',
    previousHash,
    hash,
    salt: isOpen ? salt : null,
    facts: isOpen ? { ...facts, unitPath: [...facts.unitPath], causes: [...facts.causes] } : null,
  }
}

/** Everything the ledger says of one episode; its withheld rows are left out, since to list them tells what they are about. */
export const episodeRows = (rows: readonly StoredLedgerRow[], episodeKey: string): LedgerRowView[] =>
  rows
    .map(toRowView)
    .filter((row) => row.facts?.episodeKey === episodeKey)
    .sort((a, b) => (a.facts?.at ?? 0) - (b.facts?.at ?? 0) || a.seq - b.seq)

/** The published heads that come with a ledger's first page. */
const shownHeads = 30

const hasOwnChain = (unit: Unit): boolean => chainOf(unit.path) === unit.id || bannerOf(unit.path) !== null

/**
 * F6: the ledger a unit's events are chained in, latest first, with its head and the heads published before. A league
 * has none of its own (`ledger.chains` lists those below it). Refuses `unknown-unit`.
 */
export const listLedger =
  (ports: LedgerPorts) =>
  async (
    _session: Session,
    input: ParsedInputOf<'ledger.list'>,
  ): Promise<Result<OutputOf<'ledger.list'>>> => {
    const unit = await ports.units.get(input.unitId)
    // What was written for good can be read for good, also when the unit it was written for is no more.
    if (!unit && !(await ports.ledger.chain(input.unitId))) return refuse('unknown-unit')
    if (unit && !hasOwnChain(unit))
      return ok({
        chain: null,
        rows: [],
        nextCursor: null,
        headHash: null,
        headSeq: 0,
        anchors: [],
        brokenAtSeq: 0,
      })
    const chainId = unit ? chainOf(unit.path) : input.unitId
    const [page, head, anchors, known, chainUnit] = await Promise.all([
      ports.ledger.list(chainId, {
        limit: input.limit ?? 20,
        ...(input.cursor ? { cursor: input.cursor } : {}),
      }),
      ports.ledger.head(chainId),
      input.cursor ? [] : ports.ledger.published(chainId, shownHeads),
      ports.ledger.chain(chainId),
      ports.units.get(chainId),
    ])
    return ok({
      chain: { id: chainId, name: chainUnit?.name ?? chainId },
      rows: page.rows.map(toRowView),
      nextCursor: page.nextCursor,
      headHash: head?.hash ?? null,
      headSeq: head?.seq ?? 0,
      anchors: [...anchors],
      brokenAtSeq: known?.broken?.seq ?? 0,
    })
  }

/** The ledgers of a unit and of every unit below it, for the levels above a banner. Refuses `unknown-unit`. */
export const listLedgerChains =
  (ports: LedgerPorts) =>
  async (
    _session: Session,
    input: ParsedInputOf<'ledger.chains'>,
  ): Promise<Result<OutputOf<'ledger.chains'>>> => {
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    const page = await ports.ledger.chainsBelow(unit.id, {
      limit: input.limit ?? 50,
      ...(input.cursor ? { cursor: input.cursor } : {}),
    })
    const units = await ports.units.getMany(page.rows.map(({ id }) => id))
    const names = new Map(units.map(({ id, areaName }) => [id, areaName]))
    return ok({
      rows: page.rows.map(({ id, head, broken }) => ({
        id,
        name: names.get(id) ?? id,
        rowCount: head.seq,
        headHash: head.hash,
        brokenAtSeq: broken?.seq ?? 0,
      })),
      nextCursor: page.nextCursor,
    })
  }
