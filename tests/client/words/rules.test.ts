import {
  afterNoticeText,
  againText,
  cameLateText,
  evidenceText,
  extensionsText,
  goneText,
  noticeText,
  postingText,
  recurrenceText,
  silenceText,
  unansweredText,
  unratedText,
} from '../../../client/words/rules'
import { objectionText, sentences } from '../../../client/words/sentences'
import { defaultRuleBook } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'

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
  expect(goneText(undefined)).toBe(
    '上报人说修好了（几个人报的，要两个人说），就销号；还有别人也遇到的，公示期满，没人反对就销号',
  )
  expect(objectionText).toBe(
    '有人说没修好，上级到现场看：上报人说一声就算；也遇到的居民，有照片一户就算，没有照片要两户',
  )
})

test('a sentence takes its numbers from the banner’s rule book, and goes without while they are not known', () => {
  const { report, redFace, version } = defaultRuleBook
  const rules = {
    version,
    report: {
      ...report,
      silenceClosesAfterDays: 11,
      reopenWithinDays: 45,
      appealUpheldAfterWorkingDays: 8,
      maxExtensions: 1,
    },
    redFace: {
      ...redFace,
      noticeHours: 12,
      noticeWorkingHours: 0,
      postingWorkingDays: 12,
      consentWithinDays: 9,
      evidenceEveryDays: 5,
      lateStepLeavesPageAfterDays: 14,
    },
    recurrence: { count: 2, withinMetres: 80, withinDays: 120 },
  }
  expect(noticeText(rules)).toBe('公开前先告知责任单位12小时。')
  expect(afterNoticeText(rules)).toBe('12小时后')
  expect(postingText(rules)).toContain('公示12天')
  expect(silenceText(rules)).toContain('上报人9天没回应，有3户')
  expect(unratedText(rules)).toBe('办结11天还不评价，就自动结案')
  expect(againText(rules)).toBe('45天内又出现问题')
  expect(unansweredText(rules)).toBe('8个工作日没答复，就算申诉成立')
  expect(extensionsText(rules)).toBe('最多延1次，再延要上报人都同意')
  expect(evidenceText(rules)).toBe('隔5天才能再放')
  expect(recurrenceText(rules)).toBe('（80米以内，120天里2次，或者修好了又坏）')
  expect(cameLateText(rules)).toBe('只是受理或报计划晚了、后来办到的，公开满14天撤下')
  for (const text of [
    noticeText,
    afterNoticeText,
    postingText,
    silenceText,
    goneText,
    unratedText,
    againText,
    unansweredText,
    extensionsText,
    evidenceText,
    recurrenceText,
    cameLateText,
  ]) {
    expect(text(undefined)).not.toMatch(/[\d一二两三四五六七八九十]+(个工作)?(天|日|小时|户)/)
  }
})
