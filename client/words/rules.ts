import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { answerableText } from './answerable'
import { sentences } from './sentences'

/** The rule book's numbers; undefined until they are known: a sentence then goes without, never with a guess. */
type Rules = OutputOf<'rules.get'> | undefined

/** How long the unit is told before everybody is. */
export const noticeText = (rules: Rules): string => {
  if (!rules) return `公开前先告知${answerableText}。`
  const { noticeHours, noticeWorkingHours } = rules.redFace
  const atWork = noticeWorkingHours > 0 ? `，其中至少${noticeWorkingHours}个工作小时（急事不等）` : ''
  return `公开前先告知${answerableText}${noticeHours}小时${atWork}。`
}

/** When what went wrong is public: 24小时后. */
export const afterNoticeText = (rules: Rules): string =>
  rules ? `${rules.redFace.noticeHours}小时后` : '预告期满'

/** Small numbers as one says them before 天. */
const spoken = ['', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']

/** L6, with the number of the rule book: 公示三天，没人反对就销号. */
export const postingText = (rules: Rules): string => {
  if (!rules) return sentences.posting
  const { postingWorkingDays } = rules.redFace
  return `公示${spoken[postingWorkingDays] ?? postingWorkingDays}天，没人反对就销号`
}

/** What a reporter's yes to the evidence does: of several who reported it, two have to say it (F5). */
export const goneText = (rules: Rules): string =>
  `上报人说修好了（几个人报的，要两个人说），就销号；还有别人也遇到的，${postingText(rules)}`

/** What becomes of an entry when the reporter says nothing to the evidence. */
export const silenceText = (rules: Rules): string => {
  if (!rules) return '上报人一直没回应，遇到同样问题的居民说修好了也行，或者由上级到现场看'
  const { consentWithinDays, supportersNeeded } = rules.redFace
  return `上报人${consentWithinDays}天没回应，有${supportersNeeded}户遇到同样问题的居民说修好了也行，或者由上级到现场看`
}

/** What becomes of a matter that nobody rates. */
export const unratedText = (rules: Rules): string =>
  rules ? `办结${rules.report.silenceClosesAfterDays}天还不评价，就自动结案` : '一直不评价就自动结案'

/** What of a matter that is over may be taken up again, and until when. */
export const againText = (rules: Rules): string =>
  rules ? `${rules.report.reopenWithinDays}天内又出现问题` : '以后又出现问题'

/** What becomes of a resident's appeal that nobody answers (K8). */
export const unansweredText = (rules: Rules): string =>
  rules
    ? `${rules.report.appealUpheldAfterWorkingDays}个工作日没答复，就算申诉成立`
    : '过期不答复，就算申诉成立'

/** How often a branch may be given more time (K7). */
export const extensionsText = (rules: Rules): string =>
  rules ? `最多延${rules.report.maxExtensions}次，再延要上报人都同意` : '次数用完以后，再延要上报人都同意'

/** How often residents may be asked again by new evidence (F5). */
export const evidenceText = (rules: Rules): string =>
  rules ? `隔${rules.redFace.evidenceEveryDays}天才能再放` : '隔几天才能再放'

/** What counts as the same trouble over and over (F1), beside the name of that cause. */
export const recurrenceText = (rules: Rules): string => {
  if (!rules) return ''
  const { count, withinMetres, withinDays } = rules.recurrence
  return `（${withinMetres}米以内，${withinDays}天里${count}次，或者修好了又坏）`
}

/** When what came late and has come since leaves the page (F5). */
export const cameLateText = (rules: Rules): string =>
  rules
    ? `只是受理或报计划晚了、后来办到的，公开满${rules.redFace.lateStepLeavesPageAfterDays}天撤下`
    : '只是受理或报计划晚了、后来办到的，过些天撤下'
