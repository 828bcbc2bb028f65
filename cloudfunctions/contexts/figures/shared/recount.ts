import { chinaDateOn } from '../../../ground/instant'
import { reasonOf } from '../../../journal/clock'
import type { Reports } from '../../report/ports'
import {
  accusingFigure,
  areaLists,
  type CountedFigure,
  type CountedList,
  countsIn,
  listName,
  ownLists,
  partsOfFigure,
} from '../../report/rules/lies-in'
import type { Drift, KeptFigures, KeptSection, RecountProgress } from '../ports'
import { type Counts, difference, foldedUp, isSame } from '../rules/fold'
import { isMonthSection } from '../rules/month'

interface RecountPorts {
  readonly figures: Pick<
    KeptFigures,
    'get' | 'below' | 'behind' | 'mend' | 'setBelow' | 'recountProgress' | 'saveRecountProgress'
  >
  readonly reports: Pick<Reports, 'counted' | 'lyingIn' | 'countIn' | 'unsettled'>
  readonly countFirst: (reportId: string) => Promise<void>
}

/** H4: whom complaints accuse is written into no log. */
const withoutAccused = ({ section, by }: Drift): Drift => {
  const lists: Partial<Record<string, number>> = {}
  for (const [figure, count = 0] of Object.entries(by)) {
    const { list } = partsOfFigure(figure)
    lists[list] = (lists[list] ?? 0) + count
  }
  return { section, by: lists }
}

const reportsAtOnce = 200
const sectionsAtOnce = 20
/** Outboxes that are read to know what is still to be counted: with more a section is left to the next day. */
const mostUnsettled = 200
const mostTries = 3
/** Of a section with more reports the lists are counted one by one, without a document. */
const mostRead = 500
const lists: readonly CountedList[] = [...ownLists, ...areaLists]

const isNothing = (counts: Counts): boolean => Object.values(counts).every((count) => count === 0)

/** Every figure that a section may hold: of complaints those that accuse a unit which it knows of. */
const figuresOf = ({ own }: Pick<KeptSection, 'own'>): readonly (readonly CountedFigure[])[] => {
  const accused = new Set(Object.keys(own).map((figure) => partsOfFigure(figure).accusedUnitId))
  accused.delete(undefined)
  return [lists, ...[...accused].map((unitId = '') => lists.map((list) => accusingFigure(unitId, list)))]
}

/**
 * Once a day, in pieces: counts for the first time what no figure contains, and counts every section anew from what the
 * reports say of themselves. What does not agree, with all that is still on its way taken off, is put right and told.
 */
export const recountFigures = ({ figures, reports, countFirst }: RecountPorts) => {
  /** How many reports say that they lie in each list of a section. */
  const saidOf = async (section: Pick<KeptSection, 'id' | 'own'>): Promise<Counts> => {
    let said: Counts = {}
    for (const figures of figuresOf(section)) said = { ...said, ...(await saidIn(section.id, figures)) }
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
  const lacking = async (section: KeptSection): Promise<Counts | undefined> => {
    const said = await saidOf(section)
    const by = difference(said, section.own)
    if (isNothing(by)) return by
    const coming = await onItsWay(section)
    const now = await figures.get(section.id)
    if (!coming || now?.rev !== section.rev) return undefined
    // What was on its way may have been said after the reports were counted: they are counted again behind it.
    const again = await saidOf(section)
    if (!isNothing(difference(again, said))) return undefined
    return difference(difference(said, coming), section.own)
  }

  const checkOwn = async (found: KeptSection): Promise<readonly Drift[]> => {
    let section: KeptSection | undefined = found
    for (let tries = 0; section && tries < mostTries; tries += 1) {
      const by = await lacking(section)
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
  ): Promise<void> => {
    let progress = await progressOn(chinaDateOn(now))
    while (progress.part === part && mayGoOn()) {
      const cursor = await piece(progress.cursor)
      progress = { ...progress, cursor, ...(cursor === null ? { part: next } : {}) }
      await figures.saveRecountProgress(progress)
    }
  }

  return {
    /** What no figure contains yet: stored before there were figures, or by a version that does not know them. */
    countUncounted: async (now: number, mayGoOn: () => boolean) => {
      const failures: { readonly reportId: string; readonly reason: string }[] = []
      await through('reports', 'sections', now, mayGoOn, async (cursor) => {
        const found = await reports.counted(cursor, reportsAtOnce)
        for (const { id, countedIn } of found)
          if (!countedIn)
            await countFirst(id).catch((error: unknown) =>
              failures.push({ reportId: id, reason: reasonOf(error) }),
            )
        return found.length < reportsAtOnce ? null : (found.at(-1)?.id ?? null)
      })
      return { failures }
    },
    /** Puts right what does not agree, and says what it was. */
    check: async (now: number, mayGoOn: () => boolean) => {
      const drift: Drift[] = []
      await through('sections', 'done', now, mayGoOn, async (cursor) => {
        const found = await figures.behind(cursor, sectionsAtOnce)
        // What a month is made of is worked out anew whenever it changes, and not added to.
        for (const section of found.filter(({ id }) => !isMonthSection(id)))
          drift.push(...(await checkOwn(section)), ...(await checkBelow(section)))
        return found.length < sectionsAtOnce ? null : (found.at(-1)?.id ?? null)
      })
      const { part } = await progressOn(chinaDateOn(now))
      return { figuresDrifted: drift.map(withoutAccused), isComplete: part === 'done' }
    },
  }
}
