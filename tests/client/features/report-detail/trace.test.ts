import { stepsOf } from '../../../../client/features/report-detail/trace'
import {
  headlineOf,
  type ReportDetail,
  type TraceEvent,
} from '../../../../client/features/report-detail/words'

const now = Date.UTC(2026, 10, 23, 4)
const hourMs = 3_600_000

const anEvent = (over: Partial<TraceEvent> & Pick<TraceEvent, 'kind' | 'text'>): TraceEvent => ({
  seq: 1,
  at: now - hourMs,
  side: 'staff',
  unitName: '后炭市社区党支部',
  photos: [],
  ...over,
})

const aReport = (over: Partial<ReportDetail> = {}): ReportDetail => ({
  id: 'r1',
  rev: 3,
  status: 'accepted',
  view: 'parties',
  part: 'reporter',
  categoryId: 'lane-repair',
  categoryName: '路面坑洼积泥要修补',
  text: '全是坑',
  publicSummary: '后炭市社区第一网格 · 路面坑洼积泥要修补',
  photos: [],
  placeWords: '',
  point: null,
  isPointRounded: false,
  pseudonym: '居民 7F3K',
  hasPhone: true,
  branch: { id: '150221104004', name: '后炭市社区党支部' },
  unitPath: [],
  routing: {
    policy: 'cell',
    reasons: [],
    cellId: null,
    cellName: null,
    isProvisional: false,
    alternateName: null,
  },
  submittedAt: now - 5 * hourMs,
  acceptDueAt: now - 4 * hourMs,
  contactDueAt: now + hourMs,
  planDueAt: null,
  resolveDueAt: now + 50 * hourMs,
  runningDueAt: now + hourMs,
  runningDueKind: 'contact',
  isOverdue: false,
  isDueSoon: false,
  contactedAt: null,
  handler: null,
  fixClaim: null,
  resolution: null,
  ratings: [],
  suspension: null,
  pendingRequest: null,
  supporterCount: 0,
  parentReportId: null,
  childCount: 0,
  redFace: null,
  timeline: [
    anEvent({ seq: 1, kind: 'submitted', text: '居民上报', side: 'resident', unitName: null }),
    anEvent({ seq: 2, kind: 'accepted', text: '后炭市社区党支部已受理' }),
  ],
  actions: [],
  ...over,
})

const titles = (report: ReportDetail) => stepsOf(report, now).map(({ title }) => title)

describe('the trace as a resident reads it', () => {
  it('has what comes next on top, then what happened, the latest first', () => {
    expect(titles(aReport())).toEqual(['办结', '支部联系居民', '支部受理了', '您上报了这件事'])
  })

  it('speaks to the reporter and about the reporter to everybody else', () => {
    expect(titles(aReport({ part: null, view: 'public' }))).toContain('居民上报')
  })

  it('tells nobody but the resident and the staff by when the resident is to be contacted', () => {
    const asOutsider = aReport({ part: null, view: 'public', contactDueAt: null })
    expect(titles(asOutsider)).not.toContain('支部联系居民')
  })

  it('promises nothing more once the matter is settled', () => {
    for (const status of ['closed', 'declined', 'merged', 'withdrawn'] as const) {
      expect(stepsOf(aReport({ status }), now).some(({ isAhead }) => isAhead)).toBe(false)
    }
  })

  it('says that a deadline has passed instead of promising it', () => {
    const [done] = stepsOf(
      aReport({ status: 'dispatched', resolveDueAt: now - hourMs, contactedAt: now }),
      now,
    )
    expect(done?.when).toMatch(/^应在.*前$/)
  })

  it('shows who looked at the telephone number', () => {
    const [step] = stepsOf(
      aReport({
        status: 'closed',
        timeline: [anEvent({ kind: 'phone-revealed', text: '后炭市社区党支部查看了您的电话' })],
      }),
      now,
    )
    expect(step).toMatchObject({ title: '有人看了您的电话', body: '查看了您的电话', who: '后炭市社区党支部' })
  })

  it('quotes the resident without the words around the quotation', () => {
    const [step] = stepsOf(
      aReport({
        status: 'closed',
        timeline: [anEvent({ kind: 'rated', side: 'resident', unitName: null, text: '居民说：只修了一半' })],
      }),
      now,
    )
    expect(step).toMatchObject({ title: '您说', body: '只修了一半' })
  })

  it('keeps the pictures of earlier results and leaves those of the latest to the comparison above', () => {
    const photo = { id: 'p1', url: 'u', thumbUrl: 't' }
    const resolvedAt = (seq: number, at: number) =>
      anEvent({ seq, at, kind: 'resolved', text: '已办结：铺了砂', photos: [photo] })
    const steps = stepsOf(
      aReport({
        status: 'closed',
        timeline: [resolvedAt(1, now - 9 * hourMs), resolvedAt(2, now - hourMs)],
        resolution: {
          at: now - hourMs,
          note: '铺了砂',
          remedy: 'temporary',
          byUnitName: '后炭市社区党支部',
          isOwnHands: true,
          before: [],
          after: [photo],
        },
      }),
      now,
    )
    expect(steps.map(({ photos }) => photos?.length)).toEqual([0, 1])
  })
})

describe('the sentence over a report', () => {
  it('asks the reporter for the verdict and tells everybody else who has it', () => {
    expect(headlineOf(aReport({ status: 'resolved' }), now).text).toContain('请您评价')
    expect(headlineOf(aReport({ status: 'resolved', part: 'supporter' }), now).text).toContain('等上报人评价')
  })

  it('says that it is being done again after a reopening', () => {
    const reopened = aReport({ timeline: [anEvent({ kind: 'reopened', text: '退回支部重新办理' })] })
    expect(headlineOf(reopened, now).text).toContain('重新办')
  })

  it('does not claim that a matter closed by silence was put right', () => {
    expect(headlineOf(aReport({ status: 'closed' }), now).text).toBe('结案了')
  })
})
