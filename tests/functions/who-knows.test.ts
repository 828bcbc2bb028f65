import { randomUUID } from 'node:crypto'
import type { Membership, StaffRole, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Action, InputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { aMembership, banner, branch, league, mondayAt, otherBranch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

/** Gives somebody a seat behind the product's back, as an administrator would. */
const seat = (person: string, unit: Unit, role: StaffRole | 'astronaut', dates: Partial<Membership> = {}) => {
  const { id: _id, ...membership } = aMembership(unit, role as StaffRole)
  return town.put('memberships', [
    { _id: `${person}-${unit.id}-${role}`, ...membership, accountId: `custom:${person}`, ...dates } as never,
  ])
}

describe('a look at the number', () => {
  test('is an event each, and the same command never answers it from memory', async () => {
    const { reportId } = await town.as('resident').submit({ phone: '13800000001' })
    await town.as('secretary').step('report.accept', reportId, {})
    const { rev } = await town.report(reportId)
    const look = { commandId: randomUUID(), reportId, rev }
    expect((await town.as('secretary').get('report.revealPhone', look)).phone).toBe('13800000001')
    for (let again = 0; again < 3; again += 1) {
      expect(await town.as('secretary').refused('report.revealPhone', look)).toBe('stale-rev')
    }
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { rev: now } = await town.report(reportId)
        const input = { commandId: randomUUID(), reportId, rev: now }
        return town.as('grid-worker').send('report.revealPhone', input)
      }),
    )
    const told = 1 + answers.filter((answer) => answer.ok).length
    const { timeline } = await town.as('resident').get('report.get', { reportId })
    expect(timeline.filter((event) => event.kind === 'phone-revealed')).toHaveLength(told)
  })

  test('is not had by who is dismissed: not by a new command, not by one that was answered before', async () => {
    await seat('leaving-worker', branch, 'grid-worker', { untilAt: town.now() + hourMs })
    const { reportId } = await town.as('resident').submit({ phone: '13800000001' })
    await town.as('leaving-worker').step('report.accept', reportId, {})
    const { rev } = await town.report(reportId)
    const look = { commandId: randomUUID(), reportId, rev }
    expect((await town.as('leaving-worker').get('report.revealPhone', look)).phone).toBe('13800000001')
    await town.later(2 * hourMs)
    for (const commandId of [look.commandId, randomUUID()]) {
      for (const at of [rev, (await town.report(reportId)).rev]) {
        const answer = await town
          .as('leaving-worker')
          .send('report.revealPhone', { commandId, reportId, rev: at })
        expect(answer.ok).toBe(false)
        expect(JSON.stringify(answer)).not.toContain('13800000001')
      }
    }
  })
})

type Question = readonly [Action, InputOf<Action>]
const tabs = ['sorting', 'requests', 'waiting', 'working', 'overdue', 'open'] as const
const ofUnit = (unit: Unit): readonly Question[] => [
  ...tabs.flatMap((tab): readonly Question[] => [
    ['queue.list', { unitId: unit.id, tab, limit: 1 }],
    ['queue.list', { unitId: unit.id, tab }],
  ]),
  ['queue.counts', { unitId: unit.id }],
  ['inbox.list', { unitId: unit.id, limit: 1 }],
  ['inbox.list', { unitId: unit.id, limit: 50 }],
  ['unit.get', { unitId: unit.id }],
  ['report.recent', { unitId: unit.id, limit: 1 }],
]

/** What is answered, less what only says when it was asked, and when the clock ran last. */
const answersOf = async (person: string, questions: readonly Question[]): Promise<unknown> => {
  const answers: unknown[] = []
  for (const [action, input] of [...questions, ['me.get', {}] as const, ['inbox.list', {}] as const]) {
    const answer = await town.as(person).send(action, input)
    answers.push([action, input, answer.ok ? answer.value : answer.error.code])
  }
  const askedWhen = new Set(['fromAt', 'toAt', 'asOf', 'thumbUrl'])
  return JSON.parse(
    JSON.stringify(answers, (field, one) => (askedWhen.has(field) ? undefined : (one as unknown))),
  )
}

