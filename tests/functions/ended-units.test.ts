import { randomUUID } from 'node:crypto'
import type { CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import {
  type StaffRole,
  toRoutedUnit,
  type Unit,
} from '../../cloudfunctions/contexts/organisation/rules/unit'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import {
  aMembership,
  banner,
  branch,
  housingBureau,
  mondayAt,
  otherBranch,
  township,
  waterBureau,
} from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

jest.setTimeout(300_000)

const endsAt = mondayAt + 40 * dayMs
/** A squad of the township for suggestions, until its time is over. */
const squad: Unit = {
  id: '150221100-squad',
  name: '环境整治突击队临时党支部',
  areaName: '萨拉齐镇',
  kind: 'temporary',
  level: 'township',
  parentId: township.id,
  path: [...township.path, '150221100-squad'],
  endsAt,
}
/** A branch that nobody has been appointed to yet. */
const empty: Unit = {
  ...otherBranch,
  id: '150221100009',
  name: '空村党支部',
  path: [...township.path, '150221100009'],
}

const document = ({ id, ...unit }: Unit) => ({ _id: id, ...unit })

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  const seat = (person: string, unit: Unit, role: StaffRole) => ({
    ...aMembership(unit, role),
    _id: `${person}-${unit.id}`,
    accountId: `custom:${person}`,
  })
  await town.put('units', [document(squad) as never, document(empty), document(waterBureau)])
  await town.put('memberships', [
    seat('captain', squad, 'secretary'),
    seat('captain-too', squad, 'grid-worker'),
    seat('water-worker', waterBureau, 'partner-staff'),
  ])
  await town.put('partnerships', [
    {
      _id: 'ps-water',
      partnerId: waterBureau.id,
      partnerName: waterBureau.name,
      unitId: township.id,
      since: 0,
    } as never,
  ])
  await town.put('special_units', [
    {
      _id: squad.id,
      kind: 'temporary',
      bannerId: banner.id,
      unit: toRoutedUnit(squad),
      categoryIds: ['suggestion', 'livelihood', 'complex'],
      rings: [
        [
          [-400, -400],
          [400, -400],
          [400, 400],
          [-400, 400],
          [-400, -400],
        ].map(([east = 0, north = 0]) => {
          const { lng, lat } = movePoint(inTheLane, east, north)
          return [lng, lat]
        }),
      ],
      activeFrom: mondayAt,
      activeUntil: endsAt,
    } as never,
  ])
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

const submit = (categoryId: CategoryId = 'suggestion') =>
  town.as('resident').submit({ categoryId, photos: [] })
const rate = (solved: 'yes' | 'no') =>
  ({
    contacted: true,
    solved,
    satisfaction: solved === 'yes' ? 'satisfied' : 'dissatisfied',
    remark: '',
  }) as const

describe('L1, A6: what a temporary unit leaves', () => {
  const open: string[] = []
  let resolved = ''
  let declined = ''

  test('goes home on its last day, whatever it was in, with its deadlines, and once', async () => {
    const captain = town.as('captain')
    await town.later(36 * dayMs)
    const ids: Record<string, string> = {}
    for (const status of [
      'routed',
      'accepted',
      'dispatched',
      'awaiting-check',
      'suspended',
      'resolved',
      'declined',
    ]) {
      ids[status] = (await submit()).reportId
      if (status !== 'routed' && status !== 'declined')
        await captain.step('report.accept', ids[status] ?? '', {})
    }
    const { routed = '', dispatched = '', suspended = '' } = ids
    const waits = ids['awaiting-check'] ?? ''
    expect(await town.report(routed)).toMatchObject({ answerableUnit: { id: squad.id }, isSorting: false })
    for (const reportId of [dispatched, waits]) {
      await captain.step('report.dispatch', reportId, { toUnitId: housingBureau.id, note: '请修' })
    }
    await town.as('handler').step('report.claimFixed', waits, { note: '修好了', remedy: 'lasting' })
    await captain.step('report.suspend', suspended, {
      reason: '等预算',
      plan: '明年',
      untilAt: endsAt + 10 * dayMs,
    })
    await town.as('township-staff').step('report.ruleOn', suspended, { request: 'suspend', isGranted: true })
    resolved = ids.resolved ?? ''
    await captain.step('report.resolve', resolved, { note: '办好了', remedy: 'lasting' })
    declined = ids.declined ?? ''
    await captain.step('report.decline', declined, { reason: 'not-real', note: '没有' })
    await town.as('township-staff').step('report.ruleOn', declined, { request: 'decline', isGranted: true })
    open.push(routed, ids.accepted ?? '', dispatched, waits, suspended)

    const before = new Map(await Promise.all(open.map(async (id) => [id, await town.report(id)] as const)))
    await town.later(endsAt - town.now() - minuteMs)
    for (const id of open)
      expect(await town.report(id)).toMatchObject({ answerableUnit: { id: squad.id }, isSorting: false })
    await town.later(2 * minuteMs)
    for (const id of open) {
      const after = await town.report(id)
      expect([id, after.status, after.answerableUnit.id, after.handlerUnitId]).toEqual([
        id,
        'routed',
        township.id,
        null,
      ])
      expect(after.outbox).toEqual([])
      const was = before.get(id)
      if (was?.status !== 'suspended') expect(after.deadlines.resolveDueAt).toBe(was?.deadlines.resolveDueAt)
      expect(after.timeline.filter((event) => event.kind === 'went-home')).toHaveLength(1)
    }
    // A7: who works on it, and who gets it, are told.
    const told = await town.as('handler').get('inbox.list', { unitId: housingBureau.id, limit: 50 })
    for (const id of [dispatched, waits])
      expect(told.rows.some((row) => row.reportId === id && row.title === '责任单位变更')).toBe(true)
    const [unit] = await town.documents<{ readonly _id: string; readonly isWoundUp: boolean }>('units', {
      _id: squad.id,
    })
    expect(unit?.isWoundUp).toBe(true)

    const stored = await town.documents('reports')
    const messages = await town.documents('inbox_messages')
    for (let run = 0; run < 3; run += 1) await town.later(0)
    expect(await town.documents('reports')).toEqual(stored)
    expect(await town.documents('inbox_messages')).toEqual(messages)
    // And it can be worked on there.
    await town.as('township-staff').step('report.accept', routed, {})
  })

  test('comes back to the unit above when a resident says no, or an appeal is upheld, even by nobody’s ruling', async () => {
    const rated = await town.as('resident').step('report.rate', resolved, rate('no'))
    expect(rated.status).toBe('routed')
    expect(await town.report(resolved)).toMatchObject({
      answerableUnit: { id: township.id },
      isSorting: false,
    })
    await town.as('resident').step('report.appeal', declined, { reason: '明明有' })
    await town.later(25 * dayMs)
    const upheld = await town.report(declined)
    expect([upheld.status, upheld.answerableUnit.id]).toEqual(['routed', township.id])
    expect(upheld.timeline.map((event) => event.kind)).toContain('went-home')
  })

  test('L2: is handed nothing that ends after it does', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
    const { rev } = await town.report(reportId)
    const input = { commandId: randomUUID(), reportId, rev, toUnitId: squad.id, note: '请接' }
    expect(await town.as('secretary').refused('report.transfer', input)).toBe('unit-ends-soon')
    expect(await town.as('township-staff').refused('report.reassign', input)).toBe('unit-ends-soon')
  })
})

