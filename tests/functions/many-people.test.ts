import { randomUUID } from 'node:crypto'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import { messageText } from '../../cloudfunctions/contexts/report/words'
import { runClock } from '../../cloudfunctions/entrypoints/clock/run-clock'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { branch } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(900_000)

const crowd = 3000

let town: TestCloud
let ports: Ports
let reportId = ''
/** The same report of three neighbours: what a few calls are. */
let small = ''

const supportersOf = (id: string, count: number, at: number) =>
  Array.from({ length: count }, (_, no) => {
    const accountId = `custom:fan-${no}`
    return { accountId, key: participantKey(ports.keyed, accountId, id), at: at + no }
  })

/** As if so many had said 我也遇到: by calls it would take an hour. */
const crowdIn = async (id: string, count: number) => {
  const people = supportersOf(id, count, Math.floor(town.now()) - count - 1000)
  await town.put(
    'participants',
    people.map(({ accountId, key, at }) => ({
      _id: `${id}.${key}`,
      reportId: id,
      key,
      accountId,
      part: 'supporter',
      phone: null,
      joinedAt: at,
    })),
  )
  await town.meddle('reports', id, { supporters: { count, countedIn: [], heard: [] } })
}

beforeAll(async () => {
  town = await openTestCloud()
  ports = cloudPorts(town.app)
  ;({ reportId } = await town
    .as('resident')
    .submit({ categoryId: 'ordinary', photos: [], phone: '13800000001' }))
  small = (await town.as('resident').submit({ categoryId: 'ordinary', photos: [], phone: '13800000002' }))
    .reportId
  await crowdIn(reportId, crowd)
  await crowdIn(small, 3)
}, 900_000)
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

/** How many database calls a function makes while this is done. */
const callsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  // A latency of nothing to speak of strikes each call once, and counts them.
  const id = town.cloud.faults.add({ kind: 'latency', action: 'database.', ms: 1 })
  await work()
  const struck = town.cloud.faults.list().find((one) => one.id === id)?.struck ?? 0
  town.cloud.faults.remove(id)
  return struck
}

const titlesOf = async (id: string): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> => {
  const told = new Map<string, Map<string, number>>()
  for (let from = 0; ; from += 1000) {
    const { data } = await town.app
      .database()
      .collection('inbox_messages')
      .where({})
      .orderBy('_id', 'asc')
      .skip(from)
      .limit(1000)
      .get()
    for (const { reportId: about, recipient, parts } of data as Message[]) {
      const { title } = messageText({ parts })
      if (about !== id || !recipient.startsWith('account:custom:fan-')) continue
      const counts = told.get(title) ?? new Map<string, number>()
      counts.set(recipient, (counts.get(recipient) ?? 0) + 1)
      told.set(title, counts)
    }
    if (data.length < 1000) return told
  }
}

