import { randomUUID } from 'node:crypto'
import { env } from 'node:process'
import { numbersAtOnce } from '../../cloudfunctions/contexts/report/shared/number-reports'
import type { CommandAction, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, otherBranch, township } from '../support/builders'
import { aSubmissionInput, onTheBorder } from '../support/cloud'
import { openOwnProcess } from '../support/own-process'
import { aSeat } from '../support/people'
import { inTheLane } from '../support/town'

/** What a command asks of the database: how many calls, and how often one waits before more can be asked. */
type Counts = readonly [calls: number, rounds: number]

const ordinary: Counts = [7, 4]

/**
 * What each command asks at most, answered with the report as it is then, by an instance that has served before. Whoever
 * adds a call sees it here. An ordinary step asks seven calls in four rounds:
 *
 *   the seats of who asks, the token of the limit, the report · the compare-and-set ·
 *   the reporter's inbox and the unit's figure · the messages
 *
 * Where somebody supports the matter, the row of who asks may tell their part: one call more, in a round of its own.
 * What asks for more says why; who makes one ask less lowers its numbers. `SHOW_ROUNDS=1` prints each call.
 */
const most: Readonly<Record<CommandAction, Counts>> = {
  'report.accept': ordinary,
  'report.ask': ordinary,
  'report.answer': ordinary,
  'report.openMessage': ordinary,
  'report.denyContact': ordinary,
  'report.add': ordinary,
  'report.urge': ordinary,
  'report.note': ordinary,
  'report.progress': ordinary,
  'report.layPlan': ordinary,
  'report.correctSummary': ordinary,
  'report.supervise': ordinary,
  'report.rate': ordinary,
  'report.reopen': ordinary,
  'report.recall': ordinary,
  'report.rework': ordinary,
  'report.check': ordinary,
  'report.decline': ordinary,
  'report.appeal': ordinary,
  'report.suspend': ordinary,
  'report.sayReasonGone': ordinary,
  'report.resume': ordinary,
  'report.agree': ordinary,
  'report.extend': ordinary,
  'report.sayToAppeal': ordinary,
  'report.appealStruck': ordinary,
  'redFace.declare': ordinary,
  'redFace.answer': ordinary,

  // A photograph of the reporter’s is looked at and given: two calls less without a picture (below).
  'report.submit': [10, 4],

  // Its number is kept besides, to be found by; a second print finds it so.
  'report.submitOnBehalf': [12, 7],
  'report.reprint': [7, 6],

  // Their row is put down, and whoever taps at the same time is counted in with them.
  'report.support': [9, 6],
  'report.takeUp': [10, 6],

  // The number is read when the trace says that it was.
  'report.revealPhone': [7, 5],

  // Is the reporter one of ours (H3)? Their seats tell.
  'report.contact': [8, 6],

  // The unit that gets it, with its people (L2), and who ends up above; the figures of either.
  'report.dispatch': [9, 5],
  'report.sendBack': [8, 4],
  'report.return': [9, 6],
  'report.route': [9, 5],
  'report.reassign': [8, 5],
  'report.transfer': [9, 5],
  'report.takeOver': [10, 5],
  'report.ruleOn': [9, 5],
  'report.relocate': [9, 7],
  'redFace.declareNew': [9, 5],

  // Whether there is somebody above who may decide (H1).
  'report.reclassify': [7, 5],
  'redFace.appeal': [7, 5],

  // Evidence must be new by its picture (F5).
  'report.claimFixed': [13, 7],
  'report.layEvidence': [15, 10],

  // The first of an hour makes the bucket that later ones take from.
  'report.resolve': [10, 7],
  'report.askLook': [9, 7],
  'report.appealLook': [9, 7],

  // What stands on the list is shown at once.
  'report.look': [12, 8],

  // The unit, the seat's own unit, what must not be there already; the change, the unit, the change again, what follows.
  'unit.add': [16, 14],
  'unit.correct': [12, 11],
  // Its seats and whom it has promised to help.
  'unit.rename': [19, 16],
  // What it has agreed on, of either side, what else it is in; all that follows is done side by side.
  'unit.close': [24, 18],
  'unit.move': [29, 22],
  'unit.split': [27, 21],
  'unit.undo': [15, 14],
  'unitList.check': [5, 4],
  'unitList.cure': [5, 4],
  'unitList.import': [5, 4],
  'job.cancel': [4, 3],
  // The unit, its seats, its open invitations and whether the code is new; then the invitation itself.
  'people.invite': [7, 3],
  // A code that is looked up counts by itself; who has the seat already leaves it to others.
  'people.seeInvitation': [7, 6],
  'people.acceptInvitation': [6, 5],
  'people.declineInvitation': [6, 5],
  'people.refuseInvitation': [6, 5],
  'people.withdrawInvitation': [5, 4],
  // Who has such a seat already; the seat, and its holder's message.
  'people.confirmInvitation': [8, 7],
  'people.end': [6, 5],
  'people.changeDates': [6, 5],
  'people.undo': [6, 5],
  // Whether the code is new; the invitation, and the seat as it is then.
  'people.handOver': [9, 7],

  // Who helps, and whether they have agreed already; what it is called is read beside nothing.
  'bond.begin': [8, 7],
  'bond.change': [6, 6],
  'bond.end': [6, 6],
  // Whether work was handed over meanwhile: in the partner's hands, or out of them again.
  'bond.undo': [8, 7],

  // People are moved: within the request where they are few.
  'report.withdraw': [10, 6],
  'report.merge': [24, 18],
  'report.unmerge': [18, 13],
}

