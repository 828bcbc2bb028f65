import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import {
  type ReportStatus,
  type StatusKind,
  statusKind,
} from '../../../cloudfunctions/domain/report/lifecycle'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'

export type MyReport = OutputOf<'report.mine'>['rows'][number]

/** The reporter alone is shown the words of the place; whoever said 我也遇到 reads what everybody reads. */
export const isOwn = ({ placeWords }: MyReport): boolean => placeWords !== null

/** The resident's verdict is what it waits for. */
export const awaitsRating = (report: MyReport): boolean => report.status === 'resolved' && isOwn(report)

const signs: Readonly<Record<StatusKind, { readonly tone: Tone; readonly icon: IconName }>> = {
  waiting: { tone: 'waiting', icon: 'hourglass' },
  working: { tone: 'working', icon: 'hard-hat' },
  done: { tone: 'done', icon: 'circle-check' },
}

const quietlyOver: readonly ReportStatus[] = ['declined', 'merged', 'withdrawn']

/** Colour and sign of a report among one's own: what waits for oneself stands out. */
export const myStatusSign = (report: MyReport): { readonly tone: Tone; readonly icon: IconName } => {
  if (awaitsRating(report)) return { tone: 'alert', icon: 'star' }
  if (quietlyOver.includes(report.status)) return { tone: 'plain', icon: 'circle' }
  return signs[statusKind(report.status)]
}

const steps: Readonly<Record<ReportStatus, (report: MyReport) => string>> = {
  unrouted: ({ branchName }) => `等${branchName}指定支部`,
  routed: ({ branchName }) => `等${branchName}受理`,
  accepted: ({ branchName }) => `${branchName}正在办`,
  dispatched: ({ handlerName, branchName }) => `${handlerName ?? branchName}正在处置`,
  'awaiting-check': ({ branchName }) => `说是办好了，${branchName}在核查`,
  suspended: () => '暂时办不了，挂账等着',
  resolved: (report) => (awaitsRating(report) ? '办好了，请您评价' : '办好了，等上报人评价'),
  closed: () => '已结案',
  declined: () => '不予受理，不同意可以申诉',
  merged: () => '和同一处的另一件一起办',
  withdrawn: () => '已撤回',
}

/** What is happening to it now, and what the resident is asked for. */
export const presentStep = (report: MyReport): string => steps[report.status](report)
