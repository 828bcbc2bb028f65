import { randomUUID } from 'node:crypto'
import type { Partnership } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import {
  aMembership,
  banner,
  branch,
  housingBureau,
  otherBranch,
  township,
  waterBureau,
} from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { aSeat, peopleIn } from '../support/people'
import { toDocument } from '../support/town'

jest.setTimeout(300_000)

type Bond = OutputOf<'bond.begin'>['bond']
type Kind = Bond['kind']
type Begun = Omit<InputOf<'bond.begin'>, 'commandId'>

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  await town.put('units', [toDocument(waterBureau)])
  await town.put('memberships', [
    aSeat('admin', banner, 'admin', '云主任'),
    aSeat('second-admin', banner, 'admin', '郝主任'),
    aSeat('township-admin', township, 'admin', '石主任'),
    aSeat('branch-admin', branch, 'admin', '常书记'),
    toDocument({ ...aMembership(waterBureau, 'partner-staff'), id: 'water', accountId: 'custom:water' }),
  ])
  await town.later(minuteMs)
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

const begin = async (input: Begun, person = 'admin'): Promise<Bond> =>
  (await town.as(person).get('bond.begin', { commandId: randomUUID(), ...input })).bond
const refusedBegin = (input: object, person: string | null = 'admin'): Promise<string> =>
  town.as(person).refused('bond.begin', { commandId: randomUUID(), ...input })
const on = ({ kind, id, rev }: Bond) => ({ commandId: randomUUID(), kind, bondId: id, rev })
const change = async (bond: Bond, terms: object): Promise<Bond> =>
  (await town.as('admin').get('bond.change', { ...on(bond), ...terms })).bond
const end = async (bond: Bond, at?: number): Promise<Bond> =>
  (await town.as('admin').get('bond.end', { ...on(bond), ...(at === undefined ? {} : { at }) })).bond
const undo = async (bond: Bond): Promise<Bond> => (await town.as('admin').get('bond.undo', on(bond))).bond
const listed = async (kind: Kind, unitId: string, more: object = {}): Promise<readonly Bond[]> =>
  (await town.as('admin').get('bond.list', { kind, unitId, ...more })).rows
const gaps = async (kind: Kind, unitId: string): Promise<readonly string[]> =>
  (await town.as('admin').get('bond.gaps', { kind, unitId })).rows.map(({ id }) => id)
const linesOf = async ({ kind, id }: Bond) =>
  (await town.as('admin').get('bond.history', { kind, bondId: id })).lines

const aCentre: Begun = {
  kind: 'centre',
  unitId: township.id,
  name: '沟门镇党群服务中心',
  address: '镇政府东侧一楼',
  hours: '周一到周五 8:30–17:30',
  phone: '0472-1234567',
  point: { lng: 110.53, lat: 40.57 },
}
const aContact: Begun = {
  kind: 'contact',
  unitId: banner.id,
  name: '刘副书记',
  post: '旗委副书记',
  memberIds: [branch.id],
}
const anAlliance: Begun = {
  kind: 'alliance',
  unitId: banner.id,
  name: '黄河湾共建联合体',
  purpose: '一起修路、卖瓜',
  memberIds: [branch.id, otherBranch.id],
  outside: ['中铁某公司'],
}