type Command = keyof typeof most
const measured = new Map<Command, { readonly counts: Counts; readonly calls: readonly string[] }>()

let own: Awaited<ReturnType<typeof openOwnProcess>>
afterAll(() => own.close())

/** Whoever comes to this instance after a pause finds it knowing nothing: what that costs is not the command's. */
const comeAgain = () => own.get('resident', 'place.preview', { point: inTheLane })

/** Carries a command out and counts what it asks; the dearest time of several counts. */
const command = async <A extends Command>(
  person: string,
  action: A,
  input: InputOf<A>,
): Promise<OutputOf<A>> => {
  await comeAgain()
  let answer: OutputOf<A> | undefined
  const { calls, rounds } = await own.database.during(async () => {
    answer = await own.get(person, action, input)
  })
  const [mostCalls, mostRounds] = measured.get(action)?.counts ?? [0, 0]
  if (calls.length > mostCalls || (calls.length === mostCalls && rounds > mostRounds))
    measured.set(action, { counts: [calls.length, Math.max(rounds, mostRounds)], calls })
  if (answer === undefined) throw new Error(`${action} was not answered`)
  return answer
}

const submit = async (person: string, overrides: Partial<InputOf<'report.submit'>> = {}): Promise<string> =>
  (
    await command(
      person,
      'report.submit',
      aSubmissionInput(person, { phone: '13800000000', photos: [], ...overrides }),
    )
  ).reportId

type Stepping = Exclude<
  Command,
  | 'report.submit'
  | 'report.support'
  | 'report.takeUp'
  | 'redFace.declareNew'
  | `${'unit' | 'unitList' | 'job' | 'people'}.${string}`
>
/** Takes a step on a report that its reader has just opened. */
const step = async <A extends Stepping>(
  person: string,
  action: A,
  reportId: string,
  input: Omit<InputOf<A>, 'commandId' | 'reportId' | 'rev'>,
): Promise<OutputOf<A>> => {
  const { rev } = await own.get(person, 'report.get', { reportId })
  return command(person, action, { commandId: randomUUID(), reportId, rev, ...input } as InputOf<A>)
}
const support = (person: string, reportId: string) =>
  command(person, 'report.support', { commandId: randomUUID(), reportId })

const work = { note: '垫平了', remedy: 'lasting' } as const
const verdict = (solved: 'yes' | 'no') =>
  ({ contacted: true, solved, satisfaction: solved === 'yes' ? 'satisfied' : 'dissatisfied' }) as const

