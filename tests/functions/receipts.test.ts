import { randomUUID } from 'node:crypto'
import type { Action, Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, otherBranch, township } from '../support/builders'
import { inEastStreet, openTestCloud, type TestCloud } from '../support/cloud'
import { aSeat } from '../support/people'
import { inTheLane } from '../support/town'

jest.setTimeout(180_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud({ isLimited: true })
  await town.put('memberships', [
    aSeat('counter', branch, 'counter'),
    aSeat('second-counter', branch, 'counter'),
    aSeat('other-counter', otherBranch, 'counter'),
    aSeat('township-counter', township, 'counter'),
    aSeat('banner-counter', banner, 'counter'),
  ])
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type Filing = InputOf<'report.submitOnBehalf'>
type Printed = OutputOf<'report.submitOnBehalf'>

const counterDevice = 'device-at-the-counter'

const aFiling = (overrides: Partial<Filing> = {}): Filing => ({
  commandId: randomUUID(),
  unitId: branch.id,
  hasConsented: true,
  printerId: counterDevice,
  categoryId: 'street-lamp',
  text: '灯一闪一闪的，亮不了几分钟就灭',
  place: { point: inTheLane, words: '文化广场北侧' },
  ...overrides,
})

const file = (overrides: Partial<Filing> = {}, person = 'counter'): Promise<Printed> =>
  town.as(person).get('report.submitOnBehalf', aFiling(overrides))

interface Shown {
  readonly number: string
  readonly code: string
  readonly device?: string
}
interface From {
  readonly person?: string
  readonly address?: string
}

let addressNo = 0
/** Somebody who has asked for nothing yet. */
const newAddress = (): string => {
  addressNo += 1
  return `198.51.${Math.floor(addressNo / 200)}.${(addressNo % 200) + 1}`
}

/** What a holder of a receipt is answered. */
const send = async (
  receipt: Shown,
  action: string,
  input: object,
  { person, address = newAddress() }: From = {},
): Promise<Answer> => {
  const identity =
    person === undefined
      ? ({ kind: 'none' } as const)
      : ({ kind: 'custom', uid: `uid-${person}`, customUserId: person } as const)
  const { number, code, device } = receipt
  const { value } = await town.cloud.invoke(
    'api',
    { action, input, receipt: { number, code, ...(device ? { device } : {}) } },
    identity,
    { trigger: 'client', source: 'web_client', address },
  )
  return value as Answer
}
const get = async <A extends Action>(
  receipt: Shown,
  action: A,
  input: InputOf<A>,
  from?: From,
): Promise<OutputOf<A>> => {
  const answer = (await send(receipt, action, input, from)) as Answer<A>
  if (!answer.ok) throw new Error(`${action}: ${answer.error.code} ${answer.error.message}`)
  return answer.value
}
const refused = async (receipt: Shown, action: string, input: object, from?: From): Promise<string> => {
  const answer = await send(receipt, action, input, from)
  if (answer.ok) throw new Error(`${action} was not refused`)
  return answer.error.code
}
const see = ({ reportId, ...receipt }: Printed, from?: From) => get(receipt, 'report.get', { reportId }, from)
/** A step by the receipt on the report as it stands now. */
const step = async (printed: Printed, action: string, input: object, from?: From): Promise<Answer> => {
  const { rev } = await see(printed, from)
  return send(printed, action, { commandId: randomUUID(), reportId: printed.reportId, rev, ...input }, from)
}
const solve = async (reportId: string): Promise<void> => {
  await town.as('secretary').step('report.accept', reportId, {})
  await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '去看过了' })
  await town.as('secretary').step('report.resolve', reportId, {
    note: '换了灯',
    before: [],
    after: [],
    remedy: 'lasting',
  })
}
const praise = { contacted: true, solved: 'yes', satisfaction: 'satisfied' }
const complaintOf = { contacted: false, solved: 'no', satisfaction: 'dissatisfied' }

