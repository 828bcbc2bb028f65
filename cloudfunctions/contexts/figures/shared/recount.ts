import { chinaDateOn } from '../../../ground/instant'
import { lastOf, unitsAbove } from '../../../ground/unit-path'
import { type Failure, reasonOf } from '../../../journal/clock'
import type { Units } from '../../organisation/ports'
import type { Participants, Reports } from '../../report/ports'
import {
  accusingFigure,
  areaLists,
  type CountedFigure,
  type CountedList,
  countsIn,
  figureOfName,
  isCountedAsBefore,
  listName,
  ownLists,
  partsOfFigure,
  unitOfSection,
  withoutAccused,
} from '../../report/rules/lies-in'
import type { RuleBooks } from '../../rule-book/ports'
import type { Drift, KeptFigures, KeptSection, RecountProgress } from '../ports'
import { type Counts, difference, foldedUp, isSame } from '../rules/fold'
import {
  datesOf,
  daySection,
  isBefore,
  justBefore,
  kindOfSection,
  monthSection,
  oldestProvisional,
  unitAndMonth,
} from '../rules/month'
import { workOutMonth } from './compute-months'
import { keepRow } from './keep-row'

interface RecountPorts {
  readonly figures: KeptFigures
  readonly reports: Pick<Reports, 'get' | 'counted' | 'lyingIn' | 'countIn' | 'unsettled'>
  readonly participants: Pick<Participants, 'getMany'>
  readonly units: Pick<Units, 'get' | 'children' | 'predecessors'>
  readonly ruleBooks: Pick<RuleBooks, 'of'>
  readonly countFirst: (reportId: string) => Promise<void>
}

/** H4: whom complaints accuse is written into no log. */
const asTold = ({ section: id, by }: Drift): Drift => {
  const section = withoutAccused(id)
  if (by === 'missing') return { section, by }
  const lists: Partial<Record<string, number>> = {}
  for (const [figure, count = 0] of Object.entries(by)) {
    const { list } = partsOfFigure(figure)
    lists[list] = (lists[list] ?? 0) + count
  }
  return { section, by: lists }
}

const reportsAtOnce = 200
const sectionsAtOnce = 100
/** Outboxes that are read to know what is still to be counted: with more a section is left to the next day. */
const mostUnsettled = 200
const mostTries = 3
/** Of a section with more reports the lists are counted one by one, without a document. */
const mostRead = 500
const lists: readonly CountedList[] = [...ownLists, ...areaLists]

const isNothing = (counts: Counts): boolean => Object.values(counts).every((count) => count === 0)

/** Whom complaints among these figures accuse. */
const accusedIn = (figures: readonly string[]): readonly string[] =>
  figures.flatMap((figure) => partsOfFigure(figure).accused ?? [])

/** Every figure that a section may hold: of complaints those that accuse a unit which it knows of, or one of these. */
const figuresOf = (
  { own }: Pick<KeptSection, 'own'>,
  alsoAccused: readonly string[],
): readonly (readonly CountedFigure[])[] => {
  const accused = new Set([...accusedIn(Object.keys(own)), ...alsoAccused])
  return [lists, ...[...accused].map((unitId) => lists.map((list) => accusingFigure(unitId, list)))]
}

/**
 * Once a day, in pieces: counts for the first time what no figure contains, looks whether whatever a report speaks of is
 * there, and works every section and provisional month out anew. What does not agree, with all that is still on its way
 * taken off, is put right and told.
 */
