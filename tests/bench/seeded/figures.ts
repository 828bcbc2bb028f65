import type {
  KeptFigures,
  KeptMonth,
  KeptSection,
  ReportRow,
} from '../../../cloudfunctions/contexts/figures/ports'
import { figureProjectors } from '../../../cloudfunctions/contexts/figures/projectors'
import { daysFrom } from '../../../cloudfunctions/contexts/figures/rules/flows'
import type { Counts } from '../../../cloudfunctions/contexts/figures/rules/fold'
import {
  daySection,
  frozenAt,
  periodOf,
  unitAndMonth,
} from '../../../cloudfunctions/contexts/figures/rules/month'
import { type MonthNumbers, numbersOf } from '../../../cloudfunctions/contexts/figures/rules/rates'
import { foldFigures } from '../../../cloudfunctions/contexts/figures/shared/fold-figures'
import { figuresRepository } from '../../../cloudfunctions/contexts/figures/store'
import { unitRepository } from '../../../cloudfunctions/contexts/organisation/store'
import { type FigureMove, movesOf } from '../../../cloudfunctions/contexts/report/rules/lies-in'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { ruleBookRepository } from '../../../cloudfunctions/contexts/rule-book/store'
import { chinaDateOn } from '../../../cloudfunctions/ground/instant'
import { lastOf, unitsAbove } from '../../../cloudfunctions/ground/unit-path'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { type Document, seededNow } from './played'

/** What many reports add to the figures of units and of their months. */
export interface Tally {
  readonly sections: readonly FigureMove[]
  readonly months: readonly (readonly [month: string, numbers: MonthNumbers])[]
  readonly days: readonly (readonly [day: string, numbers: Counts])[]
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
  const days = new Map<string, Numbers>()
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
    addDay: (day: string, numbers: Counts): void => {
      const known = days.get(day) ?? {}
      days.set(day, known)
      addTo(known, numbers)
    },
    take: (): Tally => ({
      sections: [...sections].map(([section, sum]) => ({ section, ...sum })),
      months: [...months],
      days: [...days],
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
  const saidOf = new Map<string, Pick<ReportRow, 'facts' | 'flows'>[]>()

  return {
    /** Answers the row of the report. */
    add: async (report: Report): Promise<Document> => {
      await booksAreThere
      for (const move of movesOf([], report, seededNow).moves) sums.addMove(move)
      await project(report, { kind: 'outcome' } as never, seededNow, undefined)
      if (!row) throw new Error(`nothing is said of ${report.id}`)
      const { months, facts, flows } = row as unknown as ReportRow
      for (const month of months) {
        const known = saidOf.get(month) ?? []
        saidOf.set(month, known)
        known.push({ facts, flows })
      }
      return row
    },
    take: (): Tally => {
      for (const [section, all] of saidOf) {
        const { unitId, month } = unitAndMonth(section)
        const facts = all.map((one) => one.facts)
        sums.addMonth(section, numbersOf(facts, [unitId], periodOf(month), seededNow))
        const flows = all.flatMap((one) => one.flows)
        for (const [on, numbers] of daysFrom(flows, [unitId], periodOf(month), seededNow))
          sums.addDay(daySection(unitId, on), numbers)
      }
      saidOf.clear()
      const taken = sums.take()
      sums = openSums()
      return taken
    },
  }
}

/** What has changed, deepest first, read once a level: in memory each look at some of it is a look at all of it. */
const changedByLevel = (figures: Pick<KeptFigures, 'changed'>): KeptFigures['changed'] => {
  let level: KeptSection[] = []
  return async (limit) => {
    if (level.length === 0) {
      const all = await figures.changed(Number.POSITIVE_INFINITY)
      const deepest = all.filter(({ above }) => above.length === all[0]?.above.length)
      // Each of those above is worked out from all that lies below it: once, where its own come together.
      level = deepest.sort((a, b) => ((lastOf(a.above) ?? '') < (lastOf(b.above) ?? '') ? -1 : 1))
    }
    return level.splice(0, limit)
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
  const aboveOf = async (id: string): Promise<readonly string[]> => {
    const { unitId } = unitAndMonth(id)
    const unit = await tree.get(unitId)
    return unitsAbove(unit?.path ?? []).map((aboveId) => `${aboveId}${id.slice(unitId.length)}`)
  }
  for (const [id, numbers] of whole.days) await figures.setOwn(id, undefined, numbers, await aboveOf(id))
  for (const [id, numbers] of whole.months) {
    const { unitId, month } = unitAndMonth(id)
    const computeAt = frozenAt(month)
    await figures.touchMonth(id, computeAt)
    const section = await figures.get(id)
    if (!section) throw new Error(`no month ${id}`)
    const kept: KeptMonth = { section, unitId, month }
    await figures.setMonth(kept, numbers, await aboveOf(id), computeAt > seededNow ? computeAt : null)
  }
  const reports = { unsettled: async () => [], waitingSince: async () => null }
  const counted = {
    ...figures,
    changed: changedByLevel(figures),
    recountProgress: async () => everyReportCounted,
  }
  const memory = { failing: async () => [] }
  const ports = { figures: counted, reports, deadlineMemory: memory, outboxMemory: memory }
  const { folded: foldedCount } = await foldFigures(ports)(seededNow, () => true, {
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
    add: ({ sections, months, days }: Tally): void => {
      for (const [day, numbers] of days) sums.addDay(day, numbers)
      for (const move of sections) sums.addMove(move)
      for (const [month, numbers] of months) sums.addMonth(month, numbers)
    },
    documents: (units: readonly Document[]) => folded(sums.take(), units),
  }
}
