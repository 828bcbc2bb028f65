import { randomUUID } from 'node:crypto'
import type { Invitation } from '../../cloudfunctions/contexts/people/rules/invitation'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, league, otherBranch, region, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { aSeat, peopleIn } from '../support/people'

let town: TestCloud
let people: ReturnType<typeof peopleIn>
beforeAll(async () => {
  town = await openTestCloud()
  await town.put('memberships', [
    aSeat('admin', banner, 'admin', '云主任'),
    aSeat('second-admin', banner, 'admin', '郝主任'),
    aSeat('township-admin', township, 'admin', '石主任'),
    aSeat('league-admin', league, 'admin', '白主任'),
    aSeat('region-clerk', region, 'clerk', '贺处'),
  ])
  people = peopleIn(town)
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

const titlesOf = async (person: string, unitId?: string): Promise<readonly string[]> =>
  (await town.as(person).get('inbox.list', { unitId, limit: 50 })).rows.map((row) => row.title)
const command = () => ({ commandId: randomUUID() })

describe('an invitation from its code to the seat', () => {
  let sent = { id: '', code: '' }
  const listed = async (admin: string) =>
    (await town.as(admin).get('people.list', { unitId: otherBranch.id })).invitations

  test('an admin above invites somebody to a seat, and is told a code that lies nowhere', async () => {
    sent = await people.invite('admin', { unitId: otherBranch.id, role: 'grid-worker', name: '李网格' })
    expect(sent.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/)
    const kept = JSON.stringify([await town.documents('invitations'), await town.documents('limits')])
    expect(kept).not.toContain(sent.code)
    expect(kept).not.toContain(sent.code.replace(' ', ''))
    expect(await listed('township-admin')).toMatchObject([
      {
        id: sent.id,
        name: '李网格',
        status: 'sent',
        phoneTail: null,
        actions: expect.not.arrayContaining(['confirm']),
        invitedBy: '云主任',
      },
    ])
  })

  test('whoever comes with the code, however they type it, sees unit, role and days, and has it alone', async () => {
    const typed = ` ${sent.code.toLowerCase().replace(' ', '-')} `
    expect(await people.see('li', typed)).toMatchObject({
      unit: { id: otherBranch.id, name: otherBranch.name },
      role: 'grid-worker',
      name: '李网格',
      fromAt: null,
      untilAt: null,
      status: 'seen',
      isForYou: true,
    })
    expect(await people.refused('stranger', 'people.seeInvitation', { code: sent.code })).toBe(
      'invitation-taken',
    )
    expect(
      await people.refused('stranger', 'people.acceptInvitation', {
        invitationId: sent.id,
        phoneTail: '0000',
      }),
    ).toBe('not-found')
    expect(await people.refused('admin', 'people.confirmInvitation', { invitationId: sent.id })).toBe(
      'not-accepted',
    )
  })

  test('是我: the inviter is told, with what to compare; until somebody confirms there is no seat', async () => {
    await people.accept('li', sent.id, '4471')
    expect(await titlesOf('admin')).toEqual(['邀请的人来了'])
    expect(await listed('admin')).toMatchObject([
      { id: sent.id, phoneTail: '4471', actions: expect.arrayContaining(['confirm']) },
    ])
    expect((await town.as('li').get('me.get', {})).memberships).toEqual([])
    expect(await people.refused('li', 'people.confirmInvitation', { invitationId: sent.id })).toBe(
      'not-allowed',
    )
    expect((await town.as('li').get('people.mine', {})).rows).toMatchObject([
      { id: sent.id, isForYou: true, actions: expect.not.arrayContaining(['confirm']) },
    ])
  })

  test('就是他: the seat exists at the next call, and both sides know', async () => {
    await people.confirm('admin', sent.id)
    expect((await town.as('li').get('me.get', {})).memberships).toMatchObject([
      { unitId: otherBranch.id, role: 'grid-worker' },
    ])
    expect(await titlesOf('li')).toContain('职务生效')
    expect(await people.seatOf('admin', otherBranch.id, '李网格')).toMatchObject({
      phoneTail: '4471',
      state: 'now',
      isYou: false,
    })
    expect(await listed('admin')).toEqual([])
  })

  test('it is good once: nobody comes with it again, and nothing more is said to it', async () => {
    expect(await people.refused('stranger', 'people.seeInvitation', { code: sent.code })).toBe(
      'invitation-over',
    )
    for (const action of ['confirm', 'refuse', 'withdraw'])
      expect(await people.refused('admin', `people.${action}Invitation`, { invitationId: sent.id })).toBe(
        'invitation-over',
      )
  })

  test('its history says who did what when, and names no account', async () => {
    const { id } = await people.seatOf('admin', otherBranch.id, '李网格')
    const { lines } = await town.as('admin').get('people.history', { seatId: id })
    expect(lines.map((line) => [line.of, line.kind, line.by?.name ?? null])).toEqual([
      ['invitation', 'sent', '云主任'],
      ['invitation', 'seen', '李网格'],
      ['invitation', 'accepted', '李网格'],
      ['invitation', 'confirmed', '云主任'],
      ['seat', 'given', '云主任'],
    ])
    expect(lines.at(-1)?.after).toEqual({ fromAt: expect.any(Number), untilAt: null })
    const told = [
      await town.as('admin').get('people.list', { unitId: otherBranch.id }),
      await town.as('admin').get('people.coverage', { unitId: township.id }),
      lines,
      (await town.as('li').get('people.mine', {})).rows,
    ]
    expect(JSON.stringify(told)).not.toMatch(/custom:|uid-/)
  })
})

describe('an invitation that leads to no seat', () => {
  const entry = { unitId: branch.id, role: 'grid-worker', name: '王同志' } as const
  const hasNoSeat = async (person: string) =>
    expect((await town.as(person).get('me.get', {})).memberships).toEqual([])

  test('after seven days it has expired, whatever it had come to', async () => {
    const [unseen, accepted] = [await people.invite('admin', entry), await people.invite('admin', entry)]
    await people.see('late', accepted.code)
    await people.accept('late', accepted.id)
    // Nobody's clock has been there.
    town.cloud.clock.step(7 * dayMs)
    expect(await people.refused('later', 'people.seeInvitation', { code: unseen.code })).toBe(
      'invitation-over',
    )
    expect(await people.refused('admin', 'people.confirmInvitation', { invitationId: accepted.id })).toBe(
      'invitation-over',
    )
    await town.later(minuteMs)
    const kept = await town.documents<Invitation & { readonly _id: string }>('invitations')
    for (const { id } of [unseen, accepted])
      expect(kept.find(({ _id }) => _id === id)).toMatchObject({ status: 'expired', phoneTail: null })
    await hasNoSeat('late')
  })

  test('who came says that it is not them, or the inviter does: both are told, and it is over', async () => {
    const declined = await people.invite('admin', entry)
    await people.see('wrong', declined.code)
    await town.as('wrong').get('people.declineInvitation', { ...command(), invitationId: declined.id })
    expect((await titlesOf('admin'))[0]).toBe('邀请没有接')
    const refused = await people.invite('admin', entry)
    await people.see('wrong', refused.code)
    await people.accept('wrong', refused.id, '9375')
    expect(JSON.stringify(await town.documents('invitations'))).toContain('9375')
    await town.as('township-admin').get('people.refuseInvitation', { ...command(), invitationId: refused.id })
    expect((await titlesOf('wrong'))[0]).toBe('邀请没有通过')
    for (const { id } of [declined, refused])
      expect(await people.refused('admin', 'people.confirmInvitation', { invitationId: id })).toBe(
        'invitation-over',
      )
    await hasNoSeat('wrong')
    // What they typed is kept nowhere.
    const kept = await Promise.all(
      ['invitations', 'memberships', 'inbox_messages'].map((name) => town.documents(name)),
    )
    expect(JSON.stringify(kept)).not.toContain('9375')
  })

  test('不是 is said of somebody who has come', async () => {
    const { id: invitationId } = await people.invite('admin', entry)
    expect(await people.refused('admin', 'people.refuseInvitation', { invitationId })).toBe('not-accepted')
    await town.as('admin').get('people.withdrawInvitation', { ...command(), invitationId })
  })

  test('one that was taken back is worth nothing', async () => {
    const sent = await people.invite('admin', entry)
    await town.as('second-admin').get('people.withdrawInvitation', { ...command(), invitationId: sent.id })
    expect(await people.refused('wang', 'people.seeInvitation', { code: sent.code })).toBe('invitation-over')
  })

  test('ten codes an hour are looked up for one account; who was invited is not shut out by a stranger', async () => {
    const limited = await openTestCloud({ isLimited: true })
    await limited.put('memberships', [aSeat('admin', banner, 'admin', '云主任')])
    const there = peopleIn(limited)
    const sent = await there.invite('admin', entry)
    const wrong = (no: number) => `ZZZZ 000${no}`
    for (let no = 0; no < 10; no += 1)
      expect(await there.refused('guesser', 'people.seeInvitation', { code: wrong(no % 10) })).toBe(
        'unknown-code',
      )
    expect(await there.refused('guesser', 'people.seeInvitation', { code: sent.code })).toBe('too-many')
    // One command sent again with another code is another try.
    const commandId = randomUUID()
    expect(await there.refused('guesser', 'people.seeInvitation', { commandId, code: wrong(1) })).toBe(
      'too-many',
    )
    expect(await there.see('wang', sent.code)).toMatchObject({ status: 'seen' })
    limited.cloud.clock.step(hourMs)
    expect(await there.refused('guesser', 'people.seeInvitation', { code: wrong(2) })).toBe('unknown-code')
    await limited.close()
  })

  test.each([
    ['a role that there is not in such a unit', { role: 'clerk' }, 'no-such-seat'],
    ['a role of a branch at a partner', { unitId: housingBureau.id }, 'no-such-seat'],
    ['a unit that there is not', { unitId: 'nowhere' }, 'unknown-unit'],
    ['an end that has come', { untilAt: Date.parse('2026-01-01') }, 'date-in-past'],
    ['a beginning of long ago', { fromAt: Date.parse('2026-01-01') }, 'date-in-past'],
    [
      'an end before its beginning',
      { fromAt: Date.parse('2027-02-01'), untilAt: Date.parse('2027-01-01') },
      'date-order',
    ],
    ['a unit outside', { unitId: league.id, role: 'clerk' }, 'not-found'],
  ])('%s is refused, and keeps the others back from nothing', async (_what, wrong, code) => {
    const { results } = await town
      .as('admin')
      .get('people.invite', { ...command(), invitations: [{ ...entry, ...wrong } as never, entry] })
    expect(results.map(({ refusal }) => refusal?.code ?? null)).toEqual([code, null])
    expect(results[0]?.refusal?.message).toMatch(/^[\u4e00-\u9fff]/u)
    expect(results[0]?.code).toBeNull()
  })

  test('as many as fifty go together, each with its own code, and sent again they are the same', async () => {
    const input = {
      ...command(),
      invitations: Array.from({ length: 50 }, (_, no) => ({
        unitId: no % 2 ? branch.id : otherBranch.id,
        role: 'secretary' as const,
        name: `第${no}位`,
      })),
    }
    const first = await town.as('league-admin').get('people.invite', input)
    const codes = first.results.map(({ code }) => code)
    expect(new Set(codes).size).toBe(50)
    expect(codes).not.toContain(null)
    expect(first.results[1]?.holders).toMatchObject([{ role: 'secretary', state: 'now' }])
    const again = await town.as('league-admin').get('people.invite', input)
    expect(again.results.map(({ code }) => code)).toEqual(codes)
    expect(
      await people.refused('league-admin', 'people.invite', { invitations: [...input.invitations, entry] }),
    ).toBe('invalid-input')
    const more = { ...command(), invitations: input.invitations }
    const { results } = await town.as('league-admin').get('people.invite', more)
    const refusals = results.map(({ refusal }) => refusal?.code)
    expect(refusals).toContain('too-many-invitations')
    for (const { invitation } of [...first.results, ...results])
      if (invitation)
        await town.as('admin').get('people.withdrawInvitation', { ...command(), invitationId: invitation.id })
  })
})

describe('a seat that two persons give', () => {
  const entry = { unitId: banner.id, role: 'admin', name: '新主任' } as const

  test('who invited does not confirm, nobody confirms themselves, another admin does', async () => {
    const sent = await people.invite('admin', entry)
    await people.see('new-admin', sent.code)
    expect(await people.accept('new-admin', sent.id)).toMatchObject({
      takesTwoPersons: true,
      actions: expect.not.arrayContaining(['confirm']),
    })
    expect(await people.refused('admin', 'people.confirmInvitation', { invitationId: sent.id })).toBe(
      'second-person',
    )
    expect(
      await people.refused('township-admin', 'people.confirmInvitation', { invitationId: sent.id }),
    ).toBe('not-found')
    await people.confirm('second-admin', sent.id)
    expect((await town.as('new-admin').get('me.get', {})).memberships).toMatchObject([
      { unitId: banner.id, role: 'admin' },
    ])
  })

  test('where a unit has one admin, one above confirms', async () => {
    const deputy = { unitId: township.id, role: 'admin', name: '副主任' } as const
    const sent = await people.invite('township-admin', deputy)
    await people.see('deputy', sent.code)
    await people.accept('deputy', sent.id)
    expect(
      await people.refused('township-admin', 'people.confirmInvitation', { invitationId: sent.id }),
    ).toBe('second-person')
    await people.confirm('league-admin', sent.id)
  })

  test('an admin who takes a further seat is confirmed by somebody else', async () => {
    const sent = await people.invite('second-admin', { unitId: banner.id, role: 'clerk', name: '郝主任' })
    await people.see('second-admin', sent.code)
    await people.accept('second-admin', sent.id)
    expect(await people.refused('second-admin', 'people.confirmInvitation', { invitationId: sent.id })).toBe(
      'own-seat',
    )
    await people.confirm('admin', sent.id)
    // Who has the seat already leaves the code to whoever was meant.
    const meant = await people.invite('admin', { unitId: banner.id, role: 'clerk', name: '另一位' })
    expect(await people.refused('second-admin', 'people.seeInvitation', { code: meant.code })).toBe(
      'has-seat',
    )
    expect(await people.see('other-clerk', meant.code)).toMatchObject({ status: 'seen' })
  })

  test('its days are made fewer by one person, and more by none', async () => {
    const seat = await people.seatOf('admin', banner.id, '新主任')
    const untilAt = town.now() + 30 * dayMs
    const { seat: shorter } = await town
      .as('admin')
      .get('people.changeDates', { ...command(), seatId: seat.id, rev: seat.rev, untilAt })
    expect(shorter.untilAt).toBe(untilAt)
    const longer = { seatId: seat.id, rev: shorter.rev, untilAt: null }
    expect(await people.refused('second-admin', 'people.changeDates', longer)).toBe('second-person-again')
  })
})

describe('a seat that is changed', () => {
  const given = async (person: string, name: string) => {
    await people.seat('admin', 'admin', person, { unitId: branch.id, role: 'grid-worker', name })
    return people.seatOf('admin', branch.id, name)
  }

  test('ended it is worth nothing at the next call, repeated commands included', async () => {
    await people.seat('admin', 'admin', 'leaver', { unitId: branch.id, role: 'secretary', name: '走的人' })
    const seat = await people.seatOf('admin', branch.id, '走的人')
    const { reportId, rev } = await town.as('resident').submit({ photos: [] })
    const accepting = { ...command(), reportId, rev }
    await town.as('leaver').get('report.accept', accepting)
    // Sent again while the seat is held it is answered as it was first.
    await town.as('leaver').get('report.accept', accepting)
    await town.as('admin').get('people.end', { ...command(), seatId: seat.id, rev: seat.rev })
    expect(await town.as('leaver').refused('report.accept', accepting)).toBe('not-allowed')
    expect(await town.as('leaver').refused('queue.list', { unitId: branch.id, tab: 'working' })).toBe(
      'not-allowed',
    )
    expect((await town.as('leaver').get('me.get', {})).memberships).toEqual([])
    expect((await titlesOf('leaver'))[0]).toBe('职务结束')
  })

  test('an admin who was ended is not told the codes of an earlier command again', async () => {
    const input = {
      ...command(),
      invitations: [{ unitId: banner.id, role: 'leader' as const, name: '常委' }],
    }
    await town.put('memberships', [aSeat('gone-admin', banner, 'admin', '前主任')])
    expect((await town.as('gone-admin').get('people.invite', input)).results[0]?.code).not.toBeNull()
    const seat = await people.seatOf('admin', banner.id, '前主任')
    await town.as('admin').get('people.end', { ...command(), seatId: seat.id, rev: seat.rev })
    expect((await town.as('gone-admin').get('people.invite', input)).results).toMatchObject([
      { code: null, invitation: null, refusal: { code: 'not-found' } },
    ])
  })

  test('of two admins who change it at once the second is told, and nothing is half done', async () => {
    const { id: seatId, rev } = await given('zhao', '赵网格')
    const [one, other] = await Promise.all([
      town.as('admin').send('people.end', { ...command(), seatId, rev, at: town.now() + 9 * dayMs }),
      town
        .as('township-admin')
        .send('people.changeDates', { ...command(), seatId, rev, untilAt: town.now() + 5 * dayMs }),
    ])
    const codes = [one, other].map((answer) => (answer.ok ? 'done' : answer.error.code))
    expect(codes.sort()).toEqual(['done', 'stale-rev'])
    expect((await people.seatOf('admin', branch.id, '赵网格')).rev).toBe(rev + 1)
  })

  test('a command sent again changes it once; with other words it is another', async () => {
    const { id: seatId, rev } = await given('sun', '孙网格')
    const input = { ...command(), seatId, rev, untilAt: town.now() + 5 * dayMs }
    const { seat } = await town.as('admin').get('people.changeDates', input)
    expect((await town.as('admin').get('people.changeDates', input)).seat).toEqual(seat)
    expect(await people.refused('admin', 'people.changeDates', { ...input, untilAt: null })).toBe(
      'command-reused',
    )
  })

  test('within a day the last change is taken back, by an admin and not by who holds it', async () => {
    const { id: seatId, rev } = await given('qian', '钱网格')
    const { seat: ended } = await town.as('admin').get('people.end', { ...command(), seatId, rev })
    expect((await town.as('qian').get('me.get', {})).memberships).toEqual([])
    expect(await people.refused('qian', 'people.undo', { seatId, rev: ended.rev })).toBe('not-allowed')
    expect(ended.actions).toEqual(['undo'])
    const { seat: back } = await town.as('admin').get('people.undo', { ...command(), seatId, rev: ended.rev })
    expect(back).toMatchObject({ state: 'now', untilAt: null, actions: ['end', 'change-dates', 'hand-over'] })
    expect((await town.as('qian').get('me.get', {})).memberships).toHaveLength(1)
    expect(await people.refused('admin', 'people.undo', { seatId, rev: back.rev })).toBe('followed')
    const { seat: dated } = await town
      .as('admin')
      .get('people.changeDates', { ...command(), seatId, rev: back.rev, untilAt: town.now() + 50 * dayMs })
    town.cloud.clock.step(dayMs)
    expect(await people.refused('admin', 'people.undo', { seatId, rev: dated.rev })).toBe('undo-too-late')
  })

  test('one that was given by mistake ends: who had it did have it until then', async () => {
    const { id: seatId, rev } = await given('mistaken', '不该给')
    const { seat } = await town.as('township-admin').get('people.undo', { ...command(), seatId, rev })
    expect(seat).toMatchObject({ state: 'over', fromAt: expect.any(Number), untilAt: expect.any(Number) })
    expect((await town.as('mistaken').get('me.get', {})).memberships).toEqual([])
  })

  test('who held it when is never rewritten', async () => {
    const { id: seatId, rev } = await given('zhou', '周网格')
    const at = town.now()
    const wrong: readonly (readonly [object, string])[] = [
      [{ fromAt: at + dayMs }, 'seat-begun'],
      [{ untilAt: at - dayMs }, 'date-in-past'],
    ]
    for (const [dates, code] of wrong)
      expect(await people.refused('admin', 'people.changeDates', { seatId, rev, ...dates })).toBe(code)
    expect(await people.refused('admin', 'people.end', { seatId, rev, at: at - minuteMs })).toBe(
      'date-in-past',
    )
    const { seat } = await town.as('admin').get('people.end', { ...command(), seatId, rev })
    expect(await people.refused('admin', 'people.end', { seatId, rev: seat.rev })).toBe('seat-over')
  })

  test('whoever has a seat may leave it, and changes nothing else of it', async () => {
    const { id: seatId, rev } = await given('wu', '吴网格')
    expect(await people.refused('wu', 'people.changeDates', { seatId, rev, untilAt: null })).toBe(
      'not-allowed',
    )
    await town.as('wu').get('people.end', { ...command(), seatId, rev })
    expect((await town.as('wu').get('me.get', {})).memberships).toEqual([])
  })
})

describe('a branch without its secretary', () => {
  test('the last one may go; the level above is told when it happens, once, and sees it', async () => {
    const told = async () =>
      (await titlesOf('township-staff', township.id)).filter((title) => title === '没有书记了')
    expect(await told()).toEqual([])
    const seats = await people.seatsOf('admin', otherBranch.id)
    const seat = seats.find(({ role, state }) => role === 'secretary' && state === 'now')
    if (!seat) throw new Error('nobody is there')
    const at = town.now() + 2 * dayMs
    await town.as('admin').get('people.end', { ...command(), seatId: seat.id, rev: seat.rev, at })
    await town.later(dayMs)
    expect(await told()).toEqual([])
    await town.later(dayMs)
    await town.later(dayMs)
    expect(await told()).toHaveLength(1)
    const missing = await town
      .as('township-staff')
      .get('people.coverage', { unitId: township.id, show: 'missing' })
    expect(missing.rows.map((row) => [row.unit.id, row.missingCount])).toEqual([[otherBranch.id, 1]])
    expect(missing.rows[0]?.needed).toEqual([
      { role: 'secretary', holders: 0 },
      { role: 'grid-worker', holders: 1 },
    ])
  })

  test('who is invited stands beside who is missing, and pages go on in the order of the units', async () => {
    await people.invite('township-admin', { unitId: otherBranch.id, role: 'secretary', name: '新书记' })
    const coverage = (input: object) =>
      town.as('township-admin').get('people.coverage', { unitId: township.id, ...input })
    expect((await coverage({ show: 'invited' })).rows).toMatchObject([
      { unit: { id: branch.id }, invitations: { seenCount: 0 } },
      { unit: { id: otherBranch.id }, invitations: { openCount: 1, seenCount: 0 } },
    ])
    const first = await coverage({ limit: 1 })
    const second = await coverage({ limit: 1, cursor: first.nextCursor ?? '' })
    expect([...first.rows, ...second.rows].map(({ unit }) => unit.id)).toEqual([branch.id, otherBranch.id])
    expect(second.nextCursor).toBeNull()
  })

  test('one person who has every seat that is needed is said to be one person', async () => {
    for (const role of ['secretary', 'grid-worker'] as const)
      await people.seat('admin', 'second-admin', 'both', { unitId: branch.id, role, name: '一肩挑' })
    const { rows } = await town.as('admin').get('people.coverage', { unitId: township.id })
    expect(rows.map((row) => row.isOnePerson)).toEqual([true, false])
  })
})

describe('a secretary who hands over', () => {
  let handing: TestCloud
  let there: ReturnType<typeof peopleIn>
  beforeAll(async () => {
    handing = await openTestCloud()
    await handing.put('memberships', [
      aSeat('admin', banner, 'admin', '云主任'),
      aSeat('deputy', branch, 'grid-worker', '副书记'),
    ])
    there = peopleIn(handing)
  })
  afterAll(() => handing.close())
  afterEach(() => expect(handing.complaints.splice(0)).toEqual([]))

  const secretarySeat = async () => {
    const seats = await there.seatsOf('admin', branch.id)
    const found = seats.find(({ role, state }) => role === 'secretary' && state === 'now')
    if (!found) throw new Error('nobody is in charge')
    return found
  }
  const rolesOf = async (person: string) =>
    (await handing.as(person).get('me.get', {})).memberships.map(({ role }) => role)

  test('sees what is left behind: open matters, what is in hand by name, partners', async () => {
    const { reportId } = await handing.as('resident').submit({ photos: [] })
    await handing.as('secretary').step('report.accept', reportId, {})
    await handing.as('neighbour').submit({ photos: [] })
    const { members } = await handing.as('secretary').get('unit.targets', { reportId })
    const memberId = members.find(({ name }) => name === '副书记')?.id ?? ''
    await handing
      .as('secretary')
      .step('report.dispatch', reportId, { toUnitId: branch.id, memberId, note: '请去看' })
    await handing.later(minuteMs)
    const { id: seatId } = await secretarySeat()
    const leaving = await handing.as('secretary').get('people.leaving', { seatId })
    expect(leaving).toMatchObject({
      open: { waiting: 1, working: 1 },
      inHandCount: 0,
      isLast: true,
      partners: [{ id: housingBureau.id, name: housingBureau.name }],
    })
    expect(await handing.as('admin').get('people.leaving', { seatId })).toMatchObject({ isLast: true })
    const deputy = await there.seatOf('admin', branch.id, '副书记')
    const ofDeputy = await handing.as('deputy').get('people.leaving', { seatId: deputy.id })
    expect(ofDeputy).toMatchObject({ inHandCount: 1, isLast: false })
    expect(await handing.as('deputy').refused('people.leaving', { seatId })).toBe('not-found')
  })

  test('what was handed to somebody by name is the unit’s again when they leave', async () => {
    const { id: seatId, rev } = await there.seatOf('admin', branch.id, '副书记')
    const at = handing.now() + hourMs
    await handing.as('admin').get('people.end', { ...command(), seatId, rev, at })
    const statuses = async () =>
      (await handing.documents<{ readonly status: string }>('reports')).map(({ status }) => status).sort()
    expect(await statuses()).toEqual(['dispatched', 'routed'])
    await handing.later(hourMs)
    await handing.later(minuteMs)
    expect(await statuses()).toEqual(['accepted', 'routed'])
    const inbox = await handing.as('secretary').get('inbox.list', { unitId: branch.id })
    expect(inbox.rows[0]?.title).toBe('收回派单')
  })

  test('a new one is invited to begin when the old one ends; whoever comes later begins later', async () => {
    const { id: seatId, rev } = await secretarySeat()
    const at = handing.now() + 2 * dayMs
    const input = { ...command(), seatId, rev, at, name: '新书记' }
    const handedOver = await handing.as('admin').get('people.handOver', input)
    expect(handedOver.seat).toMatchObject({ untilAt: at, state: 'now' })
    expect(await handing.as('admin').get('people.handOver', input)).toEqual(handedOver)
    const { code, invitationId } = handedOver
    expect(await there.see('next', code ?? '')).toMatchObject({
      role: 'secretary',
      fromAt: at,
      name: '新书记',
    })
    const undoing = { seatId, rev: handedOver.seat.rev }
    expect(await there.refused('admin', 'people.undo', undoing)).toBe('followed')
    await there.accept('next', invitationId ?? '')
    await there.confirm('admin', invitationId ?? '')
    expect(await there.refused('admin', 'people.undo', undoing)).toBe('followed')
    expect([await rolesOf('secretary'), await rolesOf('next')]).toEqual([['secretary'], []])
    await handing.later(2 * dayMs)
    expect([await rolesOf('secretary'), await rolesOf('next')]).toEqual([[], ['secretary']])
    const told = await handing.as('township-staff').get('inbox.list', { unitId: township.id, limit: 50 })
    expect(told.rows.map((row) => row.title)).not.toContain('没有书记了')
  })

  test('what was handed over to nobody can be taken back', async () => {
    const { id: seatId, rev } = await secretarySeat()
    const at = handing.now() + 2 * dayMs
    const { seat, invitationId } = await handing
      .as('admin')
      .get('people.handOver', { ...command(), seatId, rev, at, name: '没来的人' })
    const actions = async () => (await secretarySeat()).actions
    expect(await actions()).toEqual(['end', 'change-dates', 'hand-over'])
    await handing
      .as('admin')
      .get('people.withdrawInvitation', { ...command(), invitationId: invitationId ?? '' })
    expect(await actions()).toContain('undo')
    const { seat: back } = await handing
      .as('admin')
      .get('people.undo', { ...command(), seatId, rev: seat.rev })
    expect(back).toMatchObject({ state: 'now', untilAt: null })
    // Whoever sends it once more is not told the code of another hand-over.
    const first = { ...command(), seatId, rev: back.rev, at, name: '又一位' }
    const handed = await handing.as('admin').get('people.handOver', first)
    await handing
      .as('admin')
      .get('people.withdrawInvitation', { ...command(), invitationId: handed.invitationId ?? '' })
    const undone = await handing
      .as('admin')
      .get('people.undo', { ...command(), seatId, rev: handed.seat.rev })
    const other = { ...command(), seatId, rev: undone.seat.rev, at, name: '第三位' }
    const { seat: last, invitationId: open } = await handing.as('admin').get('people.handOver', other)
    expect(await handing.as('admin').get('people.handOver', first)).toMatchObject({
      code: null,
      invitationId: null,
    })
    await handing.as('admin').get('people.withdrawInvitation', { ...command(), invitationId: open ?? '' })
    await handing.as('admin').get('people.undo', { ...command(), seatId, rev: last.rev })
  })

  test('somebody who has a seat there succeeds at once, by one command', async () => {
    const { id: seatId, rev } = await secretarySeat()
    const seats = await there.seatsOf('admin', branch.id)
    const worker = seats.find(({ role, state }) => role === 'grid-worker' && state === 'now')
    const successor = { seatId, rev, toSeatId: worker?.id }
    expect(await there.refused('admin', 'people.handOver', { ...successor, toSeatId: seatId })).toBe(
      'has-seat',
    )
    expect(await there.refused('admin', 'people.handOver', { ...successor, toSeatId: 'nobody' })).toBe(
      'unknown-member',
    )
    for (const whom of [{}, { ...successor, name: '新书记' }])
      expect(await there.refused('admin', 'people.handOver', { seatId, rev, ...whom })).toBe('invalid-input')
    expect(await there.refused('next', 'people.handOver', successor)).toBe('not-allowed')
    // Nor is it given by an admin to themselves, whatever seat they have there.
    const clerk = { ...aSeat('admin', branch, 'leader', '管理员自己'), id: 'seat-of-the-admin' }
    await handing.put('memberships', [clerk])
    expect(await there.refused('admin', 'people.handOver', { ...successor, toSeatId: clerk.id })).toBe(
      'own-seat',
    )
    await handing.as('admin').get('people.handOver', { ...command(), ...successor })
    expect([await rolesOf('next'), await rolesOf('grid-worker')]).toEqual([[], ['grid-worker', 'secretary']])
    const told = await handing.as('township-staff').get('inbox.list', { unitId: township.id, limit: 50 })
    expect(told.rows.map((row) => row.title)).not.toContain('没有书记了')
  })

  test('an admin’s seat is handed to nobody by one person’s word', async () => {
    await handing.put('memberships', [
      aSeat('second-admin', banner, 'admin', '郝主任'),
      aSeat('banner-clerk', banner, 'clerk', '干事'),
    ])
    const { id: seatId, rev } = await there.seatOf('admin', banner.id, '郝主任')
    const clerk = await there.seatOf('admin', banner.id, '干事')
    const input = { seatId, rev, toSeatId: clerk.id }
    expect(await there.refused('admin', 'people.handOver', input)).toBe('second-person')
    const own = { seatId, rev, name: '接班的人' }
    expect(await there.refused('second-admin', 'people.handOver', own)).toBe('own-seat')
  })
})

describe('who has no business with it', () => {
  test.each(['resident', 'secretary', 'handler', 'township-staff', 'banner-chair'])(
    '%s reads nobody’s seats and gives none',
    async (person) => {
      expect(await town.as(person).refused('people.list', { unitId: branch.id })).toBe('not-found')
      const [seat] = await people.seatsOf('admin', otherBranch.id)
      if (!seat) throw new Error('nobody is there')
      for (const action of ['end', 'changeDates', 'undo'])
        expect(await people.refused(person, `people.${action}`, { seatId: seat.id, rev: seat.rev })).toBe(
          'not-found',
        )
      const { results } = await town.as(person).get('people.invite', {
        ...command(),
        invitations: [{ unitId: branch.id, role: 'grid-worker', name: '自己人' }],
      })
      expect(results.map(({ refusal }) => refusal?.code)).toEqual(['not-found'])
    },
  )

  test('nobody who has not signed in does anything', async () => {
    expect(await people.refused(null, 'people.seeInvitation', { code: 'K7Q2 88PM' })).toBe('sign-in-required')
    expect(await town.as(null).refused('people.mine', {})).toBe('sign-in-required')
  })

  test('an admin reads no report’s words', async () => {
    const { reportId } = await town.as('resident').submit({ photos: [] })
    const asked = await town.as('admin').get('report.get', { reportId })
    expect(asked.text).toBeNull()
    expect(await town.as('admin').refused('queue.list', { unitId: banner.id, tab: 'waiting' })).toBe(
      'not-allowed',
    )
  })
})
