import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Membership, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import type { Action, InputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { aMembership, banner, branch, otherBranch, region } from '../support/builders'
import { onTheBorder, openTestCloud, type TestCloud } from '../support/cloud'
import { toDocument } from '../support/town'

jest.setTimeout(900_000)

type Stored<T> = T & { readonly _id: string }

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  const admin = { ...aMembership(banner, 'admin'), id: 'banner-admin', accountId: 'custom:banner-admin' }
  await town.put('memberships', [{ ...toDocument(admin), shape: 1 } as never])
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

/** What an admin does to the branches and townships of the banner; which ones, is told by numbers. */
type Step =
  | { readonly kind: 'move'; readonly which: number; readonly to: number }
  | { readonly kind: 'merge'; readonly which: number; readonly to: number }
  | { readonly kind: 'merge-township'; readonly which: number; readonly to: number }
  | { readonly kind: 'split'; readonly which: number }
  | { readonly kind: 'township' }
  | { readonly kind: 'report' }

const places = { which: fc.nat(20), to: fc.nat(20) }
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), ...places }),
  fc.record({ kind: fc.constant('merge' as const), ...places }),
  fc.record({ kind: fc.constant('merge-township' as const), ...places }),
  fc.record({ kind: fc.constant('split' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('township' as const) }),
  fc.record({ kind: fc.constant('report' as const) }),
)

const units = () => town.documents<Stored<Unit>>('units')
const living = async (kind: Unit['kind'], level: Unit['level']): Promise<readonly Stored<Unit>[]> =>
  (await units())
    .filter((unit) => unit.kind === kind && unit.level === level && unit.endsAt === undefined)
    .filter(({ path }) => path.includes(banner.id))
    .sort((a, b) => (a._id < b._id ? -1 : 1))

const asAdmin = async <A extends Action>(action: A, input: object): Promise<void> => {
  // Much of what comes by chance is refused, and then changes nothing.
  await town.as('banner-admin').send(action, { commandId: randomUUID(), ...input } as InputOf<A>)
}

let townships = 0
const take = async (step: Step): Promise<void> => {
  const [branches, above] = [await living('branch', 'village'), await living('committee', 'township')]
  const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length]
  const seen = (unit: Stored<Unit>) => ({ unitId: unit._id, rev: unit.rev ?? 0 })
  switch (step.kind) {
    case 'township': {
      townships += 1
      const code = `1502219${String(townships).padStart(2, '0')}`
      return asAdmin('unit.add', {
        parentId: banner.id,
        name: `新${townships}镇党委`,
        kind: 'committee',
        code,
      })
    }
    case 'report': {
      const place = { point: onTheBorder, words: '两个社区之间' }
      await town.as('resident').submit({ categoryId: 'rubbish', ...(townships % 2 === 0 ? { place } : {}) })
      return
    }
    case 'move': {
      const [unit, to] = [pick(branches, step.which), pick(above, step.to)]
      return unit && to ? asAdmin('unit.move', { ...seen(unit), parentId: to._id }) : undefined
    }
    case 'merge': {
      const [unit, to] = [pick(branches, step.which), pick(branches, step.to)]
      return unit && to && branches.length > 1
        ? asAdmin('unit.close', { ...seen(unit), successorId: to._id })
        : undefined
    }
    case 'merge-township': {
      const [unit, to] = [pick(above, step.which), pick(above, step.to)]
      return unit && to ? asAdmin('unit.close', { ...seen(unit), successorId: to._id }) : undefined
    }
    case 'split': {
      const unit = pick(branches, step.which)
      if (!unit) return
      const parts = [0, 1].map((no) => ({
        name: `${unit.areaName.slice(0, 10)}${no}${randomUUID().slice(0, 4)}党支部`,
      }))
      return asAdmin('unit.split', { ...seen(unit), parts, heir: 1 })
    }
  }
}

/** Who has a seat now, wherever. */
const seated = async (): Promise<readonly string[]> => {
  const seats = await town.documents<Stored<Membership>>('memberships')
  const now = seats.filter(({ untilAt = Number.POSITIVE_INFINITY }) => untilAt > town.now())
  return [...new Set(now.map(({ accountId, role }) => `${accountId} ${role}`))].sort()
}

/** What the figures of the region count as open, all kinds of it. */
const openInRegion = async (): Promise<number> =>
  (await town.as('resident').get('unit.get', { unitId: region.id })).openCount

test('whatever moves, is split or merged: no report, no member and no figure is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 5 }), async (list) => {
      const before = await seated()
      const reportsBefore = (await town.documents<Stored<Report>>('reports')).length
      for (const step of list) {
        await take(step)
        await town.later(2 * minuteMs)
      }
      // What was left to the clock by the last of them.
      await town.later(2 * minuteMs)

      const all = new Map((await units()).map((unit) => [unit._id, unit]))
      const isLiving = (id: string) => all.has(id) && all.get(id)?.endsAt === undefined
      // The tree: every unit that works lies below units that work, along its own path.
      for (const [id, unit] of all) {
        expect(unit.path[unit.path.length - 1]).toBe(id)
        if (!isLiving(id)) continue
        expect(unit.path.every(isLiving)).toBe(true)
        expect(unit.path[unit.path.length - 2] ?? null).toBe(unit.parentId)
      }
      // Members: who worked works, in a unit that does.
      expect(await seated()).toEqual(before)
      const seats = await town.documents<Stored<Membership>>('memberships')
      for (const { unitId, untilAt = Number.POSITIVE_INFINITY } of seats)
        if (untilAt > town.now()) expect(isLiving(unitId)).toBe(true)
      // Reports: none is gone, what is open lies with somebody who works, and says who was responsible before.
      const reports = await town.documents<Stored<Report>>('reports')
      expect(reports.length).toBe(reportsBefore + list.filter(({ kind }) => kind === 'report').length)
      const open = reports.filter(({ status }) => status === 'routed' || status === 'unrouted')
      for (const report of open) {
        expect(isLiving(report.answerableUnit.id)).toBe(true)
        expect(report.unitPath).toEqual(all.get(report.answerableUnit.id)?.path)
        const last = report.stints[report.stints.length - 1]
        expect(last?.unit.id).toBe(report.answerableUnit.id)
      }
      // Figures: the region counts what is open, once.
      expect(await openInRegion()).toBe(open.length)
      // Cells: each place has somebody who works.
      const cells = await town.documents<{ readonly branchId: string; readonly unitPath: readonly string[] }>(
        'grid_cells',
      )
      for (const { branchId, unitPath } of cells) {
        expect(isLiving(branchId)).toBe(true)
        expect(unitPath).toEqual(all.get(branchId)?.path)
      }
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

test('the two branches of the beginning have gone on as somebody', async () => {
  const all = new Map((await units()).map((unit) => [unit._id, unit]))
  for (const { id } of [branch, otherBranch]) {
    let unit = all.get(id)
    for (let count = 0; unit?.endsAt !== undefined && count < 100; count += 1)
      unit = all.get(unit.successorId ?? '')
    expect(unit?.endsAt).toBeUndefined()
  }
})