describe('L1, A4: what a branch leaves that is joined to another', () => {
  const joined: Unit = {
    ...empty,
    id: '150221100010',
    name: '并入村党支部',
    path: [...township.path, '150221100010'],
  }

  test('is its successor’s: what is open, and what comes back', async () => {
    await town.put('units', [document(joined)])
    await town.put('memberships', [
      {
        ...aMembership(joined, 'secretary'),
        _id: 'last-secretary',
        accountId: 'custom:last-secretary',
      } as never,
    ])
    const ids: string[] = []
    for (const _each of ['open', 'resolved']) {
      const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
      await town
        .as('township-staff')
        .step('report.reassign', reportId, { toUnitId: joined.id, note: '归他们' })
      await town.as('last-secretary').step('report.accept', reportId, {})
      ids.push(reportId)
    }
    const [open = '', resolved = ''] = ids
    await town.as('last-secretary').step('report.resolve', resolved, { note: '办好了', remedy: 'lasting' })
    await town.meddle('units', joined.id, {
      endsAt: Math.floor(town.now()),
      isWoundUp: false,
      successorId: otherBranch.id,
    })
    await town.later(minuteMs)
    expect(await town.report(open)).toMatchObject({
      status: 'routed',
      answerableUnit: { id: otherBranch.id },
    })
    expect(await town.report(resolved)).toMatchObject({
      status: 'resolved',
      answerableUnit: { id: joined.id },
    })
    await town.as('resident').step('report.rate', resolved, rate('no'))
    expect(await town.report(resolved)).toMatchObject({
      status: 'routed',
      answerableUnit: { id: otherBranch.id },
    })
  })
})

