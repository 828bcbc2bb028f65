import type { ReportEventKind } from '../../../cloudfunctions/domain/report/report'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'
import { dateText, instantText } from '../../components/time-text'
import type { TimelineStep } from '../../components/timeline'
import { dueText, isOwn, type ReportDetail, type TraceEvent } from './words'

interface EventSign {
  readonly icon: IconName
  readonly tone: Tone
  /** What happened, in a few words; without it the event's own text says it. */
  readonly title?: string
  /** The same, said to the reporter. */
  readonly ownTitle?: string
}

const signs: Readonly<Record<ReportEventKind, EventSign>> = {
  submitted: { icon: 'send', tone: 'plain', title: '居民上报', ownTitle: '您上报了这件事' },
  routed: { icon: 'landmark', tone: 'plain', title: '找到该谁管' },
  supported: { icon: 'users', tone: 'plain' },
  accepted: { icon: 'check', tone: 'working', title: '支部受理了' },
  'phone-revealed': { icon: 'eye', tone: 'waiting', title: '有人看了您的电话' },
  contacted: { icon: 'phone', tone: 'working', title: '支部联系了居民', ownTitle: '支部联系了您' },
  returned: { icon: 'undo-2', tone: 'waiting', title: '支部退回，另找人管' },
  transferred: { icon: 'arrow-right-left', tone: 'plain', title: '转给别的支部办' },
  'taken-over': { icon: 'arrow-right-left', tone: 'working' },
  dispatched: { icon: 'hard-hat', tone: 'working' },
  'sent-back': { icon: 'undo-2', tone: 'waiting', title: '承办单位退回支部' },
  progressed: { icon: 'message-circle', tone: 'working', title: '办理进展' },
  'fix-claimed': { icon: 'badge-check', tone: 'working', title: '承办单位说干完了' },
  'rework-ordered': { icon: 'refresh-cw', tone: 'waiting', title: '核查没通过，返工' },
  resolved: { icon: 'circle-check', tone: 'done', title: '办结，等居民评价', ownTitle: '办结，请您评价' },
  rated: { icon: 'star', tone: 'done', title: '居民评价', ownTitle: '您的评价' },
  reopened: { icon: 'undo-2', tone: 'alert', title: '退回支部，重新办' },
  closed: { icon: 'circle-check', tone: 'done', title: '结案' },
  declined: { icon: 'ban', tone: 'plain', title: '支部不予受理' },
  merged: { icon: 'git-merge', tone: 'plain', title: '并案，一起办' },
  absorbed: { icon: 'git-merge', tone: 'plain' },
  withdrawn: { icon: 'undo-2', tone: 'plain', title: '上报人撤回', ownTitle: '您撤回了' },
  requested: { icon: 'file-text', tone: 'waiting', title: '支部向上一级申请' },
  'request-granted': { icon: 'check', tone: 'plain', title: '上一级同意了' },
  'request-denied': { icon: 'x', tone: 'plain', title: '上一级没有同意' },
  suspended: { icon: 'circle-pause', tone: 'plain', title: '现在办不了，挂账' },
  resumed: { icon: 'history', tone: 'working', title: '恢复办理' },
  rescheduled: { icon: 'calendar-clock', tone: 'plain', title: '放假，时限顺延' },
  extended: { icon: 'clock', tone: 'plain', title: '延期' },
  'due-soon': { icon: 'hourglass', tone: 'waiting' },
  overdue: { icon: 'circle-alert', tone: 'alert' },
  supervised: { icon: 'siren', tone: 'alert', title: '上级督办' },
  'red-face-noticed': { icon: 'flag', tone: 'alert', title: '红脸榜预告' },
  'red-face-published': { icon: 'clipboard-list', tone: 'alert', title: '上了红脸榜' },
  'red-face-frozen': { icon: 'scale', tone: 'plain', title: '支部申诉，红脸冻结' },
  'red-face-unfrozen': { icon: 'scale', tone: 'plain', title: '申诉不成立' },
  'red-face-answered': { icon: 'message-circle', tone: 'plain' },
  'red-face-cleared': { icon: 'badge-check', tone: 'done', title: '红脸销号' },
}

