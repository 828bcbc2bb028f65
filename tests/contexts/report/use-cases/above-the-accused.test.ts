import { toRoutedUnit, type Unit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import type { ReportPorts } from '../../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { isAccused } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { routeByHand } from '../../../../cloudfunctions/contexts/report/steps/route'
import { ruleOn as ruleOnStep } from '../../../../cloudfunctions/contexts/report/steps/rule-on'
import { lookUpsFor } from '../../../../cloudfunctions/contexts/report/use-cases/look-ups'
import {
  ableAbove,
  canSortUnnamed,
  colleaguesOf,
  homeOf,
  unitAbove,
} from '../../../../cloudfunctions/contexts/report/use-cases/standing-of'
import {
  aComplaint,
  aMembership,
  anUnnamedComplaint,
  banner,
  branch,
  community,
  farBranch,
  housingBureau,
  league,
  mondayAt,
  otherBranch,
  otherTownship,
  region,
  reportIn,
  temporaryUnit,
  township,
  units,
} from '../../../support/builders'
import { somePorts } from '../../../support/some-ports'

/** Everybody who has a seat somewhere: by default a clerk in each committee and a secretary in each branch. */
const seatsIn = (unit: Unit) => {
  const role = ['branch', 'temporary'].includes(unit.kind) ? 'secretary' : 'clerk'
  return [{ ...aMembership(unit, role), accountId: `somebody-of-${unit.id}` }]
}

const portsWith = (
  all: readonly Unit[] = units,
  members: (unit: Unit) => ReturnType<typeof seatsIn> = seatsIn,
) => {
  const of = (id: string) => all.filter((unit) => unit.id === id)
  const ports = somePorts({
    units: {
      get: async (id) => of(id)[0],
      membersOf: async (id) => of(id).flatMap(members),
      membersOfAny: async (ids) => ids.flatMap((id) => of(id).flatMap(members)),
      membershipsOf: async (accountId) =>
        all.flatMap(members).filter((membership) => membership.accountId === accountId),
      lately: async (ids) => ids.flatMap(of),
    },
  })
  return { ...ports, projectors: {} as ReportPorts['projectors'] }
}

describe('H4: no way leads a complaint to whom it is about', () => {
  const aboutBranch = aComplaint()
  const aboutTownship = aComplaint({
    accusedUnitId: township.id,
    responsible: toRoutedUnit(banner),
    sorter: toRoutedUnit(league),
  })
  /** Where it would lie had somebody handed it below the accused. */
  const belowAccused = { ...aboutTownship, answerableUnit: community, unitPath: community.path } as Report

  test('returned, it goes above the accused, and above everybody who has a seat there as well', async () => {
    const sorter = await lookUpsFor(portsWith(), belowAccused, mondayAt).unitAbove()
    expect(sorter?.id).toBe(banner.id)
    const both = portsWith(units, (unit) =>
      unit.id === banner.id || unit.id === township.id
        ? [{ ...aMembership(unit, 'clerk'), accountId: 'somebody-of-both' }]
        : seatsIn(unit),
    )
    expect((await lookUpsFor(both, belowAccused, mondayAt).unitAbove())?.id).toBe(league.id)
  })

  test('where nobody stands above the accused there is nobody to have it', async () => {
    expect(await unitAbove(portsWith(), region.path, mondayAt, { accusedUnitId: region.id })).toBeUndefined()
    expect((await unitAbove(portsWith(), region.path, mondayAt))?.id).toBe(region.id)
  })

  test('L1: where its committee has ended it goes up, when the successor is the accused or a branch', async () => {
    const inCommunity = { ...aboutBranch, answerableUnit: community, unitPath: community.path } as Report
    for (const successor of [branch, otherBranch]) {
      const ended = { ...community, endsAt: mondayAt, successorId: successor.id }
      const ports = portsWith(units.map((unit) => (unit.id === community.id ? ended : unit)))
      expect((await homeOf(ports, inCommunity, mondayAt))?.id).toBe(township.id)
    }
    const ended = { ...community, endsAt: mondayAt, successorId: township.id }
    const ports = portsWith(units.map((unit) => (unit.id === community.id ? ended : unit)))
    expect((await homeOf(ports, belowAccused, mondayAt))?.id).toBe(banner.id)
  })

  test('H1: a request goes past a level where whoever could rule has, or had, a seat with the accused', async () => {
    const ports = portsWith(units, (unit) =>
      unit.id === banner.id || unit.id === branch.id
        ? [{ ...aMembership(unit, 'clerk'), accountId: 'somebody-of-both', untilAt: mondayAt + 1 }]
        : seatsIn(unit),
    )
    const able = await ableAbove(ports, aboutBranch, 'somebody-else', [], mondayAt)
    expect(able.has(banner.id)).toBe(false)
    expect(able.has(league.id)).toBe(true)
  })

  test('L1: a level that grants an appeal does not say to whom the complaint goes', async () => {
    const lookUps = lookUpsFor(portsWith(), aboutBranch, mondayAt)
    const seen = { commandId: 'c', reportId: aboutBranch.id, rev: 1, note: '', isGranted: true }
    const prepare = (request: 'appeal-decline' | 'pass-on') =>
      ruleOnStep.prepare({ ...seen, request, toUnitId: otherBranch.id }, aboutBranch, lookUps)
    expect(await prepare('appeal-decline')).toEqual({
      ok: true,
      value: { request: 'appeal-decline', isGranted: true, note: '' },
    })
    expect(await prepare('pass-on')).toMatchObject({ value: { home: { id: otherBranch.id } } })
  })
})

describe('H4: a complaint that names nobody lies with those who have no seat below', () => {
  const unnamed = anUnnamedComplaint()
  /** In these committees everybody has a seat in a branch below as well. */
  const twoHats = (...committees: readonly Unit[]) =>
    portsWith(units, (unit) =>
      committees.some(({ id }) => id === unit.id) || unit.id === otherBranch.id
        ? [{ ...aMembership(unit, unit.kind === 'branch' ? 'secretary' : 'clerk'), accountId: 'two-hats' }]
        : seatsIn(unit),
    )

  test.each([
    ['where somebody has none', [], true],
    ['where everybody has', [township], false],
    ['where whoever has one elsewhere alone', [banner], true],
  ] as const)('%s', async (_where, committees, canSort) => {
    expect(await canSortUnnamed(twoHats(...committees), township.id, mondayAt)).toBe(canSort)
  })

  test('it goes past a level where everybody has, or had, a seat below', async () => {
    const above = async (...committees: readonly Unit[]) =>
      (await unitAbove(twoHats(...committees), branch.path, mondayAt, unnamed))?.id
    expect([await above(), await above(township), await above(township, banner)]).toEqual([
      township.id,
      banner.id,
      league.id,
    ])
  })

  test('what is asked about it goes past them too', async () => {
    const able = async (...committees: readonly Unit[]) =>
      (await ableAbove(twoHats(...committees), unnamed, 'somebody-else', [], mondayAt)).has(banner.id)
    expect([await able(), await able(banner)]).toEqual([true, false])
  })

  test('nor does any of them get the work where a committee has it', async () => {
    const routed = { ...unnamed, status: 'accepted', isSorting: false } as Report
    const hidden = async (...committees: readonly Unit[]) =>
      (await colleaguesOf(twoHats(...committees), routed, mondayAt)).map((one) => isAccused(one, routed))
    expect([await hidden(), await hidden(township)]).toEqual([[false], [true]])
  })

  test('L1: where whoever sorts it has ended it goes up, whoever takes over everything else', async () => {
    const ended = { ...township, endsAt: mondayAt, successorId: otherTownship.id }
    const ports = portsWith(units.map((unit) => (unit.id === township.id ? ended : unit)))
    expect((await homeOf(ports, unnamed, mondayAt))?.id).toBe(banner.id)
    const ordinary = reportIn('unrouted')
    expect((await homeOf(ports, ordinary, mondayAt))?.id).toBe(otherTownship.id)
  })
})

describe('H4: whoever sorts it says whom it is about', () => {
  const unnamed = anUnnamedComplaint()
  const police = {
    ...branch,
    id: 'police',
    kind: 'specialised-branch',
    path: [...banner.path, 'police'],
  } as const
  const elsewhere = { ...branch, id: 'elsewhere', path: ['15', '1501', '150102', '150102100', 'elsewhere'] }
  const ports = portsWith([...units, police, elsewhere])
  const seen = { commandId: 'c', reportId: unnamed.id, rev: 1, note: '' }
  const prepare = (chosen: object, report: Report = unnamed) =>
    routeByHand.prepare({ ...seen, ...chosen }, report, lookUpsFor(ports, report, mondayAt))

  test.each<[string, Unit, Unit]>([
    ['a branch', branch, township],
    ['a community committee', community, township],
    ['a temporary unit', temporaryUnit, township],
    ['a specialised branch of the banner', police, banner],
    ['their own unit', township, banner],
    ['a unit of another township', farBranch, otherTownship],
    ['the banner', banner, league],
  ])('%s: it goes one level above them', async (_what, accused, to) => {
    expect(await prepare({ accusedUnitId: accused.id })).toMatchObject({
      ok: true,
      value: { accusedUnitId: accused.id, to: { id: to.id } },
    })
  })

  test.each([
    ['nobody', {}, 'accused-unnamed'],
    ['nobody, and who is to have it', { toUnitId: banner.id }, 'accused-unnamed'],
    ['a partner', { accusedUnitId: housingBureau.id }, 'unknown-unit'],
    ['a unit of another banner', { accusedUnitId: elsewhere.id }, 'unknown-unit'],
    ['no unit', { accusedUnitId: 'nowhere' }, 'unknown-unit'],
  ])('refused: %s', async (_what, chosen, code) => {
    expect(await prepare(chosen)).toMatchObject({ ok: false, error: { code } })
  })

  test.each([
    ['a complaint that names somebody', aComplaint()],
    ['another matter', reportIn('unrouted')],
  ])('nobody is named in %s', async (_what, report) => {
    expect(await prepare({ accusedUnitId: branch.id }, report)).toMatchObject({
      error: { code: 'unknown-unit' },
    })
    expect(await prepare({}, report)).toMatchObject({
      error: { code: 'invalid-input', details: { fields: [{ field: 'toUnitId' }] } },
    })
  })
})