describe('who keeps what', () => {
  test.each([
    ['a visitor', null, 'sign-in-required'],
    ['a resident', 'resident', 'not-allowed'],
    ['a secretary', 'secretary', 'not-allowed'],
    ['the clerk of the banner', 'banner-staff', 'not-allowed'],
    ['an admin of another unit', 'branch-admin', 'not-allowed'],
  ])('%s begins nothing for a township, and lists nothing of it', async (_who, person, code) => {
    expect(await refusedBegin(aCentre, person)).toBe(code)
    expect(await town.as(person).refused('bond.list', { kind: 'centre', unitId: township.id })).toBe(code)
    expect(await town.as(person).refused('bond.gaps', { kind: 'contact', unitId: township.id })).toBe(code)
  })

  test('whoever does not keep it is told that it is not there', async () => {
    const bond = await begin(aContact)
    for (const person of ['resident', 'branch-admin', 'township-admin']) {
      const seen = { kind: 'contact', bondId: bond.id } as const
      expect(await town.as(person).refused('bond.history', seen)).toBe('not-found')
      expect(await town.as(person).refused('bond.end', on(bond))).toBe('not-found')
    }
    // Nor by another kind's name.
    expect(await town.as('admin').refused('bond.end', { ...on(bond), kind: 'alliance' })).toBe('not-found')
    await undo(bond)
  })

  test('an admin of the township keeps its own and those below it', async () => {
    const bond = await begin({ ...aCentre, unitId: branch.id, name: '后炭市服务站' }, 'township-admin')
    expect(bond).toMatchObject({ unit: { id: branch.id }, state: 'now', actions: ['change', 'end', 'undo'] })
    await undo(bond)
  })
})

describe('who may be chosen', () => {
  const names = async (kind: Kind, unitId: string, name?: string, person = 'admin') =>
    (
      await town.as(person).get('bond.candidates', { kind, unitId, ...(name === undefined ? {} : { name }) })
    ).rows.map((unit) => unit.name)

  test('to help: the partners of the banner, also for the admin of a township', async () => {
    expect(await names('partnership', branch.id, undefined, 'township-admin')).toEqual(
      [housingBureau.name, waterBureau.name].sort(),
    )
  })

  test('to be looked after and to work together: what lies below, for it stands on the pages of those who are chosen', async () => {
    for (const kind of ['contact', 'alliance'] as const)
      expect(await names(kind, township.id)).not.toContain(banner.name)
    expect(
      await refusedBegin(
        { kind: 'alliance', name: '联合体', unitId: township.id, memberIds: [banner.id] },
        'township-admin',
      ),
    ).toBe('unknown-unit')
    expect(await names('contact', banner.id, '后炭市')).toEqual([branch.name])
  })

  test('by nobody who keeps nothing there', async () => {
    expect(
      await town.as('secretary').refused('bond.candidates', { kind: 'contact', unitId: branch.id }),
    ).toBe('not-allowed')
  })
})

describe('what cannot be is refused at its question, and changes nothing', () => {
  test.each<readonly [string, string, Record<string, unknown>, string]>([
    ['a centre without hours', 'hours', { ...aCentre, hours: undefined }, 'words-required'],
    ['a centre with members', 'memberIds', { ...aCentre, memberIds: [branch.id] }, 'invalid-input'],
    [
      'an alliance of one',
      'memberIds',
      { ...anAlliance, memberIds: [branch.id], outside: [] },
      'too-few-members',
    ],
    ['a member nobody knows', 'memberIds', { ...anAlliance, memberIds: ['nobody'] }, 'unknown-unit'],
    [
      'a leader of a unit elsewhere',
      'memberIds',
      { ...aContact, unitId: branch.id, memberIds: [otherBranch.id] },
      'unknown-unit',
    ],
    ['a leader of nothing', 'memberIds', { ...aContact, memberIds: [] }, 'words-required'],
    [
      'a partner that is none',
      'partnerId',
      { kind: 'partnership', unitId: branch.id, partnerId: otherBranch.id },
      'unknown-unit',
    ],
    [
      'days out of order',
      'untilAt',
      { ...aCentre, fromAt: 1_900_000_000_000, untilAt: 1_890_000_000_000 },
      'date-order',
    ],
    [
      'an end that is past',
      'untilAt',
      { ...aCentre, fromAt: 1_000_000_000_000, untilAt: 1_000_000_100_000 },
      'date-in-past',
    ],
    ['a name that a table takes for a formula', 'name', { ...aCentre, name: '=1+1' }, 'invalid-input'],
  ])('%s', async (_what, field, input, code) => {
    const answer: Answer = await town.as('admin').send('bond.begin', { commandId: randomUUID(), ...input })
    expect(answer).toMatchObject({ ok: false, error: { code, details: { fields: [{ field }] } } })
    expect(await listed(input.kind as Kind, banner.id)).toEqual(
      (await listed(input.kind as Kind, banner.id)).filter(({ name }) => name !== input.name),
    )
  })

  test('a partner that is bound already', async () => {
    expect(
      await refusedBegin({ kind: 'partnership', unitId: township.id, partnerId: housingBureau.id }),
    ).toBe('bond-exists')
  })

  test('a unit that nobody knows', async () => {
    expect(await refusedBegin({ ...aCentre, unitId: 'nowhere' })).toBe('unknown-unit')
  })
})