/** What people do in a town, until every command has been asked for. */
const everything: Readonly<Record<string, () => Promise<void>>> = {
  'a matter from its being sent to its being reopened': async () => {
    const photos = ['photo-of-resident']
    const id = await submit('resident', { categoryId: 'lane-hardening', photos })
    await step('secretary', 'report.revealPhone', id, {})
    await step('secretary', 'report.accept', id, {})
    await step('secretary', 'report.contact', id, { channel: 'visit', note: '去看了' })
    await step('secretary', 'report.ask', id, { words: '是哪一段？' })
    await step('resident', 'report.answer', id, { words: '门口那一段' })
    await step('secretary', 'report.contact', id, { channel: 'message', note: '明天来修' })
    await step('resident', 'report.openMessage', id, {})
    await step('resident', 'report.denyContact', id, {})
    await step('resident', 'report.add', id, { words: '又下雨了' })
    await step('resident', 'report.urge', id, {})
    await step('secretary', 'report.note', id, { note: '留意下雨' })
    await step('secretary', 'report.progress', id, { note: '拉来砂石' })
    await step('secretary', 'report.layPlan', id, {
      text: '硬化二百米',
      doneBy: own.now() + 60 * dayMs,
      budget: '三十万元',
    })
    await step('secretary', 'report.correctSummary', id, { publicSummary: '供销社旁边积水' })
    await step('township-staff', 'report.supervise', id, { note: '本周办好' })
    await step('secretary', 'report.resolve', id, work)
    await step('resident', 'report.rate', id, verdict('yes'))
    await step('resident', 'report.reopen', id, { reason: '又坏了' })
  },
  'a matter that the counter reports for somebody': async () => {
    const { number } = await command('counter', 'report.submitOnBehalf', {
      ...aSubmissionInput('counter', { categoryId: 'street-lamp', photos: [] }),
      unitId: branch.id,
      hasConsented: true,
      printerId: 'device-at-the-counter',
    })
    await command('counter', 'report.reprint', { commandId: randomUUID(), number, unitId: branch.id })
  },
  'work that is handed to a partner': async () => {
    const id = await submit('resident', { categoryId: 'street-lamp' })
    await step('secretary', 'report.accept', id, {})
    const dispatch = () =>
      step('secretary', 'report.dispatch', id, { toUnitId: housingBureau.id, note: '请三天内修好' })
    await dispatch()
    await step('secretary', 'report.recall', id, {})
    await dispatch()
    await step('handler', 'report.sendBack', id, { note: '没有机械' })
    await dispatch()
    await step('handler', 'report.claimFixed', id, work)
    await step('secretary', 'report.rework', id, { note: '还不亮' })
    await step('handler', 'report.claimFixed', id, { ...work, after: ['photo-of-handler'] })
    await step('secretary', 'report.check', id, {})
  },
  'a matter that is declined, and one that waits': async () => {
    const declined = await submit('resident', { categoryId: 'rubbish' })
    await step('secretary', 'report.decline', declined, { reason: 'not-real', note: '没有这回事' })
    await step('township-staff', 'report.ruleOn', declined, { request: 'decline', isGranted: true })
    await step('resident', 'report.appeal', declined, { reason: '情况属实' })
    const waiting = await submit('neighbour', { categoryId: 'rubbish' })
    await step('secretary', 'report.accept', waiting, {})
    const untilAt = own.now() + 20 * dayMs
    await step('secretary', 'report.suspend', waiting, { reason: '等料', plan: '二十天后', untilAt })
    await step('township-staff', 'report.ruleOn', waiting, { request: 'suspend', isGranted: true })
    await step('neighbour', 'report.sayReasonGone', waiting, { reason: '料到了' })
    await step('secretary', 'report.resume', waiting, {})
  },
  'a matter whose kind, place and time are put right': async () => {
    const id = await submit('second-neighbour', { categoryId: 'rubbish' })
    await step('secretary', 'report.accept', id, {})
    await step('secretary', 'report.reclassify', id, { categoryId: 'street-lamp' })
    await step('second-neighbour', 'report.agree', id, { request: 'reclassify' })
    const place = { point: movePoint(inTheLane, 40, 0), words: '供销社往西' }
    await step('secretary', 'report.relocate', id, { place })
    const resolveDueAt = (await own.town.report(id)).deadlines.resolveDueAt + dayMs
    await step('secretary', 'report.extend', id, { reason: '连日下雨', resolveDueAt })
  },
  'a matter that goes from hand to hand': async () => {
    const returned = await submit('resident', { categoryId: 'ordinary' })
    await step('secretary', 'report.return', returned, { reason: 'not-our-place' })
    await step('township-staff', 'report.route', returned, { toUnitId: otherBranch.id })
    await step('township-staff', 'report.reassign', returned, { toUnitId: branch.id, note: '由近的办' })
    const transferred = await submit('neighbour', { categoryId: 'ordinary' })
    await step('secretary', 'report.transfer', transferred, { toUnitId: otherBranch.id, note: '在他们那边' })
    const border = { point: onTheBorder, words: '两个社区之间' }
    const between = await submit('second-neighbour', { categoryId: 'ordinary', place: border })
    await step('other-secretary', 'report.takeOver', between, {})
    await support('resident', transferred)
    await step('neighbour', 'report.withdraw', transferred, {})
  },
  'two that are one matter': async () => {
    const parentReportId = await submit('resident', { categoryId: 'ordinary' })
    own.pass(minuteMs)
    const id = await submit('neighbour', { categoryId: 'ordinary' })
    await support('second-neighbour', id)
    await step('secretary', 'report.merge', id, { parentReportId })
    await step('neighbour', 'report.unmerge', id, {})
  },
  'an entry that is disputed': async () => {
    const id = await submit('resident', { categoryId: 'utilities' })
    await step('secretary', 'report.accept', id, {})
    await step('secretary', 'report.resolve', id, work)
    await step('resident', 'report.rate', id, verdict('no'))
    await step('secretary', 'redFace.appeal', id, { reason: '已经修好' })
    await step('township-staff', 'report.look', id, { finding: 'solved', note: '平整' })
    await step('resident', 'report.sayToAppeal', id, { words: '下雨还是过不去' })
    await step('township-staff', 'report.ruleOn', id, { request: 'appeal-red-face', isGranted: true })
    await step('resident', 'report.appealStruck', id, { reason: '那天没下雨' })
  },
  'an entry that a branch lists itself, and that is looked at': async () => {
    const id = await submit('resident', { categoryId: 'ordinary' })
    await step('secretary', 'report.accept', id, {})
    await step('secretary', 'redFace.declare', id, { note: '群众意见最大' })
    await support('neighbour', id)
    // Its notice goes by: everybody may know of it.
    await own.later(2 * dayMs)
    await step('secretary', 'report.layEvidence', id, { note: '垫了一层', photos: ['photo-of-secretary'] })
    await step('secretary', 'report.resolve', id, work)
    await step('neighbour', 'redFace.answer', id, { isGone: false })
    // The reporter says nothing.
    await own.later(8 * dayMs)
    await step('secretary', 'report.askLook', id, {})
    await step('township-staff', 'report.look', id, { finding: 'solved', note: '平整' })
    await step('neighbour', 'report.appealLook', id, { reason: '只看了一头' })
  },
  'people who are invited to a branch': async () => {
    const again = () => ({ commandId: randomUUID() })
    const sent = async () => {
      const { results } = await command('admin', 'people.invite', {
        ...again(),
        invitations: [{ unitId: branch.id, role: 'grid-worker', name: '李网格' }],
      })
      return { invitationId: results[0]?.invitation?.id ?? '', code: results[0]?.code ?? '' }
    }
    const come = async (person: string) => {
      const { invitationId, code } = await sent()
      await command(person, 'people.seeInvitation', { ...again(), code })
      return { ...again(), invitationId }
    }
    await command('villager', 'people.declineInvitation', await come('villager'))
    await command('admin', 'people.refuseInvitation', await come('villager'))
    await command('admin', 'people.withdrawInvitation', {
      ...again(),
      invitationId: (await sent()).invitationId,
    })
    const invited = await come('villager')
    await command('villager', 'people.acceptInvitation', { ...invited, phoneTail: '4471' })
    await command('admin', 'people.confirmInvitation', { ...again(), invitationId: invited.invitationId })
    const { rows } = await own.get('admin', 'people.list', { unitId: branch.id })
    const seat = rows.find(({ name }) => name === '李网格')
    if (!seat) throw new Error('nobody got the seat')
    const seatId = seat.id
    const dated = await command('admin', 'people.changeDates', {
      ...again(),
      seatId,
      rev: seat.rev,
      untilAt: own.now() + 30 * dayMs,
    })
    const undone = await command('admin', 'people.undo', { ...again(), seatId, rev: dated.seat.rev })
    await command('admin', 'people.end', { ...again(), seatId, rev: undone.seat.rev })
    const [secretary] = rows.filter(({ role }) => role === 'secretary')
    if (!secretary) throw new Error('nobody is in charge')
    await command('admin', 'people.handOver', {
      ...again(),
      seatId: secretary.id,
      rev: secretary.rev,
      at: own.now() + 30 * dayMs,
      name: '新书记',
    })
  },
  'a partner who is bound to a branch': async () => {
    const on = ({ kind, id, rev }: OutputOf<'bond.begin'>['bond']) => ({
      commandId: randomUUID(),
      kind,
      bondId: id,
      rev,
    })
    const { bond } = await command('admin', 'bond.begin', {
      commandId: randomUUID(),
      kind: 'partnership',
      unitId: otherBranch.id,
      partnerId: housingBureau.id,
    })
    const changed = await command('admin', 'bond.change', { ...on(bond), groups: ['road'] })
    const undone = await command('admin', 'bond.undo', on(changed.bond))
    await command('admin', 'bond.end', on(undone.bond))
  },
  'a matter that nobody has reported yet': async () => {
    const place = { point: movePoint(inTheLane, -200, 0), words: '早市路口' }
    const { reportId } = await command('secretary', 'redFace.declareNew', {
      commandId: randomUUID(),
      unitId: branch.id,
      categoryId: 'rubbish',
      text: '垃圾成堆',
      place,
    })
    await command('neighbour', 'report.takeUp', { commandId: randomUUID(), reportId, point: place.point })
  },
  'units that are kept up': async () => {
    const asked = () => ({ commandId: randomUUID() })
    const added = { parentId: township.id, name: '新村党支部', kind: 'branch', code: '150221100010' } as const
    const { unit } = await command('admin', 'unit.add', { ...asked(), ...added })
    const seen = (rev: number) => ({ ...asked(), unitId: unit.id, rev })
    const { change } = await command('admin', 'unit.correct', { ...seen(0), population: 900 })
    await command('admin', 'unit.undo', { ...asked(), unitId: unit.id, changeId: change.id })
    await command('admin', 'unit.rename', { ...seen(2), name: '新民村党支部' })
    const other = { parentId: banner.id, name: '双龙镇党委', kind: 'committee', code: '150221105' } as const
    const { unit: otherTownship } = await command('admin', 'unit.add', { ...asked(), ...other })
    const moved = await command('admin', 'unit.move', { ...seen(3), parentId: otherTownship.id })
    const unitId = moved.unit.successorId ?? ''
    const parts = [{ name: '新民第一党支部' }, { name: '新民第二党支部' }]
    const split = await command('admin', 'unit.split', { ...asked(), unitId, rev: 0, parts, heir: 0 })
    const [first = '', second = ''] = split.change.newUnitIds
    await command('admin', 'unit.close', { ...asked(), unitId: first, rev: 0, successorId: second })
  },
  'a list of units': async () => {
    const { folder } = await own.get('admin', 'photo.ticket', {})
    const fileId = `cloud://local.local-bucket/${folder}/${randomUUID()}.csv`
    const list = { unitId: banner.id, fileId, fileName: '组织名单.csv' }
    const { id: jobId } = await command('admin', 'unitList.check', {
      commandId: randomUUID(),
      ...list,
    })
    const again = await command('admin', 'unitList.check', { commandId: randomUUID(), ...list })
    await command('admin', 'job.cancel', { commandId: randomUUID(), jobId: again.id })
    await own.town.put('list_rows', [
      { _id: `${jobId}:2`, jobId, no: 2, verdict: 'bad', cells: {}, problem: null, cure: null } as never,
    ])
    const cure = { do: 'skip' } as const
    await command('admin', 'unitList.cure', { commandId: randomUUID(), jobId, no: 2, cure })
    await own.town.meddle('jobs', jobId, { status: 'done', isOpen: false })
    await command('admin', 'unitList.import', { commandId: randomUUID(), jobId, cures: 'chosen' })
  },
}

