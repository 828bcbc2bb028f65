import * as fc from 'fast-check'
import { foldFigures } from '../../../cloudfunctions/contexts/figures/shared/fold-figures'
import { figuresRepository } from '../../../cloudfunctions/contexts/figures/store'
import { toRoutedUnit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { accusedBy } from '../../../cloudfunctions/contexts/report/rules/confidential'
import {
  accusingFigure,
  type CountedFigure,
  movesOf,
  sectionOf,
  withoutAccused,
} from '../../../cloudfunctions/contexts/report/rules/lies-in'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { mostDocumentBytes } from '../../../cloudfunctions/platform/cloudbase/long-documents'
import { openMemoryStore } from '../../../local/demo/memory-store'
import {
  aComplaint,
  aReport,
  banner,
  branch,
  league,
  mondayAt,
  otherBranch,
  region,
  township,
} from '../../support/builders'

const units = [branch, otherBranch, township, banner, league, region]
const aboutTownship = { accusedUnitId: township.id, responsible: toRoutedUnit(banner) }

/** Which the township sorts. */
const aboutNobody = { accusedUnitId: undefined, responsible: null, sorter: toRoutedUnit(township) }

/** Figures of which every write is seen before the next is made: as if whoever derives them ended after each. */
const openFigures = () => {
  const store = openMemoryStore()
  let seen: () => Promise<void> = async () => {}
  const watched =
    <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const written = await write(...args)
      await seen()
      return written
    }
  const figures = figuresRepository({
    ...store,
    add: watched(store.add),
    update: watched(store.update),
    increase: watched(store.increase),
  })
  const lies = new Map<string, readonly string[]>()
  const reports = { unsettled: async () => [], waitingSince: async () => null }
  const memory = { failing: async () => [] }
  const fold = () =>
    foldFigures({ figures, reports, deadlineMemory: memory, outboxMemory: memory })(mondayAt, () => true, {
      isComplete: true,
      hasFailed: false,
    })
  return {
    figures,
    store,
    /** Where a report was said to lie by a version of before. */
    liesAt: (id: string, names: readonly string[]) => lies.set(id, names),
    onWrite: (check: typeof seen) => {
      seen = check
    },
    /** Counts where the report lies now, and takes it up to the region. */
    count: async (report: Report, at: number): Promise<void> => {
      const { liesIn, moves } = movesOf(lies.get(report.id) ?? [], report, at)
      lies.set(report.id, liesIn)
      for (const move of moves) await figures.add(`${report.id}.${report.rev}.0`, move)
      await fold()
    },
  }
}

const statuses = ['routed', 'accepted', 'suspended', 'resolved', 'withdrawn', 'unrouted'] as const
const stay = fc.record({ status: fc.constantFrom(...statuses), days: fc.nat(40) })

describe('H4: what is counted, written bit by bit', () => {
  test('whoever has a seat in an accused unit sees no number change by the complaint, after whichever write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stay, { minLength: 1, maxLength: 5 }),
        fc.constantFrom({}, aboutTownship, aboutNobody),
        fc.subarray([branch.id, otherBranch.id, banner.id]),
        async (stays, about, seats) => {
          const { figures, count, onWrite } = openFigures()
          for (const other of [aReport(), aComplaint({ accusedUnitId: otherBranch.id })])
            await count({ ...other, id: `other-${other.categoryId}` }, mondayAt)
          const complaint = aComplaint(about)
          const seatsIn = [...new Set([...seats, accusedBy(complaint) ?? ''])]
          const counted = async () =>
            Promise.all(units.map(async ({ id }) => (await figures.of(id, { seatsIn })).counts))
          const before = await counted()
          let writes = 0
          onWrite(async () => {
            writes += 1
            expect(await counted()).toEqual(before)
          })
          let rev = complaint.rev
          for (const { status, days } of stays) {
            rev += 1
            await count({ ...complaint, rev, status }, mondayAt + days * dayMs)
          }
          expect(writes).toBeGreaterThan(0)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('every unit of a region may be accused at one time: no document of its figures is long', async () => {
    const { figures, store } = openFigures()
    const accused = Array.from({ length: 16_000 }, (_, no) => `150221${String(no).padStart(6, '0')}`)
    const bySection = new Map<string, Partial<Record<CountedFigure, number>>>()
    for (const unitId of accused) {
      const section = sectionOf.complaints(region.id, unitId)
      const by = bySection.get(section) ?? {}
      bySection.set(section, by)
      for (const list of ['open', 'overdue'] as const) by[accusingFigure(unitId, list)] = 1
    }
    for (const [section, by] of bySection) await figures.add('r1.1.0', { section, above: [], by })
    const documents = await store.findAll<object>('figures', {}, { atMost: 1000 })
    const longest = Math.max(...documents.map((one) => Buffer.byteLength(JSON.stringify(one))))
    expect(longest).toBeLessThanOrEqual(mostDocumentBytes)
    const openTo = async (...seatsIn: string[]) => (await figures.of(region.id, { seatsIn })).counts.open
    expect(await openTo()).toBe(accused.length)
    expect(await openTo(...accused.slice(0, 3))).toBe(accused.length - 3)
  })

  test('what was counted when complaints lay in one section is read as ever, and goes to its own with the next change', async () => {
    const { figures, count, liesAt } = openFigures()
    const complaint = aComplaint()
    const ofBefore = `${township.id}!`
    const figure = accusingFigure(branch.id, 'open')
    await figures.add('r0.1.0', { section: ofBefore, above: [], by: { [figure]: 1 } })
    liesAt(complaint.id, [`${ofBefore}|${figure}`])
    const open = async (...seatsIn: string[]) => (await figures.of(township.id, { seatsIn })).counts.open ?? 0
    expect([await open(), await open(branch.id)]).toEqual([1, 0])
    await count(complaint, mondayAt)
    expect([await open(), await open(branch.id)]).toEqual([1, 0])
    expect((await figures.get(ofBefore))?.own).toEqual({})
    expect((await figures.get(sectionOf.complaints(township.id, branch.id)))?.own).toMatchObject({
      [figure]: 1,
    })
  })

  test('in which of the sections a complaint lies is said to nobody: it would tell whom it accuses', () => {
    expect(withoutAccused(sectionOf.complaints(township.id, branch.id))).toBe(`${township.id}!`)
    expect(withoutAccused(`${township.id}@2026-03`)).toBe(`${township.id}@2026-03`)
  })

  test('everybody else who has a seat there has it in their numbers, at every level', async () => {
    const { figures, count } = openFigures()
    await count(aComplaint(), mondayAt)
    for (const { id } of [township, banner, league, region]) {
      const open = async (...seatsIn: string[]) => (await figures.of(id, { seatsIn })).counts.open ?? 0
      expect([await open(id), await open(otherBranch.id), await open(id, branch.id)]).toEqual([1, 1, 0])
      expect((await figures.of(id, 'everyone')).counts.open ?? 0).toBe(0)
    }
  })
})
