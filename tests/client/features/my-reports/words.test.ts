import {
  asksMe,
  askTitle,
  type MyReport,
  myStatusSign,
  presentStep,
} from '../../../../client/features/my-reports/words'
import { partText } from '../../../../client/words/part'
import { reportStatuses } from '../../../../cloudfunctions/contexts/report/rules/lifecycle'

const now = Date.parse('2026-03-02T10:00:00+08:00')

const aReport = (over: Partial<MyReport> = {}): MyReport => ({
  id: 'r1',
  number: '2604117838',
  rev: 1,
  status: 'routed',
  categoryId: 'rubbish',
  categoryName: '垃圾、积水',
  title: '垃圾没人清',
  placeWords: '',
  branchName: '后炭市社区党支部',
  handlerName: null,
  handedAt: null,
  handedNote: null,
  handlerMember: null,
  thumbUrl: null,
  submittedAt: 0,
  changedAt: 0,
  runningDueAt: null,
  runningDueKind: null,
  isOverdue: false,
  isDueSoon: false,
  suspendedUntilAt: null,
  supporterCount: 0,
  isUnreported: false,
  mayTakeUp: false,
  redFaceState: null,
  pendingRequestKind: null,
  distanceMetres: null,
  part: 'reporter',
  ask: null,
  ...over,
})

describe('one of my own matters', () => {
  it('M3: asks a reporter and a co-reporter alike for their verdict when it is said to be done', () => {
    for (const part of ['reporter', 'co-reporter'] as const) {
      const done = aReport({ status: 'resolved', part, ask: 'rate' })
      expect(asksMe(done)).toBe(true)
      expect(presentStep(done, now)).toContain('请您评价')
      expect(myStatusSign(done).tone).toBe('alert')
      expect(presentStep(aReport({ status: 'resolved', part }), now)).not.toContain('请您')
    }
  })

  it('does not ask somebody who only joined it for a verdict, and says what they are asked', () => {
    const joined = aReport({ status: 'resolved', part: 'supporter' })
    expect(asksMe(joined)).toBe(false)
    expect(presentStep(joined, now)).not.toContain('请您')
    expect(presentStep(joined, now)).toContain('等上报人评价')
    expect(presentStep({ ...joined, isUnreported: true }, now)).not.toContain('等上报人')
    expect(presentStep({ ...joined, ask: 'answer-red-face' }, now)).toContain('修好了吗')
  })

  it('says how one came into it', () => {
    expect(partText('reporter')).toBe('')
    expect(partText('co-reporter')).toBe('共同上报')
    expect(partText('supporter')).toBe('我也遇到')
  })

  it('L6: calls what waits by its one name, or by a wider one where it is not one thing', () => {
    expect(askTitle([aReport({ ask: 'rate' })])).toBe('请您评价')
    expect(askTitle([aReport({ ask: 'rate' }), aReport({ ask: 'agree' })])).toBe('等您说一声')
  })

  it('says in words what happens in every status', () => {
    for (const status of reportStatuses)
      expect(presentStep(aReport({ status }), now)).toMatch(/[\u4e00-\u9fff]{3,}/u)
  })

  it('says until when it is put off', () => {
    const suspendedUntilAt = Date.parse('2026-04-30T23:59:00+08:00')
    expect(presentStep(aReport({ status: 'suspended', suspendedUntilAt }), now)).toBe(
      '暂时办不了，挂账到4月30日（周四）',
    )
  })
})
