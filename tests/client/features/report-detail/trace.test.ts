import { mainActionOf } from '../../../../client/features/report-detail/main-action'
import {
  afterRating,
  agreeForm,
  oursNotice,
  withdrawForm,
} from '../../../../client/features/report-detail/step-forms'
import { stepsOf } from '../../../../client/features/report-detail/trace'
import {
  checkText,
  headlineOf,
  type RedFaceView,
  type ReportDetail,
  type TraceEvent,
} from '../../../../client/features/report-detail/words'
import { urgeAgainText } from '../../../../client/words/both-sides'
import { isOpen } from '../../../../cloudfunctions/contexts/report/rules/lifecycle'

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
  olderCount: 0,
  id: 'r1',
  number: '2604117838',
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
  dues: isOpen(over.status ?? 'accepted')
    ? [
        { kind: 'contact', dueAt: now + hourMs },
        { kind: 'resolve', dueAt: now + 50 * hourMs },
      ]
    : [],
  contactedAt: null,
  handler: null,
  fixClaim: null,
  resolution: null,
  ratings: [],
  suspension: null,
  suspendable: null,
  requests: [],
  plan: null,
  questions: [],
  freePassesLeft: 2,
  staysWithUs: false,
  dutyPhone: null,
  supporterCount: 0,
  coReporterCount: 0,
  parentReportId: null,
  childCount: 0,
  redFace: null,
  posting: null,
  submittedUnder: '150221@banner-1',
  timeline: [
    anEvent({ seq: 1, kind: 'submitted', text: '居民上报', side: 'resident', unitName: null }),
    anEvent({ seq: 2, kind: 'accepted', text: '后炭市社区党支部已受理' }),
  ],
  actions: [],
  ...over,
})

const anEpisode = (over: Partial<RedFaceView> = {}): RedFaceView => ({
  no: 1,
  state: 'public',
  causes: [
    {
      no: 1,
      cause: 'resolve-overdue',
      at: now - 30 * hourMs,
      unitNames: ['后炭市社区党支部'],
      publicAt: now - 6 * hourMs,
      isPublic: true,
      isAppealed: false,
      wasAppealed: false,
      isStruck: false,
    },
  ],
  noticedAt: now - 30 * hourMs,
  publicAt: now - 6 * hourMs,
  clearedAt: null,
  consent: null,
  evidenceAt: null,
  postedUntil: null,
  goneCount: 0,
  notGoneCount: 0,
  hasAnswered: false,
  ...over,
})

const aRequest = (
  over: Partial<ReportDetail['requests'][number]> = {},
): ReportDetail['requests'][number] => ({
  no: 1,
  kind: 'decline',
  side: 'branch',
  at: now,
  byUnitName: '后炭市社区党支部',
  reason: null,
  detail: null,
  movesUpAt: now + 99 * hourMs,
  endsAt: null,
  mayRule: false,
  mayAgree: false,
  isForReporterAlone: false,
  parentReportId: null,
  hearing: null,
  notYet: null,
  ...over,
})

const titles = (report: ReportDetail) => stepsOf(report, now).map(({ title }) => title)

describe('the trace as a resident reads it', () => {
  it('has what comes next on top, then what happened, the latest first', () => {
    expect(titles(aReport())).toEqual(['办结', '后炭市社区党支部联系居民', '受理了', '您上报了这件事'])
  })

  it('speaks to the reporter and about the reporter to everybody else', () => {
    expect(titles(aReport({ part: null, view: 'public' }))).toContain('居民上报')
  })

  it('promises nothing more once the matter is settled', () => {
    for (const status of ['closed', 'declined', 'merged', 'withdrawn'] as const) {
      expect(stepsOf(aReport({ status }), now).some(({ isAhead }) => isAhead)).toBe(false)
    }
  })

  it('says that a deadline has passed instead of promising it', () => {
    const [done] = stepsOf(
      aReport({ status: 'dispatched', dues: [{ kind: 'resolve', dueAt: now - hourMs }] }),
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
          isChecked: false,
          before: [],
          after: [photo],
        },
      }),
      now,
    )
    expect(steps.map(({ photos }) => photos?.length)).toEqual([0, 1])
  })
})

