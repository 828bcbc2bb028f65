import { planStanding, planText } from '../../../client/words/plan'
import { redFaceWords } from '../../../client/words/red-face'
import { causePublicText, publicText } from '../../../client/words/red-face-public'
import { requestTag, requestTitle } from '../../../client/words/request'
import { standingWord } from '../../../client/words/row'
import { statusWord } from '../../../client/words/status'
import {
  contactedWord,
  isResultNow,
  pastResultText,
  satisfactionWords,
  solvedWords,
  verdictsOf,
} from '../../../client/words/verdict'
import { reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { requestKinds } from '../../../cloudfunctions/contexts/report/rules/request'

const now = Date.parse('2026-03-02T10:00:00+08:00')

describe('how a word of the domain is shown', () => {
  it('tells no two statuses by the same sign, nor by the same word', () => {
    const shown = reportStatuses.map(statusWord)
    expect(new Set(shown.map(({ icon }) => icon)).size).toBe(reportStatuses.length)
    expect(new Set(shown.map(({ text }) => text)).size).toBe(reportStatuses.length)
  })

  it('keeps the colour of alarm for what is late or not well: no status is alarming by itself', () => {
    expect(reportStatuses.filter((status) => statusWord(status).tone === 'alert')).toEqual([])
    expect(redFaceWords.public.tone).toBe('alert')
    expect(
      [solvedWords.no, satisfactionWords.dissatisfied, contactedWord(false)].map(({ tone }) => tone),
    ).toEqual(['alert', 'alert', 'alert'])
  })

  it('says until when a matter is put off', () => {
    const suspendedUntilAt = Date.parse('2026-04-30T23:59:00+08:00')
    expect(standingWord({ status: 'suspended', suspendedUntilAt }, now).text).toBe('挂账到4月30日（周四）')
    expect(standingWord({ status: 'suspended', suspendedUntilAt: null }, now).text).toBe('挂账')
  })
})

describe('what waits for an answer', () => {
  const staff = { part: null }
  const reporter = { part: 'reporter' as 'reporter' | 'co-reporter' | 'supporter' | null }
  const request = (over: Partial<Parameters<typeof requestTitle>[0]>) =>
    ({
      kind: 'extend',
      side: 'staff',
      byUnitName: '后炭市社区党支部',
      isForReporterAlone: false,
      ...over,
    }) as Parameters<typeof requestTitle>[0]

  it('has a few words whatever it is, the same on a row and over the request', () => {
    for (const kind of requestKinds) {
      expect(requestTag(kind)).toMatch(/[\u4e00-\u9fff]{3,}/u)
      expect(requestTitle(request({ kind }), staff)).toContain(requestTag(kind))
    }
  })

  it('says who asked and whose answer is waited for', () => {
    expect(requestTitle(request({}), reporter)).toBe('后炭市社区党支部申请延期，在等上一级答复')
    expect(requestTitle(request({ kind: 'reclassify', isForReporterAlone: true }), reporter)).toBe(
      '后炭市社区党支部申请改类别，只等您一句话',
    )
    expect(requestTitle(request({ kind: 'merge', isForReporterAlone: true }), reporter)).toBe(
      '后炭市社区党支部问您：还是同一件事吗？',
    )
  })

  it('H3, M3: calls an appeal “yours” to whoever made it, and to every other party another resident’s', () => {
    for (const kind of requestKinds.filter((one) => one.startsWith('appeal') && one !== 'appeal-red-face')) {
      const title = (part: typeof reporter.part, isYours: boolean) =>
        requestTitle(request({ kind, side: 'resident', byUnitName: '居民', isYours }), { part })
      for (const part of ['reporter', 'co-reporter', 'supporter'] as const) {
        expect(title(part, true)).toMatch(/^您提出/u)
        expect(title(part, false)).toMatch(/^另一位居民提出/u)
      }
      expect(title(null, false)).toMatch(/^居民提出/u)
    }
  })

  it('claims nothing of whose it is where an instance of a version before does not say', () => {
    const old = request({ kind: 'appeal-closing', side: 'resident', byUnitName: '居民' })
    expect(requestTitle(old, reporter)).toBe('居民提出对结案的申诉，在等上一级答复')
  })
})

describe('what is planned is promised only as long as it can be kept', () => {
  const doneBy = now + 1
  const said = (status: (typeof reportStatuses)[number], at: number) => {
    const standing = planStanding({ doneBy }, status, at)
    return standing && planText(standing, '12月6日')
  }

  it.each(reportStatuses)('of what is %s', (status) => {
    const isOver = ['declined', 'merged', 'withdrawn'].includes(status)
    const isDone = ['resolved', 'closed'].includes(status)
    // The whole of the last day belongs to the plan: “before” that day would be a day too early.
    const before = isDone ? '原计划最晚12月6日办完' : '有计划了，最晚12月6日办完'
    const after = isDone ? '原计划最晚12月6日办完' : '原计划最晚12月6日办完，已过'
    expect(said(status, doneBy)).toBe(isOver ? undefined : before)
    expect(said(status, doneBy + 1)).toBe(isOver ? undefined : after)
  })
})

describe('F3, F5: when everybody will read of a cause is said as it will be', () => {
  const hourMs = 3_600_000
  const cause = {
    no: 1,
    cause: 'resolve-overdue',
    at: now - hourMs,
    unitNames: [] as string[],
    publicAt: now - hourMs,
    publishesAt: now + hourMs,
    isPublic: false,
    isAppealed: false,
    wasAppealed: false,
    isStruck: false,
  } as const
  const open = { postedUntil: null }

  it('at the end of its notice, where nothing keeps it back', () => {
    const plain = { ...cause, publicAt: now + hourMs }
    expect(causePublicText(plain, open, now)).toBe('今天 11:00公开')
    const { publishesAt: _unknown, ...old } = plain
    expect(causePublicText(old, open, now)).toBe('今天 11:00公开')
  })

  it('not before its appeal is over, or has kept it back as long as it may', () => {
    expect(causePublicText({ ...cause, isAppealed: true }, open, now)).toBe(
      '申诉期间不公开，最晚今天 11:00公开',
    )
  })

  it('not while a yes is posted', () => {
    expect(causePublicText(cause, { postedUntil: now + hourMs }, now)).toBe('公示期间不公开')
  })

  it('never in the past: neither of one cause nor of the entry', () => {
    for (const isAppealed of [false, true]) {
      for (const postedUntil of [null, now + hourMs]) {
        const causes = [
          { ...cause, isAppealed },
          { ...cause, no: 2, publishesAt: now - hourMs, isStruck: true },
        ]
        const redFace = { causes, postedUntil } as unknown as Parameters<typeof publicText>[0]
        expect(publicText(redFace, now)).toBe(causePublicText({ ...cause, isAppealed }, { postedUntil }, now))
        expect(publicText(redFace, now)).not.toContain('9:00')
      }
    }
  })

  it('once it is public, that it is', () => {
    expect(causePublicText({ ...cause, isPublic: true }, open, now)).toBe('已公开')
  })
})

describe('a verdict is one on the result that it was given to', () => {
  it('and says nothing of a later one, nor a later one of it', () => {
    const ratings = [{ at: now - 3 }, { at: now - 1 }, { at: now + 1 }]
    expect(verdictsOf({ ratings, resolution: { at: now } })).toEqual({
      latest: [{ at: now + 1 }],
      earlier: [{ at: now - 3 }, { at: now - 1 }],
    })
    expect(verdictsOf({ ratings, resolution: null }).earlier).toEqual([])
  })
})

describe('a result that is not the present one', () => {
  type Reopening = {
    readonly kind: 'reopened' | 'looked' | 'rated'
    readonly at: number
    readonly side: 'resident' | 'staff' | 'system'
  }
  const of = (
    timeline: readonly Reopening[],
    ratings: readonly { at: number; solved: 'yes' | 'no' }[] = [],
  ) => pastResultText({ status: 'accepted', resolution: { at: now }, timeline, ratings })
  const reopened = (side: Reopening['side'], at = now + 2): Reopening => ({ kind: 'reopened', at, side })

  it.each(reportStatuses)('is any while the matter is %s, unless that says that it is done', (status) => {
    expect(isResultNow({ status })).toBe(['resolved', 'closed'].includes(status))
  })

  it('is told with what has become of it', () => {
    expect(of([reopened('resident')], [{ at: now + 2, solved: 'no' }])).toBe('上一次办成这样，居民没认可')
    expect(of([reopened('resident')], [{ at: now + 1, solved: 'yes' }])).toBe('上一次办成这样，又坏了')
    expect(of([{ kind: 'looked', at: now + 2, side: 'staff' }, reopened('staff')])).toBe(
      '上一次办成这样，上级到现场看，没解决',
    )
    expect(of([{ kind: 'looked', at: now + 1, side: 'staff' }, reopened('system')])).toBe(
      '上一次办成这样，居民申诉成立',
    )
  })

  it('is told by the return that undid it, whatever came before the result or after', () => {
    expect(of([reopened('staff', now + 3), reopened('resident'), reopened('staff', now - 1)])).toBe(
      '上一次办成这样，又坏了',
    )
    expect(of([reopened('resident', now - 1)], [{ at: now - 1, solved: 'no' }])).toBe('上一次办成这样')
  })

  it('is told without a reason where none is known', () => {
    expect(of([])).toBe('上一次办成这样')
  })
})
