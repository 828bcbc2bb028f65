import { randomUUID } from 'node:crypto'
import type { StaffRole, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { aMembership, branch, housingBureau, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

const seatOf = (person: string, unit: Unit, role: StaffRole, name?: string) => ({
  ...aMembership(unit, role),
  ...(name === undefined ? {} : { name }),
  _id: `${person}-${unit.id}`,
  accountId: `custom:${person}`,
})

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  await town.put('memberships', [
    seatOf('worker', branch, 'grid-worker', '李网格'),
    seatOf('deputy-clerk', township, 'clerk', '赵干事'),
  ])
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

const note = '请明天上午去垫平'
const targets = (person: string, reportId: string) => town.as(person).get('unit.targets', { reportId })
const memberCalled = async (person: string, reportId: string, name: string): Promise<string> => {
  const { members } = await targets(person, reportId)
  const found = members.find((one) => one.name === name)
  if (!found) throw new Error(`${name} is not offered: ${JSON.stringify(members)}`)
  return found.id
}
const accepted = async (): Promise<string> => {
  const { reportId } = await town.as('resident').submit({ photos: [] })
  await town.as('secretary').step('report.accept', reportId, {})
  return reportId
}
const handedTo = async (name: string): Promise<string> => {
  const reportId = await accepted()
  const memberId = await memberCalled('secretary', reportId, name)
  await town.as('secretary').step('report.dispatch', reportId, { toUnitId: branch.id, memberId, note })
  return reportId
}

describe('handed to one of the branch’s own people', () => {
  test('L2: offered are those whose work somebody else could check, to those who may dispatch', async () => {
    const reportId = await accepted()
    const { members, partners } = await targets('secretary', reportId)
    // The only secretary could be checked by nobody of the branch.
    expect(members.map(({ name, role, isYou }) => [name, role, isYou])).toEqual([
      [null, 'grid-worker', false],
      ['李网格', 'grid-worker', false],
    ])
    expect(partners.map((one) => one.id)).toEqual([housingBureau.id])
    expect((await targets('grid-worker', reportId)).members).toEqual([])
    expect((await targets('township-staff', reportId)).members).toEqual([])
    for (const person of ['resident', 'neighbour', 'handler', 'other-secretary']) {
      expect(await town.as(person).refused('unit.targets', { reportId })).toBe('not-found')
    }
  })

  test('whoever has it reads so in the queue, colleagues read who has it, residents the branch alone', async () => {
    const reportId = await handedTo('李网格')
    const inQueue = async (person: string) => {
      const { rows } = await town
        .as(person)
        .get('queue.list', { unitId: branch.id, tab: 'working', limit: 50 })
      return rows.find((row) => row.id === reportId)?.handlerMember
    }
    expect(await inQueue('worker')).toMatchObject({ name: '李网格', isYou: true })
    expect(await inQueue('secretary')).toMatchObject({ name: '李网格', role: 'grid-worker', isYou: false })
    const mine = async (person: string) => {
      const { tabs } = await town.as(person).get('queue.counts', { unitId: branch.id })
      const { rows } = await town.as(person).get('queue.list', { unitId: branch.id, tab: 'mine' })
      return [tabs.find((one) => one.tab === 'mine')?.count, rows.map((row) => row.id)]
    }
    expect(await mine('worker')).toEqual([1, [reportId]])
    expect(await mine('grid-worker')).toEqual([undefined, []])
    expect(await mine('secretary')).toEqual([undefined, []])
    const of = async (person: string) => town.as(person).get('report.get', { reportId })
    expect((await of('worker')).actions).toEqual(expect.arrayContaining(['claim-fixed', 'send-back']))
    expect((await of('grid-worker')).actions).not.toContain('claim-fixed')
    for (const person of ['resident', 'neighbour']) {
      const seen = await of(person)
      expect(seen.handler).toMatchObject({ id: branch.id, name: branch.name, note: '', member: null })
      const rows = [
        ...(await town.as(person).get('report.mine', {})).rows,
        ...(await town.as(person).get('report.recent', { unitId: branch.id })).rows,
      ]
      const told = JSON.stringify([seen, rows, await town.as(person).get('inbox.list', { limit: 50 })])
      for (const secret of ['李网格', note, '承办人']) expect(told).not.toContain(secret)
      const memberId = (await town.report(reportId)).dispatches[0]?.memberId
      expect(memberId).toBeTruthy()
      expect(told).not.toContain(memberId)
    }
  })

  test('a complaint that a level has handed to one of its people counts in their own tab, and in nobody else’s', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'about-branch', photos: [] })
    await town.as('township-staff').step('report.accept', reportId, {})
    const memberId = await memberCalled('township-staff', reportId, '赵干事')
    const toUnitId = township.id
    await town.as('township-staff').step('report.dispatch', reportId, { toUnitId, memberId, note })
    const mine = async (person: string) => {
      const { tabs } = await town.as(person).get('queue.counts', { unitId: township.id })
      const { rows } = await town.as(person).get('queue.list', { unitId: township.id, tab: 'mine' })
      return [tabs.find((one) => one.tab === 'mine')?.count, rows.map((row) => row.id)]
    }
    expect(await mine('deputy-clerk')).toEqual([1, [reportId]])
    expect(await mine('township-staff')).toEqual([undefined, []])
  })

  test('A7: the word goes to the member alone, in the branch’s inbox, and no more to one who has left', async () => {
    const reportId = await handedTo('李网格')
    const said = async (person: string) => {
      const { rows } = await town.as(person).get('inbox.list', { unitId: branch.id, limit: 50 })
      return rows.filter((row) => row.reportId === reportId).map((row) => row.title)
    }
    expect(await said('worker')).toContain('派单')
    expect(await said('grid-worker')).not.toContain('派单')
    expect(await said('secretary')).not.toContain('派单')
    await town.as('worker').step('report.claimFixed', reportId, { note: '垫平了', remedy: 'lasting' })
    expect(await said('secretary')).toContain('待核查')
    await town.as('secretary').step('report.rework', reportId, { note: '还有积水' })
    expect(await said('worker')).toContain('返工')
    expect(await said('grid-worker')).not.toContain('返工')
  })

  test('H2: a colleague checks, the member is refused, and so is whoever else acts for them', async () => {
    const reportId = await handedTo('李网格')
    const work = { note: '垫平了', remedy: 'lasting' } as const
    const { rev } = await town.report(reportId)
    const asked = { commandId: randomUUID(), reportId, rev, ...work }
    expect(await town.as('grid-worker').refused('report.claimFixed', asked)).toBe('not-allowed')
    await town.as('worker').step('report.claimFixed', reportId, work)
    await town.meddle('memberships', `worker-${branch.id}`, { role: 'secretary' })
    const risen = await town.as('worker').get('report.get', { reportId })
    expect(risen.actions).not.toContain('check')
    expect(
      await town.as('worker').refused('report.check', { commandId: randomUUID(), reportId, rev: risen.rev }),
    ).toBe('checker-is-fixer')
    await town.meddle('memberships', `worker-${branch.id}`, { role: 'grid-worker' })
    await town.as('secretary').step('report.check', reportId, {})
    expect((await town.report(reportId)).resolutions).toMatchObject([
      { isOwnHands: true, byUnitName: branch.name, unit: { id: branch.id } },
    ])
    expect((await town.as('resident').get('report.get', { reportId })).resolution?.isChecked).toBe(true)
  })

  test('the member’s seat ends: nothing is theirs any more, their messages neither, and the work is recalled', async () => {
    const reportId = await handedTo('李网格')
    await town.meddle('memberships', `worker-${branch.id}`, { untilAt: town.now() })
    await town.later(minuteMs)
    expect((await town.as('worker').get('report.get', { reportId })).actions).not.toContain('claim-fixed')
    expect(await town.as('worker').refused('inbox.list', { unitId: branch.id })).toBe('not-allowed')
    const seen = await town.as('secretary').get('report.get', { reportId })
    expect(seen.handler?.member).toMatchObject({ name: null, role: null, isYou: false })
    await town.as('secretary').step('report.recall', reportId, {})
    expect((await targets('secretary', reportId)).members.map((one) => one.name)).not.toContain('李网格')
    await town.meddle('memberships', `worker-${branch.id}`, { untilAt: town.now() + 999 * 86_400_000 })
  })

  test('an id of another report, of another unit’s member, or made up is nobody', async () => {
    const first = await accepted()
    const second = await accepted()
    const memberId = await memberCalled('secretary', first, '李网格')
    const { rev } = await town.report(second)
    for (const id of [memberId, 'nobody', 'custom:worker']) {
      const asked = {
        commandId: randomUUID(),
        reportId: second,
        rev,
        toUnitId: branch.id,
        memberId: id,
        note,
      }
      expect(await town.as('secretary').refused('report.dispatch', asked)).toBe('unknown-member')
    }
    const elsewhere = {
      commandId: randomUUID(),
      reportId: first,
      rev,
      toUnitId: housingBureau.id,
      memberId,
      note,
    }
    expect(await town.as('secretary').refused('report.dispatch', elsewhere)).toBe('unknown-unit')
  })
})

