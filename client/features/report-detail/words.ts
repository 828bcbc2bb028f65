import type { ReportStatus } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import type { Tone } from '../../components/status-tag'
import { dateText } from '../../components/time-text'
import type { Rules } from '../../services/use-rules'
import { unratedText } from '../../words/rules'
import type { Sign } from '../../words/sign'
import { statusWord } from '../../words/status'
import { awaitsRatingText, verdictsOf } from '../../words/verdict'

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

const wasReopened = ({ timeline }: ReportDetail): boolean => timeline.some(({ kind }) => kind === 'reopened')

/** By what was said of the result that closed it: of an earlier one it says nothing. The least content answer counts. */
const closedText = (report: ReportDetail): string => {
  const said = verdictsOf(report).latest.map(({ solved }) => solved)
  if (said.length === 0 || said.includes('no')) return '结案了'
  return said.includes('partly') ? '结案了，居民说部分解决' : '办好了，居民说解决了'
}

/** While the level above has not said whether the matter may be declined (A1). */
const declineHeadline = ({ requests, branch }: ReportDetail): Said | undefined =>
  requests.some(({ kind }) => kind === 'decline')
    ? {
        tone: 'waiting',
        text: '提出了不予受理，等上一级答复',
        hint: `上一级不同意，${branch.name}就得接着办。`,
      }
    : undefined

const checkHint = ({ handler, branch }: ReportDetail): Pick<Said, 'hint'> => {
  if (!handler) return {}
  return {
    hint:
      handler.id === branch.id
        ? '支部自己人干的活，由别的同志到现场看。'
        : `${handler.name}干的活，由支部到现场看。`,
  }
}

type Say = (report: ReportDetail, now: number, rules: Rules | undefined) => Said

const headlines: Readonly<Record<ReportStatus, Say>> = {
  unrouted: (report) =>
    declineHeadline(report) ?? {
      text: '正在找负责的支部',
      hint: `由${report.branch.name}来指定，时限已经在算。`,
    },
  routed: (report) => declineHeadline(report) ?? { text: `等${report.branch.name}受理` },
  accepted: (report) => ({ text: wasReopened(report) ? '退回支部，正在重新办' : '支部已受理，正在办' }),
  dispatched: ({ handler, branch }) => ({ text: `${handler?.name ?? branch.name}正在处置` }),
  'awaiting-check': (report) => ({ text: '说是办好了，支部正在核查', ...checkHint(report) }),
  suspended: ({ suspension }, now) => ({
    text: suspension ? `现在办不了，挂账到${dateText(suspension.untilAt, now)}` : '现在办不了，挂账等着',
  }),
  resolved: (report, _now, rules) =>
    isReporter(report)
      ? {
          tone: 'alert',
          text: '支部说办好了，请您评价',
          hint: `修好没有，您说了算；${unratedText(rules)}。`,
        }
      : { text: `支部说办好了，${awaitsRatingText(report)}` },
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

export const headlineOf = (report: ReportDetail, now: number, rules?: Rules): Headline => ({
  ...statusWord(report.status),
  ...headlines[report.status](report, now, rules),
})

/**
 * The entry of the red-face list is of one unit. Only that of the unit that has the matter now can be named from
 * here; undefined where no cause of it is public.
 */
export const entryIdOf = ({ id, branch }: ReportDetail, { no, causes }: RedFaceView): string | undefined =>
  causes.some(({ isPublic, unitNames }) => isPublic && unitNames.includes(branch.name))
    ? `${id}:${no}:${branch.id}`
    : undefined
