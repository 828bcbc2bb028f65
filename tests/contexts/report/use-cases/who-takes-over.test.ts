import type { Unit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import type { ReportPorts } from '../../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { ruleOn as ruleOnStep } from '../../../../cloudfunctions/contexts/report/steps/rule-on'
import { lookUpsFor } from '../../../../cloudfunctions/contexts/report/use-cases/look-ups'
import {
  ableAbove,
  familyOf,
  heirsFor,
  homeOf,
  successorOf,
  unitAbove,
} from '../../../../cloudfunctions/contexts/report/use-cases/standing-of'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  aMembership,
  aReport,
  banner,
  branch,
  farBranch,
  law,
  mondayAt,
  otherBranch,
  reportIn,
  secretary,
  take,
  takeAll,
  township,
  unitFacts,
  units,
  wait,
} from '../../../support/builders'
import { somePorts } from '../../../support/some-ports'

type Role = 'clerk' | 'chair' | 'secretary'

/** The tree with some units otherwise, and with one member in each but for those named. */
const aParent = reportIn('accepted', { id: 'r-parent' })
const portsWith = (
  changes: Readonly<Record<string, Partial<Unit>>>,
  roles: Readonly<Record<string, readonly Role[]>> = {},
) => {
  const all = units.map((unit) => ({ ...unit, ...changes[unit.id] }))
  const of = (id: string) => all.filter((unit) => unit.id === id)
  const seatsIn = (unit: Unit) =>
    (roles[unit.id] ?? ['clerk']).map((role) => ({
      ...aMembership(unit, role),
      accountId: `${role}-of-${unit.id}`,
    }))
  const ports = somePorts({
    ruleBooks: { of: async () => law.rules, version: async () => law.rules },
    calendars: { current: async () => law.calendar },
    reports: { get: async () => aParent },
    units: {
      get: async (id) => of(id)[0],
      getMany: async (ids) => ids.flatMap(of),
      membersOf: async (id) => of(id).flatMap(seatsIn),
      membersOfAny: async (ids) => ids.flatMap((id) => of(id).flatMap(seatsIn)),
    },
  })
  return { ...ports, projectors: {} as ReportPorts['projectors'] }
}

const report = reportIn('accepted')
const endsInTime = { endsAt: report.deadlines.resolveDueAt + dayMs }
const endsTooSoon = { endsAt: report.deadlines.resolveDueAt - 1 }
const endedInto = (successorId: string) => ({ [branch.id]: { endsAt: mondayAt, successorId } })

describe('L1, L2: what an ended unit leaves goes to who can take it', () => {
  test('its successor; through one that has ended too; above where there is none', async () => {
    expect((await homeOf(portsWith(endedInto(otherBranch.id)), report, mondayAt))?.id).toBe(otherBranch.id)
    const chain = {
      ...endedInto(otherBranch.id),
      [otherBranch.id]: { endsAt: mondayAt, successorId: farBranch.id },
    }
    expect((await homeOf(portsWith(chain), report, mondayAt))?.id).toBe(farBranch.id)
    expect((await homeOf(portsWith({ [branch.id]: { endsAt: mondayAt } }), report, mondayAt))?.id).toBe(
      township.id,
    )
  })

  test('never a successor without members, or one that ends before the deadline', async () => {
    const empty = portsWith(endedInto(otherBranch.id), { [otherBranch.id]: [] })
    const above = (await homeOf(empty, report, mondayAt))?.id
    expect(above).not.toBe(otherBranch.id)
    expect(branch.path).toContain(above)
    const ended = { ...branch, endsAt: mondayAt, successorId: otherBranch.id }
    expect((await successorOf(empty, ended, mondayAt))?.id).toBe(above)
    const ending = { ...endedInto(otherBranch.id), [otherBranch.id]: endsTooSoon }
    expect((await homeOf(portsWith(ending), report, mondayAt))?.id).toBe(above)
    const lasting = { ...endedInto(otherBranch.id), [otherBranch.id]: endsInTime }
    expect((await homeOf(portsWith(lasting), report, mondayAt))?.id).toBe(otherBranch.id)
  })

  test('L5: what is returned goes past a level that ends before the deadline: it is never offered and refused', async () => {
    const ports = portsWith({ [township.id]: endsTooSoon }, { '150221100001': [] })
    const sorter = await lookUpsFor(ports, report, mondayAt).unitAbove()
    expect(sorter?.id).toBe(banner.id)
  })
})

