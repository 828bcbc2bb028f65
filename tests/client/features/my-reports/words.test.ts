import {
  asksMe,
  askTitle,
  type MyReport,
  myStatusSign,
  partText,
  presentStep,
} from '../../../../client/features/my-reports/words'
import { reportStatuses } from '../../../../cloudfunctions/domain/report/lifecycle'

const aReport = (over: Partial<MyReport> = {}): MyReport => ({
  id: 'r1',
  rev: 1,
  status: 'routed',
  categoryId: 'rubbish',
  categoryName: '垃圾、积水',
  title: '垃圾没人清',
  placeWords: '',
  branchName: '后炭市社区党支部',
  handlerName: null,
  handlerMember: null,
  thumbUrl: null,
  submittedAt: 0,
  changedAt: 0,
  runningDueAt: null,
  runningDueKind: null,
  isOverdue: false,
  isDueSoon: false,
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
      expect(presentStep(done)).toContain('请您评价')
      expect(myStatusSign(done).tone).toBe('alert')
      expect(presentStep(aReport({ status: 'resolved', part }))).not.toContain('请您')
    }
  })

  it('does not ask somebody who only joined it for a verdict, and says what they are asked', () => {
    const joined = aReport({ status: 'resolved', part: 'supporter' })
    expect(asksMe(joined)).toBe(false)
    expect(presentStep(joined)).not.toContain('请您')
    expect(presentStep({ ...joined, ask: 'answer-red-face' })).toContain('修好了吗')
  })

  it('says how one came into it', () => {
    expect(partText(aReport())).toBe('垃圾、积水')
    expect(partText(aReport({ part: 'co-reporter' }))).toContain('共同上报')
    expect(partText(aReport({ part: 'supporter' }))).toBe('我也遇到')
  })

  it('L6: calls what waits by its one name, or by a wider one where it is not one thing', () => {
    expect(askTitle([aReport({ ask: 'rate' })])).toBe('请您评价')
    expect(askTitle([aReport({ ask: 'rate' }), aReport({ ask: 'agree' })])).toBe('等您说一声')
  })

  it('says in words what happens in every status', () => {
    for (const status of reportStatuses)
      expect(presentStep(aReport({ status }))).toMatch(/[\u4e00-\u9fff]{3,}/u)
  })
})
