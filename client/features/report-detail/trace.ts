import type { DeadlineKind } from '../../../cloudfunctions/contexts/report/rules/deadline-kind'
import type { ReportEventKind } from '../../../cloudfunctions/contexts/report/rules/report'
import { dateText, instantText } from '../../components/time-text'
import type { TimelineStep } from '../../components/timeline'
import type { Rules } from '../../services/use-rules'
import { dueByText, dueDeed } from '../../words/due'
import { eventSigns } from '../../words/matter'
import { unratedText } from '../../words/rules'
import { isOwn, isReporter, type ReportDetail, type TraceEvent } from './words'

interface Title {
  /** What happened, in a few words. */
  readonly title: string
  /** The same, said to the reporter. */
  readonly ownTitle?: string
}

/** Titles of the lines; null where the event's own text says it best. */
const titles: Readonly<Record<ReportEventKind, Title | null>> = {
  submitted: { title: '居民上报', ownTitle: '您上报了这件事' },
  declared: { title: '支部自己列出' },
  routed: { title: '找到该谁管' },
  supported: null,
  'taken-up': { title: '有了上报人', ownTitle: '您成为上报人' },
  added: { title: '居民作了补充', ownTitle: '您作了补充' },
  urged: null,
  asked: { title: '支部问居民', ownTitle: '支部问您' },
  answered: { title: '居民回答', ownTitle: '您回答了' },
  accepted: { title: '支部受理了' },
  'phone-revealed': { title: '有人看了您的电话' },
  contacted: { title: '支部联系了居民', ownTitle: '支部联系了您' },
  'message-opened': { title: '居民看到了留言', ownTitle: '您看到了留言' },
  'contact-denied': { title: '居民说没人联系', ownTitle: '您说没人联系过' },
  returned: { title: '支部退回，另找人管' },
  transferred: { title: '转给别的支部办' },
  'taken-over': null,
  reassigned: null,
  'went-home': null,
  dispatched: null,
  recalled: null,
  'sent-back': { title: '退回支部，另想办法' },
  progressed: { title: '办理进展' },
  noted: { title: '内部备注' },
  'plan-laid': { title: '报计划' },
  reclassified: null,
  relocated: null,
  'summary-corrected': { title: '公开摘要更正' },
  'fix-claimed': { title: '说是干完了' },
  'rework-ordered': { title: '核查没通过，返工' },
  'evidence-laid': { title: '支部放了证据，请居民看' },
  resolved: { title: '办结，等居民评价', ownTitle: '办结，请您评价' },
  rated: { title: '居民评价' },
  reopened: { title: '退回支部，重新办' },
  closed: { title: '结案' },
  declined: { title: '不予受理' },
  merged: { title: '并案，一起办' },
  absorbed: null,
  unmerged: { title: '拆案，单独办' },
  released: null,
  'handed-on': null,
  withdrawn: { title: '上报人撤回', ownTitle: '您撤回了' },
  requested: null,
  'request-agreed': null,
  'request-moved-up': null,
  'request-granted': null,
  'request-denied': null,
  'request-lapsed': null,
  suspended: { title: '现在办不了，挂账' },
  resumed: { title: '恢复办理' },
  extended: { title: '延期' },
  rescheduled: { title: '放假，时限顺延' },
  looked: { title: '上级现场核实' },
  'due-soon': null,
  overdue: null,
  supervised: { title: '上级督办' },
  'red-face-noticed': { title: '红脸榜预告' },
  'red-face-published': { title: '上了红脸榜' },
  'red-face-appealed': { title: '支部对红脸申诉' },
  'said-to-appeal': { title: '居民对申诉作了说明', ownTitle: '您对申诉作了说明' },
  'red-face-restored': { title: '撤销的评价恢复' },
  'red-face-struck': { title: '申诉成立，已撤销' },
  'red-face-posted': { title: '公示' },
  'red-face-answered': null,
  'red-face-cleared': { title: '红脸销号' },
}

const residentSaid = '居民说：'

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
  report: ReportDetail,
): { readonly title: string; readonly body: string } => {
  // A resident's words reach that resident and the staff alone.
  const isSpeaker = report.part !== null && report.view !== 'staff'
  if (event.text.startsWith(residentSaid)) {
    return { title: isSpeaker ? '您说' : '居民说', body: event.text.slice(residentSaid.length) }
  }
  if (event.kind === 'requested' && event.side === 'resident') {
    return {
      title: isOwn(report) && report.coReporterCount === 0 ? '您向上一级提出' : '居民向上一级提出',
      body: event.text.replace(/^居民申请/, ''),
    }
  }
  const words = titles[event.kind]
  if (!words) return { title: event.text, body: '' }
  const { title, ownTitle } = words
  const shown = (isOwn(report) && ownTitle) || title
  const saysEnough: readonly ReportEventKind[] = [
    'submitted',
    'accepted',
    'withdrawn',
    'red-face-published',
    'added',
    'answered',
    'message-opened',
    'contact-denied',
  ]
  return { title: shown, body: saysEnough.includes(event.kind) ? '' : restOf(event, title) }
}

const pastStep = (event: TraceEvent, report: ReportDetail, now: number): TimelineStep => {
  const { icon, tone } = eventSigns[event.kind]
  const { title, body } = wordsOf(event, report)
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

/** Who has to do what by then. */
const aheadTitle = (kind: DeadlineKind, { status }: ReportDetail): string => {
  if (kind === 'resolve') return status === 'awaiting-check' ? '支部到现场核查' : dueDeed(kind, status)
  return `${status === 'unrouted' && kind === 'accept' ? '上级' : '支部'}${dueDeed(kind, status)}`
}

/** What should come next and by when; the nearest last. */
const stepsAhead = (report: ReportDetail, now: number, rules?: Rules): readonly TimelineStep[] => {
  if (report.status === 'suspended' && report.suspension) {
    return [ahead('ahead-resume', '恢复办理', `最晚${dateText(report.suspension.untilAt, now)}`)]
  }
  if (report.status === 'resolved') {
    return [ahead('ahead-rate', isReporter(report) ? '请您评价' : '等上报人评价', unratedText(rules))]
  }
  return [...report.dues]
    .reverse()
    .map(({ kind, dueAt }) => ahead(`ahead-${kind}`, aheadTitle(kind, report), dueByText(dueAt, now)))
}

/** What comes and what was, the latest on top. */
export const stepsOf = (report: ReportDetail, now: number, rules?: Rules): readonly TimelineStep[] => [
  ...stepsAhead(report, now, rules),
  ...report.timeline.map((event) => pastStep(event, report, now)).reverse(),
]