describe('L3: the counter reports for somebody', () => {
  test('the slip has number, code and dates, and the matter goes the way of any other', async () => {
    const printed = await file({ phone: '13800000001' })
    expect(printed).toMatchObject({
      status: 'routed',
      branchName: branch.name,
      printNo: 1,
      categoryId: 'street-lamp',
      where: '文化广场北侧',
    })
    expect(printed.number).toMatch(/^\d{10}$/)
    expect(printed.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{3} [0-9A-HJKMNP-TV-Z]{3}$/)
    const kept = JSON.stringify([
      await town.documents('reports'),
      await town.documents('receipts'),
      await town.documents('limits'),
    ])
    expect(kept).not.toContain(printed.code)
    expect(kept).not.toContain(printed.code.replace(' ', ''))
  })

  test('the counter is nobody’s reporter: no row, no list and no view says it', async () => {
    const { reportId } = await file()
    const rows = await town.documents<{ readonly reportId: string; readonly accountId: string }>(
      'participants',
      { reportId },
    )
    expect(rows.map(({ accountId }) => accountId)).toEqual([`receipt:${reportId}`])
    expect((await town.as('counter').get('report.mine', {})).rows).toEqual([])
    const seen = await town.as('counter').get('report.get', { reportId })
    expect(seen).toMatchObject({ view: 'public', part: null, text: null })
    expect(JSON.stringify(seen)).not.toContain('一闪一闪')
  })

  test('sent again it is one report, with the same number and the same code', async () => {
    const filing = aFiling()
    const counter = town.as('counter')
    const first = await counter.get('report.submitOnBehalf', filing)
    expect(await counter.get('report.submitOnBehalf', filing)).toEqual(first)
    const { rows } = await counter.get('report.filedHere', { unitId: branch.id, limit: 50 })
    expect(rows.slice(0, 2).map(({ number }) => number)).toEqual([first.number, expect.anything()])
    expect(rows.filter(({ at }) => at === first.at)).toHaveLength(
      (await town.documents<{ readonly submittedAt: number }>('reports', { submittedAt: first.at })).length,
    )
    expect(await counter.refused('report.submitOnBehalf', { ...filing, text: '换一件事' })).toBe(
      'command-reused',
    )
  })

  test.each([
    ['without consent', { hasConsented: false }, 'counter', 'invalid-input'],
    ['without a word of it', { hasConsented: undefined }, 'counter', 'invalid-input'],
    ['by the secretary', {}, 'secretary', 'not-allowed'],
    ['by a resident', {}, 'resident', 'not-allowed'],
    ['for another centre', { unitId: otherBranch.id }, 'counter', 'not-allowed'],
    ['by nobody', {}, null, 'sign-in-required'],
  ])('%s nothing is filed', async (_how, overrides, person, code) => {
    const before = (await town.documents('reports')).length
    expect(await town.as(person).refused('report.submitOnBehalf', { ...aFiling(), ...overrides })).toBe(code)
    expect((await town.documents('reports')).length).toBe(before)
  })

  test('a busy day at the counter meets no limit', async () => {
    for (let no = 0; no < 60; no += 1)
      await file(
        { text: `第${no}盏灯`, place: { point: inEastStreet, words: `第${no}根灯杆` } },
        'second-counter',
      )
    const { rows, nextCursor } = await town
      .as('counter')
      .get('report.filedHere', { unitId: branch.id, limit: 50 })
    expect(rows).toHaveLength(50)
    expect(nextCursor).not.toBeNull()
    expect(rows[0]).toMatchObject({ categoryId: 'street-lamp', where: '第59根灯杆' })
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['at', 'categoryId', 'number', 'where'])
    expect(await town.as('secretary').refused('report.filedHere', { unitId: branch.id })).toBe('not-allowed')
  })

  test('the branch reads who filed it, and that consent was given', async () => {
    const { reportId } = await file({ isForFamily: true })
    const lines = (await town.as('secretary').get('report.get', { reportId })).timeline
    expect(lines.find(({ kind }) => kind === 'filed-on-behalf')).toMatchObject({
      side: 'staff',
      unitName: branch.name,
      text: expect.stringContaining('自己家人'),
    })
    const everybody = (await town.as(null).get('report.get', { reportId })).timeline
    expect(everybody.map(({ kind }) => kind)).not.toContain('filed-on-behalf')
  })

  test('H4: a complaint is not filed where it is about, and stands in no list of a counter', async () => {
    const complaint = { categoryId: 'about-branch', accusedUnitId: branch.id, text: '催了没人管' } as const
    expect(await town.as('counter').refused('report.submitOnBehalf', aFiling(complaint))).toBe(
      'complaint-elsewhere',
    )
    const printed = await file({ ...complaint, unitId: banner.id }, 'banner-counter')
    expect(await see(printed)).toMatchObject({ view: 'parties', text: '催了没人管' })
    expect((await town.as('banner-counter').get('report.filedHere', { unitId: banner.id })).rows).toEqual([])
    expect(await town.as('counter').refused('report.get', { reportId: printed.reportId })).toBe('not-found')
  })
})

