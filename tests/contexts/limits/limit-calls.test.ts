import { createHash } from 'node:crypto'
import { defaultCategories } from '../../../cloudfunctions/contexts/category/rules/category'
import { limitCalls as limitCallsBy } from '../../../cloudfunctions/contexts/limits/shared/limit-calls'
import { type Action, contract } from '../../../cloudfunctions/contract/contract'
import { hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import type { Reading } from '../../../cloudfunctions/terms/limits'
import { mondayAt } from '../../support/builders'
import { openKeptBuckets } from './kept-buckets'

const keyed = (text: string) => createHash('sha256').update(text).digest('hex')

interface Person {
  readonly accountId: string
  readonly hasSeat: boolean
}
const resident: Person = { accountId: 'wx:resident', hasSeat: false }
const clerk: Person = { accountId: 'wx:clerk', hasSeat: true }

const anInstance = ({ limits }: ReturnType<typeof openKeptBuckets>) => {
  const calls = limitCallsBy({ limits, keyed })
  let seatsAsked = 0
  const readingOf = (action: Action): Reading => {
    const terms = contract[action]
    if (terms.kind !== 'query') throw new Error(`${action} is no query`)
    return terms.readingOf({} as never)
  }
  return {
    seatsAsked: () => seatsAsked,
    do: (action: Action, { accountId, hasSeat }: Person, now = mondayAt, input: object = {}) => {
      const terms = contract[action]
      if (terms.kind !== 'command') throw new Error(`${action} is no command`)
      return calls.mayDo(action, terms.limitsOf(input as never), accountId, input, now, async () => {
        seatsAsked += 1
        return hasSeat
      })
    },
    read: (action: Action, accountId: string | null, now = mondayAt, network = '203.0.113.7') =>
      calls.mayRead(action, readingOf(action), { accountId, network }, now),
    lookUp: (action: Action, now = mondayAt, network = '203.0.113.7') =>
      calls.mayLookUp(action, readingOf(action), { accountId: null, network }, now),
  }
}

type Asked = { readonly ok: boolean } | Promise<{ readonly ok: boolean }>

/** How many of so many calls were let through. */
const allowedOf = async (most: number, ask: (no: number) => Asked): Promise<number> => {
  let allowed = 0
  for (let no = 0; no < most; no += 1) if ((await ask(no)).ok) allowed += 1
  return allowed
}

const submission = (categoryId: string, no = 0) => ({ categoryId, commandId: `c${no}`, text: `${no}` })

describe('what writes', () => {
  test('is refused from the eleventh report at once on, in words that say when it may go on', async () => {
    const instance = anInstance(openKeptBuckets())
    const submit = (now: number, person = resident) =>
      instance.do('report.submit', person, now, { categoryId: 'lane-repair' })
    expect(await allowedOf(30, () => submit(mondayAt))).toBe(10)
    const retryAt = mondayAt + 72 * minuteMs
    expect(await submit(mondayAt)).toMatchObject({
      error: {
        code: 'too-many',
        message: '这样的事做得太多了，请2小时后再试',
        details: { retryAt },
      },
    })
    expect(await submit(retryAt - 1)).toMatchObject({
      error: { message: '点得太快了，请几秒后再试' },
    })
    expect((await submit(mondayAt, { ...resident, accountId: 'wx:neighbour' })).ok).toBe(true)
    expect((await instance.do('report.accept', resident)).ok).toBe(true)
    expect((await submit(retryAt)).ok).toBe(true)
  })

  test('says the minutes that are to be waited', async () => {
    const instance = anInstance(openKeptBuckets())
    await allowedOf(30, () => instance.do('report.support', resident))
    expect(await instance.do('report.support', resident)).toMatchObject({
      error: { message: '点得太快了，请2分钟后再试', details: { retryAt: mondayAt + 2 * minuteMs } },
    })
  })

  test('never stops a danger to life, however often anything else was reported', async () => {
    const instance = anInstance(openKeptBuckets())
    await allowedOf(50, () => instance.do('report.submit', resident, mondayAt, submission('lane-repair')))
    await allowedOf(500, () => instance.do('report.accept', resident))
    expect(
      await allowedOf(60, (no) => instance.do('report.submit', resident, mondayAt, submission('danger', no))),
    ).toBe(60)
  })

  test('stops none of the kinds before which the form says to ring up first', async () => {
    const instance = anInstance(openKeptBuckets())
    await allowedOf(50, () => instance.do('report.submit', resident, mondayAt, submission('lane-repair')))
    const kinds = defaultCategories.filter(({ emergencyCalls = [] }) => emergencyCalls.length > 0)
    expect(kinds.length).toBeGreaterThan(1)
    for (const [no, { id }] of kinds.entries())
      expect((await instance.do('report.submit', resident, mondayAt, submission(id, no))).ok).toBe(true)
  })

  test('counts a picture once that is sent again because its answer was lost', async () => {
    const instance = anInstance(openKeptBuckets())
    const admit = (no: number) => instance.do('photo.admit', resident, mondayAt, { fileId: `cloud://${no}` })
    for (let no = 0; no < 90; no += 1)
      expect([(await admit(no)).ok, (await admit(no)).ok]).toEqual([true, true])
    expect((await admit(90)).ok).toBe(false)
  })

  test('lets five drafts of a day without a network go out at once, each with nine photographs', async () => {
    const instance = anInstance(openKeptBuckets())
    const admit = (no: number) => instance.do('photo.admit', resident, mondayAt, { fileId: `cloud://${no}` })
    expect(await allowedOf(45, admit)).toBe(45)
    expect(
      await allowedOf(5, (no) =>
        instance.do('report.submit', resident, mondayAt, submission('lane-repair', no)),
      ),
    ).toBe(5)
  })

  test('lets a service centre report for others all day long, forty in its first half hour', async () => {
    const instance = anInstance(openKeptBuckets())
    const submitAt = (now: number) => instance.do('report.submit', clerk, now, { categoryId: 'lane-repair' })
    expect(await allowedOf(40, (no) => submitAt(mondayAt + no * 45_000))).toBe(40)
    expect(
      await allowedOf(360, (no) => submitAt(mondayAt + hourMs / 2 + no * Math.floor((8 * hourMs) / 360))),
    ).toBe(360)
  })

  test('leaves a clerk alone who takes five hundred steps an hour', async () => {
    const instance = anInstance(openKeptBuckets())
    const step = (no: number) => instance.do('report.accept', clerk, mondayAt + no * Math.floor(hourMs / 500))
    expect(await allowedOf(500, step)).toBe(500)
  })

  test('holds whoever has no seat to what everybody may do, though they had one a moment ago', async () => {
    const instance = anInstance(openKeptBuckets())
    const submit = (person: Person) =>
      instance.do('report.submit', person, mondayAt, { categoryId: 'lane-repair' })
    expect(await allowedOf(50, () => submit(clerk))).toBe(50)
    expect(await allowedOf(50, () => submit({ ...clerk, hasSeat: false }))).toBeLessThanOrEqual(10)
  })

  test('counts by what is sent: the same again is free, one command id with other words is not', async () => {
    const instance = anInstance(openKeptBuckets())
    const send = (text: string) =>
      instance.do('report.submit', resident, mondayAt, { commandId: 'c1', categoryId: 'lane-repair', text })
    expect(await allowedOf(20, () => send('灯不亮'))).toBe(20)
    expect(await allowedOf(40, (no) => send(`灯不亮${no}`))).toBe(9)
  })

  test('is counted by a keyed hash: no bucket names an account', async () => {
    const kept = openKeptBuckets()
    await anInstance(kept).do('report.submit', resident, mondayAt, { categoryId: 'lane-repair' })
    for (const id of kept.buckets.keys()) expect(id).toMatch(/^report\.submit:[0-9a-f]{32}:everybody$/)
  })

  test('costs one question to the database, beside the one for the caller’s seats', async () => {
    const kept = openKeptBuckets()
    const instance = anInstance(kept)
    for (let no = 1; no <= 5; no += 1) {
      await instance.do('report.accept', resident)
      expect([kept.calls(), instance.seatsAsked()]).toEqual([no, no])
    }
  })

  test.each([resident, clerk])('costs nothing when it is refused again: %p', async (person) => {
    const kept = openKeptBuckets()
    const instance = anInstance(kept)
    const answer = () => instance.do('report.support', person)
    await allowedOf(65, answer)
    const before = [kept.calls(), instance.seatsAsked()]
    expect(await allowedOf(1000, answer)).toBe(0)
    expect([kept.calls(), instance.seatsAsked()]).toEqual(before)
  })
})

describe('what reads', () => {
  test('asks the database nothing of whoever reads as people do', async () => {
    const kept = openKeptBuckets()
    const instance = anInstance(kept)
    for (let minute = 0; minute < 10; minute += 1)
      expect(
        await allowedOf(15, () => instance.read('queue.list', 'wx:clerk', mondayAt + minute * minuteMs)),
      ).toBe(15)
    expect(kept.calls()).toBe(0)
  })

  test('holds back one reader in however many instances, and no other', async () => {
    const kept = openKeptBuckets()
    const instances = Array.from({ length: 4 }, () => anInstance(kept))
    const { person } = contract['queue.list'].readingOf({} as never)
    let allowed = 0
    for (const instance of instances)
      allowed += await allowedOf(1000, () => instance.read('queue.list', 'wx:clerk'))
    expect(allowed).toBeGreaterThanOrEqual(person.burst)
    // Each instance has fifteen of its own, which cost no question.
    expect(allowed).toBeLessThanOrEqual(person.burst + 4 * 15)
    const calls = kept.calls()
    expect(
      await allowedOf(1000, (no) => instances[no % 4]?.read('queue.list', 'wx:clerk') ?? { ok: true }),
    ).toBe(0)
    expect(kept.calls()).toBe(calls)
    for (const instance of instances) {
      expect((await instance.read('queue.list', 'wx:other')).ok).toBe(true)
      expect((await instance.read('report.get', 'wx:clerk')).ok).toBe(true)
    }
  })

  test('holds back whoever calls anonymously anew each time by where they call from', async () => {
    const instance = anInstance(openKeptBuckets())
    const { address } = contract['report.nearby'].readingOf({} as never)
    expect(await allowedOf(2000, () => instance.read('report.nearby', null))).toBeLessThanOrEqual(
      address.burst + 15,
    )
    expect((await instance.read('report.nearby', null, mondayAt, '203.0.113.8')).ok).toBe(true)
    expect((await instance.read('report.nearby', 'wx:resident')).ok).toBe(true)
  })

  test('lets a school of three hundred look around at once behind one address', async () => {
    const instance = anInstance(openKeptBuckets())
    expect(await allowedOf(300, () => instance.read('place.preview', null))).toBe(300)
    expect(await allowedOf(500, () => instance.lookUp('place.preview'))).toBeGreaterThanOrEqual(300)
  })

  test('refuses all together at the brake: who has not signed in first, then lists, never what a step needs', async () => {
    const kept = openKeptBuckets()
    const instance = anInstance(kept)
    const { together } = contract['unit.get'].readingOf({} as never)
    let no = 0
    const anyone = () => {
      no += 1
      return instance.read('unit.get', null, mondayAt, `network-${no}`)
    }
    const someone = (action: Action) => {
      no += 1
      return instance.read(action, `wx:${no}`)
    }
    expect(await allowedOf(together.burst, anyone)).toBeLessThanOrEqual(together.burst / 2 + 15)
    expect((await someone('unit.get')).ok).toBe(true)
    expect(await allowedOf(together.burst, () => someone('unit.get'))).toBeLessThan(together.burst)
    expect((await someone('unit.get')).ok).toBe(false)
    expect(await allowedOf(7000, () => someone('report.get'))).toBe(7000)
    expect((await instance.do('report.accept', resident)).ok).toBe(true)
  })

  test('counts in this instance alone what is answered from its memory', async () => {
    const kept = openKeptBuckets()
    const instance = anInstance(kept)
    const { address } = contract['unit.get'].readingOf({} as never)
    expect(await allowedOf(2000, () => instance.lookUp('unit.get'))).toBe(address.burst)
    expect(instance.lookUp('unit.get')).toMatchObject({ error: { code: 'too-many' } })
    expect(instance.lookUp('unit.get', mondayAt + minuteMs).ok).toBe(true)
    expect(instance.lookUp('unit.get', mondayAt, '203.0.113.8').ok).toBe(true)
    expect(kept.calls()).toBe(0)
  })
})
