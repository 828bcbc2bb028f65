import { chinaDateOn } from '../../../ground/instant'
import { inTurns } from '../../../ground/side-by-side'
import { bannerOf, pathToBanner, regionOf, type UnitPath, unitOf } from '../../../ground/unit-path'
import type { LedgerPorts } from '../ports'
import { appendLedger, type ChainHead, type LedgerFacts } from '../rules/ledger'

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
 * F6: puts the events of a matter down in their chains, once however often they are told, and gives their subjects' rows
 * their fate: what is public opens them, what is struck or cleared within its notice closes them for good, else they
 * stay commitments. In one chain the events of a matter stand in their order, and those of several matters in the order
 * in which this was called for them: which call to the database is answered first decides nothing.
 */
export const appendToLedger = (ports: KeepPorts) => {
  const { ledger } = ports

  /** Adds a row for an event that has none; answers where the chain ends then. */
  const place = async (chainId: string, event: LedgerEvent, known: ChainHead | null): Promise<ChainHead> => {
    const { eventKey, subjectKey, isPublic, ...facts } = event
    const opened = { salt: ports.newSalt(), facts }
    const fate = isPublic ? 'revealed' : 'withheld'
    let head = known
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const row = appendLedger(chainId, head, chinaDateOn(facts.at), opened, ports.sha256)
      if (await ledger.add({ ...row, eventKey, subjectKey, fate })) return { seq: row.seq, hash: row.hash }
      // Somebody else has put down this event or another one.
      head = (await ledger.head(chainId)) ?? null
      if (head && (await ledger.eventsAmong([eventKey])).has(eventKey)) return head
    }
    throw new Error(`ledger: no place found in chain ${chainId} for ${eventKey}`)
  }

  /** One row follows another: what comes to a chain meanwhile waits, and is put down together. */
  const append = inTurns(async (chainId, matters: readonly (readonly LedgerEvent[])[]) => {
    const faults = new Map<readonly LedgerEvent[], unknown>()
    const all = matters.flat()
    const [told, end] = await Promise.all([
      ledger.eventsAmong(all.map(({ eventKey }) => eventKey)),
      ledger.head(chainId),
    ])
    const known = new Set(told)
    let head = end ?? null
    for (const events of matters) {
      try {
        for (const event of events) {
          if (known.has(event.eventKey)) continue
          head = await place(chainId, event, head)
          known.add(event.eventKey)
        }
      } catch (error) {
        faults.set(events, error)
      }
    }
    const path = all[0] && chainPathOf(all[0].unitPath)
    if (head && path) await ledger.noteHead(chainId, path, head)
    return faults
  })

  const giveFate = async (event: LedgerEvent): Promise<void> => {
    if (event.isPublic) {
      await revealSubject(ports)(event.subjectKey)
      if (event.kind === 'published') await revealPlainRows(ports)(event.reportId, event.episodeKey)
    } else if (event.kind === 'struck' || event.kind === 'cleared') {
      await ports.ledger.settleSubject(event.subjectKey, 'closed')
    }
  }

  return async (events: readonly LedgerEvent[]): Promise<void> => {
    const chainIds = [...new Set(events.map(({ unitPath }) => chainOf(unitPath)))]
    // All take their turn before anything is waited for.
    await Promise.all(
      chainIds.map((chainId) =>
        append(
          chainId,
          events.filter(({ unitPath }) => chainOf(unitPath) === chainId),
        ),
      ),
    )
    for (const event of events) await giveFate(event)
  }
}