describe('a matter of three thousand', () => {
  test.each([
    ['report.accept', 'secretary', {}, 20],
    ['report.revealPhone', 'secretary', {}, 22],
    ['report.contact', 'secretary', { channel: 'phone', note: '下午到' }, 20],
    ['report.progress', 'secretary', { note: '拉来了砂石' }, 20],
    ['report.dispatch', 'secretary', { toUnitId: '150221-housing', note: '请修' }, 26],
    ['report.claimFixed', 'handler', { note: '修好了', remedy: 'lasting' }, 26],
    ['report.check', 'secretary', {}, 20],
    [
      'report.rate',
      'resident',
      { contacted: true, solved: 'no', satisfaction: 'dissatisfied', remark: '' },
      20,
    ],
  ] as const)(
    '%s takes no more calls than one of three, and never more than the last column',
    async (action, person, input, most) => {
      const callsFor = async (id: string) => {
        const { rev } = await town.report(id)
        return callsDuring(() =>
          town.as(person).get(action, { commandId: randomUUID(), reportId: id, rev, ...input } as never),
        )
      }
      const few = await callsFor(small)
      expect(await callsFor(reportId)).toBeLessThanOrEqual(few + 1)
      expect(few).toBeLessThanOrEqual(most)
    },
  )

  test.each([
    ['of the reporter', 'resident', 14],
    ['of a stranger', 'second-neighbour', 14],
    ['of the branch', 'secretary', 14],
  ] as const)('report.get %s takes a few calls', async (_who, person, most) => {
    expect(await callsDuring(() => town.as(person).get('report.get', { reportId }))).toBeLessThanOrEqual(most)
  })

  test('is joined by one more in a few calls', async () => {
    const calls = await callsDuring(() =>
      town.as('villager').get('report.support', { commandId: randomUUID(), reportId }),
    )
    expect(calls).toBeLessThanOrEqual(16)
    expect((await town.report(reportId)).supporters.count).toBe(crowd + 1)
  })

  test('holds up nobody else: in one round of the clock another matter’s people are told, and the crowd a part', async () => {
    const other = await town.as('second-neighbour').submit({ categoryId: 'ordinary', photos: [] })
    await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: other.reportId })
    town.cloud.clock.step(minuteMs)
    await town.as('secretary').step('report.accept', other.reportId, {})
    expect((await town.report(reportId)).outbox.length).toBeGreaterThan(0)
    // The clock is let go on as often as it asks until the first round of messages is through.
    let rounds = 0
    await runClock(ports)(Math.floor(town.now()) + minuteMs, () => {
      rounds += 1
      return rounds <= 4
    })
    const { rows } = await town.as('villager').get('inbox.list', { limit: 50 })
    expect(rows.some((row) => row.reportId === other.reportId && row.title === '已受理')).toBe(true)
    const told = [...(await titlesOf(reportId)).values()].map((counts) => counts.size)
    expect(Math.max(...told)).toBeGreaterThanOrEqual(200)
    expect(Math.max(...told)).toBeLessThan(crowd)
    expect((await town.report(reportId)).outbox.length).toBeGreaterThan(0)
  })

  test('cut off in the middle of a piece, before or after any of its calls, the clock goes on and repeats nothing', async () => {
    for (const [step, when] of [
      [12, 'before'],
      [15, 'after'],
      [19, 'before'],
      [27, 'after'],
      [40, 'after'],
      [61, 'before'],
    ] as const) {
      town.cloud.faults.add({ kind: 'crash', functionName: 'clock', step, when })
      await town.cloud.runTimer('clock').catch(() => undefined)
      town.cloud.faults.clear()
    }
    town.complaints.length = 0
    await town.later(5 * minuteMs)
    expect((await town.report(reportId)).outbox).toEqual([])
    const told = await titlesOf(reportId)
    expect([...told.keys()].sort()).toEqual(
      ['办理进展', '已办结', '已受理', '派单', '待核查', '重新办理'].sort(),
    )
    for (const [title, counts] of told) {
      expect([title, counts.size]).toEqual([title, crowd])
      expect([title, Math.max(...counts.values())]).toEqual([title, 1])
    }
  })
})

describe('a message that comes late', () => {
  test('is new all the same: unread until it was shown, though it tells of an hour ago', async () => {
    const late = await town.as('resident').submit({ categoryId: 'rubbish', photos: [] })
    town.cloud.clock.step(late.acceptDueAt - town.now() + minuteMs)
    // Nobody has run the clock; something newer comes in and all is read.
    await town.as('neighbour').submit({ categoryId: 'rubbish', photos: [] })
    const read = await town
      .as('secretary')
      .get('inbox.read', { unitId: branch.id, untilAt: Math.floor(town.now()) })
    expect(read.unreadCount).toBe(0)
    await town.later(minuteMs)
    const { rows, unreadCount } = await town
      .as('secretary')
      .get('inbox.list', { unitId: branch.id, limit: 50 })
    const overdue = rows.find((row) => row.reportId === late.reportId && row.title === '受理已超期')
    expect(overdue).toMatchObject({ isRead: false, at: late.acceptDueAt })
    expect(overdue?.at).toBeLessThan(rows.find((row) => row.isRead)?.arrivedAt ?? 0)
    expect(unreadCount).toBeGreaterThan(0)
    expect((await town.as('secretary').get('me.get', {})).unreadCount).toBe(unreadCount)
    // What is new stands above what is old, in the order in which it came.
    const firstRead = rows.findIndex((row) => row.isRead)
    expect(rows.slice(0, firstRead).every((row) => !row.isRead)).toBe(true)
    expect(rows.slice(firstRead).every((row) => row.isRead)).toBe(true)
  })
})