describe('what other residents said', () => {
  it('M3: is quoted as somebody else’s to staff, though they reported it themselves', () => {
    const words = anEvent({ kind: 'added', side: 'resident', unitName: null, text: '居民说：昨天又摔了一个' })
    const [asStaff] = stepsOf(aReport({ status: 'closed', view: 'staff', timeline: [words] }), now)
    expect(asStaff).toMatchObject({ title: '居民说', body: '昨天又摔了一个' })
  })

  it('M3: a rating is “yours” to nobody where several reported it', () => {
    const rated = anEvent({ kind: 'rated', side: 'resident', unitName: null, text: '居民评价：解决了，满意' })
    const [step] = stepsOf(aReport({ status: 'closed', coReporterCount: 1, timeline: [rated] }), now)
    expect(step).toMatchObject({ title: '居民评价', body: '解决了，满意' })
  })
})

describe('what comes of a verdict that is not content', () => {
  it('H4: is public for an ordinary matter and never for a complaint, and starts no clock anew', () => {
    const ordinary = aReport()
    const complaint = aReport({ categoryId: 'about-branch' })
    for (const verdict of ['unsolved', 'dissatisfied'] as const) {
      expect(afterRating(ordinary, verdict)).toContain('登上红脸榜')
      expect(afterRating(complaint, verdict)).toContain('不上红脸榜')
    }
    expect(afterRating(ordinary, 'unsolved')).toContain('时限接着原来的算')
  })
})

describe('what a resident is offered first', () => {
  it('L6: is one thing: the verdict, then the evidence, then the question, then their word', () => {
    const offered = (actions: ReportDetail['actions']) => mainActionOf(aReport({ actions }))
    expect(offered(['add-to', 'urge', 'answer', 'answer-red-face', 'rate'])).toBe('rate')
    expect(offered(['add-to', 'urge', 'answer', 'answer-red-face'])).toBe('answer-red-face')
    expect(offered(['add-to', 'urge', 'agree', 'answer'])).toBe('answer')
    expect(offered(['add-to', 'urge', 'agree'])).toBe('agree')
    expect(offered(['add-to', 'urge', 'appeal-struck'])).toBe('appeal-struck')
    expect(offered(['add-to', 'urge'])).toBe('follow')
    expect(offered([])).toBeUndefined()
  })

  it('is still where one follows it, for who has urged and has to wait: it says from when on they may again', () => {
    const waiting = aReport({ part: 'supporter', view: 'public', urgeAgainAt: now + 20 * hourMs })
    expect(mainActionOf(waiting)).toBe('follow')
    expect(urgeAgainText(now + 20 * hourMs, now)).toMatch(/\d:\d\d起可再催$/)
  })

  it('H3: is preceded by a word to one of ours, and to nobody else, whichever way they read it', () => {
    for (const view of ['staff', 'parties', 'public'] as const) {
      expect(oursNotice(aReport({ view }))).toBeUndefined()
      expect(oursNotice(aReport({ view, barredAnswers: { praise: 'one-of-ours' } }))).toContain(
        '自己人的好评不算',
      )
    }
  })

  it('is the way to their work for staff who did not report it', () => {
    const staff = aReport({ view: 'staff', part: null, actions: ['appeal-red-face', 'urge', 'support'] })
    expect(mainActionOf(staff)).toBe('handle')
  })
})

describe('L5: taking it back says what comes of it', () => {
  const lead = (over: Partial<ReportDetail>) => withdrawForm(aReport(over)).lead

  it('it ends where nobody else is in it', () => {
    expect(lead({})).toContain('不办了')
  })

  it('it goes on where others are in it', () => {
    expect(lead({ supporterCount: 2, coReporterCount: 1 })).toContain('还有3户')
    expect(lead({ supporterCount: 2 })).toContain('接着办')
  })

  it('F5: somebody looks first where it is on the list', () => {
    expect(lead({ redFace: anEpisode() })).toContain('上级到现场看过')
  })
})