export const recountFigures = (ports: RecountPorts) => {
  const { figures, reports, countFirst, units } = ports
  const workOut = workOutMonth(ports)

  /** How many reports say that they lie in each list of a section. */
  const saidOf = async (
    section: Pick<KeptSection, 'id' | 'own'>,
    alsoAccused: readonly string[],
  ): Promise<Counts> => {
    let said: Counts = {}
    for (const figures of figuresOf(section, alsoAccused))
      said = { ...said, ...(await saidIn(section.id, figures)) }
    return said
  }

  const saidIn = async (section: string, figures: readonly CountedFigure[]): Promise<Counts> => {
    const few = await reports.lyingIn(
      figures.map((figure) => listName(section, figure)),
      mostRead,
    )
    if (few.length < mostRead) return countsIn(section, few)
    const counts = await Promise.all(
      figures.map(async (figure) => {
        let sum = 0
        // A matter may have stood on the red-face list of one unit more than once.
        for (let nth = 1; ; nth += 1) {
          const count = await reports.countIn(listName(section, figure, nth))
          sum += count
          if (count === 0) return [figure, sum] as const
        }
      }),
    )
    return Object.fromEntries(counts.filter(([, count]) => count > 0))
  }

  /** What outboxes still hold for the section; undefined where they are too many to be read. */
  const onItsWay = async ({ id, moves }: KeptSection): Promise<Counts | undefined> => {
    const unsettled = await reports.unsettled('all', mostUnsettled)
    if (unsettled.length === mostUnsettled) return undefined
    const known = new Set(moves)
    const sum: Partial<Record<CountedFigure, number>> = {}
    for (const report of unsettled)
      for (const entry of report.moved) {
        if (known.has(`${report.id}.${entry.id}`)) continue
        for (const move of entry.moves) {
          if (move.section !== id) continue
          for (const [figure, by = 0] of Object.entries(move.by) as [CountedFigure, number | undefined][])
            sum[figure] = (sum[figure] ?? 0) + by
        }
      }
    return sum
  }

  /** What the section’s own numbers lack. Undefined while it changes faster than it can be counted. */
  const lacking = async (
    section: KeptSection,
    alsoAccused: readonly string[],
  ): Promise<Counts | undefined> => {
    const said = await saidOf(section, alsoAccused)
    const by = difference(said, section.own)
    if (isNothing(by)) return by
    const coming = await onItsWay(section)
    const now = await figures.get(section.id)
    if (!coming || now?.rev !== section.rev) return undefined
    // What was on its way may have been said after the reports were counted: they are counted again behind it.
    const again = await saidOf(section, alsoAccused)
    if (!isNothing(difference(again, said))) return undefined
    return difference(difference(said, coming), section.own)
  }

  const checkOwn = async (
    found: KeptSection,
    alsoAccused: readonly string[] = [],
  ): Promise<readonly Drift[]> => {
    let section: KeptSection | undefined = found
    for (let tries = 0; section && tries < mostTries; tries += 1) {
      const by = await lacking(section, alsoAccused)
      if (by && isNothing(by)) return []
      if (by && (await figures.mend(section, by))) return [{ section: section.id, by }]
      section = await figures.get(section.id)
    }
    return []
  }

  const checkBelow = async (found: KeptSection): Promise<readonly Drift[]> => {
    const section = await figures.get(found.id)
    const children = await figures.below(found.id)
    // What the clock has not folded yet is no drift.
    if (!section || children.some(({ isChanged }) => isChanged)) return []
    const below = foldedUp(children)
    if (isSame(below, section.below)) return []
    const by = difference(below, section.below)
    return (await figures.setBelow(section, below)) ? [{ section: section.id, by }] : []
  }

  /** Makes a month due that should be there and is not. */
  const missingMonths = async (ids: readonly string[], now: number): Promise<readonly Drift[]> => {
    const known = await figures.existing(ids)
    const missing = [...new Set(ids)].filter((id) => !known.has(id))
    for (const id of missing) await figures.touchMonth(id, now)
    return missing.map((section) => ({ section, by: 'missing' }))
  }

  /** What is wrong with a month that is neither final nor due. */
  const checkMonth = async (found: KeptSection, now: number): Promise<readonly Drift[]> => {
    if (!found.computeAt || found.computeAt <= now) return []
    const { unitId, month } = unitAndMonth(found.id)
    const ids = datesOf(month).map((on) => [on, daySection(unitId, on)] as const)
    const days = new Map((await figures.kept(ids.map(([, id]) => id))).map(({ id, own }) => [id, own]))
    const worked = await workOut(unitId, month, now)
    const missing =
      worked.containedIn === null ? [] : await missingMonths([monthSection(worked.containedIn, month)], now)
    const drift = [
      { section: found.id, by: difference(worked.numbers, found.own) },
      ...ids.map(([on, id]) => ({
        section: id,
        by: difference(worked.days.get(on) ?? {}, days.get(id) ?? {}),
      })),
    ].filter(({ by }) => !isNothing(by))
    if (drift.length === 0) return missing
    // It may have been worked out anew meanwhile.
    const again = await figures.get(found.id)
    if (again?.rev !== found.rev) return missing
    await figures.touchMonth(found.id, now)
    return [...missing, ...drift]
  }

  /** Sections that these lie below and that are not there; what has not been folded yet is no drift. */
  const missingAbove = async (sections: readonly KeptSection[]): Promise<readonly Drift[]> => {
    const settled = sections.filter(({ isChanged, above }) => !isChanged && above.length > 0)
    const aboveIds = settled.map(({ above }) => lastOf(above) ?? '')
    const known = await figures.existing(aboveIds)
    const drift: Drift[] = []
    for (const section of settled) {
      const id = lastOf(section.above) ?? ''
      if (known.has(id) || drift.some((one) => one.section === id)) continue
      const above = section.above.slice(0, -1)
      const none = { id, rev: 0, above, isChanged: false, moves: [], own: {}, below: {} }
      if (await figures.setBelow(none, foldedUp(await figures.below(id))))
        drift.push({ section: id, by: 'missing' })
    }
    return drift
  }

  const checkPiece = async (sections: readonly KeptSection[], now: number): Promise<readonly Drift[]> => {
    const drift: Drift[] = []
    for (const section of sections) {
      const kind = kindOfSection(section.id)
      if (kind === 'stock') drift.push(...(await checkOwn(section)))
      if (kind === 'month') drift.push(...(await checkMonth(section, now)))
    }
    const days = sections.filter(({ id }) => kindOfSection(id) === 'day').map(({ id }) => unitAndMonth(id))
    drift.push(
      ...(await missingMonths(
        days.map(({ unitId, month }) => monthSection(unitId, month)),
        now,
      )),
    )
    const children = await figures.belowAny(sections.map(({ id }) => id))
    for (const section of sections) {
      const below = foldedUp(children.filter(({ above }) => lastOf(above) === section.id))
      if (!isSame(below, section.below)) drift.push(...(await checkBelow(section)))
    }
    return [...drift, ...(await missingAbove(sections))]
  }

  /** Sections and rows that these reports speak of and that are not there. */
  const missingOf = async (
    found: Awaited<ReturnType<typeof reports.counted>>,
    now: number,
  ): Promise<readonly Drift[]> => {
    const counted = found.filter(({ countedIn }) => countedIn)
    const places = counted.flatMap(({ countedIn = [] }) => countedIn.map(figureOfName))
    const sections = [...new Set(places.map(({ section }) => section))]
    const known = await figures.existing(sections)
    for (const section of sections.filter((one) => !known.has(one))) {
      const unitId = unitOfSection(section)
      const unit = await units.get(unitId)
      const above = unitsAbove(unit?.path ?? []).map((id) => `${id}${section.slice(unitId.length)}`)
      // Counted with all others, and told there: what is still on its way is no drift.
      await figures.setOwn(section, undefined, {}, above)
    }
    const said = await figures.monthsSaidBy(counted.map(({ id }) => id))
    const silent = counted.filter(({ id }) => !said.has(id)).map(({ id }) => id)
    const waiting = new Set(
      silent.length === 0
        ? []
        : (await reports.unsettled(silent, silent.length))
            .filter(({ hasOutcome }) => hasOutcome)
            .map(({ id }) => id),
    )
    const drift: Drift[] = []
    // Whoever is accused for the first time is in none of the figures from which the others are counted anew.
    for (const id of sections) {
      const figuresThere = places.flatMap(({ section, figure }) => (section === id ? [figure] : []))
      const accused = [...new Set(accusedIn(figuresThere))]
      const section = accused.length === 0 ? undefined : await figures.get(id)
      const knows = new Set(accusedIn(Object.keys(section?.own ?? {})))
      if (section && accused.some((unitId) => !knows.has(unitId)))
        drift.push(...(await checkOwn(section, accused)))
    }
    for (const id of silent.filter((one) => !waiting.has(one))) {
      const report = await reports.get(id)
      if (report) await keepRow(ports)(report, now)
      drift.push({ section: id, by: 'missing' })
    }
    return [...drift, ...(await missingMonths([...said.values()].flat(), now))]
  }

  const progressOn = async (on: string): Promise<RecountProgress> => {
    const known = await figures.recountProgress()
    return known && (known.on >= on || known.part !== 'done') ? known : { on, part: 'reports', cursor: null }
  }

  /** Goes on with one part from where it came to, piece by piece; `piece` answers the last id it has looked at. */
  const through = async (
    part: 'reports' | 'sections',
    next: 'sections' | 'done',
    now: number,
    mayGoOn: () => boolean,
    piece: (cursor: string | null) => Promise<string | null>,
  ): Promise<RecountProgress> => {
    let progress = await progressOn(chinaDateOn(now))
    while (progress.part === part && mayGoOn()) {
      const cursor = await piece(progress.cursor)
      progress = { ...progress, cursor, ...(cursor === null ? { part: next } : {}) }
      await figures.saveRecountProgress(progress)
    }
    return progress
  }

  return {
    /** What no figure contains yet: stored before there were figures, or by a version that does not know them. */
    countUncounted: async (now: number, mayGoOn: () => boolean) => {
      const failures: Failure[] = []
      const drift: Drift[] = []
      const { on } = await through('reports', 'sections', now, mayGoOn, async (cursor) => {
        const found = await reports.counted(cursor, reportsAtOnce)
        for (const { id, countedIn } of found)
          if (!countedIn || isCountedAsBefore(countedIn))
            await countFirst(id).catch((error: unknown) => failures.push({ id, reason: reasonOf(error) }))
        drift.push(...(await missingOf(found, now)))
        return found.length < reportsAtOnce ? null : (found.at(-1)?.id ?? null)
      })
      // The sections of the day before come first, where they were not done: then it is today's turn.
      const isComplete = on >= chinaDateOn(now)
      return { figuresMissing: drift.map(({ section }) => withoutAccused(section)), failures, isComplete }
    },
    /** Puts right what does not agree, and says what it was. */
    check: async (now: number, mayGoOn: () => boolean) => {
      const drift: Drift[] = []
      const oldest = oldestProvisional(now)
      await through('sections', 'done', now, mayGoOn, async (cursor) => {
        const found = await figures.behind(cursor, sectionsAtOnce)
        // What is final is checked against the ledger.
        const open = found.filter(({ id }) => !isBefore(id, oldest))
        drift.push(...(await checkPiece(open, now)))
        const last = found.at(-1)?.id ?? null
        if (found.length < sectionsAtOnce || last === null) return null
        return isBefore(last, oldest) ? justBefore(last, oldest) : last
      })
      const { part } = await progressOn(chinaDateOn(now))
      return { figuresDrifted: drift.map(asTold), isComplete: part === 'done' }
    },
  }
}
