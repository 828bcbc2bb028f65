import { isConfidential } from '../../cloudfunctions/contexts/report/rules/confidential'
import type { SatisfactionAnswer, SolvedAnswer } from '../../cloudfunctions/contexts/report/rules/rating'
import type { Report, ReportEventKind } from '../../cloudfunctions/contexts/report/rules/report'
import { type RequestKind, requestLabels } from '../../cloudfunctions/contexts/report/rules/request'
import type { IconName } from '../components/icon'
import type { Tone } from '../components/status-tag'

export const solvedLabels: Readonly<Record<SolvedAnswer, string>> = {
  yes: '解决了',
  partly: '部分解决',
  no: '没解决',
}

export const satisfactionLabels: Readonly<Record<SatisfactionAnswer, string>> = {
  satisfied: '满意',
  'basically-satisfied': '基本满意',
  dissatisfied: '不满意',
}

/** What waits with a level above, in a few words. */
export const requestTag = (kind: RequestKind): string => {
  if (kind === 'look') return '等上级现场核实'
  if (kind === 'merge') return '等上报人说是不是同一件'
  return kind.startsWith('appeal') ? requestLabels[kind] : `申请${requestLabels[kind]}`
}

interface ToldMatter extends Pick<Report, 'categoryId' | 'publicSummary'> {
  /** Null to whoever may not read the reporter’s own words. */
  readonly text: string | null
}

/** How a matter is called on its own page. */
export const matterText = ({ text, publicSummary }: ToldMatter): string => text ?? publicSummary

/** What lists for everybody call it instead: whoever came from there finds it again. */
export const publicSummaryText = (matter: ToldMatter): string | null =>
  isConfidential(matter) || matterText(matter).trim() === matter.publicSummary
    ? null
    : `公开摘要：${matter.publicSummary}`

export interface EventSign {
  readonly icon: IconName
  readonly tone: Tone
}

/** The sign beside each line of the trace. */
export const eventSigns: Readonly<Record<ReportEventKind, EventSign>> = {
  submitted: { icon: 'send', tone: 'plain' },
  declared: { icon: 'flag', tone: 'alert' },
  routed: { icon: 'landmark', tone: 'plain' },
  supported: { icon: 'users', tone: 'plain' },
  'taken-up': { icon: 'users', tone: 'working' },
  added: { icon: 'plus', tone: 'plain' },
  urged: { icon: 'bell', tone: 'waiting' },
  asked: { icon: 'message-circle', tone: 'waiting' },
  answered: { icon: 'message-circle', tone: 'plain' },
  accepted: { icon: 'check', tone: 'working' },
  'phone-revealed': { icon: 'eye', tone: 'waiting' },
  contacted: { icon: 'phone', tone: 'working' },
  'message-opened': { icon: 'eye', tone: 'plain' },
  'contact-denied': { icon: 'circle-alert', tone: 'alert' },
  returned: { icon: 'undo-2', tone: 'waiting' },
  transferred: { icon: 'arrow-right-left', tone: 'plain' },
  'taken-over': { icon: 'arrow-right-left', tone: 'working' },
  reassigned: { icon: 'arrow-right-left', tone: 'plain' },
  'went-home': { icon: 'house', tone: 'plain' },
  dispatched: { icon: 'hard-hat', tone: 'working' },
  recalled: { icon: 'corner-up-left', tone: 'plain' },
  'sent-back': { icon: 'undo-2', tone: 'waiting' },
  progressed: { icon: 'message-circle', tone: 'working' },
  noted: { icon: 'pencil', tone: 'plain' },
  'plan-laid': { icon: 'list-checks', tone: 'working' },
  reclassified: { icon: 'pencil', tone: 'plain' },
  relocated: { icon: 'map-pin', tone: 'plain' },
  'summary-corrected': { icon: 'pencil', tone: 'plain' },
  'fix-claimed': { icon: 'badge-check', tone: 'working' },
  'rework-ordered': { icon: 'refresh-cw', tone: 'waiting' },
  'evidence-laid': { icon: 'camera', tone: 'working' },
  resolved: { icon: 'circle-check', tone: 'done' },
  rated: { icon: 'star', tone: 'done' },
  reopened: { icon: 'undo-2', tone: 'alert' },
  closed: { icon: 'circle-check', tone: 'done' },
  declined: { icon: 'ban', tone: 'plain' },
  merged: { icon: 'git-merge', tone: 'plain' },
  absorbed: { icon: 'git-merge', tone: 'plain' },
  unmerged: { icon: 'git-merge', tone: 'plain' },
  released: { icon: 'git-merge', tone: 'plain' },
  'handed-on': { icon: 'users', tone: 'plain' },
  withdrawn: { icon: 'undo-2', tone: 'plain' },
  requested: { icon: 'file-text', tone: 'waiting' },
  'request-agreed': { icon: 'check', tone: 'plain' },
  'request-moved-up': { icon: 'landmark', tone: 'waiting' },
  'request-granted': { icon: 'check', tone: 'plain' },
  'request-denied': { icon: 'x', tone: 'plain' },
  'request-lapsed': { icon: 'history', tone: 'plain' },
  suspended: { icon: 'circle-pause', tone: 'plain' },
  resumed: { icon: 'history', tone: 'working' },
  extended: { icon: 'clock', tone: 'plain' },
  rescheduled: { icon: 'calendar-clock', tone: 'plain' },
  looked: { icon: 'shield-check', tone: 'working' },
  'due-soon': { icon: 'hourglass', tone: 'waiting' },
  overdue: { icon: 'circle-alert', tone: 'alert' },
  supervised: { icon: 'siren', tone: 'alert' },
  'red-face-noticed': { icon: 'flag', tone: 'alert' },
  'red-face-published': { icon: 'clipboard-list', tone: 'alert' },
  'red-face-appealed': { icon: 'scale', tone: 'plain' },
  'said-to-appeal': { icon: 'message-circle', tone: 'plain' },
  'red-face-restored': { icon: 'history', tone: 'alert' },
  'red-face-struck': { icon: 'scale', tone: 'done' },
  'red-face-posted': { icon: 'users', tone: 'waiting' },
  'red-face-answered': { icon: 'message-circle', tone: 'plain' },
  'red-face-cleared': { icon: 'badge-check', tone: 'done' },
}

/** Five short sentences that stand where people act (L6). */
export const sentences = {
  stays: '时限已用三分之一，转出后超期仍记本支部',
  /** With its number where the rule book is known: `postingText`. */
  posting: '公示期满，没人反对就销号',
  ours: '自己人的好评不算，差评算',
  objection: '有人说没修好，上级到现场看',
  decline: '不予受理要上级同意',
} as const

/** Whose no it takes for the level above to go and see (F5). */
export const objectionText = `${sentences.objection}：上报人说一声就算；也遇到的居民，有照片一户就算，没有照片要两户`
