import { randomUUID } from 'node:crypto'
import type { Action } from '../../cloudfunctions/contract/contract'
import type { ClockRun } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, otherBranch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { aSeat, peopleIn } from '../support/people'

let town: TestCloud
let people: ReturnType<typeof peopleIn>
beforeAll(async () => {
  town = await openTestCloud()
  await town.put('memberships', [aSeat('admin', banner, 'admin', '云主任')])
  people = peopleIn(town)
})
afterAll(() => town.close())
afterEach(() => {
  town.cloud.faults.clear()
  // What was cut off says so, and nothing else does.
  expect(town.complaints.splice(0).filter((text) => !/ exited$/.test(text))).toEqual([])
})

interface Step {
  /** Whose names tell what came of it. */
  readonly names: readonly string[]
  readonly person: string
  readonly action: Action
  readonly input: object
}

let count = 0
const aName = (): string => {
  count += 1
  return `第${count}位`
}
const invited = async (name: string) => {
  count += 1
  const person = `person-${count}`
  const sent = await people.invite('admin', { unitId: otherBranch.id, role: 'secretary', name })
  await people.see(person, sent.code)
  await people.accept(person, sent.id)
  return { ...sent, person }
}
const seated = async (name: string) => {
  const { id } = await invited(name)
  await people.confirm('admin', id)
  const { id: seatId, rev } = await people.seatOf('admin', otherBranch.id, name)
  return { seatId, rev }
}
const again = () => ({ commandId: randomUUID() })

const steps = {
  'people.invite': async (): Promise<Step> => {
    const names = [aName(), aName(), aName()]
    const invitations = names.map((name) => ({ unitId: branch.id, role: 'grid-worker', name }))
    return { names, person: 'admin', action: 'people.invite', input: { ...again(), invitations } }
  },
  'people.confirmInvitation': async (): Promise<Step> => {
    const name = aName()
    const { id: invitationId } = await invited(name)
    const input = { ...again(), invitationId }
    return { names: [name], person: 'admin', action: 'people.confirmInvitation', input }
  },
  'people.handOver to somebody new': async (): Promise<Step> => {
    const [name, next] = [aName(), aName()]
    const input = { ...again(), ...(await seated(name)), name: next }
    return { names: [name, next], person: 'admin', action: 'people.handOver', input }
  },
  'people.handOver to somebody there': async (): Promise<Step> => {
    const [name, next] = [aName(), aName()]
    const from = await seated(name)
    const { person, id } = await invited(next)
    await people.confirm('admin', id)
    // They have another seat there, and give up the one they were invited to.
    const held = await people.seatOf('admin', otherBranch.id, next)
    const worker = await people.invite('admin', { unitId: otherBranch.id, role: 'grid-worker', name: next })
    await people.see(person, worker.code)
    await people.accept(person, worker.id)
    await people.confirm('admin', worker.id)
    await town.as('admin').get('people.end', { ...again(), seatId: held.id, rev: held.rev })
    const seats = await people.seatsOf('admin', otherBranch.id)
    const toSeatId = seats.find((seat) => seat.name === next && seat.role === 'grid-worker')?.id
    const input = { ...again(), ...from, toSeatId }
    return { names: [name, next], person: 'admin', action: 'people.handOver', input }
  },
  'people.end': async (): Promise<Step> => {
    const name = aName()
    const input = { ...again(), ...(await seated(name)) }
    return { names: [name], person: 'admin', action: 'people.end', input }
  },
} as const

interface Kept {
  readonly _id: string
  readonly name?: string
  readonly accountId?: string
  readonly role: string
  readonly status: string
  readonly timeline: readonly { readonly kind: string }[]
  readonly outbox: readonly unknown[]
}

/** Everything that must be the same however often it was cut off: who has what, how it came about, what is left to do. */
const outcomeOf = async (names: readonly string[]) => {
  const of = async (collection: string) =>
    (await town.documents<Kept>(collection))
      .filter(({ name }) => name !== undefined && names.includes(name))
      .map(({ name = '', role, status, timeline, outbox }) =>
        [names.indexOf(name), role, status, timeline.map(({ kind }) => kind).join(' '), outbox.length].join(
          ' · ',
        ),
      )
      .sort()
  const seats = (await town.documents<Kept>('memberships')).filter(
    ({ name }) => name !== undefined && names.includes(name),
  )
  const accounts = new Set(seats.flatMap(({ accountId }) => accountId ?? []))
  const messages = await town.documents<{ readonly recipient: string; readonly parts: readonly object[] }>(
    'inbox_messages',
  )
  const told = messages
    .filter(({ recipient }) => [...accounts].some((account) => recipient === `account:${account}`))
    .map(({ parts }) => JSON.stringify((parts[0] as { readonly template?: string }).template))
  return { seats: await of('memberships'), invitations: await of('invitations'), told: told.sort() }
}