describe('the receipt', () => {
  test('whoever holds it sees state, dates, their own words and what was done', async () => {
    const printed = await file()
    expect(await get(printed, 'report.ofReceipt', {})).toEqual({
      reportId: printed.reportId,
      parentReportId: null,
      isThroughOurs: false,
    })
    const typed = {
      number: `${printed.number.slice(0, 3)}-${printed.number.slice(3, 6)} ${printed.number.slice(6)}`,
      code: printed.code.toLowerCase(),
    }
    const seen = await get(typed, 'report.get', { reportId: printed.reportId })
    expect(seen).toMatchObject({
      view: 'parties',
      part: 'reporter',
      status: 'routed',
      text: '灯一闪一闪的，亮不了几分钟就灭',
      number: printed.number,
    })
    expect(seen.timeline.map(({ kind }) => kind)).toContain('filed-on-behalf')
  })

  test('wrong number or wrong code: one and the same answer, and nothing is opened', async () => {
    const printed = await file()
    const other = await file()
    const codes = [
      { number: printed.number, code: other.code },
      { number: other.number, code: printed.code },
      { number: '2604117838', code: printed.code },
      { number: printed.number, code: '' },
      { number: 'x', code: printed.code },
    ]
    for (const wrong of codes)
      expect(await refused(wrong, 'report.get', { reportId: printed.reportId })).toBe('receipt-unknown')
  })

  test('it acts for its one matter alone, and for nothing staff do', async () => {
    const printed = await file()
    const other = await file()
    expect(await refused(printed, 'report.get', { reportId: other.reportId })).toBe('not-found')
    const { rev } = await see(printed)
    const { reportId } = printed
    const on = { commandId: randomUUID(), reportId, rev }
    for (const action of [
      'report.accept',
      'report.submit',
      'report.mine',
      'me.get',
      'report.support',
      'photo.ticket',
    ])
      expect(await refused(printed, action, on)).toMatch(/not-allowed|invalid-input/)
    expect(
      await refused(printed, 'report.accept', { ...on, asUnitId: branch.id }, { person: 'secretary' }),
    ).toBe('not-allowed')
  })

  test('its holder adds, answers, urges, rates and is heard like any reporter', async () => {
    const printed = await file()
    const { reportId } = printed
    await town.as('secretary').step('report.accept', reportId, {})
    expect((await step(printed, 'report.add', { words: '白天也闪' })).ok).toBe(true)
    expect((await step(printed, 'report.urge', {})).ok).toBe(true)
    await town.as('secretary').step('report.ask', reportId, { words: '哪一根灯杆' })
    expect((await step(printed, 'report.answer', { words: '第三根' })).ok).toBe(true)
    const lines = (await town.as('secretary').get('report.get', { reportId })).timeline
    expect(lines.map(({ text }) => text).join()).toContain('白天也闪')
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '去看过了' })
    await town.as('secretary').step('report.resolve', reportId, {
      note: '换了灯',
      before: [],
      after: [],
      remedy: 'lasting',
    })
    expect((await step(printed, 'report.rate', praise)).ok).toBe(true)
    const { ratings, status } = await town.report(reportId)
    expect(ratings).toMatchObject([{ solved: 'yes', isOwn: false }])
    expect(status).toBe('closed')
  })

  test('a decline is appealed by it', async () => {
    const printed = await file()
    await town
      .as('secretary')
      .step('report.decline', printed.reportId, { reason: 'private-dispute', note: '自家的灯' })
    const [request] = (await town.report(printed.reportId)).requests
    await town.as('township-staff').step('report.ruleOn', printed.reportId, {
      request: request?.kind ?? 'decline',
      isGranted: true,
      note: '同意',
    } as never)
    // It is said once: not through the device that printed it, where it would be taken from whoever holds the slip.
    const atCounter = { ...printed, device: counterDevice }
    expect((await see(atCounter)).actions).not.toContain('appeal')
    expect(await step(atCounter, 'report.appeal', { reason: '算了' })).toMatchObject({
      ok: false,
      error: { code: 'by-own-device' },
    })
    expect((await see(printed)).actions).toContain('appeal')
    expect((await step(printed, 'report.appeal', { reason: '是公家的灯' })).ok).toBe(true)
  })
})

