import { chinaDateOn } from '../../../ground/instant'
import { sideBySide } from '../../../ground/side-by-side'
import type { DutyDone } from '../../../journal/duties'
import type { LedgerChain, LedgerPorts, StoredLedgerRow } from '../ports'
import {
  type ChainHead,
  cutOff,
  factsOf,
  followChain,
  isOfPublic,
  type LedgerBreak,
  publicFrom,
} from '../rules/ledger'
import { chainPathOf, revealPlainRows, revealSubject } from './keep-ledger'

type CheckPorts = Pick<LedgerPorts, 'ledger' | 'units' | 'sha256'>

interface LedgerCheck extends DutyDone {
  /** Heads published for today by this run. */
  readonly anchored: number
  /** F6: where chains do not stand as they were written or published; told by every run until it is put right. */
  readonly ledgerBroken: readonly (LedgerBreak & { readonly chainId: string })[]
  /** False when a chain has more rows than one run follows, or the time allowed was over; the next run goes on there. */
  readonly isComplete: boolean
}

/** Chains that are followed side by side, and matters of one that are looked up so. */
const atOnce = 8

const rowsAtOnce = 200
/** Of one chain in one run, so that a long one does not hold up the others. */
const mostPages = 10

const heads = (...known: readonly (ChainHead | null | undefined)[]): readonly ChainHead[] =>
  known.flatMap((head) => head ?? [])

/**
 * F6: once a Chinese day follows every chain from its first row to its end (each row against the one before, its hash,
 * its commitment, the heads published, and whether what became public is shown still) and publishes its head. A chain found broken is published no further, and is
 * looked at by each run until it is put right.
 */