beforeAll(async () => {
  own = await openOwnProcess()
  await own.town.put('memberships', [
    aSeat('admin', banner, 'admin', '云主任'),
    aSeat('counter', branch, 'counter'),
  ])
  // Somebody has been here before: the figures of the units have begun, and the calendar is known.
  const { reportId } = await own.get(
    'villager',
    'report.submit',
    aSubmissionInput('villager', { photos: [] }),
  )
  await own.get('villager', 'report.get', { reportId })
  for (const happening of Object.values(everything)) {
    await happening()
    own.pass(10 * minuteMs)
  }
})

let supported: Counts = [Number.NaN, Number.NaN]
beforeAll(async () => {
  const sent = aSubmissionInput('resident', { categoryId: 'street-lamp', photos: [] })
  const { reportId: id } = await own.get('resident', 'report.submit', sent)
  await own.get('neighbour', 'report.support', { commandId: randomUUID(), reportId: id })
  const { rev } = await own.get('secretary', 'report.get', { reportId: id })
  const { calls, rounds } = await own.database.during(() =>
    own.get('secretary', 'report.accept', { commandId: randomUUID(), reportId: id, rev }),
  )
  supported = [calls.length, rounds]
})

test('an ordinary step on what somebody supports asks one call more, in one round more', () => {
  const [calls, rounds] = ordinary
  expect([Math.max(supported[0], calls + 1), Math.max(supported[1], rounds + 1)]).toEqual([
    calls + 1,
    rounds + 1,
  ])
})