describe('K9: whoever lets a complaint become an ordinary matter is told beforehand what comes of it', () => {
  const request = aRequest({
    isForReporterAlone: true,
    kind: 'reclassify',
    detail: '改为“路面坑洼积泥要修补”',
    endsAt: now + 99 * hourMs,
  })

  it('who will read what, that nobody can say it for them, and until when', () => {
    const form = agreeForm('reclassify', aReport({ categoryId: 'about-branch', requests: [request] }), now)
    expect(form.lead).toContain('改为“路面坑洼积泥要修补”')
    expect(form.lead).toContain('被反映的单位会看到您写的话和照片')
    expect(form.notice).toMatch(/谁也不能替您同意。.*就不再问您/)
    expect(form.keep).toBe('不改')
  })

  it('an ordinary matter’s other kind is a level’s to grant as well', () => {
    const form = agreeForm(
      'reclassify',
      aReport({ requests: [{ ...request, isForReporterAlone: false }] }),
      now,
    )
    expect(form.lead).toBe('改为“路面坑洼积泥要修补”')
    expect(form.notice).toContain('由上一级来定')
  })
})

describe('what is said to be “yours” is the reader’s own', () => {
  const reason = anEvent({
    seq: 3,
    kind: 'requested',
    side: 'resident',
    unitName: null,
    text: '居民说：没修好',
  })
  const asked = (over: Partial<TraceEvent> = {}) =>
    anEvent({
      seq: 2,
      kind: 'requested',
      side: 'resident',
      unitName: null,
      text: '居民提出对结案的申诉，等上级审批',
      ...over,
    })
  const titleOf = (over: Partial<ReportDetail>) => stepsOf(aReport({ status: 'closed', ...over }), now).at(-1)

  it('M3: an appeal, to whoever reads its reason, in whatever part', () => {
    for (const part of ['reporter', 'co-reporter'] as const) {
      const own = titleOf({ part, timeline: [asked(), reason] })
      expect(own).toMatchObject({ title: '您向上一级提出', body: '对结案的申诉，等上级审批' })
      expect(titleOf({ part, timeline: [asked()] })?.title).toBe('居民向上一级提出')
      const elsewhere = { ...reason, at: reason.at + 1 }
      expect(titleOf({ part, timeline: [asked(), elsewhere] })?.title).toBe('居民向上一级提出')
    }
    expect(titleOf({ part: null, view: 'staff', timeline: [asked(), reason] })?.title).toBe(
      '居民向上一级提出',
    )
  })

  it('nobody’s is what the rules ask for, whoever made it necessary', () => {
    const look = asked({ text: '按规定等上级到现场核实' })
    expect(titleOf({ timeline: [look] })?.title).toBe('按规定等上级到现场核实')
  })

  it('M3: who took the reporter’s place did nothing that was done before', () => {
    const before = anEvent({ kind: 'submitted', text: '居民上报', side: 'resident', unitName: null })
    expect(titleOf({ timeline: [before] })?.title).toBe('您上报了这件事')
    expect(titleOf({ timeline: [before], yoursSince: before.at + 1 })?.title).toBe('居民上报')
    const since = anEvent({ kind: 'added', text: '居民作了补充', side: 'resident', unitName: null })
    expect(titleOf({ timeline: [since], yoursSince: since.at })?.title).toBe('您作了补充')
  })
})

