import { sideBySide } from '../../../ground/side-by-side'
import type { DutyDone } from '../../../journal/duties'
import type { LedgerPorts } from '../../red-face/ports'
import type { Seal } from '../../red-face/rules/ledger'
import type { KeptFigures } from '../ports'
import { type Month, monthAfter } from '../rules/month'
import { sealOf } from '../rules/seal'
import { monthByChain, sealKey } from './seal-months'

interface CheckPorts {
  readonly figures: Pick<KeptFigures, 'ofMonth' | 'sealedUntil'>
  readonly ledger: Pick<LedgerPorts['ledger'], 'chains' | 'ofEvents'>
  readonly sha256: LedgerPorts['sha256']
}

/** A month of a chain whose figures are not those that were sealed, or whose seal is not there. */
export interface SealBreak {
  readonly chainId: string
  readonly month: Month
  readonly flaw: 'figures-changed' | 'seal-missing'
}

interface SealCheck extends DutyDone {
  /** Q6: told by every run until the figures are as they were. */
  readonly sealsBroken: readonly SealBreak[]
}

/** The months that were sealed last; all others are checked by whoever asks (`npm run verify:ledger`). */
const monthsChecked = 2
const rowsAtOnce = 100
const atOnce = 2

/**
 * Q6: once a day makes the hashes of the months that were sealed last again, from the figures as they lie there, and
 * holds them against the rows of the ledger.
 */
export const checkSeals = ({ figures, ledger, sha256 }: CheckPorts) => {
  const sealsOf = async (
    month: Month,
    chainIds: readonly string[],
  ): Promise<ReadonlyMap<string, Seal | undefined>> => {
    const pieces = Array.from({ length: Math.ceil(chainIds.length / rowsAtOnce) }, (_, no) =>
      chainIds.slice(no * rowsAtOnce, (no + 1) * rowsAtOnce),
    )
    const seals = new Map<string, Seal | undefined>()
    await sideBySide(pieces, atOnce, async (some) => {
      for (const row of await ledger.ofEvents(some.map((chainId) => sealKey(chainId, month))))
        seals.set(row.eventKey, row.shape === 2 ? row.opened.facts.seal : undefined)
    })
    return seals
  }

  /** Undefined where the time was over before all of it was read. */
  const checkMonth = async (
    month: Month,
    mayGoOn: () => boolean,
  ): Promise<readonly SealBreak[] | undefined> => {
    const kept = await monthByChain(figures, month, mayGoOn)
    if (!kept) return undefined
    const listed = (await ledger.chains()).map(({ id }) => id)
    const chainIds = [...new Set([...listed, ...kept.keys()])].sort()
    const seals = await sealsOf(month, chainIds)
    return chainIds.flatMap((chainId): readonly SealBreak[] => {
      const sections = kept.get(chainId) ?? []
      const salt = sections.find((one) => one.salt !== undefined)?.salt ?? ''
      const made = sealOf(month, salt, sections, sha256)
      const seal = seals.get(sealKey(chainId, month))
      if (seal) return made.hash === seal.hash ? [] : [{ chainId, month, flaw: 'figures-changed' }]
      return made.unitCount === 0 ? [] : [{ chainId, month, flaw: 'seal-missing' }]
    })
  }

  return async (_now: number, mayGoOn: () => boolean): Promise<SealCheck> => {
    const last = await figures.sealedUntil()
    const sealsBroken: SealBreak[] = []
    for (let back = 0; last !== undefined && back < monthsChecked; back += 1) {
      const broken = await checkMonth(monthAfter(last, -back), mayGoOn)
      if (!broken) return { sealsBroken, isComplete: false }
      sealsBroken.push(...broken)
    }
    return { sealsBroken, isWatched: sealsBroken.length > 0 }
  }
}
