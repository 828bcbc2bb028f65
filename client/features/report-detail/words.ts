import type { ReportStatus } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import type { Tone } from '../../components/status-tag'
import { dateText } from '../../components/time-text'
import type { Rules } from '../../services/use-rules'
import { answerableText, holderOf, sortedByText } from '../../words/answerable'
import { awaitsRatingText } from '../../words/row'
import { unratedText } from '../../words/rules'
import type { Sign } from '../../words/sign'
import { statusWord } from '../../words/status'
import { isResultNow, verdictsOf } from '../../words/verdict'

export type ReportDetail = OutputOf<'report.get'>
export type TraceEvent = ReportDetail['timeline'][number]
export type RedFaceView = NonNullable<ReportDetail['redFace']>

export const isOwn = ({ part }: ReportDetail): boolean => part === 'reporter'

/** Reported it, or had a report of the same matter merged into it: rates, reopens, appeals, consents (M3). */
export const isReporter = ({ part }: ReportDetail): boolean => part === 'reporter' || part === 'co-reporter'

/** What the resident did themselves: who took the reporter's place was not there before (M3). */
export const isOwnSince = (report: ReportDetail, at: number): boolean =>
  isOwn(report) && at >= (report.yoursSince ?? 0)

/** Where the report stands, as one says it to a neighbour. */
interface Said {
  readonly text: string
  /** What comes of it, where that is not plain. */
  readonly hint?: string
  /** Where it is not only told: it waits for this reader. */
  readonly tone?: Tone
}

export type Headline = Said & Sign

/**
 * Who checks what was done, or has: the resident where nobody else has been there, and only for as long as they may
 * still say so.
 */
export const checkText = (report: ReportDetail): string => {
  if (report.resolution?.isChecked) return '别人到现场核查过'
  const { latest } = verdictsOf(report)
  if (latest.some(({ isYours }) => isYours)) return '您看过了'
  if (report.actions.includes('rate')) return '由您来看合不合格'
  if (latest.length > 0) return '居民看过了'
  return isResultNow(report) && report.status !== 'closed'
    ? `由${isReporter(report) ? '您' : '居民'}来看合不合格`
    : ''
}

/** By what was said of the result that closed it: of an earlier one it says nothing. The least content answer counts. */
const closedText = (report: ReportDetail): string => {
  const said = verdictsOf(report).latest.map(({ solved }) => solved)
  if (said.length === 0 || said.includes('no')) return '结案了'
  return said.includes('partly') ? '结案了，居民说部分解决' : '办好了，居民说解决了'
}

/** While the level above has not said whether the matter may be declined (A1). */
const declineHeadline = (report: ReportDetail): Said | undefined =>
  report.requests.some(({ kind }) => kind === 'decline')
    ? {
        tone: 'waiting',
        text: '提出了不予受理，等上一级答复',
        hint: `上一级不同意，${holderOf(report)}就得接着办。`,
      }
    : undefined

const checkHint = (report: ReportDetail): Pick<Said, 'hint'> => {
  const { handler, branch } = report
  if (!handler) return {}
  return {
    hint:
      handler.id === branch.id
        ? `${holderOf(report)}自己人干的活，由别的同志到现场看。`
        : `${handler.name}干的活，由${holderOf(report)}到现场看。`,
  }
}

type Say = (report: ReportDetail, now: number, rules: Rules | undefined) => Said

const headlines: Readonly<Record<ReportStatus, Say>> = {
  unrouted: (report) =>
    declineHeadline(report) ?? {
      text: `正在找${answerableText}`,
      hint: `${sortedByText(holderOf(report))}，时限已经在算。`,
    },
  routed: (report) => declineHeadline(report) ?? { text: `等${holderOf(report)}受理` },
  accepted: (report) => ({
    text: report.wasReopened ? `退回${holderOf(report)}，正在重新办` : `${holderOf(report)}已受理，正在办`,
  }),
  dispatched: (report) => ({ text: `${report.handler?.name ?? holderOf(report)}正在处置` }),
  'awaiting-check': (report) => ({ text: `说是办好了，${holderOf(report)}正在核查`, ...checkHint(report) }),
  suspended: ({ suspension }, now) => ({
    text: suspension ? `现在办不了，挂账到${dateText(suspension.untilAt, now)}` : '现在办不了，挂账等着',
  }),
  resolved: (report, _now, rules) =>
    isReporter(report)
      ? {
          tone: 'alert',
          text: `${holderOf(report)}说办好了，请您评价`,
          hint: `修好没有，您说了算；${unratedText(rules)}。`,
        }
      : { text: `${holderOf(report)}说办好了，${awaitsRatingText(report)}` },
  closed: (report) => ({ text: closedText(report) }),
  declined: (report) => ({
    text: '上级同意，不予受理',
    ...(report.actions.includes('appeal') ? { hint: '您不同意，可以向上一级申诉。' } : {}),
  }),
  merged: (report) => ({
    text: '和同一处的另一件一起办',
    hint: isOwn(report)
      ? '那一件办到哪一步，都会告诉您。不是同一件事，可以拆开。'
      : '那一件办到哪一步，看下面那一件。',
  }),
  withdrawn: () => ({ text: '上报人撤回了' }),
}

const hadTitle = '原来归谁管'
const inHand = { title: '谁来办', hint: '这件事现在归它负责' } as const

/** What the unit has to do with the matter, beside its name: of what is over it has nothing to do any more. */
export const whoseWords: Readonly<Record<ReportStatus, { readonly title: string; readonly hint: string }>> = {
  unrouted: { title: '谁来办', hint: `由它来指定${answerableText}` },
  routed: inHand,
  accepted: inHand,
  dispatched: inHand,
  'awaiting-check': inHand,
  suspended: inHand,
  resolved: { title: '谁办的', hint: '它说办好了，没办好还归它' },
  closed: { title: '谁办的', hint: '结案前归它负责' },
  // From there a matter ends while it is still sorted, too.
  declined: { title: hadTitle, hint: '不予受理前归它管' },
  merged: { title: hadTitle, hint: '并案前归它管' },
  withdrawn: { title: hadTitle, hint: '撤回前归它管' },
}

export const headlineOf = (report: ReportDetail, now: number, rules?: Rules): Headline => ({
  ...statusWord(report.status),
  ...headlines[report.status](report, now, rules),
})
