import { createHash } from 'node:crypto'
import type { Limits } from '../../../cloudfunctions/contexts/limits/ports'
import { dropOldLimits } from '../../../cloudfunctions/contexts/limits/shared/drop-old-limits'
import { limitCalls as limitCallsBy } from '../../../cloudfunctions/contexts/limits/shared/limit-calls'
import type { Session } from '../../../cloudfunctions/contexts/organisation/rules/session'
import type { Membership } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { type Action, contract } from '../../../cloudfunctions/contract/contract'
import { dayMs, hourMs, minuteMs } from '../../../cloudfunctions/ground/instant'
import { mostReadsAMinute } from '../../../cloudfunctions/terms/limits'
import { aMembership, branch, mondayAt } from '../../support/builders'

/** Windows as the database keeps them, and how often it was asked. */
const openWindows = () => {
  const windows = new Map<string, { count: number; endsAt: number }>()
  const commands = new Set<string>()
  const limits: Limits & { calls: number } = {
    calls: 0,
    take: async ({ id, most, amount, endsAt, command }) => {
      limits.calls += 1
      if (command !== undefined && commands.has(`${id} ${command}`)) return true
      const count = (windows.get(id)?.count ?? 0) + amount
      if (count > most) return false
      windows.set(id, { count, endsAt })
      commands.add(`${id} ${command}`)
      return true
    },
    dropEnded: async (now, most) => {
      const ended = [...windows].filter(([, window]) => window.endsAt <= now).slice(0, most)
      for (const [id] of ended) windows.delete(id)
      return ended.length
    },
  }
  return { limits, windows }
}

const limitCalls = (ports: { readonly limits: Limits; readonly keyed: (text: string) => string }) => {
  const { brake, count } = limitCallsBy(ports)
  const asked = (action: Action) => ({ action, ...contract[action] })
  return {
    brake: (action: Action, accountId: string | null, now: number) => brake(asked(action), accountId, now),
    count: (action: Action, session: Session, input: object = {}) => count(asked(action), session, input),
  }
}

const keyed = (text: string) => `hash of ${text}`
const resident = {
  accountId: 'wx:resident',
  memberships: [] as readonly Membership[],
  everyMembership: [],
  now: mondayAt,
}
const clerk = { ...resident, accountId: 'wx:clerk', memberships: [aMembership(branch, 'secretary')] }

const refusedAfter = async (ask: (no: number) => Promise<{ readonly ok: boolean }>, most: number) => {
  for (let no = 0; no < most; no += 1) if (!(await ask(no)).ok) return no
  return most
}

describe('what writes', () => {
  test('is refused from the sixth report of ten minutes on, and says when it may go on', async () => {
    const { limits } = openWindows()
    const { count } = limitCalls({ limits, keyed })
    for (let no = 0; no < 5; no += 1) expect((await count('report.submit', resident)).ok).toBe(true)
    expect(await count('report.submit', resident)).toMatchObject({
      error: { code: 'too-many', details: { retryAt: mondayAt + 10 * minuteMs } },
    })
    expect((await count('report.submit', { ...resident, accountId: 'wx:neighbour' })).ok).toBe(true)
    expect((await count('report.accept', resident)).ok).toBe(true)
    expect((await count('report.submit', { ...resident, now: mondayAt + 10 * minuteMs })).ok).toBe(true)
  })

  test('counts by what is sent: the same again is free, one command id with other words is not', async () => {
    const { limits } = openWindows()
    const { count } = limitCalls({ limits, keyed: (text) => createHash('sha256').update(text).digest('hex') })
    const send = (text: string) => count('report.submit', resident, { commandId: 'c1', text })
    expect(await refusedAfter(() => send('灯不亮'), 40)).toBe(40)
    expect(await refusedAfter((no) => send(`灯不亮${no}`), 40)).toBe(4)
  })

  test('is refused from the twenty-first report of a day on, until midnight', async () => {
    const { limits } = openWindows()
    const { count } = limitCalls({ limits, keyed })
    const submitAt = (now: number) => count('report.submit', { ...resident, now })
    const most = await refusedAfter((no) => submitAt(mondayAt + no * 10 * minuteMs), 40)
    expect(most).toBe(20)
    const midnight = Date.parse('2026-03-03T00:00:00+08:00')
    expect(await submitAt(midnight - 2 * hourMs)).toMatchObject({
      error: { message: '今天做的次数太多了，请明天再来', details: { retryAt: midnight } },
    })
    expect((await submitAt(midnight)).ok).toBe(true)
  })

  test('is counted by a keyed hash: no window names an account', async () => {
    const { limits, windows } = openWindows()
    await limitCalls({ limits, keyed: () => 'f00d'.repeat(16) }).count('report.submit', resident)
    expect(windows.size).toBe(2)
    for (const id of windows.keys()) expect(id).toMatch(/^report\.submit:(f00d){8}:\d+:\d+$/)
  })

  test('leaves a clerk alone who takes five hundred steps an hour', async () => {
    const { limits } = openWindows()
    const { count } = limitCalls({ limits, keyed })
    const step = (no: number) =>
      count('report.accept', { ...clerk, now: mondayAt + no * Math.floor(hourMs / 500) })
    expect(await refusedAfter(step, 500)).toBe(500)
  })

  test('costs one question to the database for a step, two for a report', async () => {
    const { limits } = openWindows()
    const { count } = limitCalls({ limits, keyed })
    await count('report.accept', clerk)
    expect(limits.calls).toBe(1)
    await count('report.submit', resident)
    expect(limits.calls).toBe(3)
    await count('report.get', resident)
    expect(limits.calls).toBe(3)
  })
})