describe('Q5: a code that others may have seen', () => {
  test.each([
    ['through the device that printed it', { device: counterDevice }, {}],
    ['through the account that printed it', {}, { person: 'counter' }],
    ['through any member’s account', {}, { person: 'handler' }],
  ])('%s a yes counts not, and a no does', async (_how, device, from) => {
    const printed = await file()
    await solve(printed.reportId)
    const shown = { ...printed, ...device }
    expect((await get(shown, 'report.ofReceipt', {}, from)).isThroughOurs).toBe(true)
    const yes = await step(shown, 'report.rate', praise, from)
    expect(yes).toMatchObject({ ok: false, error: { code: 'not-eligible' } })
    expect((await town.report(printed.reportId)).ratings).toEqual([])
    expect((await step(shown, 'report.rate', complaintOf, from)).ok).toBe(true)
    expect(await town.report(printed.reportId)).toMatchObject({
      status: 'accepted',
      ratings: [{ solved: 'no', isOwn: true }],
    })
  })

  test('through a neighbour’s WeChat, who has no seat, it is the holder’s word', async () => {
    const printed = await file()
    await solve(printed.reportId)
    expect((await step(printed, 'report.rate', praise, { person: 'neighbour' })).ok).toBe(true)
    expect((await town.report(printed.reportId)).ratings).toMatchObject([{ isOwn: false }])
    expect((await town.as('neighbour').get('report.mine', {})).rows).toEqual([])
  })

  test('C1: a message opened at the counter has reached nobody, and the counter takes nothing back', async () => {
    const printed = await file()
    await town.as('secretary').step('report.accept', printed.reportId, {})
    await town
      .as('secretary')
      .step('report.contact', printed.reportId, { channel: 'message', note: '明天来修' })
    const atCounter = { ...printed, device: counterDevice }
    for (const [action, input] of [
      ['report.openMessage', {}],
      ['report.withdraw', { reason: '' }],
    ] as const)
      expect(await step(atCounter, action, input)).toMatchObject({
        ok: false,
        error: { code: 'by-own-device' },
      })
    expect((await see(atCounter)).actions).not.toContain('withdraw')
    expect((await town.report(printed.reportId)).contactedAt).toBeUndefined()
    expect((await step(printed, 'report.openMessage', {})).ok).toBe(true)
    expect((await town.report(printed.reportId)).contactedAt).toBeDefined()
  })

  test('what staff filed for their own family counts as theirs', async () => {
    const printed = await file({ isForFamily: true })
    await solve(printed.reportId)
    expect(await step(printed, 'report.rate', praise)).toMatchObject({
      ok: false,
      error: { code: 'not-eligible' },
    })
    expect((await step(printed, 'report.rate', complaintOf)).ok).toBe(true)
  })
})

