import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import type { KeptFigures } from '../../../cloudfunctions/contexts/figures/ports'
import { daySection, frozenAt, monthSection } from '../../../cloudfunctions/contexts/figures/rules/month'
import { sealOf } from '../../../cloudfunctions/contexts/figures/rules/seal'
import { checkSeals } from '../../../cloudfunctions/contexts/figures/shared/check-seals'
import { computeMonths } from '../../../cloudfunctions/contexts/figures/shared/compute-months'
import { foldFigures } from '../../../cloudfunctions/contexts/figures/shared/fold-figures'
import { sealMonths } from '../../../cloudfunctions/contexts/figures/shared/seal-months'
import { figuresRepository } from '../../../cloudfunctions/contexts/figures/store'
import { unitRepository } from '../../../cloudfunctions/contexts/organisation/store'
import { ledgerRepository } from '../../../cloudfunctions/contexts/red-face/ledger-store'
import { minuteMs } from '../../../cloudfunctions/ground/instant'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { banner, branch, league, otherBranch, region, township } from '../../support/builders'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const march = '2026-03'
const finalAt = frozenAt(march)
const ofBranch = monthSection(branch.id, march)

/** One contact of the branch in March, and the clock as far as months go. */
const aTown = async () => {
  const store = openMemoryStore()
  const units = [region, league, banner, township, branch, otherBranch].map(({ id, ...unit }) => ({
    _id: id,
    ...unit,
  }))
  await store.addMissing('units', units)
  const figures = figuresRepository(store)
  const keep = async (id: string, unitId = branch.id): Promise<void> => {
    const facts = {
      contact: { dueAt: finalAt - 60 * 24 * 60 * minuteMs, isKept: true, isOwn: false, unitIds: [unitId] },
      answers: [],
      closing: null,
      received: [],
      declined: null,
    }
    const month = monthSection(unitId, march)
    await figures.putRow({ id, rev: 1, months: [month], formerMonths: [], facts, flows: [] })
    await figures.touchMonth(month, 1)
  }
  await keep('r1')
  let salts = 0
  const ledger = ledgerRepository(store)
  const ports = {
    figures,
    ledger,
    units: unitRepository(store),
    participants: { getMany: async () => [] },
    reports: { unsettled: async () => [], waitingSince: async () => null },
    deadlineMemory: { failing: async () => [] },
    outboxMemory: { failing: async () => [] },
    sha256,
    newSalt: () => {
      salts += 1
      return `salt-${salts}`
    },
  }
  const derive = async (now: number) => {
    await computeMonths(ports)(now, () => true)
    await foldFigures(ports)(now, () => true, { isComplete: true, hasFailed: false })
    // The months above were made by folding, and are worked out themselves.
    await computeMonths(ports)(now, () => true)
    await foldFigures(ports)(now, () => true, { isComplete: true, hasFailed: false })
  }
  const seals = async () =>
    (await Promise.all([region.id, banner.id].map((chainId) => ledger.from(chainId, 1, 10))))
      .flat()
      .map(({ chainId, ...rest }) => ({
        chainId,
        seal: 'opened' in rest ? rest.opened.facts.seal : undefined,
      }))
  const check = () => checkSeals(ports)(finalAt, () => true)
  const seal = (now: number, over: Partial<KeptFigures> = {}) =>
    sealMonths({ ...ports, figures: { ...figures, ...over } })(now, () => true)
  return { store, figures, ledger, derive, seal, seals, keep, check }
}