/** Whether an answer came; without one the client knows nothing. */
const send = async ({ person, action, input }: Step): Promise<string | undefined> => {
  try {
    const answer = await town.as(person).send(action, input)
    if (!answer.ok) throw new Error(`${action}: ${answer.error.code}`)
    return JSON.stringify(answer.value)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'FUNCTIONS_EXECUTE_FAIL') return undefined
    throw error
  }
}

test.each(Object.keys(steps) as (keyof typeof steps)[])(
  '%s, cut off after any of its database steps, and sent again, loses, doubles and sticks nothing',
  async (name) => {
    const calm = await steps[name]()
    expect(await send(calm)).toBeDefined()
    await town.later(10 * minuteMs)
    await town.later(10 * minuteMs)
    const wanted = await outcomeOf(calm.names)
    expect(wanted.seats.length + wanted.invitations.length).toBeGreaterThan(0)

    let struck = 1
    for (let number = 1; struck > 0; number += 1) {
      const step = await steps[name]()
      town.cloud.faults.add({ kind: 'crash', functionName: 'api', step: number, when: 'after' })
      let answer: string | undefined
      for (let tries = 0; tries < 3 && answer === undefined; tries += 1) answer = await send(step)
      struck = town.cloud.faults.list()[0]?.struck ?? 0
      town.cloud.faults.clear()
      expect([number, answer === undefined]).toEqual([number, false])
      // Whoever sends it once more is answered the same.
      expect([number, await send(step)]).toEqual([number, answer])
      await town.later(10 * minuteMs)
      await town.later(10 * minuteMs)
      expect([number, await outcomeOf(step.names)]).toEqual([number, wanted])
      expect(number).toBeLessThan(40)
    }
  },
)

test('the clock, cut off after every one of its steps in turn, ends what ends and tells who must know, once', async () => {
  const name = aName()
  const { seatId, rev } = await seated(name)
  for (const { _id, role } of await town.documents<Kept>('memberships'))
    if (role === 'secretary' && _id !== seatId)
      await town.meddle('memberships', _id, { untilAt: town.now() - dayMs })
  const told = async () =>
    (await town.as('township-staff').get('inbox.list', { unitId: township.id, limit: 50 })).rows.filter(
      (row) => row.title === '没有书记了',
    ).length
  await town.later(10 * minuteMs)
  const before = await told()
  await town.as('admin').get('people.end', { ...again(), seatId, rev, at: town.now() + dayMs })
  const open = await people.invite('admin', { unitId: otherBranch.id, role: 'secretary', name: aName() })
  town.cloud.clock.step(8 * dayMs)

  let isThrough = false
  for (let number = 1; !isThrough && number < 200; number += 1) {
    town.cloud.faults.add({ kind: 'crash', functionName: 'clock', step: number, when: 'after' })
    const run = await town.cloud.runTimer('clock').catch(() => undefined)
    const wasStruck = (town.cloud.faults.list()[0]?.struck ?? 0) > 0
    isThrough = !wasStruck && (run?.value as ClockRun | undefined)?.isComplete === true
    town.cloud.faults.clear()
  }
  expect(isThrough).toBe(true)
  // What that leaves is seen to with the next turn.
  await town.later(10 * minuteMs)
  const seat = (await town.documents<Kept>('memberships')).find(({ _id }) => _id === seatId)
  expect(seat?.timeline.map(({ kind }) => kind)).toEqual(['given', 'ended', 'over'])
  expect([seat?.status, seat?.outbox]).toEqual(['over', []])
  const invitation = (await town.documents<Kept>('invitations')).find(({ _id }) => _id === open.id)
  expect(invitation?.timeline.map(({ kind }) => kind)).toEqual(['sent', 'expired'])
  expect(await told()).toBe(before + 1)
})