describe('printed again', () => {
  const reprint = (number: string, overrides: object = {}) => ({
    commandId: randomUUID(),
    number,
    unitId: branch.id,
    printerId: 'another-device',
    ...overrides,
  })

  test('the new code opens, the old one does not, and the trace says so', async () => {
    const printed = await file()
    const input = reprint(printed.number)
    const again = await town.as('second-counter').get('report.reprint', input)
    expect(again).toMatchObject({ number: printed.number, printNo: 2, categoryId: 'street-lamp' })
    expect(again.code).not.toBe(printed.code)
    expect(await refused(printed, 'report.get', { reportId: printed.reportId })).toBe('receipt-unknown')
    const { timeline } = await see({ ...printed, code: again.code })
    expect(timeline.find(({ kind }) => kind === 'receipt-reprinted')?.text).toContain('第2联')
    const member = { ...printed, code: again.code, device: 'another-device' }
    expect((await get(member, 'report.ofReceipt', {})).isThroughOurs).toBe(true)
    expect(await town.as('second-counter').get('report.reprint', input)).toMatchObject({ code: again.code })
    expect(JSON.stringify(again)).not.toContain('一闪一闪')
  })

  test.each([
    ['the counter of another centre', 'other-counter', { unitId: otherBranch.id }, 'receipt-unknown'],
    ['the counter above', 'township-counter', { unitId: township.id }, 'receipt-unknown'],
    ['the secretary', 'secretary', {}, 'receipt-unknown'],
    ['a resident', 'resident', {}, 'receipt-unknown'],
  ])('not by %s', async (_who, person, overrides, code) => {
    const printed = await file()
    expect(await town.as(person).refused('report.reprint', reprint(printed.number, overrides))).toBe(code)
    expect((await see(printed)).status).toBe('routed')
  })

  test('not of what a resident filed themselves', async () => {
    const own = await town.as('resident').submit()
    expect(await town.as('counter').refused('report.reprint', reprint(own.number ?? ''))).toBe(
      'receipt-unknown',
    )
  })

  test('nor when whoever it was for has taken it back', async () => {
    const printed = await file()
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId: printed.reportId })
    expect((await step(printed, 'report.withdraw', { reason: '' })).ok).toBe(true)
    expect(await town.as('counter').refused('report.reprint', reprint(printed.number))).toBe('no-receipt')
    expect(await see(printed)).toMatchObject({ view: 'public', part: null, text: null })
  })
})

describe('ten wrong codes an hour', () => {
  test('they shut out who asks, for a while, and never the receipt', async () => {
    const printed = await file()
    const other = await file()
    const guess = { number: printed.number, code: other.code }
    const address = newAddress()
    for (let no = 0; no < 10; no += 1)
      expect(await refused(guess, 'report.ofReceipt', {}, { address })).toBe('receipt-unknown')
    expect(await refused(guess, 'report.ofReceipt', {}, { address })).toBe('too-many')
    // Not even with the right one: else the eleventh guess would be as good as the first.
    expect(await refused(printed, 'report.ofReceipt', {}, { address })).toBe('too-many')
    expect((await get(printed, 'report.ofReceipt', {})).reportId).toBe(printed.reportId)
    town.cloud.clock.step(hourMs)
    expect((await get(printed, 'report.ofReceipt', {}, { address })).reportId).toBe(printed.reportId)
  })

  test('by an account wherever it calls from; right ones cost nothing', async () => {
    const printed = await file()
    const other = await file()
    const from = { person: 'neighbour' }
    for (let no = 0; no < 30; no += 1) await get(printed, 'report.ofReceipt', {}, from)
    for (let no = 0; no < 10; no += 1)
      expect(await refused({ ...printed, code: other.code }, 'report.ofReceipt', {}, from)).toBe(
        'receipt-unknown',
      )
    expect(await refused(printed, 'report.ofReceipt', {}, from)).toBe('too-many')
    town.cloud.clock.step(dayMs)
  })
})
