import * as fc from 'fast-check'
import { stillOffered } from '../../../../client/components/still-offered'
import {
  afterCall,
  channelChoices,
  chooseActions,
  doneText,
  isStaffAction,
  type Matter,
  rulableRequests,
  waitChoices,
  wordsOf,
} from '../../../../client/features/handling/words'
import { type StaffAction, staffSteps } from '../../../../client/words/staff-steps'
import { channelWords } from '../../../../client/words/work'
import { callOf } from '../../../../cloudfunctions/contexts/report/rules/call-of'
import { contactChannels } from '../../../../cloudfunctions/contexts/report/rules/contact'
import { type RequestKind, requestKinds } from '../../../../cloudfunctions/contexts/report/rules/request'
import { type ReportAction, reportActions } from '../../../../cloudfunctions/contexts/report/steps/registry'
import { contract } from '../../../../cloudfunctions/contract/contract'
import { shownTo } from '../../../support/seen'
import { anyOpening, anyTurns, historyOf } from '../../../support/walk'

const aMatter = (over: Partial<Matter>): Matter =>
  ({
    actions: [],
    contactedAt: null,
    handler: null,
    runningDueKind: null,
    requests: [],
    ...over,
  }) as unknown as Matter

/**
 * What a resident does on the page for residents, and the look at a number, which has a sheet of its own; a
 * receipt is printed again at its counter.
 */
const elsewhere: readonly ReportAction[] = [
  'support',
  'take-up',
  'add-to',
  'answer',
  'open-message',
  'deny-contact',
  'rate',
  'reopen',
  'appeal',
  'appeal-look',
  'say-to-appeal',
  'appeal-struck',
  'answer-red-face',
  'agree',
  'say-reason-gone',
  'unmerge',
  'withdraw',
  'reveal-phone',
  'reprint',
]

describe('K6, L5: a suspension is asked for only as it could be granted', () => {
  const labels = (ordinaryDays: number, putOffUntilOn: string | null): readonly string[] =>
    waitChoices({ suspendable: { ordinaryDays, putOffUntilOn } }).map(
      ({ label, hint }) => `${label}：${hint}`,
    )
  const ordinary = '别的原因：上一级批，最长30天'
  const thaw = '土冻住了，开春再干：旗县批，最晚到2027年4月30日，不占挂账的天数'

  it('for frozen ground only in winter, and for nothing else when the days are used up', () => {
    expect(labels(30, null)).toEqual([ordinary])
    expect(labels(30, '2027-04-30')).toEqual([ordinary, thaw])
    expect(labels(0, '2027-04-30')).toEqual([thaw])
    expect(waitChoices({ suspendable: null })).toEqual([])
  })
})

const staffActions = Object.keys(staffSteps) as StaffAction[]

const waiting = (kind: RequestKind, isForReporterAlone = false) =>
  ({ requests: [{ kind, isForReporterAlone }] }) as Pick<Matter, 'requests'>

/** What each step asks for where it is not done at once; every other step is done when it is taken. */
const asksFor: Partial<Record<StaffAction, RequestKind>> = {
  decline: 'decline',
  suspend: 'suspend',
  extend: 'extend',
  'ask-look': 'look',
  'appeal-red-face': 'appeal-red-face',
  return: 'pass-on',
  transfer: 'pass-on',
  'take-over': 'pass-on',
  reclassify: 'reclassify',
  relocate: 'relocate',
  merge: 'merge',
}
/** Never done without a word from above, whatever this reader may read of it afterwards. */
const alwaysAsks: readonly StaffAction[] = ['decline', 'suspend', 'extend', 'ask-look', 'appeal-red-face']

describe('what is said when a step has been taken', () => {
  it.each(staffActions)('%s claims what is done, and of what waits only that it was asked for', (action) => {
    const said = (after: Pick<Matter, 'requests'> | undefined) =>
      doneText(action, staffSteps[action].label, after)
    const done = `${staffSteps[action].label}：好了`
    const mayWait = asksFor[action]
    for (const kind of requestKinds) {
      const waits = kind === mayWait || alwaysAsks.includes(action)
      expect([kind, said(waiting(kind))]).toEqual([kind, waits ? '已报上级，等答复' : done])
    }
    expect(said({ requests: [] })).toBe(alwaysAsks.includes(action) ? '已报上级，等答复' : done)
    if (mayWait) expect(said(waiting(mayWait, true))).toBe('已经问上报人了')
    if (mayWait) expect(said(undefined)).not.toContain('好了')
  })

  it('whatever staff have done in any history: what was only asked for is never called done', () => {
    const found = new Set<StaffAction>()
    fc.assert(
      fc.property(anyOpening, anyTurns(25), (opening, turns) => {
        for (const { by, command, result, before, moment } of historyOf(opening, turns)) {
          if (!by || !command || !result?.ok || !isStaffAction(command.kind)) continue
          const after = result.value
          const asked = after.requests.some(({ no }) => no > before.requestCount)
          const view = shownTo(by, after, moment.now)
          const said = doneText(command.kind, staffSteps[command.kind].label, view)
          expect([command.kind, said.includes('好了') && asked]).toEqual([command.kind, false])
          // Where it is read how the matter stands, nothing is said to wait that is done.
          if (view) expect([command.kind, /等答复|问上报人/.test(said)]).toEqual([command.kind, asked])
          if (asked) found.add(command.kind)
        }
      }),
      { numRuns: 60 },
    )
    for (const action of found) expect(asksFor).toHaveProperty([action])
    expect(found.size).toBeGreaterThan(4)
  })
})

