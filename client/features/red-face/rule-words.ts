import type { Rules } from '../../services/use-rules'

type KnownRules = Rules | undefined

/** How long the unit is told before everybody is. */
export const noticeText = (rules: KnownRules): string => {
  if (!rules) return '公开前先告知支部。'
  const { noticeHours, noticeWorkingHours } = rules.redFace
  const atWork = noticeWorkingHours > 0 ? `，其中至少${noticeWorkingHours}个工作小时（急事不等）` : ''
  return `公开前先告知支部${noticeHours}小时${atWork}。`
}

/** The reporter's yes: it clears, shown to the others first where there are others. */
export const reportersYesText = (rules: KnownRules): string => {
  const posted = rules ? `公示${rules.redFace.postingWorkingDays}个工作日` : '先公示'
  return `上报人说“修好了”就销号；还有别的居民遇到的，${posted}，没人反对才销号。`
}

/** What the neighbours' word does when the reporter says nothing. */
export const neighboursYesText = (rules: KnownRules): string => {
  if (!rules) return '上报人一直没有回应的，遇到同样问题的居民说修好了、没人反对，也销号。'
  const { consentWithinDays, supportersNeeded } = rules.redFace
  return `上报人${consentWithinDays}天没有回应的，有${supportersNeeded}位遇到同样问题的居民说修好了、没人反对，也销号。`
}

/** What comes of a no. */
export const lookText = '有人说没修好，或者谁都没有回应，由上一级到现场看。'