describe('a service centre', () => {
  let centre: Bond

  test('is begun once for each command, and everybody reads it on the pages of all below it', async () => {
    const input = { commandId: randomUUID(), ...aCentre }
    centre = (await town.as('admin').get('bond.begin', input)).bond
    expect((await town.as('admin').get('bond.begin', input)).bond.id).toBe(centre.id)
    expect(await town.as('admin').refused('bond.begin', { ...input, name: '别的中心' })).toBe(
      'command-reused',
    )
    const { centres } = await town.as(null).get('bond.ofUnit', { unitId: branch.id })
    expect(centres).toEqual([
      {
        id: centre.id,
        name: aCentre.name,
        unit: { id: township.id, name: township.name },
        point: aCentre.point,
        address: aCentre.address,
        hours: aCentre.hours,
        phone: '04721234567',
      },
    ])
  })

  test('of the unit itself comes before that of the unit above', async () => {
    const own = await begin({ ...aCentre, unitId: branch.id, name: '后炭市党群服务站' })
    const read = (unitId: string) => town.as(null).get('bond.ofUnit', { unitId })
    expect((await read(branch.id)).centres.map(({ name }) => name)).toEqual(['后炭市党群服务站'])
    expect((await read(otherBranch.id)).centres.map(({ name }) => name)).toEqual([aCentre.name])
    expect(await gaps('centre', township.id)).toEqual([otherBranch.id])
    await end(own)
    expect((await read(branch.id)).centres.map(({ name }) => name)).toEqual([aCentre.name])
  })

  test('says after a change who made it, when, what it said before and what it says', async () => {
    centre = await change(centre, { hours: '每天 9:00–17:00', phone: null })
    expect(await linesOf(centre)).toMatchObject([
      {
        kind: 'changed',
        at: expect.any(Number),
        by: { name: '云主任', unitName: banner.name },
        changes: expect.arrayContaining([
          { field: 'hours', before: aCentre.hours, after: '每天 9:00–17:00' },
          { field: 'phone', before: '04721234567', after: null },
        ]),
      },
      { kind: 'begun' },
    ])
    expect(await town.as('admin').refused('bond.change', { ...on(centre), hours: '每天 9:00–17:00' })).toBe(
      'nothing-to-change',
    )
  })

  test('that two change at once is changed by one of them, and the other is told', async () => {
    const answers = await Promise.all(
      ['admin', 'second-admin'].map((person, no) =>
        town.as(person).send('bond.change', { ...on(centre), address: `东侧${no}楼` }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'stale-rev' } })
    const [now] = await listed('centre', banner.id)
    if (!now) throw new Error('no centre')
    centre = now
  })

  test('its last change is undone within a day, once, and not after', async () => {
    centre = await undo(centre)
    expect(centre.address).toBe(aCentre.address)
    expect(centre.actions).toEqual(['change', 'end'])
    expect(await town.as('admin').refused('bond.undo', on(centre))).toBe('followed')
    centre = await change(centre, { address: '西侧一楼' })
    await town.later(dayMs)
    expect(await town.as('admin').refused('bond.undo', on(centre))).toBe('undo-too-late')
  })

  test('ends on a day, stays until then, and is no longer shown after', async () => {
    const lastDay = town.now() + 2 * dayMs
    const ended = await end(centre, lastDay)
    expect(ended).toMatchObject({ state: 'now', untilAt: lastDay })
    await town.later(2 * dayMs + minuteMs)
    expect((await town.as(null).get('bond.ofUnit', { unitId: branch.id })).centres).toEqual([])
    expect(await listed('centre', township.id)).toEqual([])
    const whole = await listed('centre', township.id, { isWhole: true })
    expect(whole.map(({ id, state }) => ({ id, state }))).toContainEqual({ id: centre.id, state: 'over' })
    expect(await town.as('admin').refused('bond.change', { ...on(ended), address: '别处' })).toBe('bond-over')
    expect(await town.as('admin').refused('bond.end', on(ended))).toBe('bond-over')
  })
})

