import { randomUUID } from 'node:crypto'
import type { Membership, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { aMembership, banner, branch, housingBureau, otherBranch, township } from '../support/builders'
import { inEastStreet, openTestCloud, type TestCloud } from '../support/cloud'
import { toDocument } from '../support/town'

jest.setTimeout(300_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  const admins = { 'banner-admin': banner, 'second-admin': banner, 'township-admin': township }
  await town.put(
    'memberships',
    Object.entries(admins).map(([person, unit]) =>
      toDocument({ ...aMembership(unit, 'admin'), id: person, accountId: `custom:${person}` }),
    ),
  )
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type UnitCommand = 'unit.correct' | 'unit.rename' | 'unit.close' | 'unit.move' | 'unit.split' | 'unit.undo'
type Changed = OutputOf<'unit.correct'>

const unitOf = async (id: string): Promise<Unit> => {
  const [found] = await town.documents<Unit & { readonly _id: string }>('units', { _id: id })
  if (!found) throw new Error(`no unit ${id}`)
  return { ...found, id }
}
const add = (input: Omit<InputOf<'unit.add'>, 'commandId'>, person = 'banner-admin'): Promise<Changed> =>
  town.as(person).get('unit.add', { commandId: randomUUID(), ...input })
const change = async <A extends UnitCommand>(
  action: A,
  unitId: string,
  input: Omit<InputOf<A>, 'commandId' | 'unitId' | 'rev'>,
  person = 'banner-admin',
): Promise<Changed> => {
  const { rev = 0 } = await unitOf(unitId)
  const seen = action === 'unit.undo' ? {} : { rev }
  return town
    .as(person)
    .get(action, { commandId: randomUUID(), unitId, ...seen, ...input } as never) as Promise<Changed>
}
const refusedChange = async (
  action: UnitCommand,
  unitId: string,
  input: object,
  person = 'banner-admin',
): Promise<string> => {
  const { rev = 0 } = await unitOf(unitId)
  const seen = action === 'unit.undo' ? {} : { rev }
  return town.as(person).refused(action, { commandId: randomUUID(), unitId, ...seen, ...input })
}
const seatsIn = async (unitId: string): Promise<readonly Membership[]> =>
  town.documents<Membership>('memberships', { unitId })
/** The clock runs and nothing waits any more. */
const settled = () => town.later(2 * 60_000)

describe('a unit', () => {
  test('is added below another, with its level and its path, once for each command', async () => {
    const input = {
      commandId: randomUUID(),
      parentId: banner.id,
      name: '双龙镇党委',
      kind: 'committee' as const,
      code: '150221105',
    }
    const { unit, change: made } = await town.as('banner-admin').get('unit.add', input)
    expect(unit).toMatchObject({
      id: '150221105',
      level: 'township',
      path: [...banner.path, '150221105'],
      rev: 0,
    })
    expect(made).toMatchObject({ kind: 'added', status: 'done', byUnitName: banner.name })
    expect((await town.as('banner-admin').get('unit.add', input)).change.id).toBe(made.id)
    expect(await town.as('banner-admin').refused('unit.add', { ...input, name: '别的' })).toBe(
      'command-reused',
    )
  })

  test('says after a change who made it, when, what it was before and what it is', async () => {
    await change('unit.correct', otherBranch.id, {
      phone: '0472-1234567',
      population: 812,
      hours: '周一到周五 8:30–17:30',
    })
    await change('unit.correct', otherBranch.id, { population: 820, phone: null })
    const { unit, rows } = await town.as('banner-admin').get('unit.history', { unitId: otherBranch.id })
    expect(unit).toMatchObject({ population: 820, phone: null, hours: '周一到周五 8:30–17:30', rev: 2 })
    expect(rows.map(({ kind, changes }) => ({ kind, changes }))).toEqual([
      {
        kind: 'corrected',
        changes: [
          { field: 'phone', before: '04721234567', after: null },
          { field: 'population', before: 812, after: 820 },
        ],
      },
      {
        kind: 'corrected',
        changes: [
          { field: 'phone', before: null, after: '04721234567' },
          { field: 'hours', before: null, after: '周一到周五 8:30–17:30' },
          { field: 'population', before: null, after: 812 },
        ],
      },
    ])
  })

  test('that two change at once is changed by one of them, and the other is told', async () => {
    const { rev = 0 } = await unitOf(housingBureau.id)
    const of = (population: number) => ({
      commandId: randomUUID(),
      unitId: housingBureau.id,
      rev,
      population,
    })
    // Both look before either of them writes: by two instances that have been loaded.
    town.cloud.faults.add({ kind: 'latency', action: 'database.', ms: 80 })
    const history = (person: string) => town.as(person).send('unit.history', { unitId: housingBureau.id })
    await Promise.all([history('banner-admin'), history('second-admin')])
    const answers = await Promise.all([
      town.as('banner-admin').send('unit.correct', of(1)),
      town.as('second-admin').send('unit.correct', of(2)),
    ])
    town.cloud.faults.clear()
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      error: { code: 'stale-rev', message: '已经被别人改过，请看过再改' },
    })
  })

  test('is found by how its name begins, page by page, and by nobody outside the area', async () => {
    const all: string[] = []
    let cursor: string | null = null
    do {
      const page: OutputOf<'unit.search'> = await town
        .as('banner-admin')
        .get('unit.search', { unitId: banner.id, limit: 2, ...(cursor === null ? {} : { cursor }) })
      all.push(...page.rows.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor !== null)
    const names = (await town.documents<Unit>('units'))
      .filter(({ path }) => path.includes(banner.id))
      .map(({ name }) => name)
    expect([...all].sort()).toEqual([...names].sort())
    const found = await town.as('township-admin').get('unit.search', { unitId: township.id, name: '后炭市' })
    expect(found.rows.map(({ id }) => id)).toEqual([branch.id])
    expect(await town.as('township-admin').refused('unit.search', { unitId: banner.id })).toBe('not-allowed')
  })

  test('is found below the one it belongs to, page by page, whatever its kind, with the way up', async () => {
    const all: string[] = []
    let cursor: string | null = null
    do {
      const page: OutputOf<'unit.below'> = await town
        .as('banner-admin')
        .get('unit.below', { unitId: banner.id, limit: 2, ...(cursor === null ? {} : { cursor }) })
      expect(page.above.map(({ id }) => id)).toEqual(banner.path.slice(0, -1))
      all.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    const below = await town.documents<Unit & { readonly _id: string }>('units', { parentId: banner.id })
    expect(all).toEqual(below.map(({ _id }) => _id).sort())
    expect(all).toContain(housingBureau.id)
    expect(await town.as('township-admin').refused('unit.below', { unitId: banner.id })).toBe('not-allowed')
  })

  test('says what may be done with it now, and what those are called that it names', async () => {
    const above = await town.as('banner-admin').get('unit.history', { unitId: township.id })
    expect(above.may).toEqual(['correct', 'rename', 'add', 'move', 'split', 'close'])
    expect(above.named).toContainEqual({ id: banner.id, name: banner.name })
    // What concerns the unit itself is for one above.
    const own = await town.as('township-admin').get('unit.history', { unitId: township.id })
    expect(own.may).toEqual(['correct', 'add'])
  })

  test.each([
    ['resident', 'not-allowed'],
    ['secretary', 'not-allowed'],
    ['banner-staff', 'not-allowed'],
    [null, 'sign-in-required'],
  ])('is changed by no %s', async (person, code) => {
    const rename = { commandId: randomUUID(), unitId: branch.id, rev: 0, name: '别的党支部' }
    expect(await town.as(person).refused('unit.rename', rename)).toBe(code)
    expect(await town.as(person).refused('unit.history', { unitId: branch.id })).toBe(code)
  })

  test('is not changed by its own admin but in how it is reached', async () => {
    expect(await refusedChange('unit.rename', township.id, { name: '别的镇党委' }, 'township-admin')).toBe(
      'not-allowed',
    )
    const { unit } = await change('unit.correct', township.id, { dutyPhone: '13900000000' }, 'township-admin')
    expect(unit.dutyPhone).toBe('13900000000')
  })
})

describe('what cannot be is refused in words', () => {
  test.each<[string, UnitCommand, string, object, string]>([
    ['a circle', 'unit.move', township.id, { parentId: branch.id }, 'unit-in-itself'],
    ['a level left out', 'unit.move', branch.id, { parentId: banner.id }, 'wrong-level'],
    ['a parent that there is not', 'unit.move', branch.id, { parentId: '999' }, 'unknown-unit'],
    ['the same place', 'unit.move', branch.id, { parentId: township.id }, 'nothing-to-change'],
    ['a name that another has', 'unit.rename', branch.id, { name: otherBranch.name }, 'same-name'],
    ['a formula for a name', 'unit.rename', branch.id, { name: "=cmd|'/c calc'!A0" }, 'invalid-input'],
    ['an end where somebody works', 'unit.close', branch.id, {}, 'something-left'],
    ['an heir of another level', 'unit.close', branch.id, { successorId: township.id }, 'wrong-level'],
    ['an heir below itself', 'unit.close', township.id, { successorId: branch.id }, 'unit-in-itself'],
    [
      'a day in ten years',
      'unit.rename',
      branch.id,
      { name: '新名字', fromAt: Date.UTC(2036, 1) },
      'invalid-input',
    ],
    ['a change that there is not', 'unit.undo', branch.id, { changeId: 'c0' }, 'not-found'],
  ])('%s', async (_what, action, unitId, input, code) => {
    const before = await unitOf(unitId)
    expect(await refusedChange(action, unitId, input)).toBe(code)
    expect(await unitOf(unitId)).toEqual(before)
  })

  test('the end of a unit in which somebody works and nothing else is left, not that of an empty one', async () => {
    const { unit } = await add({ parentId: township.id, name: '种植合作社', kind: 'cooperative' })
    const seat = {
      ...aMembership({ ...branch, id: unit.id, name: unit.name }, 'cooperative-staff'),
      id: 'planter',
    }
    await town.put('memberships', [{ ...toDocument(seat), shape: 1 } as never])
    expect(await refusedChange('unit.close', unit.id, {})).toBe('something-left')
    await town.meddle('memberships', 'planter', { untilAt: town.now() })
    const { unit: ended } = await change('unit.close', unit.id, {})
    expect(ended).toMatchObject({ endsAt: expect.any(Number), successorId: null })
  })

  test('a code that is taken, a place that has no such level', async () => {
    const asked = {
      commandId: randomUUID(),
      parentId: township.id,
      name: '新社区党支部',
      kind: 'branch' as const,
    }
    expect(await town.as('banner-admin').refused('unit.add', { ...asked, code: branch.id })).toBe(
      'unit-exists',
    )
    expect(await town.as('banner-admin').refused('unit.add', { ...asked, parentId: branch.id })).toBe(
      'wrong-level',
    )
  })
})

describe('a change is taken back within a day where nothing has followed', () => {
  test('a name', async () => {
    const { change: made } = await change('unit.rename', otherBranch.id, { name: '东街新村党支部' })
    await settled()
    expect((await seatsIn(otherBranch.id))[0]?.unitName).toBe('东街新村党支部')
    const { unit } = await change('unit.undo', otherBranch.id, { changeId: made.id })
    expect(unit.name).toBe(otherBranch.name)
    await settled()
    expect((await seatsIn(otherBranch.id))[0]?.unitName).toBe(otherBranch.name)
    expect(await refusedChange('unit.undo', otherBranch.id, { changeId: made.id })).toBe('wrong-status')
  })

  test('not after another, and not after a day', async () => {
    const { change: first } = await change('unit.correct', otherBranch.id, { population: 900 })
    const { change: second } = await change('unit.correct', otherBranch.id, { population: 901 })
    expect(await refusedChange('unit.undo', otherBranch.id, { changeId: first.id })).toBe('followed')
    town.cloud.clock.step(dayMs)
    expect(await refusedChange('unit.undo', otherBranch.id, { changeId: second.id })).toBe('undo-too-late')
  })

  test('an end that has not come', async () => {
    const { unit: cooperative } = await add({
      parentId: township.id,
      name: '养羊合作社',
      kind: 'cooperative',
    })
    const { change: planned, unit } = await change('unit.close', cooperative.id, {
      fromAt: town.now() + 5 * hourMs,
    })
    expect(unit.endsAt).toBe(planned.effectiveAt)
    expect(await refusedChange('unit.close', cooperative.id, {})).toBe('unit-ended')
    expect(await refusedChange('unit.rename', cooperative.id, { name: '养牛合作社' })).toBe('unit-ended')
    // How it is reached may be put right until its last day; the end stays.
    const corrected = await change('unit.correct', cooperative.id, { phone: '0472-7654321' })
    expect(corrected.unit).toMatchObject({ phone: '04727654321', endsAt: planned.effectiveAt })
    const { unit: again } = await change('unit.undo', cooperative.id, { changeId: planned.id })
    expect(again).toMatchObject({ endsAt: null, phone: '04727654321' })
    await town.later(6 * hourMs)
    expect((await unitOf(cooperative.id)).endsAt).toBeUndefined()
  })
})

describe('from a day on', () => {
  test('a name holds, and not before', async () => {
    const { change: planned } = await change('unit.rename', otherBranch.id, {
      name: '东街中心党支部',
      fromAt: town.now() + 3 * hourMs,
    })
    expect(planned.status).toBe('planned')
    expect((await unitOf(otherBranch.id)).name).toBe(otherBranch.name)
    expect(await refusedChange('unit.rename', otherBranch.id, { name: '又一个名字' })).toBe('change-planned')
    // How it is reached may be put right meanwhile.
    await change('unit.correct', otherBranch.id, { phone: '0472-7654321' })
    await town.later(4 * hourMs)
    expect(await unitOf(otherBranch.id)).toMatchObject({ name: '东街中心党支部', phone: '04727654321' })
    await change('unit.rename', otherBranch.id, { name: otherBranch.name })
  })
})

describe('a branch that moves to another township', () => {
  let reportId = ''
  let movedId = ''
  beforeAll(async () => {
    reportId = (await town.as('resident').submit()).reportId
    await town.as('secretary').step('report.accept', reportId, {})
    const { unit } = await change('unit.move', branch.id, { parentId: '150221105' })
    movedId = unit.successorId ?? ''
    await settled()
  })

  test('goes on there under the same name and code, and says where it came from', async () => {
    const { unit, rows } = await town.as('banner-admin').get('unit.history', { unitId: movedId })
    expect(unit).toMatchObject({
      name: branch.name,
      parentId: '150221105',
      path: [...banner.path, '150221105', movedId],
      level: 'village',
    })
    expect(rows.map(({ kind, unitId }) => ({ kind, unitId }))).toEqual([{ kind: 'moved', unitId: branch.id }])
  })

  test('takes its people, its partners and its cells along', async () => {
    const roles = (seats: readonly Membership[]) =>
      seats.map(({ accountId, role }) => `${accountId} ${role}`).sort()
    expect(roles(await seatsIn(movedId))).toEqual(roles(await seatsIn(branch.id)))
    expect((await seatsIn(branch.id)).every(({ untilAt = 0 }) => untilAt > 0 && untilAt <= town.now())).toBe(
      true,
    )
    await town.later(10 * 60_000)
    for (const { _id } of await town.documents<{ readonly _id: string; readonly unitId: string }>(
      'memberships',
      { unitId: branch.id },
    )) {
      const { lines } = await town.as('banner-admin').get('people.history', { seatId: _id })
      expect(lines.at(-1)).toMatchObject({ kind: 'over', at: expect.any(Number) })
    }
    const [cell] = await town.documents<{
      readonly unit: Unit
      readonly branchId: string
      readonly unitPath: string[]
    }>('grid_cells', { branchId: movedId })
    expect(cell).toMatchObject({
      unit: { id: movedId, name: branch.name },
      unitPath: [...banner.path, '150221105', movedId],
    })
  })

  test('has its open reports, which say who was responsible then', async () => {
    const report = await town.report(reportId)
    expect(report.answerableUnit).toEqual({ id: movedId, name: branch.name })
    expect(report.stints.map(({ unit }) => unit.id)).toEqual([branch.id, movedId])
    expect((await town.as('secretary').get('report.get', { reportId })).actions).toContain('accept')
  })

  test('is who a new report comes to', async () => {
    const { reportId: later } = await town.as('neighbour').submit({ categoryId: 'rubbish' })
    expect((await town.report(later)).answerableUnit.id).toBe(movedId)
  })

  test('is offered nothing more where it was, and names where it went', async () => {
    const { may, named } = await town.as('banner-admin').get('unit.history', { unitId: branch.id })
    expect(may).toEqual([])
    expect(named).toContainEqual({ id: movedId, name: branch.name })
  })

  test('does not move back by being undone', async () => {
    const { rows } = await town.as('banner-admin').get('unit.history', { unitId: branch.id })
    expect(rows[0]).toMatchObject({ kind: 'moved', mayUndo: false })
    expect(await refusedChange('unit.undo', branch.id, { changeId: rows[0]?.id })).toBe('followed')
  })
})

test('a unit that is split goes on as its heir, beside the other parts', async () => {
  const place = { point: inEastStreet, words: '东街' }
  const { reportId } = await town.as('resident').submit({ categoryId: 'street-lamp', place })
  // One of its reports is being accepted at the same moment.
  const [{ unit, change: made }] = await Promise.all([
    change('unit.split', otherBranch.id, {
      parts: [{ name: '东街第一党支部' }, { name: '东街第二党支部' }],
      heir: 1,
    }),
    town.as('other-secretary').step('report.accept', reportId, {}),
  ])
  await settled()
  const [first = '', second = ''] = made.newUnitIds
  const report = await town.report(reportId)
  expect(report.answerableUnit).toEqual({ id: second, name: '东街第二党支部' })
  expect(report.stints[0]?.unit.id).toBe(otherBranch.id)
  expect(unit).toMatchObject({ endsAt: made.effectiveAt, successorId: second })
  expect(await seatsIn(first)).toEqual([])
  expect((await seatsIn(second)).map(({ accountId }) => accountId)).toEqual(['custom:other-secretary'])
  expect((await unitOf(first)).path).toEqual([...township.path, first])
})

test('a township that is merged into another hands over all that lies below it', async () => {
  const below = (
    await town.documents<Unit & { readonly _id: string }>('units', { parentId: township.id })
  ).filter(({ endsAt }) => endsAt === undefined)
  expect(below.length).toBeGreaterThan(1)
  await change('unit.close', township.id, { successorId: '150221105' })
  await settled()
  const after = await town.documents<Unit & { readonly _id: string }>('units', { parentId: '150221105' })
  for (const { name } of below)
    expect(after.filter((one) => one.name === name && one.endsAt === undefined)).toHaveLength(1)
  expect(
    (await town.documents<Unit>('units', { parentId: township.id })).every(
      ({ endsAt }) => endsAt !== undefined,
    ),
  ).toBe(true)
  expect((await seatsIn('150221105')).map(({ accountId }) => accountId).sort()).toEqual([
    'custom:township-admin',
    'custom:township-staff',
  ])
})