describe('C1: looking at the number is not yet a call', () => {
  it.each([true, false, undefined])(
    'a call is offered only after the look (%s), the rest always',
    (looked) => {
      const offered = channelChoices({ isPhoneRevealed: looked })
      for (const channel of contactChannels) {
        const isOffered = channel !== 'phone' || looked === true
        // What was kept in the draft is sent only as long as it stands on the page.
        expect([channel, stillOffered(offered, channel)]).toEqual([channel, isOffered ? channel : undefined])
      }
      expect(stillOffered(offered, undefined)).toBeUndefined()
    },
  )

  it('what is said after the look names buttons that are there', () => {
    const { label, send } = staffSteps.contact
    expect(afterCall.onForm).toContain(`“${channelWords.phone.label}”`)
    expect(afterCall.onForm).toContain(`“${send}”`)
    expect(afterCall.onForm).not.toContain(label)
    for (const actions of [['contact'], ['accept'], []] as const) {
      const said = afterCall.onPage({ actions: [...actions] })
      expect(said).toContain(`“${label}”`)
      expect(said.includes('受理以后')).toBe(!(actions as readonly string[]).includes('contact'))
    }
  })
})

describe('the actions of staff', () => {
  it('L5: every step of the domain has its form here or its place elsewhere, and none has both', () => {
    const actions = reportActions
    const formless = actions.filter((action) => !isStaffAction(action))
    expect([...formless].sort()).toEqual([...elsewhere].sort())
  })

  it('each speaks to a command of the contract, and no two to the same', () => {
    const called = (Object.keys(staffSteps) as StaffAction[]).map(callOf)
    expect(new Set(called).size).toBe(called.length)
    for (const command of called) expect(contract[command].kind).toBe('command')
  })

  it('offers one first and keeps all the others', () => {
    const allowed: StaffAction[] = ['contact', 'ask', 'dispatch', 'note', 'suspend']
    const { first, others } = chooseActions(aMatter({ actions: [...allowed, 'reveal-phone'] }))
    expect(first).toBe('contact')
    expect([...others].sort()).toEqual(['ask', 'dispatch', 'note', 'suspend'])
  })

  it('C1: offers the next thing once the resident has been reached', () => {
    const { first } = chooseActions(aMatter({ actions: ['contact', 'dispatch'], contactedAt: 5 }))
    expect(first).toBe('dispatch')
  })

  it('never offers first to take the work from somebody who has it, and names who that is', () => {
    const handler = { id: 'p1', name: '住建局', at: 5, note: '铺砂', member: null }
    const actions: StaffAction[] = ['dispatch', 'recall', 'progress']
    const { first, others } = chooseActions(aMatter({ actions, handler, contactedAt: 5 }))
    expect(first).toBe('progress')
    expect([...others].sort()).toEqual(['dispatch', 'recall'])
    expect(wordsOf('dispatch', aMatter({ handler }))).toMatchObject({
      label: '换人处置',
      hint: '现在由住建局处置，换了就不归那边了。',
    })
    const member = { id: 'm1', name: '李网格', role: 'grid-worker', isYou: false } as const
    expect(wordsOf('dispatch', aMatter({ handler: { ...handler, member } })).hint).toContain('李网格')
    expect(wordsOf('dispatch', aMatter({}))).toBe(staffSteps.dispatch)
  })

  it('H4: says of a complaint that whom it is about is told nothing', () => {
    expect(wordsOf('route', aMatter({ categoryId: 'about-branch' })).hint).toContain('被反映的单位看不到')
    expect(wordsOf('route', aMatter({ categoryId: 'danger' }))).toBe(staffSteps.route)
  })

  it('K3: offers the plan where it falls due next', () => {
    const { first } = chooseActions(aMatter({ actions: ['contact', 'lay-plan'], runningDueKind: 'plan' }))
    expect(first).toBe('lay-plan')
  })

  it('says of declining that the level above has to agree', () => {
    expect(staffSteps.decline.hint).toContain('不予受理要上级同意')
  })

  it('F5: a look is made, not ruled on', () => {
    const request = (kind: Matter['requests'][number]['kind'], mayRule: boolean) =>
      ({ kind, mayRule }) as Matter['requests'][number]
    const requests = [request('look', true), request('suspend', true), request('extend', false)]
    expect(rulableRequests(aMatter({ requests })).map(({ kind }) => kind)).toEqual(['suspend'])
  })
})
