import { randomUUID } from 'node:crypto'
import { env } from 'node:process'
import type { Membership, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { aMembership, banner } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { toDocument } from '../support/town'

jest.setTimeout(900_000)

type Stored<T> = T & { readonly _id: string }

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  const admin = { ...aMembership(banner, 'admin'), id: 'banner-admin', accountId: 'custom:banner-admin' }
  await town.put('memberships', [{ ...toDocument(admin), shape: 1 } as never])
})
afterAll(() => town.close())
afterEach(() => town.cloud.faults.clear())

const admin = () => town.as('banner-admin')
const units = () => town.documents<Stored<Unit>>('units')

/** After each of its steps where that is asked for, after some of them in the ordinary tests. */
const strideOf = (isSentAgain: boolean): number => (env.EVERY_CRASH ? 1 : isSentAgain ? 3 : 7)

let made = 0
/** A township with two branches, of which one has somebody in it, and another township. */
const aPlace = async () => {
  made += 1
  const no = String(made).padStart(3, '0')
  const add = async (parentId: string, name: string, kind: 'committee' | 'branch', code: string) =>
    (await admin().get('unit.add', { commandId: randomUUID(), parentId, name, kind, code })).unit.id
  const from = await add(banner.id, `${no}甲镇党委`, 'committee', `${no}a`)
  const to = await add(banner.id, `${no}乙镇党委`, 'committee', `${no}b`)
  const left = await add(from, '一村党支部', 'branch', `${no}a1`)
  const other = await add(from, '二村党支部', 'branch', `${no}a2`)
  const seat = { accountId: `custom:${no}`, unitId: left, unitName: '一村党支部', unitLevel: 'village' }
  await town.put('memberships', [{ _id: `seat-${no}`, ...seat, role: 'secretary', shape: 1 } as never])
  return { no, from, to, left, other }
}
type Place = Awaited<ReturnType<typeof aPlace>>

/** What has become of a place: its units and who sits where, by names, whichever ids they have come to have. */
const outcomeOf = async ({ no, from, to, left, other }: Place) => {
  const all = new Map((await units()).map((unit) => [unit._id, unit]))
  const nameOf = (id: string | null | undefined): string => {
    const unit = all.get(id ?? '')
    return unit ? `${unit.name}${unit.endsAt === undefined ? '' : ' †'}`.replace(no, '') : ''
  }
  const within = [...all.values()].filter(({ path }) => path.includes(from) || path.includes(to))
  const seats = await town.documents<Stored<Membership>>('memberships', { accountId: `custom:${no}` })
  const changes = await town.documents<{
    readonly kind: string
    readonly status: string
    readonly unitId: string
  }>('unit_changes')
  return {
    units: within
      .map((unit) => `${nameOf(unit.parentId)} > ${nameOf(unit._id)} → ${nameOf(unit.successorId)}`)
      .sort(),
    seats: seats
      .map(({ unitId, unitName, untilAt }) => `${nameOf(unitId)} ${unitName} ${untilAt !== undefined}`)
      .sort(),
    changes: changes
      .filter(({ unitId }) => [from, to, left, other].includes(unitId))
      .map(({ kind, status }) => `${kind} ${status}`)
      .sort(),
  }
}

const commands: Readonly<Record<string, (place: Place) => readonly [action: string, input: object]>> = {
  'a name': ({ left }) => ['unit.rename', { unitId: left, rev: 0, name: '新村党支部' }],
  'a move': ({ left, to }) => ['unit.move', { unitId: left, rev: 0, parentId: to }],
  'a split': ({ left }) => {
    const parts = [{ name: '东村党支部' }, { name: '西村党支部' }]
    return ['unit.split', { unitId: left, rev: 0, parts, heir: 0 }]
  },
  'a merge of branches': ({ left, other }) => ['unit.close', { unitId: left, rev: 0, successorId: other }],
  'a merge of townships': ({ from, to }) => ['unit.close', { unitId: from, rev: 0, successorId: to }],
}

describe('cut off after any of its database steps, sent again or not, it holds whole or not at all', () => {
  test.each(Object.keys(commands))('%s', async (name) => {
    const of = commands[name] as (place: Place) => readonly [string, object]
    const calm = await aPlace()
    const before = await outcomeOf(calm)
    const [action, input] = of(calm)
    await admin().get(action as never, { commandId: randomUUID(), ...input } as never)
    await town.later(3 * minuteMs)
    const wanted = await outcomeOf(calm)
    expect(wanted).not.toEqual(before)

    for (const isSentAgain of [true, false]) {
      let isThrough = false
      for (let number = 1; !isThrough && number < 60; number += strideOf(isSentAgain)) {
        const place = await aPlace()
        const [again, sent] = of(place)
        const command = { commandId: randomUUID(), ...sent }
        town.cloud.faults.add({ kind: 'crash', functionName: 'api', step: number, when: 'after' })
        const answer = await admin()
          .send(again, command)
          .catch(() => undefined)
        isThrough = (town.cloud.faults.list()[0]?.struck ?? 0) === 0
        town.cloud.faults.clear()
        if (isThrough) expect(answer?.ok).toBe(true)
        if (isSentAgain && !isThrough) expect((await admin().send(again, command)).ok).toBe(true)
        await town.later(3 * minuteMs)
        const outcome = await outcomeOf(place)
        const hasBegun = outcome.changes.length > before.changes.length
        expect({ number, isSentAgain, ...outcome }).toEqual({
          number,
          isSentAgain,
          ...(isSentAgain || hasBegun ? wanted : before),
        })
      }
      expect(isThrough).toBe(true)
    }
  })

  test('what follows by the clock', async () => {
    const of = commands['a merge of townships'] as (place: Place) => readonly [string, object]
    const calm = await aPlace()
    const [action, input] = of(calm)
    await admin().get(action as never, { commandId: randomUUID(), ...input } as never)
    await town.later(3 * minuteMs)
    const wanted = await outcomeOf(calm)
    const place = await aPlace()
    const [again, sent] = of(place)
    await admin().get(again as never, { commandId: randomUUID(), ...sent } as never)
    let isThrough = false
    for (let number = 1; !isThrough && number < 200; number += 1) {
      town.cloud.faults.add({ kind: 'crash', functionName: 'clock', step: number, when: 'after' })
      await town.cloud.runTimer('clock').catch(() => undefined)
      isThrough = (town.cloud.faults.list()[0]?.struck ?? 0) === 0
      town.cloud.faults.clear()
      town.cloud.clock.step(2 * minuteMs)
    }
    expect(isThrough).toBe(true)
    await town.later(3 * minuteMs)
    expect(await outcomeOf(place)).toEqual(wanted)
  })
})