export const checkLedger = (ports: CheckPorts) => {
  const { ledger } = ports

  /** Every chain; one whose rows are older than the list of chains is put on it. */
  const everyChain = async (): Promise<readonly LedgerChain[]> => {
    const listed = await ledger.chains()
    const listedIds = new Set(listed.map(({ id }) => id))
    const unlisted: LedgerChain[] = []
    for (const chainId of await ledger.begunChainIds()) {
      if (listedIds.has(chainId)) continue
      const head = await ledger.head(chainId)
      const unit = await ports.units.get(chainId)
      if (head) await ledger.noteHead(chainId, unit ? chainPathOf(unit.path) : [chainId], head)
      const chain = await ledger.chain(chainId)
      if (chain) unlisted.push(chain)
    }
    return [...listed, ...unlisted]
  }

  const publish = async (chain: LedgerChain, today: string, now: number): Promise<boolean> => {
    if (chain.publishedOn === today) return false
    const head = await ledger.head(chain.id)
    // A chain that has become shorter is not published but found broken.
    if (!head || head.seq < chain.head.seq) return false
    await ledger.publish(chain.id, { on: today, ...head }, now)
    return true
  }

  /** Seen to by an earlier run of the day, to what was its end then and is it still. */
  const isSeenTo = ({ checkedOn, publishedOn, checked, head, broken }: LedgerChain, today: string): boolean =>
    checkedOn === today && publishedOn === today && !broken && checked?.seq === head.seq

  /** Rows of the first shape were shown by the hour; now by whether their episode became public. */
  const openPlainRows = async (rows: readonly StoredLedgerRow[]): Promise<void> => {
    for (const row of rows) {
      if (row.shape === 1 && row.facts.kind === 'published' && row.fate === 'withheld')
        await revealPlainRows(ports)(row.facts.reportId, row.facts.episodeKey)
    }
  }

  /**
   * What has become public among the subjects of rows that are shown to nobody. What is withheld of one that is shown is
   * opened: whoever was to do it was cut off.
   */
  const publicAmong = async (rows: readonly StoredLedgerRow[]): Promise<ReadonlyMap<string, number>> => {
    const shut = rows.filter((row) => row.shape === 2 && row.fate !== 'revealed')
    const reportIds = new Set(shut.map((row) => factsOf(row)?.reportId ?? ''))
    const about: StoredLedgerRow[] = []
    await sideBySide([...reportIds], atOnce, async (reportId) => {
      about.push(...(await ledger.ofReport(reportId)))
    })
    const shown = publicFrom(about.filter(({ fate }) => fate === 'revealed'))
    for (const row of shut)
      if (row.fate === 'withheld' && isOfPublic(row, shown)) await revealSubject(ports)(row.subjectKey)
    return publicFrom(about)
  }

  const walk = async (
    chain: LedgerChain,
    today: string,
    now: number,
    mayGoOn: () => boolean,
  ): Promise<{ readonly broken: LedgerBreak | null; readonly isAtEnd: boolean }> => {
    const isNewDay = chain.checkedOn !== today
    let checked = isNewDay ? null : chain.checked
    let count = 0
    let broken: LedgerBreak | null = null
    let isAtEnd = false
    for (let page = 0; page < mostPages && !broken && !isAtEnd; page += 1) {
      if (page > 0 && !mayGoOn()) break
      // The last sound row is read again: it must still be there, and the same.
      const fromSeq = checked?.seq ?? 1
      const rows = await ledger.from(chain.id, fromSeq, rowsAtOnce)
      const isFollowing = checked !== null && rows[0]?.seq === checked.seq && rows[0].hash === checked.hash
      if (checked && !isFollowing) {
        broken =
          rows[0]?.seq === checked.seq ? { seq: fromSeq, flaw: 'changed' } : { seq: fromSeq, flaw: 'missing' }
        break
      }
      const fresh = isFollowing ? rows.slice(1) : rows
      const last = fresh[fresh.length - 1]
      const published = last ? await ledger.publishedBetween(chain.id, fresh[0]?.seq ?? 1, last.seq) : []
      const promised = [...published, ...heads(chain.furthest, chain.head)]
      const followed = followChain(chain.id, checked, fresh, promised, ports.sha256, await publicAmong(fresh))
      broken = followed.breaks[0] ?? null
      if (!broken) {
        await openPlainRows(fresh)
        count += fresh.length
        checked = followed.head
      }
      isAtEnd = rows.length < rowsAtOnce
    }
    const isNews = isNewDay || count > 0 || chain.broken !== null
    if (isAtEnd && !broken) {
      const furthest = isNews ? await ledger.furthestPublished(chain.id) : undefined
      broken = cutOff(checked, heads(chain.furthest, chain.head, furthest)) ?? null
      if (!broken && checked && checked.seq > chain.head.seq)
        await ledger.noteHead(chain.id, chain.path, checked)
    }
    const isFurther = checked !== null && checked.seq > (chain.furthest?.seq ?? 0)
    const furthest = isFurther ? checked : chain.furthest
    if (isNews || broken)
      await ledger.noteCheck(chain.id, { checked, checkedOn: today, checkedAt: now, furthest, broken })
    return { broken, isAtEnd }
  }

  return async (now: number, mayGoOn: () => boolean): Promise<LedgerCheck> => {
    const today = chinaDateOn(now)
    let anchored = 0
    let isComplete = true
    const broken: (LedgerBreak & { readonly chainId: string })[] = []

    const chains = (await everyChain()).filter((chain) => !isSeenTo(chain, today))
    // Whatever was checked longest ago comes first: no chain starves when time is short.
    const waiting = [...chains].sort((a, b) => a.checkedAt - b.checkedAt || (a.id < b.id ? -1 : 1))
    await sideBySide(waiting, atOnce, async (chain) => {
      if (!mayGoOn()) {
        isComplete = false
        if (chain.broken) broken.push({ chainId: chain.id, ...chain.broken })
        return
      }
      const walked = await walk(chain, today, now, mayGoOn)
      if (!walked.isAtEnd && !walked.broken) isComplete = false
      if (walked.broken) broken.push({ chainId: chain.id, ...walked.broken })
      else if (await publish(chain, today, now)) anchored += 1
    })
    const ledgerBroken = [...broken].sort((a, b) => (a.chainId < b.chainId ? -1 : 1))
    return { anchored, ledgerBroken, isComplete, isWatched: ledgerBroken.length > 0 }
  }
}
