import {
  chooseActions,
  doneText,
  isStaffAction,
  type Matter,
  rulableRequests,
  waitChoices,
  wordsOf,
} from '../../../../client/features/handling/words'
import { type StaffAction, staffSteps } from '../../../../client/words/staff-steps'
import { callOf } from '../../../../cloudfunctions/contexts/report/rules/call-of'
import { type ReportAction, reportActions } from '../../../../cloudfunctions/contexts/report/steps/registry'
import { contract } from '../../../../cloudfunctions/contract/contract'

const aMatter = (over: Partial<Matter>): Matter =>
  ({
    actions: [],
    contactedAt: null,
    handler: null,
    runningDueKind: null,
    requests: [],
    ...over,
  }) as unknown as Matter

/** What a resident does on the page for residents, and the look at a number, which has a sheet of its own. */
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

describe('what is said when a step has been taken', () => {
  it('M4, K9: claims nothing that still waits for somebody’s word', () => {
    expect(doneText('merge', '并案', 'merged')).toBe('并案：好了')
    expect(doneText('merge', '并案', 'routed')).toBe('已经问上报人了')
    for (const action of ['reclassify', 'relocate'] as const)
      expect(doneText(action, staffSteps[action].label, 'accepted')).not.toContain('好了')
    expect(doneText('accept', '受理', 'accepted')).toBe('受理：好了')
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
