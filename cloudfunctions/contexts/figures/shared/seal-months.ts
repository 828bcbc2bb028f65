import type { DutyDone } from '../../../journal/duties'
import type { LedgerPorts } from '../../red-face/ports'
import { appendToLedger, chainOf, chainPathOf } from '../../red-face/shared/keep-ledger'
import type { KeptFigures, KeptSection } from '../ports'
import { frozenAt, type Month, monthAfter, monthSection, unitAndMonth } from '../rules/month'
import { sealOf } from '../rules/seal'
import { sealText } from '../words'

interface SealPorts extends Pick<LedgerPorts, 'ledger' | 'sha256' | 'newSalt' | 'units'> {
  readonly figures: Pick<KeptFigures, 'firstMonth' | 'ofMonth' | 'keepSalt' | 'sealedUntil' | 'noteSealed'>
}

const sectionsAtOnce = 200

const pathOf = ({ id, above }: KeptSection): readonly string[] =>
  [...above, id].map((section) => unitAndMonth(section).unitId)

/** The event of the row that seals a month in a chain. */
export const sealKey = (chainId: string, month: Month): string => `sealed:${chainId}:${month}`

/**
 * All of a month, by the chain in which their units' rows lie; undefined where one of them stops it, or time is over.
 */
export const monthByChain = async (
  figures: Pick<KeptFigures, 'ofMonth'>,
  month: Month,
  mayGoOn: () => boolean,
  stopsAt: (section: KeptSection) => boolean = () => false,
): Promise<ReadonlyMap<string, readonly KeptSection[]> | undefined> => {
  const chains = new Map<string, KeptSection[]>()
  for (let cursor: string | null = null; ; ) {
    if (!mayGoOn()) return undefined
    const found: readonly KeptSection[] = await figures.ofMonth(month, cursor, sectionsAtOnce)
    if (found.some(stopsAt)) return undefined
    for (const section of found) {
      const chainId = chainOf(pathOf(section))
      const known = chains.get(chainId)
      if (known) known.push(section)
      else chains.set(chainId, [section])
    }
    cursor = found[found.length - 1]?.id ?? null
    if (found.length < sectionsAtOnce || cursor === null) return chains
  }
}

/** Not final yet, or not told upward. */
const isUnsettled = ({ computeAt, isChanged }: KeptSection): boolean => computeAt !== null || isChanged

/**
 * Q6: once every unit's figures of a month are final and have been folded, puts their hash down in the ledger, a row in
 * each chain; a month at a time, the earliest first. Done again it writes the same rows, once.
 */
export const sealMonths = (ports: SealPorts) => {
  const { figures, sha256 } = ports
  const append = appendToLedger(ports)

  /** False where the salt could not be kept: whoever was quicker has another one. */
  const seal = async (
    chainId: string,
    month: Month,
    sections: readonly KeptSection[],
    now: number,
  ): Promise<boolean> => {
    const chainSection = sections.find(({ id }) => id === monthSection(chainId, month)) ?? sections[0]
    if (!chainSection) return true
    const salt = chainSection.salt ?? ports.newSalt()
    if (chainSection.salt === undefined && !(await figures.keepSalt(chainSection, salt))) return false
    const sealed = sealOf(month, salt, sections, sha256)
    if (sealed.unitCount === 0) return true
    const eventKey = sealKey(chainId, month)
    const unit = await ports.units.get(chainId)
    await append([
      {
        eventKey,
        subjectKey: eventKey,
        isPublic: true,
        at: now,
        kind: 'sealed',
        reportId: '',
        episodeKey: eventKey,
        unitId: chainId,
        unitName: unit?.name ?? chainId,
        unitPath: chainPathOf(pathOf(chainSection)),
        text: sealText(sealed),
        causes: [],
        seal: sealed,
      },
    ])
    return true
  }

  return async (
    now: number,
    mayGoOn: () => boolean,
  ): Promise<DutyDone & { readonly monthsSealed: number }> => {
    let monthsSealed = 0
    for (;;) {
      const known = await figures.sealedUntil()
      const month = known === undefined ? await figures.firstMonth() : monthAfter(known, 1)
      if (month === undefined || frozenAt(month) > now) return { monthsSealed }
      const chains = await monthByChain(figures, month, mayGoOn, isUnsettled)
      if (!chains) return { monthsSealed, isComplete: false }
      for (const [chainId, sections] of chains)
        if (!(mayGoOn() && (await seal(chainId, month, sections, now))))
          return { monthsSealed, isComplete: false }
      await figures.noteSealed(month)
      monthsSealed += 1
    }
  }
}
