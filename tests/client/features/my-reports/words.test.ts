import {
  awaitsRating,
  type MyReport,
  myStatusSign,
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
  ...over,
})

describe('one of my own matters', () => {
  it('asks for my verdict when it is said to be done', () => {
    const done = aReport({ status: 'resolved' })
    expect(awaitsRating(done)).toBe(true)
    expect(presentStep(done)).toContain('请您评价')
    expect(myStatusSign(done).tone).toBe('alert')
  })

  it('does not ask somebody who only joined it', () => {
    const joined = aReport({ status: 'resolved', placeWords: null })
    expect(awaitsRating(joined)).toBe(false)
    expect(presentStep(joined)).not.toContain('请您')
  })

  it('says in words what happens in every status', () => {
    for (const status of reportStatuses)
      expect(presentStep(aReport({ status }))).toMatch(/[\u4e00-\u9fff]{3,}/u)
  })
})