describe('H4: a complaint about a unit, for who sits in it and also above it', () => {
  const complain = () =>
    town.as('neighbour').submit({ categoryId: 'about-branch', text: '支部不理人', photos: [] })

  test('goes above whoever wears both hats, and is nowhere: get, lists, cursors, counts, inboxes', async () => {
    await seat('two-hats', branch, 'secretary')
    await seat('two-hats', township, 'clerk')
    await seat('two-hats', banner, 'leader')
    const questions = [...ofUnit(township), ...ofUnit(banner)]
    const before = await answersOf('two-hats', questions)
    const { reportId, branchName } = await complain()
    // In the township somebody sits in the branch, and in the banner too: nobody of the branch is in the league.
    expect(branchName).not.toBe(township.name)
    await town.later(0)
    expect(await answersOf('two-hats', questions)).toEqual(before)
    expect(await town.as('two-hats').refused('report.get', { reportId })).toBe('not-found')
    const { rev } = await town.report(reportId)
    for (const action of ['report.accept', 'report.note', 'report.reassign', 'report.revealPhone']) {
      const input = { commandId: randomUUID(), reportId, rev, note: '看看', toUnitId: branch.id }
      const fields = action === 'report.note' ? ['commandId', 'reportId', 'rev', 'note'] : undefined
      const sent =
        action === 'report.accept' || action === 'report.revealPhone'
          ? { commandId: input.commandId, reportId, rev }
          : fields
            ? Object.fromEntries(fields.map((field) => [field, input[field as keyof typeof input]]))
            : input
      expect(await town.as('two-hats').refused(action, sent)).toBe('not-found')
    }
  })

  test('stays hidden from who gets the second seat when it already lies there, overdue and in the unit’s inbox', async () => {
    await town.put('units', [])
    const { reportId } = await town.as('second-neighbour').submit({
      categoryId: 'about-branch',
      text: '东街支部不理人',
      photos: [],
      place: { words: '东街', namedUnitId: otherBranch.id },
    })
    expect(await town.report(reportId)).toMatchObject({
      answerableUnit: { id: township.id },
      isSorting: false,
    })
    await town.later(20 * dayMs)
    const staff = await town.as('township-staff').get('inbox.list', { unitId: township.id, limit: 50 })
    expect(staff.rows.some((row) => row.reportId === reportId)).toBe(true)

    await seat('came-later', township, 'clerk')
    const questions = ofUnit(township)
    const seesIt = JSON.stringify(await answersOf('came-later', questions))
    expect(seesIt).toContain(reportId)
    await seat('came-later', otherBranch, 'secretary')
    const told = JSON.stringify(await answersOf('came-later', questions))
    expect(told).not.toContain(reportId)
    expect(told).not.toContain('东街支部不理人')
    expect(await town.as('came-later').refused('report.get', { reportId })).toBe('not-found')
    // Nor when the seat in the accused unit is over.
    await seat('was-there', township, 'clerk')
    await seat('was-there', otherBranch, 'grid-worker', { untilAt: town.now() - dayMs })
    expect(JSON.stringify(await answersOf('was-there', questions))).not.toContain(reportId)
    expect(await town.as('was-there').refused('report.get', { reportId })).toBe('not-found')
  })

  test('moves no figure and no count that anybody else reads', async () => {
    const read = async () =>
      Promise.all(
        [township, banner, league].map(async (unit) => {
          const page = await town.as('township-staff').get('unit.get', { unitId: unit.id })
          return [page.openCount, page.redFaceCount, page.rates && { ...page.rates, fromAt: 0, toAt: 0 }]
        }),
      )
    const before = await read()
    await complain()
    expect(await read()).toEqual(before)
  })
})

describe('a seat', () => {
  test('counts from its first day to its last', async () => {
    await seat('not-yet', branch, 'secretary', { fromAt: mondayAt + 3000 * dayMs })
    await seat('no-more', branch, 'secretary', { untilAt: mondayAt })
    const { reportId, rev } = await town.as('resident').submit({ categoryId: 'ordinary' })
    for (const person of ['not-yet', 'no-more']) {
      const caller = town.as(person)
      expect((await caller.get('me.get', {})).memberships).toEqual([])
      expect(await caller.refused('queue.list', { unitId: branch.id, tab: 'waiting' })).toBe('not-allowed')
      expect(await caller.refused('inbox.list', { unitId: branch.id })).toBe('not-allowed')
      expect(await caller.refused('report.accept', { commandId: randomUUID(), reportId, rev })).toBe(
        'not-allowed',
      )
      expect((await caller.get('report.get', { reportId })).view).toBe('public')
    }
    await seat('from-tomorrow', branch, 'secretary', { fromAt: town.now() + dayMs })
    await town.later(dayMs + 1000)
    await town.as('from-tomorrow').step('report.accept', reportId, {})
  })

  test('of a role nobody knows is none, and nothing breaks', async () => {
    await seat('space-traveller', branch, 'astronaut')
    await seat('space-traveller', otherBranch, 'secretary')
    const me = await town.as('space-traveller').get('me.get', {})
    expect(me.memberships.map((one) => [one.unitId, one.role])).toEqual([[otherBranch.id, 'secretary']])
    expect(await town.as('space-traveller').refused('queue.counts', { unitId: branch.id })).toBe(
      'not-allowed',
    )
  })
})