describe('A4: who acts for an ended unit that is on the list', () => {
  const listed = wait(aReport(), aReport().deadlines.acceptDueAt)
  const heirOf = async (ports: ReportPorts, of: Report = listed) =>
    (await heirsFor(ports, of, mondayAt)).map(({ ended, heir }) => [ended.id, heir.id])

  test('nobody while it is there; then its successor, as far as somebody is there; else the unit above', async () => {
    expect(await heirOf(portsWith({}))).toEqual([])
    expect(await heirOf(portsWith(endedInto(otherBranch.id)))).toEqual([[branch.id, otherBranch.id]])
    const empty = portsWith(endedInto(otherBranch.id), { [otherBranch.id]: [] })
    expect(branch.path).toContain((await heirOf(empty))[0]?.[1])
    expect(await heirOf(portsWith({ [branch.id]: { endsAt: mondayAt } }))).toEqual([[branch.id, township.id]])
  })

  test('whoever acted for it and has ended too is followed', async () => {
    const chain = {
      ...endedInto(otherBranch.id),
      [otherBranch.id]: { endsAt: mondayAt, successorId: farBranch.id },
    }
    const heirs = [{ ended: { id: branch.id, name: branch.name }, heir: unitFacts(otherBranch) }]
    const inherited = take(listed, { kind: 'inherit', heirs })
    expect(await heirOf(portsWith(chain), inherited)).toEqual([[otherBranch.id, farBranch.id]])
  })
})

describe('L3: single matters are the clerks’', () => {
  test('a level with nobody but its chair has nobody to sort, and nobody to rule', async () => {
    const ports = portsWith({}, { [township.id]: ['chair'] })
    expect((await unitAbove(ports, [...township.path, 'x'], mondayAt))?.id).toBe(banner.id)
    const able = await ableAbove(ports, report, 'somebody', [], mondayAt)
    expect(able.has(township.id)).toBe(false)
    expect(able.has(banner.id)).toBe(true)
  })
})

describe('L2: who is to have it is looked at when it is granted', () => {
  const passedTwice = takeAll(aReport(), 'transfer', 'transfer') as Report

  test('as that unit is by then, and not as it was when it was asked for', async () => {
    const asked = take(passedTwice, 'transfer', { by: secretary })
    const [request] = asked.requests
    if (request?.kind !== 'pass-on') throw new Error('nothing is asked')
    const lookUps = lookUpsFor(portsWith({}, { [request.to.id]: [] }), asked, mondayAt)
    const seen = { commandId: 'c', reportId: asked.id, rev: 1, note: '', isGranted: true }
    expect(await ruleOnStep.prepare({ ...seen, request: 'pass-on' }, asked, lookUps)).toMatchObject({
      value: { home: { id: request.to.id, memberCount: 0 } },
    })
  })
})

describe('A2, M4: another matter is read as it is by now, whether or not the clock has come by', () => {
  const overdueAt = aParent.deadlines.resolveDueAt + dayMs

  test('who merges into it sees its causes, and who leaves it takes them along', async () => {
    const before = await lookUpsFor(portsWith({}), report, aParent.changedAt).mergeParent(aParent.id)
    expect(before?.hasToldCause).toBe(false)
    const after = await lookUpsFor(portsWith({}), report, overdueAt).mergeParent(aParent.id)
    expect(after?.hasToldCause).toBe(true)
    const family = { ...aParent, childReportIds: [report.id] }
    const left = await familyOf(portsWith({}), report, family, overdueAt)
    expect(left.causes.map((cause) => cause.cause)).toContain('resolve-overdue')
  })
})