describe('A4: what a branch is on the list for when it ends', () => {
  const gone: Unit = {
    ...empty,
    id: '150221100011',
    name: '撤销村党支部',
    path: [...township.path, '150221100011'],
  }
  const entriesAt = async (unit: Unit) => {
    const { rows, publicCount } = await town
      .as(null)
      .get('redFace.list', { unitId: unit.id, tab: 'public', limit: 50 })
    expect(publicCount).toBe(rows.length)
    return rows
  }
  const ids: Record<'done' | 'moved' | 'noticed', string> = { done: '', moved: '', noticed: '' }

  test('is listed with its successor under its name, whoever has the matter and whatever it has come to', async () => {
    await town.put('units', [document(gone)])
    await town.put('memberships', [
      {
        ...aMembership(gone, 'secretary'),
        _id: 'gone-secretary',
        accountId: 'custom:gone-secretary',
      } as never,
    ])
    for (const what of ['done', 'moved', 'noticed'] as const) {
      const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
      await town.as('township-staff').step('report.reassign', reportId, { toUnitId: gone.id, note: '归他们' })
      await town.as('gone-secretary').step('report.accept', reportId, {})
      await town.as('gone-secretary').step('report.contact', reportId, { channel: 'visit', note: '去看了' })
      ids[what] = reportId
    }
    const { done, moved, noticed } = ids
    const fixed = { note: '办好了', remedy: 'lasting' } as const
    await town.as('gone-secretary').step('report.resolve', noticed, fixed)
    await town.later(14 * dayMs)
    expect((await entriesAt(gone)).map((row) => row.reportId).sort()).toEqual([done, moved].sort())
    await town.as('gone-secretary').step('report.resolve', done, fixed)
    await town.as('township-staff').step('report.reassign', moved, { toUnitId: branch.id, note: '就近' })
    await town
      .as('resident')
      .step('report.rate', noticed, { ...rate('yes'), satisfaction: 'dissatisfied', solved: 'partly' })
    const before = await entriesAt(township)

    await town.meddle('units', gone.id, {
      endsAt: Math.floor(town.now()),
      isWoundUp: false,
      successorId: otherBranch.id,
    })
    await town.later(minuteMs)
    await town.later(minuteMs)
    expect(await entriesAt(gone)).toEqual([])
    const listed = (await entriesAt(otherBranch)).filter((row) => [done, moved].includes(row.reportId))
    expect(listed.map((row) => row.branch.name)).toEqual([gone.name, gone.name])
    expect(listed.map((row) => row.heir)).toEqual([
      { id: otherBranch.id, name: otherBranch.name },
      { id: otherBranch.id, name: otherBranch.name },
    ])
    expect((await entriesAt(township)).length).toBe(before.length)
    expect((await town.report(done)).status).toBe('resolved')
    expect((await town.report(moved)).answerableUnit.id).toBe(branch.id)
    const stored = await town.documents('reports')
    for (let run = 0; run < 3; run += 1) await town.later(0)
    expect(await town.documents('reports')).toEqual(stored)
  })

  test('is its successor’s to act in: read, evidence, an appeal, within the notice too; and nobody else’s', async () => {
    const { done, moved, noticed } = ids
    const successor = town.as('other-secretary')
    const told = await successor.get('inbox.list', { unitId: otherBranch.id, limit: 50 })
    for (const id of [done, moved, noticed])
      expect(told.rows.some((row) => row.reportId === id && row.title === '红脸条目由您接着负责')).toBe(true)
    expect(await successor.get('report.get', { reportId: done })).toMatchObject({
      view: 'staff',
      status: 'resolved',
    })
    const within = await successor.get('report.get', { reportId: noticed })
    expect(within.redFace?.causes).toMatchObject([{ isPublic: false, heirName: otherBranch.name }])
    await successor.step('redFace.appeal', noticed, { reason: '不该记在我们头上', causeNos: [] })
    await successor.step('redFace.appeal', moved, { reason: '不该记在我们头上', causeNos: [] })
    const { rev } = await town.report(done)
    const input = {
      commandId: randomUUID(),
      reportId: done,
      rev,
      note: '又看了一遍',
      photos: [],
    }
    expect(await successor.refused('report.layEvidence', input)).toBe('evidence-too-soon')
    await town.later(4 * dayMs)
    await successor.step('report.layEvidence', done, {
      note: '又看了一遍',
      photos: [],
    })
    await town.as('resident').step('report.rate', done, rate('yes'))
    const [cleared] = (
      await town.as(null).get('redFace.list', { unitId: otherBranch.id, tab: 'cleared', limit: 50 })
    ).rows
    expect(cleared).toMatchObject({ reportId: done, branch: { id: gone.id }, heir: { id: otherBranch.id } })
  })
})