describe('what supporters and outsiders read', () => {
  test('is no word between the branch and the resident, in whatever channel', async () => {
    const secrets = ['老李家的事', '只给您说的话', '请从后门进', '给住建局的话', '没过的原因', '我家里有病人']
    const [words, toResident, privately, toPartner, whyRework, remark] = secrets
    const { reportId } = await town.as('resident').submit({ text: words, photos: [] })
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
    const secretary = town.as('secretary')
    await secretary.step('report.accept', reportId, {})
    await secretary.step('report.contact', reportId, { channel: 'message', note: toResident })
    await secretary.step('report.progress', reportId, { note: privately ?? '', isPublic: false })
    await secretary.step('report.ask', reportId, { words: toResident ?? '' })
    await town.as('resident').step('report.answer', reportId, { words: remark ?? '' })
    await secretary.step('report.dispatch', reportId, { toUnitId: '150221-housing', note: toPartner ?? '' })
    await town.as('handler').step('report.claimFixed', reportId, { note: '修好了', remedy: 'lasting' })
    await secretary.step('report.rework', reportId, { note: whyRework ?? '' })
    await town.as('handler').step('report.claimFixed', reportId, { note: '又修了一遍', remedy: 'lasting' })
    await secretary.step('report.check', reportId, {})
    await town.as('resident').step('report.rate', reportId, {
      contacted: true,
      solved: 'no',
      satisfaction: 'dissatisfied',
      remark: remark ?? '',
    })
    await town.later(3 * dayMs)
    for (const person of ['neighbour', 'second-neighbour', null]) {
      const told = JSON.stringify([
        await town.as(person).send('report.get', { reportId }),
        await town.as(person).send('inbox.list', { limit: 50 }),
        await town.as(person).send('report.recent', { unitId: branch.id, limit: 50 }),
        await town.as(person).send('redFace.get', { entryId: `${reportId}:1:${branch.id}` }),
        await town.as(person).send('ledger.list', { unitId: branch.id, limit: 50 }),
      ])
      for (const secret of secrets) expect(told).not.toContain(secret)
    }
  })

  test('numbers its lines without a gap, and tells no revision', async () => {
    const { reportId } = await town.as('resident').submit({ phone: '13800000001' })
    const outsider = () => town.as('second-neighbour').get('report.get', { reportId })
    await town.as('secretary').step('report.accept', reportId, {})
    const before = await outsider()
    for (let look = 0; look < 3; look += 1)
      await town.as('secretary').step('report.revealPhone', reportId, {})
    await town.as('secretary').step('report.note', reportId, { note: '只有我们看' })
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '去过' })
    // Hidden lines change nothing of what an outsider reads, not even a number or a time.
    expect(await outsider()).toEqual(before)
    await town.as('secretary').step('report.progress', reportId, { note: '拉来了砂石' })
    for (const person of [null, 'second-neighbour', 'neighbour', 'resident', 'secretary']) {
      const seen = await town.as(person).get('report.get', { reportId })
      expect(seen.timeline.map((event) => event.seq)).toEqual(seen.timeline.map((_event, at) => at + 1))
      const isParty = person === 'resident' || person === 'secretary'
      const { rev } = await town.report(reportId)
      expect(seen.rev).toBe(isParty ? rev : seen.timeline.length)
      const { rows } = await town.as(person).get('report.recent', { unitId: branch.id, limit: 50 })
      const [row] = rows.filter((one) => one.id === reportId)
      expect(row?.rev).toBe((await outsider()).rev)
    }
  })
})