describe('a partnership', () => {
  const offered = async (reportId: string): Promise<readonly string[]> =>
    (await town.as('secretary').get('unit.targets', { reportId })).partners.map(({ id }) => id)
  const accepted = async (categoryId: 'lane-repair' | 'rubbish' = 'lane-repair'): Promise<string> => {
    const { reportId } = await town.as('resident').submit({ categoryId, photos: [] })
    await town.as('secretary').step('report.accept', reportId, {})
    return reportId
  }
  const handed = { toUnitId: waterBureau.id, note: '请看看' }
  const begun: Begun = { kind: 'partnership', unitId: branch.id, partnerId: waterBureau.id }
  let bond: Bond
  let reportId = ''

  test('is offered at dispatch from its first day on', async () => {
    reportId = await accepted()
    expect(await offered(reportId)).toEqual([housingBureau.id])
    bond = await begin({ ...begun, fromAt: town.now() + hourMs })
    expect(bond).toMatchObject({ name: waterBureau.name, state: 'to-come' })
    expect(await offered(reportId)).toEqual([housingBureau.id])
    await town.later(hourMs + minuteMs)
    expect([...(await offered(reportId))].sort()).toEqual([housingBureau.id, waterBureau.id])
  })

  test('offers what it is agreed to help with, and nothing else is handed to it', async () => {
    bond = await change(bond, { groups: ['sanitation'] })
    expect(await offered(reportId)).toEqual([housingBureau.id])
    const { rev } = await town.as('secretary').get('report.get', { reportId })
    expect(
      await town.as('secretary').refused('report.dispatch', {
        commandId: randomUUID(),
        reportId,
        rev,
        ...handed,
      }),
    ).toBe('beyond-agreement')
    const rubbish = await accepted('rubbish')
    expect(await offered(rubbish)).toContain(waterBureau.id)
    bond = await undo(bond)
    expect(await offered(reportId)).toContain(waterBureau.id)
  })

  test('that work was handed over by is not undone', async () => {
    const other = await begin({ kind: 'partnership', unitId: otherBranch.id, partnerId: waterBureau.id })
    bond = await change(bond, { groups: ['road'] })
    await town.as('secretary').step('report.dispatch', reportId, handed)
    expect(await town.as('admin').refused('bond.undo', on(bond))).toBe('followed')
    // What another branch has agreed with the same partner is another matter.
    expect((await undo(other)).state).toBe('over')
  })

  test('is no longer offered once it has ended, and its end can be undone', async () => {
    const next = await accepted()
    bond = await end(bond)
    expect(await offered(next)).toEqual([housingBureau.id])
    expect(await listed('partnership', branch.id)).toEqual([])
    bond = await undo(bond)
    expect(await offered(next)).toContain(waterBureau.id)
  })

  test('of before there was a history is found in the list, and goes on', async () => {
    const [old] = await listed('partnership', township.id, { name: housingBureau.name })
    if (!old) throw new Error('it is not there')
    expect(old).toMatchObject({ partnerId: housingBureau.id, unit: { id: township.id }, groups: [] })
    expect(await linesOf(old)).toEqual([])
    // It helps with anything, as before: an empty list says no more.
    expect(await town.as('admin').refused('bond.change', { ...on(old), groups: [] })).toBe(
      'nothing-to-change',
    )
    const ended = await end(old)
    expect((await linesOf(ended)).map(({ kind }) => kind)).toEqual(['ended'])
    await undo(ended)
  })

  test('goes by the name that its partner has', async () => {
    const { rows } = await town.as('admin').get('unit.search', { unitId: banner.id, name: waterBureau.name })
    await town.as('admin').get('unit.rename', {
      commandId: randomUUID(),
      unitId: waterBureau.id,
      rev: rows[0]?.rev ?? 0,
      name: '水利局',
    })
    await town.later(2 * minuteMs)
    const [renamed] = await listed('partnership', branch.id, { name: '水利' })
    expect(renamed).toMatchObject({ name: '水利局', partnerId: waterBureau.id })
    expect((await town.as(null).get('unit.get', { unitId: branch.id })).partners).toContainEqual({
      id: waterBureau.id,
      name: '水利局',
    })
  })

  test('ends with its partner, or follows its heir, and says so in its history', async () => {
    const { change: added } = await town.as('admin').get('unit.add', {
      commandId: randomUUID(),
      parentId: banner.id,
      kind: 'partner',
      name: '水利和水务局',
    })
    const close = async (unitId: string, successorId: string) => {
      const { unit } = await town.as('admin').get('unit.history', { unitId })
      await town
        .as('admin')
        .get('unit.close', { commandId: randomUUID(), unitId, rev: unit.rev, successorId })
      await town.later(2 * minuteMs)
    }
    await close(waterBureau.id, added.unitId)
    const [followed] = await listed('partnership', branch.id, { name: '水利' })
    if (!followed) throw new Error('it has not followed')
    expect(followed).toMatchObject({ id: bond.id, partnerId: added.unitId, name: '水利和水务局' })
    expect((await linesOf(followed))[0]).toMatchObject({ kind: 'unit-changed', by: null })
    // What the heir has agreed already is not agreed twice.
    await begin({ kind: 'partnership', unitId: branch.id, partnerId: housingBureau.id })
    await close(added.unitId, housingBureau.id)
    expect((await listed('partnership', branch.id)).map(({ partnerId }) => partnerId)).toEqual([
      housingBureau.id,
    ])
    const all = await town.documents<Partnership & { readonly _id: string }>('partnerships', {})
    expect(all.filter(({ _id }) => _id === bond.id)).toMatchObject([{ untilAt: expect.any(Number) }])
  })
})