const table = (): string =>
  [...measured]
    .map(
      ([
        action,
        {
          counts: [calls, rounds],
          calls: asked,
        },
      ]) =>
        [`${action}: ${calls} calls, ${rounds} rounds, ${rounds * 100} ms at 100 ms a round`, ...asked].join(
          '\n  ',
        ),
    )
    .join('\n')

test.each(Object.entries(most))(
  '%s asks the database no more, and waits for it no oftener',
  (action, bound) => {
    const found = measured.get(action as Command)
    const [calls, rounds] = found?.counts ?? [Number.NaN, Number.NaN]
    expect([Math.max(calls, bound[0]), Math.max(rounds, bound[1]), found?.calls]).toEqual([
      ...bound,
      found?.calls,
    ])
  },
)

test('the table as it is measured', () => {
  if (env.SHOW_ROUNDS) console.info(table())
  expect(measured.size).toBe(Object.keys(most).length)
})

test('a submission without a picture asks eight calls in four rounds, also where the matter comes back', async () => {
  const place = { point: movePoint(inTheLane, 160, 0), words: '粮站门口' }
  const send = async (person: string, overrides: Partial<InputOf<'report.submit'>>) => {
    const sent = aSubmissionInput(person, { photos: [], ...overrides })
    let reportId = ''
    await comeAgain()
    const { calls, rounds } = await own.database.during(async () => {
      ;({ reportId } = await own.get(person, 'report.submit', sent))
    })
    return { reportId, calls, rounds }
  }
  // Once in sixteen submissions an instance has no number left that it has kept.
  for (let count = 0; count < numbersAtOnce; count += 1) {
    const { calls } = await send('villager', { categoryId: 'suggestion' })
    if (calls.some((call) => call.includes('report_numbers'))) break
  }
  const first = await send('resident', { categoryId: 'street-lamp', place })
  await step('secretary', 'report.accept', first.reportId, {})
  await step('secretary', 'report.resolve', first.reportId, work)
  await step('resident', 'report.rate', first.reportId, verdict('yes'))
  const again = await send('resident', { categoryId: 'street-lamp', place })
  expect((await own.town.report(again.reportId)).comesBackTo?.id).toBe(branch.id)
  for (const { calls, rounds } of [first, again])
    expect([Math.max(calls.length, 8), Math.max(rounds, 4), calls]).toEqual([8, 4, calls])
})
