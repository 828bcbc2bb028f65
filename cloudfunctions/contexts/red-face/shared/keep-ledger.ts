import { chinaDateOn } from '../../../ground/instant'
import { bannerOf, pathToBanner, regionOf, type UnitPath, unitOf } from '../../../ground/unit-path'
import type { LedgerPorts } from '../ports'
import { appendLedger, type LedgerFacts } from '../rules/ledger'

type KeepPorts = Pick<LedgerPorts, 'ledger' | 'sha256' | 'newSalt'>

/** Something that happened to what stands, or may come to stand, on the red-face list. */
export interface LedgerEvent extends LedgerFacts {
  /** The same event told again, whenever, is one row. */
  readonly eventKey: string
  /**
   * What becomes public or does not: an episode, or one cause of it. A subject has one fate, so a key is never used
   * again for another one.
   */
  readonly subjectKey: string
  /** Was the subject public when this happened? A publication itself is. */
  readonly isPublic: boolean
}

/** Where a unit's events are chained: one ledger a banner, or the region's for places in none. */
export const chainPathOf = (unitPath: UnitPath): UnitPath =>
  bannerOf(unitPath) === null ? [regionOf(unitPath) ?? 'region'] : pathToBanner(unitPath)

/** The chain is named after its unit. */
export const chainOf = (unitPath: UnitPath): string => unitOf(chainPathOf(unitPath)) as string

/** Attempts to append a row: each has lost the race for its place in the chain. Beyond them the clock tries again. */
const mostTurns = 100

/**
 * Opens the rows of the first shape of an episode that has become public: they name no subject and are found by their
 * report.
 */
export const revealPlainRows =
  (ports: Pick<LedgerPorts, 'ledger'>) =>
  async (reportId: string, episodeKey: string): Promise<void> => {
    for (const row of await ports.ledger.ofReport(reportId)) {
      if (row.shape === 1 && row.fate === 'withheld' && row.facts.episodeKey === episodeKey)
        await ports.ledger.settleRow(row.id, 'revealed')
    }
  }

/**
 * F6: opens every row of a subject that has become public. Rows of a subject that ended within its notice stay closed
 * for good. Doing it again changes nothing.
 */
export const revealSubject =
  (ports: Pick<LedgerPorts, 'ledger'>) =>
  (subjectKey: string): Promise<void> =>
    ports.ledger.settleSubject(subjectKey, 'revealed')

/**
 * F6: puts an event down in its chain, once however often it is told, and gives its subject's rows their fate: what is
 * public opens them, what is struck or cleared within its notice closes them for good, else they stay commitments.
 */
export const appendToLedger = (ports: KeepPorts) => {
  const append = async (event: LedgerEvent): Promise<void> => {
    const { eventKey, subjectKey, isPublic, ...facts } = event
    const path = chainPathOf(facts.unitPath)
    const chainId = chainOf(facts.unitPath)
    const opened = { salt: ports.newSalt(), facts }
    for (let turn = 0; turn < mostTurns; turn += 1) {
      if (await ports.ledger.hasEvent(eventKey)) return
      const head = (await ports.ledger.head(chainId)) ?? null
      const row = appendLedger(chainId, head, chinaDateOn(facts.at), opened, ports.sha256)
      const fate = isPublic ? 'revealed' : 'withheld'
      if (!(await ports.ledger.add({ ...row, eventKey, subjectKey, fate }))) continue
      return ports.ledger.noteHead(chainId, path, { seq: row.seq, hash: row.hash })
    }
    throw new Error(`ledger: no place found in chain ${chainId} for ${eventKey}`)
  }

  return async (event: LedgerEvent): Promise<void> => {
    await append(event)
    if (event.isPublic) {
      await revealSubject(ports)(event.subjectKey)
      if (event.kind === 'published') await revealPlainRows(ports)(event.reportId, event.episodeKey)
    } else if (event.kind === 'struck' || event.kind === 'cleared') {
      await ports.ledger.settleSubject(event.subjectKey, 'closed')
    }
  }
}
