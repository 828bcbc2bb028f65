import type { KeptMonth } from '../../../cloudfunctions/contexts/figures/ports'
import { figureProjectors } from '../../../cloudfunctions/contexts/figures/projectors'
import { frozenAt, periodOf, unitAndMonth } from '../../../cloudfunctions/contexts/figures/rules/month'
import {
  type MonthNumbers,
  numbersOf,
  type RateFacts,
} from '../../../cloudfunctions/contexts/figures/rules/rates'
import { foldFigures } from '../../../cloudfunctions/contexts/figures/shared/fold-figures'
import { figuresRepository } from '../../../cloudfunctions/contexts/figures/store'
import { unitRepository } from '../../../cloudfunctions/contexts/organisation/store'
import { type FigureMove, movesOf } from '../../../cloudfunctions/contexts/report/rules/lies-in'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { ruleBookRepository } from '../../../cloudfunctions/contexts/rule-book/store'
import { chinaDateOn } from '../../../cloudfunctions/ground/instant'
import { unitsAbove } from '../../../cloudfunctions/ground/unit-path'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { type Document, seededNow } from './played'

/** What many reports add to the figures of units and of their months. */
export interface Tally {
  readonly sections: readonly FigureMove[]
  readonly months: readonly (readonly [month: string, numbers: MonthNumbers])[]
}

type Numbers = Partial<Record<string, number>>

const addTo = (sum: Numbers, by: Readonly<Numbers>): void => {
  for (const [name, number = 0] of Object.entries(by)) sum[name] = (sum[name] ?? 0) + number
}

interface Sum {
  above?: readonly string[]
  readonly by: Numbers
}

const openSums = () => {
  const sections = new Map<string, Sum>()
  const months = new Map<string, Numbers>()
  const sectionOf = (id: string): Sum => {
    const known = sections.get(id) ?? { by: {} }
    sections.set(id, known)
    return known
  }
  return {
    addMove: ({ section, above, by }: FigureMove): void => {
      const sum = sectionOf(section)
      addTo(sum.by, by)
      if (above) sum.above = above
    },
    addMonth: (month: string, numbers: MonthNumbers): void => {
      const known = months.get(month) ?? {}
      months.set(month, known)
      addTo(known, numbers)
    },
    take: (): Tally => ({
      sections: [...sections].map(([section, sum]) => ({ section, ...sum })),
      months: [...months],
    }),
  }
}

/**
 * Derives from reports what the product's projectors derive from them, without their documents: the row of each, and
 * what all of them add to sections. Whoever answers often counts once a month among those that are tallied together.
 */
export const openTallying = (ruleBooks: readonly Document[]) => {
  const store = openMemoryStore()
  const booksAreThere = store.addMissing('rule_books', ruleBooks)
  const books = ruleBookRepository(store, { error: (line) => console.error(line) })
  let row: Document | undefined
  const { outcome } = figureProjectors({
    figures: {
      contains: async () => false,
      add: async () => {},
      row: async () => undefined,
      putRow: async ({ id, ...rest }) => {
        row = { _id: id, ...rest }
      },
      touchMonth: async () => {},
    },
    ruleBooks: books,
  })
  if (!('project' in outcome)) throw new Error('outcomes are not derived one by one')
  const { project } = outcome
  let sums = openSums()
  const facts = new Map<string, RateFacts[]>()

  return {
    /** Answers the row of the report. */
    add: async (report: Report): Promise<Document> => {
      await booksAreThere
      for (const move of movesOf([], report, seededNow).moves) sums.addMove(move)
      await project(report, { kind: 'outcome' } as never, seededNow, undefined)
      if (!row) throw new Error(`nothing is said of ${report.id}`)
      const said = row as unknown as { readonly months: readonly string[]; readonly facts: RateFacts }
      for (const month of said.months) {
        const known = facts.get(month) ?? []
        facts.set(month, known)
        known.push(said.facts)
      }
      return row
    },
    take: (): Tally => {
      for (const [section, all] of facts) {
        const { unitId, month } = unitAndMonth(section)
        sums.addMonth(section, numbersOf(all, [unitId], periodOf(month), seededNow))
      }
      facts.clear()
      const taken = sums.take()
      sums = openSums()
      return taken
    },
  }
}

const everyReportCounted = { on: chinaDateOn(seededNow), part: 'done', cursor: null } as const

/** The documents of the figures, folded upward by the product's own code. */
const folded = async (whole: Tally, units: readonly Document[]): Promise<readonly Document[]> => {
  const store = openMemoryStore()
  await store.addMissing('units', units)
  const figures = figuresRepository(store)
  const tree = unitRepository(store)
  for (const move of whole.sections) await figures.add('seeded.0.0', move)
  for (const [id, numbers] of whole.months) {
    const { unitId, month } = unitAndMonth(id)
    const computeAt = frozenAt(month)
    await figures.touchMonth(id, computeAt)
    const section = await figures.get(id)
    if (!section) throw new Error(`no month ${id}`)
    const unit = await tree.get(unitId)
    const above = unitsAbove(unit?.path ?? []).map((aboveId) => `${aboveId}${id.slice(unitId.length)}`)
    const kept: KeptMonth = { section, unitId, month, computeAt }
    await figures.setMonth(kept, numbers, above, computeAt > seededNow ? computeAt : null)
  }
  const reports = { unsettled: async () => [], waitingSince: async () => null }
  const counted = { ...figures, recountProgress: async () => everyReportCounted }
  const { folded: foldedCount } = await foldFigures({ figures: counted, reports })(seededNow, () => true, {
    isComplete: true,
    hasFailed: false,
  })
  if (whole.sections.length > 0 && foldedCount === 0) throw new Error('no figures were folded')
  return store.all('figures') as readonly Document[]
}

/** What all reports together add to figures, tally by tally. */
export const openFigures = () => {
  const sums = openSums()
  return {
    add: ({ sections, months }: Tally): void => {
      for (const move of sections) sums.addMove(move)
      for (const [month, numbers] of months) sums.addMonth(month, numbers)
    },
    documents: (units: readonly Document[]) => folded(sums.take(), units),
  }
}
