import {
  eventSigns,
  matterText,
  objectionText,
  publicSummaryText,
  requestTag,
  sentences,
} from '../../../client/words/matter'
import { hasQueue, isLevelRole, isPartnerRole, roleLabels } from '../../../client/words/roles'
import {
  afterNoticeText,
  goneText,
  noticeText,
  postingText,
  silenceText,
  unratedText,
} from '../../../client/words/rules'
import { staffRoles } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { reportEventKinds } from '../../../cloudfunctions/contexts/report/rules/report'
import { requestKinds } from '../../../cloudfunctions/contexts/report/rules/request'
import { readingRoles } from '../../../cloudfunctions/contexts/report/rules/standing'
import { defaultRuleBook } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'

test('every line of the trace has a sign, every seat a name, every request a few words', () => {
  expect(Object.keys(eventSigns).sort()).toEqual([...reportEventKinds].sort())
  expect(Object.keys(roleLabels).sort()).toEqual([...staffRoles].sort())
  for (const kind of requestKinds) expect(requestTag(kind)).toMatch(/[\u4e00-\u9fff]{3,}/u)
})

test('L3: a queue is offered to those who read reports, and to nobody else', () => {
  expect(staffRoles.filter(hasQueue)).toEqual([...readingRoles])
  expect(staffRoles.filter((role) => isLevelRole(role) && isPartnerRole(role))).toEqual([])
})

test('L6: five short sentences, word for word, with the number of the rule book', () => {
  const { report, redFace, version } = defaultRuleBook
  const rules = { version, report, redFace, recurrence: redFace.recurrence }
  expect(Object.values({ ...sentences, posting: postingText(rules) })).toEqual([
    '时限已用三分之一，转出后超期仍记本支部',
    '公示三天，没人反对就销号',
    '自己人的好评不算，差评算',
    '有人说没修好，上级到现场看',
    '不予受理要上级同意',
  ])
})

test('F5: a yes and a no are said to count as they count: alone, among others, with a picture and without', () => {
  expect(goneText(undefined)).toBe('上报人说修好了，就销号；还有别人也遇到的，公示期满，没人反对就销号')
  expect(objectionText).toBe(
    '有人说没修好，上级到现场看：上报人说一声就算；也遇到的居民，有照片一户就算，没有照片要两户',
  )
})

test('a sentence takes its numbers from the banner’s rule book, and goes without while they are not known', () => {
  const { report, redFace, version } = defaultRuleBook
  const rules = {
    version,
    report: { ...report, silenceClosesAfterDays: 11 },
    redFace: {
      ...redFace,
      noticeHours: 12,
      noticeWorkingHours: 0,
      postingWorkingDays: 12,
      consentWithinDays: 9,
    },
    recurrence: redFace.recurrence,
  }
  expect(noticeText(rules)).toBe('公开前先告知支部12小时。')
  expect(afterNoticeText(rules)).toBe('12小时后')
  expect(postingText(rules)).toContain('公示12天')
  expect(silenceText(rules)).toContain('上报人9天没回应，有3户')
  expect(unratedText(rules)).toBe('办结11天还不评价，就自动结案')
  for (const text of [noticeText, afterNoticeText, postingText, silenceText, goneText, unratedText]) {
    expect(text(undefined)).not.toMatch(/[\d一二两三四五六七八九十]+(个工作)?(天|日|小时|户)/)
  }
})

describe('how a page calls its matter', () => {
  const lane = {
    categoryId: 'lane-repair',
    text: '雨后全是泥，孩子上学滑倒了',
    publicSummary: '后炭市社区 · 巷道路面',
  } as const

  test('whoever reads the reporter’s words is told what everybody reads instead', () => {
    expect(matterText(lane)).toBe('雨后全是泥，孩子上学滑倒了')
    expect(publicSummaryText(lane)).toBe('公开摘要：后炭市社区 · 巷道路面')
  })

  test('whoever does not, or where both are the same, reads it once', () => {
    const toEverybody = { ...lane, text: null }
    expect(matterText(toEverybody)).toBe('后炭市社区 · 巷道路面')
    expect(publicSummaryText(toEverybody)).toBeNull()
    expect(publicSummaryText({ ...lane, text: lane.publicSummary })).toBeNull()
  })

  test('H4: a complaint about a unit has no words for everybody', () => {
    expect(publicSummaryText({ ...lane, categoryId: 'about-branch' })).toBeNull()
  })
})
