import type { DeadlineKind } from '../../../cloudfunctions/contexts/report/rules/deadline-kind'
import type { ReportEventKind } from '../../../cloudfunctions/contexts/report/rules/report'
import { dateText, instantText } from '../../components/time-text'
import type { TimelineStep } from '../../components/timeline'
import type { Rules } from '../../services/use-rules'
import { holderOf } from '../../words/answerable'
import { dueByText, dueDeed } from '../../words/due'
import { requestLabel } from '../../words/request'
import { awaitsRatingText } from '../../words/row'
import { unratedText } from '../../words/rules'
import { statusWord } from '../../words/status'
import { latestFirst } from '../../words/trace-lines'
import { eventSigns } from '../../words/trace-signs'
import { traceTitles } from '../../words/trace-titles'
import { isOwnSince, isReporter, type ReportDetail, type TraceEvent } from './words'

const residentSaid = '居民说：'

/** Nobody is there who could rate it. */
const resolvedUnreported = { title: '办结', ownTitle: undefined }

/** What the text adds to the title: without the unit or the words before the first colon that repeat it. */
const restOf = ({ text, unitName }: TraceEvent, title: string): string => {
  const said = unitName && text.startsWith(unitName) ? text.slice(unitName.length) : text
  const colon = said.indexOf('：')
  const head = said.slice(0, Math.max(0, colon))
  const isRepeated =
    colon >= 0 && (title.includes(head) || head === '已办结' || head.endsWith(statusWord('suspended').text))
  const rest = isRepeated ? said.slice(colon + 1) : said
  return rest === title ? '' : rest
}

const residentAsks = /^居民(申请|提出)/

/** Its reason reaches who asked, and no other resident: whoever reads it asked themselves. */
const saysWhy = ({ at }: TraceEvent, { timeline }: ReportDetail): boolean =>
  timeline.some((one) => one.kind === 'requested' && one.at === at && one.text.startsWith(residentSaid))

const wordsOf = (
  event: TraceEvent,
  report: ReportDetail,
): { readonly title: string; readonly body: string } => {
  // A resident's words reach that resident and the staff alone.
  const isSpeaker = report.part !== null && report.view !== 'staff'
  if (event.text.startsWith(residentSaid)) {
    return { title: isSpeaker ? '您说' : '居民说', body: event.text.slice(residentSaid.length) }
  }
  // What the rules ask for is written down by whoever made it necessary, and is not theirs.
  if (event.kind === 'requested' && residentAsks.test(event.text)) {
    return {
      title: isSpeaker && saysWhy(event, report) ? '您向上一级提出' : '居民向上一级提出',
      body: event.text.replace(residentAsks, ''),
    }
  }
  const words = traceTitles[event.kind]
  if (!words) return { title: event.text, body: '' }
  const { title, ownTitle } = event.kind === 'resolved' && report.isUnreported ? resolvedUnreported : words
  const shown = (isOwnSince(report, event.at) && ownTitle) || title
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

/** Who has to do what by then: whoever sorts a matter does nothing else to it, and who will is not known. */
const aheadTitle = (kind: DeadlineKind, report: ReportDetail): string => {
  const { status } = report
  const deed = dueDeed(kind, status)
  if (kind === 'resolve') return status === 'awaiting-check' ? `${holderOf(report)}到现场核查` : deed
  return status === 'unrouted' && kind !== 'accept' ? deed : `${holderOf(report)}${deed}`
}

/** What should come next and by when; the nearest last. */
const stepsAhead = (report: ReportDetail, now: number, rules?: Rules): readonly TimelineStep[] => {
  if (report.status === 'suspended' && report.suspension) {
    return [ahead('ahead-resume', requestLabel('resume'), `最晚${dateText(report.suspension.untilAt, now)}`)]
  }
  if (report.status === 'resolved') {
    const title = isReporter(report) ? '请您评价' : awaitsRatingText(report)
    return [ahead('ahead-rate', title, unratedText(rules))]
  }
  return [...report.dues]
    .reverse()
    .map(({ kind, dueAt }) => ahead(`ahead-${kind}`, aheadTitle(kind, report), dueByText(dueAt, now)))
}

/** What comes and what was, the latest on top; `older` is what a long trace holds between its first line and the rest. */
export const stepsOf = (
  report: ReportDetail,
  now: number,
  rules?: Rules,
  older: readonly TraceEvent[] = [],
): readonly TimelineStep[] => [
  ...stepsAhead(report, now, rules),
  ...latestFirst(report.timeline, older).map((event) => pastStep(event, report, now)),
]