describe('the sentence over a report', () => {
  it('K8/A1: while a decline waits for its answer says so, and the trace promises no acceptance', () => {
    const accept = { kind: 'accept', dueAt: now + hourMs } as const
    const resolve = { kind: 'resolve', dueAt: now + 50 * hourMs } as const
    const waiting = aReport({ status: 'routed', dues: [accept, resolve] })
    expect(headlineOf(waiting, now).text).toBe('等后炭市社区党支部受理')
    expect(titles(waiting)).toContain('后炭市社区党支部受理')
    const proposed = aReport({ status: 'routed', dues: [resolve], requests: [aRequest()] })
    expect(headlineOf(proposed, now).text).toBe('提出了不予受理，等上一级答复')
    expect(titles(proposed)).not.toContain('后炭市社区党支部受理')
  })

  it('asks the reporter for the verdict and tells everybody else who has it', () => {
    expect(headlineOf(aReport({ status: 'resolved' }), now).text).toContain('请您评价')
    expect(headlineOf(aReport({ status: 'resolved', part: 'supporter' }), now).text).toContain('等上报人评价')
  })

  it('says that it is being done again after a reopening', () => {
    const reopened = aReport({ wasReopened: true })
    expect(headlineOf(reopened, now).text).toContain('重新办')
  })

  it('nobody is said to be waited for where the branch declared what nobody has reported', () => {
    const declared = { status: 'resolved', part: 'supporter', isUnreported: true } as const
    expect(headlineOf(aReport(declared), now).text).toContain('还没有上报人评价')
    expect(titles(aReport(declared))).toContain('还没有上报人评价')
    const done = anEvent({ kind: 'resolved', text: '已办结：垫平了' })
    expect(titles(aReport({ ...declared, timeline: [done] }))).toContain('办结')
  })

  it('does not claim that a matter closed by silence was put right', () => {
    expect(headlineOf(aReport({ status: 'closed' }), now).text).toBe('结案了')
  })

  it('says of a closed matter what was said of its last result alone, the least content answer first', () => {
    const resolution = {
      at: now,
      note: '垫平了',
      remedy: 'lasting' as const,
      byUnitName: '后炭市社区党支部',
      isChecked: false,
      before: [],
      after: [],
    }
    const rating = (solved: 'yes' | 'partly', at: number) =>
      ({ contacted: true, solved, satisfaction: 'satisfied', remark: null, at }) as const
    const text = (...ratings: readonly ReturnType<typeof rating>[]) =>
      headlineOf(aReport({ status: 'closed', resolution, ratings: [...ratings] }), now).text
    expect(text(rating('yes', now - 1))).toBe('结案了')
    expect(text(rating('partly', now - 1))).toBe('结案了')
    expect(text(rating('partly', now - 1), rating('yes', now + 1))).toBe('办好了，居民说解决了')
    expect(text(rating('yes', now + 1))).toBe('办好了，居民说解决了')
    expect(text(rating('partly', now + 1), rating('yes', now + 2))).toBe('结案了，居民说部分解决')
  })
})

describe('who checks what was done', () => {
  const resolution = {
    at: now - hourMs,
    note: '铺了砂',
    remedy: 'lasting',
    byUnitName: '后炭市社区党支部',
    isChecked: false,
    before: [],
    after: [],
  } as const satisfies NonNullable<ReportDetail['resolution']>
  const rating = {
    contacted: null,
    solved: 'no',
    satisfaction: 'dissatisfied',
    remark: null,
    at: now,
  } as const satisfies ReportDetail['ratings'][number]
  const said = (over: Partial<ReportDetail>) =>
    checkText(aReport({ resolution: { ...resolution, before: [], after: [] }, ...over }))

  it('is the resident for as long as they have not said, and is asked of nobody who has', () => {
    expect(said({ status: 'resolved', actions: ['rate'] })).toBe('由您来看合不合格')
    for (const status of ['resolved', 'accepted', 'closed'] as const) {
      expect(said({ status, ratings: [{ ...rating, isYours: true }] })).toBe('您看过了')
      expect(said({ status, ratings: [{ ...rating, isYours: false }] })).toBe('居民看过了')
    }
  })

  it('is nobody any more once it is done again, or closed with nothing said', () => {
    expect(said({ status: 'accepted' })).toBe('')
    expect(said({ status: 'closed' })).toBe('')
  })

  it('is whoever went there, where somebody did', () => {
    const report = aReport({
      status: 'resolved',
      actions: ['rate'],
      resolution: { ...resolution, isChecked: true, before: [], after: [] },
    })
    expect(checkText(report)).toBe('别人到现场核查过')
  })
})