describe('Q6: the seal of a month', () => {
  test('is put down in each chain once the month is final, and not before', async () => {
    const { derive, seal, seals } = await aTown()
    await derive(finalAt - 1)
    await seal(finalAt - 1)
    expect(await seals()).toEqual([])
    await derive(finalAt)
    expect(await seal(finalAt)).toEqual({ monthsSealed: 1 })
    expect(await seals()).toEqual([
      { chainId: region.id, seal: expect.objectContaining({ month: march, unitCount: 2 }) },
      { chainId: banner.id, seal: expect.objectContaining({ month: march, unitCount: 3 }) },
    ])
  })

  test('waits for every month that has still to be worked out or folded', async () => {
    const { derive, seal, seals } = await aTown()
    await derive(finalAt - 1)
    expect(await seal(finalAt)).toMatchObject({ isComplete: false })
    expect(await seals()).toEqual([])
  })

  test('is the same when it is cut off anywhere and made again, and there once', async () => {
    const { derive, seal, seals } = await aTown()
    await derive(finalAt)
    const cutOff = async () => {
      throw new Error('cut off')
    }
    await expect(seal(finalAt, { noteSealed: cutOff })).rejects.toThrow('cut off')
    const before = await seals()
    await seal(finalAt + minuteMs)
    await seal(finalAt + 2 * minuteMs)
    expect(await seals()).toEqual(before)
  })

  test('what is said of the month afterwards changes nothing that it covers', async () => {
    const { figures, derive, seal, keep, check } = await aTown()
    await derive(finalAt)
    await seal(finalAt)
    const before = await figures.get(ofBranch)
    await keep('r2')
    const elsewhere = monthSection(township.id, march)
    await figures.touchMonth(elsewhere, 1)
    // Nothing had been said of this one by then, and its month is not there yet.
    await keep('r3', otherBranch.id)
    await derive(finalAt + minuteMs)
    expect((await figures.get(ofBranch))?.own).toEqual(before?.own)
    expect(await figures.get(monthSection(otherBranch.id, march))).toMatchObject({ own: {}, computeAt: null })
    expect(await check()).toEqual({ sealsBroken: [], isWatched: false })
    expect(await figures.kept([daySection(branch.id, '2026-03-09')])).toEqual([])
  })

  test('is held every night against the figures as they lie there: changed, left out or added is told until it is as it was', async () => {
    const { store, figures, derive, seal, check } = await aTown()
    expect(await check()).toEqual({ sealsBroken: [], isWatched: false })
    await derive(finalAt)
    await seal(finalAt)
    expect(await check()).toEqual({ sealsBroken: [], isWatched: false })
    const isBroken = {
      sealsBroken: [{ chainId: banner.id, month: march, flaw: 'figures-changed' }],
      isWatched: true,
    }
    const change = async (own: object, by = ofBranch) => {
      expect(await store.update('figures', { _id: by }, { own })).toBe(1)
    }
    const { own = {} } = (await figures.get(ofBranch)) ?? {}
    await change({ ...own, kept: 7 })
    expect(await check()).toEqual(isBroken)
    await change({})
    expect(await check()).toEqual(isBroken)
    await change(own)
    await figures.touchMonth(monthSection(township.id, march), 1)
    expect(await check()).toEqual({ sealsBroken: [], isWatched: false })
    await change({ due: 1 }, monthSection(township.id, march))
    expect(await check()).toEqual(isBroken)
  })

  test('that is not there, though figures are, is told; a check that is out of time is not through', async () => {
    const { figures, ledger, derive, seal } = await aTown()
    await derive(finalAt)
    await seal(finalAt)
    const without = { ...ledger, ofEvents: async () => [] }
    const checkIn = (mayGoOn: () => boolean) =>
      checkSeals({ figures, ledger: without, sha256 })(finalAt, mayGoOn)
    expect(await checkIn(() => true)).toEqual({
      sealsBroken: [region.id, banner.id].map((chainId) => ({ chainId, month: march, flaw: 'seal-missing' })),
      isWatched: true,
    })
    expect(await checkIn(() => false)).toEqual({ sealsBroken: [], isComplete: false })
  })

  const counts = fc.dictionary(fc.constantFrom('kept', 'due', 'closed'), fc.integer({ min: 0, max: 5 }))
  const sections = fc.uniqueArray(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), own: counts, below: counts }),
    { selector: ({ id }) => id },
  )
  const hashOf = (some: Parameters<typeof sealOf>[2], salt = 'salt') => sealOf(march, salt, some, sha256).hash

  test('is the same in whatever order the units come, and whether or not one without figures is among them', () => {
    fc.assert(
      fc.property(sections, (some) => {
        const none = { id: 'none', own: { kept: 0 }, below: {} }
        expect(hashOf([none, ...some].reverse())).toBe(hashOf(some))
      }),
    )
  })

  test('is another one for any other number, unit or salt', () => {
    fc.assert(
      fc.property(sections, fc.constantFrom('own', 'below'), (some, part) => {
        const more = some.map((one, place) =>
          place === 0 ? { ...one, [part]: { ...one[part], due: (one[part].due ?? 0) + 1 } } : one,
        )
        if (some.length > 0) expect(hashOf(more)).not.toBe(hashOf(some))
        expect(hashOf([...some, { id: 'e', own: { due: 1 }, below: {} }])).not.toBe(hashOf(some))
        expect(hashOf(some, 'other')).not.toBe(hashOf(some))
      }),
    )
  })
})