test('H4: a complaint is handed to one of the committee’s own, to nobody with a seat in the accused branch', async () => {
  const { reportId } = await town.as('resident').submit({ categoryId: 'about-branch', photos: [] })
  await town.as('township-staff').step('report.accept', reportId, {})
  // Came to the township after the complaint had; was never free to get it.
  await town.put('memberships', [
    seatOf('of-both', township, 'clerk', '两头坐'),
    { ...seatOf('of-both', branch, 'grid-worker'), _id: 'of-both-too' },
  ])
  const { members, partners } = await targets('township-staff', reportId)
  expect(partners).toEqual([])
  expect(members.map((one) => [one.name, one.isYou]).sort()).toEqual([
    [null, true],
    ['赵干事', false],
  ])
  const memberId = await memberCalled('township-staff', reportId, '赵干事')
  await town.as('township-staff').step('report.dispatch', reportId, { toUnitId: township.id, memberId, note })
  const inboxOf = (person: string) => town.as(person).get('inbox.list', { unitId: township.id, limit: 50 })
  expect((await inboxOf('deputy-clerk')).rows.map((row) => row.title)).toContain('派单')
  await town.as('deputy-clerk').step('report.claimFixed', reportId, { note: '查过了', remedy: 'lasting' })
  await town.as('township-staff').step('report.check', reportId, {})
  // Whoever comes to sit in the accused branch reads nothing of it from then on, not even their own messages.
  await town.put('memberships', [{ ...seatOf('deputy-clerk', branch, 'grid-worker'), _id: 'deputy-too' }])
  expect((await inboxOf('deputy-clerk')).rows.filter((row) => row.reportId === reportId)).toEqual([])
  expect(await town.as('deputy-clerk').refused('report.get', { reportId })).toBe('not-found')
  for (const person of ['of-both', 'secretary']) {
    expect(await town.as(person).refused('report.get', { reportId })).toBe('not-found')
  }
})
