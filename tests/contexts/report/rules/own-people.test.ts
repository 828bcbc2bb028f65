import type { Membership } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { allowedActions, authorise } from '../../../../cloudfunctions/contexts/report/access'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { isOneOfOurs, relationsOf } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { lineText, messageText } from '../../../../cloudfunctions/contexts/report/words'
import { minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aComplaint,
  aMembership,
  aReport,
  attempt,
  branch,
  callerOf,
  clerk,
  dispatchTo,
  everyAction,
  gridWorker,
  housingWorker,
  law,
  newWork,
  otherBranch,
  type Person,
  refusalFrom,
  reporter,
  reportIn,
  secretary,
  staff,
  take,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'

const person = (name: string, ...memberships: readonly Membership[]): Person => ({ name, memberships })
const deputy = person('deputy', aMembership(branch, 'secretary'))
const secondWorker = person('second-worker', aMembership(branch, 'grid-worker'))
const inBranch = [secretary, gridWorker, deputy, secondWorker]

const accepted = take(take(aReport(), 'accept'), 'contact')
const handed = take(accepted, dispatchTo(gridWorker, accepted), { by: secretary })
const claimed = take(handed, 'claim-fixed', { by: gridWorker })

const handsTo = (report: Report, member: Person, people: readonly Person[]) =>
  refusalFrom(report, dispatchTo(member, report, people), { by: secretary })

describe('L2: the work is handed to a member only where another member could check it', () => {
  test.each<[string, Person, readonly Person[], string | undefined]>([
    ['to the grid worker, the secretary can look', gridWorker, [secretary, gridWorker], undefined],
    ['to the secretary, another secretary can', secretary, [secretary, deputy], undefined],
    ['to the only secretary, a grid worker cannot', secretary, [secretary, gridWorker], 'no-other-checker'],
    ['in a unit of one', secretary, [secretary], 'no-other-checker'],
    ['to somebody who is not of the unit', housingWorker, staff, 'unknown-member'],
    ['to somebody who has left it', deputy, [secretary, gridWorker], 'unknown-member'],
  ])('%s', (_what, member, people, code) => {
    expect(handsTo(accepted, member, people)).toBe(code)
  })

  test('two seats of one person are one person (一肩挑)', () => {
    const both = person(secretary.name, aMembership(branch, 'secretary'), aMembership(branch, 'grid-worker'))
    expect(handsTo(accepted, both, [both, gridWorker])).toBe('no-other-checker')
  })

  test('a member whose seat is in a unit that worked on it is none who could check', () => {
    const withPartner = person(deputy.name, ...deputy.memberships, ...housingWorker.memberships)
    const back = take(take(accepted, 'dispatch', { by: secretary }), 'recall', { by: secretary })
    expect(handsTo(back, secretary, [secretary, withPartner])).toBe('no-other-checker')
    expect(handsTo(back, secretary, [secretary, deputy])).toBeUndefined()
  })

  test('nor one who worked on it before: where all have, a level above or a partner is left', () => {
    const back = take(take(accepted, dispatchTo(deputy, accepted, inBranch), { by: secretary }), 'recall', {
      by: secretary,
    })
    expect(handsTo(back, secretary, [secretary, deputy, gridWorker])).toBe('no-other-checker')
    expect(handsTo(back, gridWorker, [secretary, deputy, gridWorker])).toBeUndefined()
  })

  test('it is handed within the unit that answers, to nobody twice, and by those who may dispatch', () => {
    const elsewhere = { ...dispatchTo(gridWorker, accepted), unit: unitFacts(otherBranch) }
    expect(refusalFrom(accepted, elsewhere, { by: secretary })).toBe('unknown-unit')
    expect(handsTo(handed, gridWorker, [secretary, gridWorker])).toBe('handed-already')
    expect(refusalFrom(accepted, dispatchTo(gridWorker, accepted), { by: gridWorker })).toBe('not-allowed')
    expect(refusalFrom(claimed, dispatchTo(secondWorker, claimed, inBranch), { by: secretary })).toBe(
      'wrong-status',
    )
  })

  test('the others leave later: the work is claimed all the same, and a level above checks it or moves it', () => {
    const alone = [gridWorker]
    expect(handsTo(accepted, gridWorker, alone)).toBe('no-other-checker')
    expect(refusalFrom(claimed, 'check', { by: gridWorker })).toBe('not-allowed')
    expect(take(claimed, 'check', { by: clerk }).status).toBe('resolved')
    expect(take(claimed, 'rework', { by: clerk }).status).toBe('dispatched')
    expect(take(handed, 'reassign', { by: clerk })).toMatchObject({ status: 'routed', handlerUnitId: null })
  })

  test('the member leaves: nobody acts for them, and the work is recalled or handed on', () => {
    const left = person(gridWorker.name)
    for (const step of ['claim-fixed', 'send-back', 'progress'] as const) {
      expect(refusalFrom(handed, step, { by: left })).toBe('not-allowed')
    }
    expect(take(handed, 'recall', { by: secretary })).toMatchObject({
      status: 'accepted',
      handlerUnitId: null,
    })
    const handedOn = take(handed, dispatchTo(secondWorker, handed, inBranch), { by: secretary })
    expect(handedOn.dispatches.map((one) => one.memberId)).toEqual([gridWorker.name, secondWorker.name])
    expect(take(handed, 'dispatch', { by: secretary }).dispatches[1]?.memberId).toBeUndefined()
  })

  test('its unit ends: the matter goes home and the member has it no longer', () => {
    const home = take(handed, {
      kind: 'go-home',
      to: unitFacts(otherBranch),
      gone: { unit: branch.name },
    })
    expect(home).toMatchObject({
      status: 'routed',
      answerableUnit: { id: otherBranch.id },
      handlerUnitId: null,
    })
    expect(relationsOf(callerOf(gridWorker, home), home)).not.toContain('handler')
  })
})

describe('L4: what is handed to a member is theirs alone to do', () => {
  const handlersOwn = ['claim-fixed', 'send-back'] as const

  test.each(handlersOwn)('%s is the member’s, not the secretary’s nor another grid worker’s', (kind) => {
    expect(attempt(handed, kind, { by: gridWorker }).ok).toBe(true)
    for (const by of [secretary, secondWorker, deputy, clerk, housingWorker]) {
      expect(authorise(callerOf(by, handed), kind, handed).isAllowed).toBe(false)
    }
  })

  test('the branch goes on as before: it contacts, tells, takes back; the member’s own seat does what it did', () => {
    const context = { now: handed.changedAt + minuteMs, law }
    const of = (by: Person) => allowedActions(callerOf(by, handed), handed, { ...context, actorId: by.name })
    expect(of(secretary)).toEqual(expect.arrayContaining(['contact', 'progress', 'recall', 'dispatch']))
    expect(of(gridWorker)).toEqual(expect.arrayContaining(['contact', 'progress', 'claim-fixed']))
  })

  test('sent back, it is nobody’s any more', () => {
    const back = take(handed, 'send-back', { by: gridWorker })
    expect(back).toMatchObject({ status: 'accepted', handlerUnitId: null })
    expect(refusalFrom(back, 'claim-fixed', { by: gridWorker })).toBe('not-allowed')
  })
})

describe('H2: of the answering unit’s people only those who worked on it are barred from checking', () => {
  test('the member never checks, through whichever seat they hold by then; a colleague does', () => {
    const risen = person(gridWorker.name, aMembership(branch, 'secretary'))
    const above = person(gridWorker.name, aMembership(township, 'clerk'))
    for (const by of [risen, above]) {
      expect(refusalFrom(claimed, 'check', { by })).toBe('checker-is-fixer')
      expect(refusalFrom(claimed, 'rework', { by })).toBe('checker-is-fixer')
    }
    expect(refusalFrom(claimed, 'check', { by: secretary })).toBeUndefined()
    expect(refusalFrom(claimed, 'check', { by: deputy })).toBeUndefined()
  })

  test('nor by being handed it, doing it, and having it handed on before a word was said', () => {
    const toDeputy = take(accepted, dispatchTo(deputy, accepted, inBranch), { by: secretary })
    const on = take(toDeputy, dispatchTo(gridWorker, toDeputy, inBranch), { by: secretary })
    const done = take(on, 'claim-fixed', { by: gridWorker })
    expect(refusalFrom(done, 'check', { by: deputy })).toBe('checker-is-fixer')
    expect(refusalFrom(done, 'check', { by: secretary })).toBeUndefined()
  })

  test('nor by having it taken back and resolving it with the unit’s own hands', () => {
    const back = take(handed, 'recall', { by: secretary })
    expect(refusalFrom(back, 'resolve', { by: gridWorker })).toBe('checker-is-fixer')
    expect(refusalFrom(back, 'resolve', { by: secretary })).toBeUndefined()
  })

  test('what colleagues write while a member has it makes none of them a worker; what the member writes does', () => {
    const told = take(take(handed, 'progress', { by: secretary }), 'note', { by: deputy })
    expect(told.workers).toEqual([])
    expect(take(handed, 'progress', { by: gridWorker }).workers).toEqual([gridWorker.name])
    expect(take(handed, 'note', { by: gridWorker }).workers).toEqual([gridWorker.name])
  })

  test('a clerk above with a seat in the branch is of the branch, and checks there or not at all', () => {
    const both = person('x', aMembership(township, 'clerk'), aMembership(branch, 'grid-worker'))
    expect(refusalFrom(claimed, 'check', { by: both })).toBe('not-allowed')
  })
})

describe('H4: a complaint is handed to one of the committee’s own people, never to one of the accused', () => {
  const secondClerk = person('second-clerk', aMembership(township, 'clerk'))
  const complaint = take(aComplaint(), 'accept', { by: clerk })
  const to = (member: Person, people: readonly Person[]) =>
    refusalFrom(complaint, dispatchTo(member, complaint, people), { by: clerk })

  test('to a colleague, and another looks', () => {
    expect(to(secondClerk, [clerk, secondClerk])).toBeUndefined()
    const theirs = take(complaint, dispatchTo(secondClerk, complaint, [clerk, secondClerk]), { by: clerk })
    const done = take(theirs, 'claim-fixed', { by: secondClerk })
    expect(done.status).toBe('awaiting-check')
    expect(take(done, 'check', { by: clerk }).status).toBe('resolved')
    expect(done.timeline.filter((event) => lineText(event).includes('共建'))).toEqual([])
  })

  test('to nobody with a seat in the accused unit, and none of those is counted as who could look', () => {
    const accused = person('of-both', ...secondClerk.memberships, aMembership(branch, 'grid-worker'))
    expect(to(accused, [clerk, accused])).toBe('unknown-member')
    expect(to(clerk, [clerk, accused])).toBe('no-other-checker')
    const once = {
      ...callerOf(secondClerk, complaint),
      actorId: 'once',
      handKey: 'hand.once',
      seatsEverIn: [township.id, branch.id],
    }
    const command = dispatchTo(secondClerk, complaint, [clerk])
    const colleagues = [...(command.member?.colleagues ?? []), once]
    expect(refusalFrom(complaint, { ...command, member: { id: 'once', colleagues } }, { by: clerk })).toBe(
      'unknown-member',
    )
  })

  test('and still to no partner', () => {
    expect(refusalFrom(complaint, 'dispatch', { by: clerk })).toBe('confidential')
  })
})

describe('F2: outsiders read the unit, never the person', () => {
  test('no line and no message to residents says that one person has it', () => {
    const reworked = take(take(claimed, 'rework', { by: secretary }), 'send-back', { by: gridWorker })
    for (const event of reworked.timeline) {
      if (event.visibility !== 'public') continue
      expect(lineText(event)).not.toMatch(/承办人|网格员|书记/)
    }
    for (const entry of reworked.outbox) {
      if (entry.kind === 'message' && typeof entry.to === 'string')
        expect(messageText(entry).text).not.toMatch(/承办人|网格员/)
    }
    const dispatched = handed.timeline.find((event) => event.kind === 'dispatched')
    expect(dispatched && lineText(dispatched)).toBe(`由${branch.name}自己处置`)
  })
})

describe('A7: within the unit the member and the others are two sides', () => {
  const saidTo = (before: Report, after: Report, memberId: string | undefined): readonly string[] =>
    newWork(before, after).flatMap((entry) =>
      entry.kind === 'message' &&
      typeof entry.to === 'object' &&
      'unitId' in entry.to &&
      entry.to.unitId === branch.id &&
      entry.to.memberId === memberId
        ? [messageText(entry).text]
        : [],
    )

  test('who gains it reads that it is theirs, who loses it that it is no more, and nobody reads it twice', () => {
    expect(saidTo(accepted, handed, gridWorker.name)).toEqual([
      expect.stringMatching(/^“[^”]+”派给您处置。$/),
    ])
    const on = take(handed, dispatchTo(secondWorker, handed, inBranch), { by: secretary })
    expect(saidTo(handed, on, secondWorker.name)).toEqual([expect.stringContaining('派给您处置')])
    expect(saidTo(handed, on, gridWorker.name)).toEqual([expect.stringContaining('换人处置')])
    expect(saidTo(handed, on, undefined)).toEqual([])
  })

  test('a secretary who has it hands it on: the others hear of it, and the one who gains it', () => {
    const own = take(accepted, dispatchTo(secretary, accepted, inBranch), { by: deputy })
    const on = take(own, dispatchTo(gridWorker, own, inBranch), { by: secretary })
    expect(saidTo(own, on, undefined)).toHaveLength(1)
    expect(saidTo(own, on, gridWorker.name)).toEqual([expect.stringContaining('派给您处置')])
    expect(saidTo(own, on, secretary.name)).toEqual([])
  })

  test('what comes from outside is told to the unit as a whole, and so to the member once', () => {
    const urged = take(handed, 'urge', { by: reporter })
    expect(saidTo(handed, urged, undefined)).toHaveLength(1)
    expect(saidTo(handed, urged, gridWorker.name)).toEqual([])
  })
})

describe('what does not change', () => {
  test('A2: the time a member works is the branch’s: what falls due meanwhile is its own', () => {
    const late = wait(handed, handed.deadlines.resolveDueAt)
    expect(late.redFaces[0]?.causes.map((cause) => [cause.unit.id])).toEqual([[branch.id]])
    expect(late.stints).toHaveLength(1)
  })

  test('A3: resolved by a member and checked, the verdict is the branch’s, and its own hands did it', () => {
    const resolved = take(claimed, 'check', { by: secretary })
    expect(resolved.resolutions[0]).toMatchObject({
      unit: { id: branch.id },
      byUnitName: branch.name,
      isOwnHands: true,
    })
    expect(take(take(reportIn('dispatched'), 'claim-fixed'), 'check').resolutions[0]?.isOwnHands).toBe(false)
  })

  test('H3: nobody becomes one of ours by it who was none', () => {
    expect(isOneOfOurs(callerOf(reporter, handed), handed)).toBe(false)
    expect(isOneOfOurs(callerOf(gridWorker, handed), handed)).toBe(true)
    expect(isOneOfOurs(callerOf(housingWorker, handed), handed)).toBe(false)
  })

  test('H1: a level above with a seat elsewhere rules as before', () => {
    const byClerk = everyAction.filter((kind) => authorise(callerOf(clerk, handed), kind, handed).isAllowed)
    const asDispatched = reportIn('dispatched')
    expect(byClerk).toEqual(
      everyAction.filter((kind) => authorise(callerOf(clerk, asDispatched), kind, asDispatched).isAllowed),
    )
  })
})

describe('L2: whoever had the work in hand leaves the unit', () => {
  const leaves = (report: Report, memberId = gridWorker.name) => take(report, { kind: 'come-back', memberId })

  test('it is the unit’s again, and everybody reads no more than that', () => {
    const back = leaves(handed)
    expect([back.status, back.handlerUnitId]).toEqual(['accepted', null])
    expect(back.timeline.slice(handed.timeline.length).map(lineText)).toEqual(['收回派单，另行安排'])
    expect(handsTo(back, deputy, [secretary, deputy])).toBeUndefined()
  })

  test('what they had before, or said was done, is nobody else’s', () => {
    for (const [report, memberId] of [
      [handed, deputy.name],
      [claimed, gridWorker.name],
      [accepted, gridWorker.name],
    ] as const)
      expect(leaves(report, memberId)).toBe(report)
  })
})