const residentSaid = '居民说：'

const afterColon = (text: string): string => text.slice(text.indexOf('：') + 1)

/** What the text adds to the title: without the unit or the words before the first colon that repeat it. */
const restOf = ({ text, unitName }: TraceEvent, title: string): string => {
  const said = unitName && text.startsWith(unitName) ? text.slice(unitName.length) : text
  const colon = said.indexOf('：')
  const head = said.slice(0, Math.max(0, colon))
  const isRepeated = colon >= 0 && (title.includes(head) || head === '已办结' || head.endsWith('挂账'))
  const rest = isRepeated ? said.slice(colon + 1) : said
  return rest === title ? '' : rest
}

const wordsOf = (
  event: TraceEvent,
  isReporter: boolean,
): { readonly title: string; readonly body: string } => {
  if (event.text.startsWith(residentSaid)) {
    return { title: isReporter ? '您说' : '居民说', body: event.text.slice(residentSaid.length) }
  }
  if (event.kind === 'requested' && event.side === 'resident') {
    return { title: isReporter ? '您向上一级申诉' : '居民向上一级申诉', body: afterColon(event.text) }
  }
  const { title, ownTitle } = signs[event.kind]
  const shown = (isReporter && ownTitle) || title
  if (!shown) return { title: event.text, body: '' }
  const saysEnough: readonly ReportEventKind[] = ['submitted', 'accepted', 'withdrawn', 'red-face-published']
  return { title: shown, body: saysEnough.includes(event.kind) ? '' : restOf(event, title ?? shown) }
}

const pastStep = (event: TraceEvent, report: ReportDetail, now: number): TimelineStep => {
  const { icon, tone } = signs[event.kind]
  const { title, body } = wordsOf(event, isOwn(report))
  // The latest result stands above with its pictures.
  const isShownAbove = event.kind === 'resolved' && event.at === report.resolution?.at
  return {
    key: String(event.seq),
    icon,
    tone,
    title,
    when: instantText(event.at, now),
    who: event.unitName ?? (event.side === 'system' ? '到点自动记录' : null),
    ...(body ? { body } : {}),
    photos: isShownAbove ? [] : event.photos,
  }
}

const ahead = (key: string, title: string, when: string): TimelineStep => ({
  key,
  icon: 'circle',
  tone: 'plain',
  title,
  when,
  isAhead: true,
})

/** What should come next and by when; the nearest last. */
const stepsAhead = (report: ReportDetail, now: number): readonly TimelineStep[] => {
  const by = (at: number) => dueText(at, now)
  const done = ahead('ahead-resolve', '办结', by(report.resolveDueAt))
  switch (report.status) {
    case 'unrouted':
    case 'routed':
      return [done, ahead('ahead-accept', '支部受理', by(report.acceptDueAt))]
    case 'accepted':
    case 'dispatched':
      return report.contactedAt === null && report.contactDueAt !== null
        ? [done, ahead('ahead-contact', '支部联系居民', by(report.contactDueAt))]
        : [done]
    case 'awaiting-check':
      return [ahead('ahead-check', '支部到现场核查', by(report.resolveDueAt))]
    case 'suspended':
      return report.suspension
        ? [ahead('ahead-resume', '恢复办理', `最晚${dateText(report.suspension.untilAt, now)}`)]
        : []
    case 'resolved':
      return [ahead('ahead-rate', isOwn(report) ? '请您评价' : '等上报人评价', '七天不评价就自动结案')]
    default:
      return []
  }
}

/** What comes and what was, the latest on top. */
export const stepsOf = (report: ReportDetail, now: number): readonly TimelineStep[] => [
  ...stepsAhead(report, now),
  ...report.timeline.map((event) => pastStep(event, report, now)).reverse(),
]