describe('leaders and alliances', () => {
  test('a branch without a leader is in the list of gaps until one looks after it', async () => {
    expect(await gaps('contact', township.id)).toEqual([branch.id, otherBranch.id])
    const contact = await begin(aContact)
    expect(await gaps('contact', township.id)).toEqual([otherBranch.id])
    const both = await change(contact, { memberIds: [branch.id, otherBranch.id] })
    expect(both.members).toEqual([
      { id: branch.id, name: branch.name },
      { id: otherBranch.id, name: otherBranch.name },
    ])
    expect(await gaps('contact', township.id)).toEqual([])
    await end(both)
    expect(await gaps('contact', township.id)).toEqual([branch.id, otherBranch.id])
  })

  test('everybody reads which alliances a unit is in, and no leader', async () => {
    await begin(aContact)
    const alliance = await begin(anAlliance)
    const read = (unitId: string) => town.as(null).get('bond.ofUnit', { unitId })
    expect((await read(branch.id)).alliances).toEqual([
      { id: alliance.id, name: anAlliance.name, purpose: anAlliance.purpose },
    ])
    expect((await read(township.id)).alliances).toEqual([])
    expect(JSON.stringify(await read(branch.id))).not.toContain(aContact.name)
  })

  test('who ends leaves them, and what is left of nobody ends on that day', async () => {
    const { unit } = await town.as('admin').get('unit.add', {
      commandId: randomUUID(),
      parentId: township.id,
      kind: 'branch',
      name: '三道河党支部',
    })
    const contact = await begin({ ...aContact, memberIds: [unit.id] })
    const alliance = await begin({ ...anAlliance, name: '三家联合体', memberIds: [unit.id, branch.id] })
    const pair = await begin({ ...anAlliance, name: '两家联合体', memberIds: [unit.id], outside: ['某公司'] })
    const lastDay = town.now() + dayMs
    await town.as('admin').get('unit.close', {
      commandId: randomUUID(),
      unitId: unit.id,
      rev: unit.rev,
      fromAt: lastDay,
    })
    const stateNow = async ({ kind, id }: Bond) =>
      (await town.as('admin').get('bond.history', { kind, bondId: id })).bond
    expect(await stateNow(contact)).toMatchObject({ state: 'now', untilAt: null })
    await town.later(dayMs + 2 * minuteMs)
    expect(await stateNow(contact)).toMatchObject({ state: 'over', untilAt: lastDay })
    expect(await stateNow(pair)).toMatchObject({ state: 'over', untilAt: lastDay })
    expect(await stateNow(alliance)).toMatchObject({ state: 'now', members: [{ id: branch.id }] })
  })

  test('are read page by page in the order of their names', async () => {
    for (const no of [3, 1, 2, 5, 4])
      await begin({ ...anAlliance, name: `乡村联合体${no}`, memberIds: [branch.id, otherBranch.id] })
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page: OutputOf<'bond.list'> = await town.as('admin').get('bond.list', {
        kind: 'alliance',
        unitId: banner.id,
        name: '乡村',
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      })
      names.push(...page.rows.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(names).toEqual([1, 2, 3, 4, 5].map((no) => `乡村联合体${no}`))
  })
})

describe('a temporary squad', () => {
  let squadId = ''
  const captain = 'squad-captain'
  const squad = async () => (await town.as('admin').get('unit.history', { unitId: squadId })).unit
  const special = async () =>
    (
      await town.documents<{
        readonly _id: string
        readonly unit: { readonly id: string; readonly name: string }
        readonly activeUntil: number
      }>('special_units')
    ).find(({ _id }) => _id === 'squad-duty')

  test('has its members from their first day, and what it answers for goes by its name', async () => {
    const { unit } = await town.as('admin').get('unit.add', {
      commandId: randomUUID(),
      parentId: township.id,
      kind: 'temporary',
      name: '防汛突击队',
    })
    squadId = unit.id
    await town.put('special_units', [
      {
        _id: 'squad-duty',
        kind: 'temporary',
        bannerId: banner.id,
        unit: { id: unit.id, name: unit.name, path: unit.path, level: unit.level },
        categoryIds: [],
        rings: [],
        activeFrom: town.now(),
        activeUntil: town.now() + 60 * dayMs,
      } as never,
    ])
    const people = peopleIn(town)
    await people.seat('admin', 'second-admin', captain, { unitId: unit.id, role: 'secretary', name: '队长' })
    expect((await town.as(captain).get('me.get', {})).memberships).toMatchObject([{ unitId: unit.id }])
    await town
      .as('admin')
      .get('unit.rename', { commandId: randomUUID(), unitId: unit.id, rev: 0, name: '抗旱突击队' })
    await town.later(2 * minuteMs)
    expect(await special()).toMatchObject({ unit: { id: unit.id, name: '抗旱突击队' } })
    expect((await town.as(captain).get('me.get', {})).memberships).toMatchObject([{ unitName: '抗旱突击队' }])
  })

  test('loses its members and what it answers for on its last day, and not before', async () => {
    const lastDay = town.now() + 3 * dayMs
    const { rev } = await squad()
    await town
      .as('admin')
      .get('unit.close', { commandId: randomUUID(), unitId: squadId, rev, fromAt: lastDay })
    await town.later(2 * dayMs)
    expect((await town.as(captain).get('me.get', {})).memberships).toHaveLength(1)
    expect(await special()).not.toMatchObject({ activeUntil: lastDay })
    await town.later(dayMs + 2 * minuteMs)
    expect((await town.as(captain).get('me.get', {})).memberships).toEqual([])
    expect(await special()).toMatchObject({ activeUntil: lastDay })
  })
})