describe('what reads', () => {
  test('is counted here for an account, without the database, and is free again in the next minute', async () => {
    const { limits } = openWindows()
    const { brake } = limitCalls({ limits, keyed })
    const read = () => brake('report.get', 'wx:resident', mondayAt)
    expect(await refusedAfter(read, 2 * mostReadsAMinute)).toBe(mostReadsAMinute)
    expect(await read()).toMatchObject({ error: { details: { retryAt: mondayAt + minuteMs } } })
    expect((await brake('report.get', 'wx:neighbour', mondayAt)).ok).toBe(true)
    expect((await brake('report.get', 'wx:resident', mondayAt + minuteMs)).ok).toBe(true)
    expect(limits.calls).toBe(0)
  })

  test.each<Action>(['report.nearby', 'report.get'])(
    'is braked for all together who have not signed in, over all instances: %s',
    async (action) => {
      const { limits } = openWindows()
      const instances = Array.from({ length: 4 }, () => limitCalls({ limits, keyed }))
      let allowed = 0
      const each = 3 * contract[action].mostAnonymousAMinute
      for (const { brake } of instances) {
        for (let no = 0; no < each; no += 1) if ((await brake(action, null, mondayAt)).ok) allowed += 1
      }
      const most = contract[action].mostAnonymousAMinute
      expect(allowed).toBeGreaterThanOrEqual(most)
      // Each instance has thirty of its own, which cost no question.
      expect(allowed).toBeLessThanOrEqual(most + 4 * 30)
      expect(limits.calls).toBeLessThanOrEqual(most / 30 + 4)
      expect((await instances[0]?.brake(action, null, mondayAt + minuteMs))?.ok).toBe(true)
      expect((await instances[0]?.brake('me.get', null, mondayAt))?.ok).toBe(true)
    },
  )

  test('asks the database nothing while few ask', async () => {
    const { limits } = openWindows()
    const { brake } = limitCalls({ limits, keyed })
    for (let no = 0; no < 30; no += 1) await brake('report.nearby', null, mondayAt)
    expect(limits.calls).toBe(0)
  })
})

test('windows that are over are dropped in pieces, as long as there is time; others stay', async () => {
  const { limits, windows } = openWindows()
  for (let no = 0; no < 1200; no += 1) windows.set(`w${no}`, { count: 1, endsAt: mondayAt - no })
  windows.set('open', { count: 1, endsAt: mondayAt + dayMs })
  const drop = dropOldLimits(limits)
  expect(await drop(mondayAt, () => false)).toEqual({ limitsDropped: 0 })
  let looks = 0
  const twice = () => {
    looks += 1
    return looks <= 2
  }
  expect(await drop(mondayAt, twice)).toEqual({ limitsDropped: 1000 })
  expect(await drop(mondayAt, () => true)).toEqual({ limitsDropped: 200 })
  expect([...windows.keys()]).toEqual(['open'])
})