describe('L2, A6: where nobody is', () => {
  test('nothing is handed to a unit without members', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
    const { rev } = await town.report(reportId)
    const input = { commandId: randomUUID(), reportId, rev, toUnitId: empty.id, note: '请接' }
    expect(await town.as('secretary').refused('report.transfer', input)).toBe('unit-without-members')
    expect(await town.as('township-staff').refused('report.reassign', input)).toBe('unit-without-members')
    const partner = { ...input, toUnitId: housingBureau.id }
    await town.as('secretary').step('report.accept', reportId, {})
    await town.meddle('memberships', 'handler', { untilAt: Math.floor(town.now()) - hourMs })
    expect(
      await town.as('secretary').refused('report.dispatch', {
        ...partner,
        commandId: randomUUID(),
        rev: (await town.report(reportId)).rev,
      }),
    ).toBe('unit-without-members')
    await town.meddle('memberships', 'handler', { untilAt: Math.floor(town.now()) + 400 * dayMs })
  })

  test('what lies with a branch whose people are gone is moved by the level above', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
    for (const id of ['secretary', 'grid-worker']) {
      await town.meddle('memberships', id, { untilAt: Math.floor(town.now()) - hourMs })
    }
    const { rev } = await town.report(reportId)
    expect(
      await town.as('secretary').refused('report.accept', { commandId: randomUUID(), reportId, rev }),
    ).toBe('not-allowed')
    await town.later(20 * dayMs)
    const seen = await town.as('township-staff').get('report.get', { reportId })
    expect(seen.actions).toEqual(expect.arrayContaining(['reassign', 'urge', 'supervise']))
    await town
      .as('township-staff')
      .step('report.reassign', reportId, { toUnitId: otherBranch.id, note: '原支部没有人' })
    await town.as('other-secretary').step('report.accept', reportId, {})
    for (const id of ['secretary', 'grid-worker']) {
      await town.meddle('memberships', id, { untilAt: Math.floor(town.now()) + 400 * dayMs })
    }
  })

  test.each(['dispatched', 'awaiting-check'] as const)(
    'work that lies with a partner whose people are gone is taken back: %s',
    async (status) => {
      const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
      await town.as('secretary').step('report.accept', reportId, {})
      await town.as('secretary').step('report.dispatch', reportId, { toUnitId: waterBureau.id, note: '请修' })
      if (status === 'awaiting-check') {
        await town.as('water-worker').step('report.claimFixed', reportId, { note: '好了', remedy: 'lasting' })
      }
      await town.meddle('memberships', `water-worker-${waterBureau.id}`, {
        untilAt: Math.floor(town.now()) - 1,
      })
      expect((await town.report(reportId)).status).toBe(status)
      expect((await town.as('secretary').step('report.recall', reportId, { note: '自己来' })).status).toBe(
        'accepted',
      )
      await town.as('secretary').step('report.resolve', reportId, { note: '修好了', remedy: 'lasting' })
      await town.meddle('memberships', `water-worker-${waterBureau.id}`, {
        untilAt: Math.floor(town.now()) + 400 * dayMs,
      })
    },
  )

  test('what is returned goes past a township whose people are gone, to the banner', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
    await town.meddle('memberships', 'township-staff', { untilAt: Math.floor(town.now()) - hourMs })
    await town.as('secretary').step('report.return', reportId, { reason: 'not-our-duty' })
    expect(await town.report(reportId)).toMatchObject({
      status: 'unrouted',
      answerableUnit: { name: banner.name },
    })
    await town.meddle('memberships', 'township-staff', { untilAt: Math.floor(town.now()) + 400 * dayMs })
  })

  test('the branch is there for whom it was: nothing has moved by itself', async () => {
    const { branchName } = await town.as('neighbour').submit({ categoryId: 'ordinary', photos: [] })
    expect(branchName).toBe(branch.name)
  })
})
