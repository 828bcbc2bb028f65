import type { Unit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import type { ReportPorts } from '../../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { ruleOn as ruleOnStep } from '../../../../cloudfunctions/contexts/report/steps/rule-on'
import { lookUpsFor } from '../../../../cloudfunctions/contexts/report/use-cases/look-ups'
import {
  ableAbove,
  homeOf,
  unitAbove,
} from '../../../../cloudfunctions/contexts/report/use-cases/standing-of'
import {
  aComplaint,
  aMembership,
  banner,
  branch,
  community,
  league,
  mondayAt,
  otherBranch,
  region,
  toRoutedUnit,
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
