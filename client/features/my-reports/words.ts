import type { ReportStatus } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { answerableText } from '../../words/answerable'
import { askedHint } from '../../words/both-sides'
import { goneQuestion } from '../../words/households'
import { awaitsRatingText, standingWord } from '../../words/row'
import type { Sign } from '../../words/sign'
import { statusWord } from '../../words/status'

export type MyReport = OutputOf<'report.mine'>['rows'][number]

type Ask = NonNullable<MyReport['ask']>

/** It waits for a word of this resident. */
export const asksMe = ({ ask }: MyReport): boolean => ask !== null

/** Over a list of those that wait. */
export const askTitle = (reports: readonly MyReport[]): string =>
  reports.every(({ ask }) => ask === 'rate') ? '请您评价' : '等您说一声'

const askSteps: Readonly<Record<Ask, string>> = {
  rate: '办好了，请您评价',
  'answer-red-face': `${goneQuestion}请您说一声`,
  answer: askedHint,
  agree: '有件事要您同意',
}

/** Colour and sign of a report among one's own: what waits for oneself stands out. */
export const myStatusSign = (report: MyReport): Sign => {
  if (report.ask !== null) return { tone: 'alert', icon: report.ask === 'rate' ? 'star' : 'message-circle' }
  return statusWord(report.status)
}

const steps: Readonly<Record<ReportStatus, (report: MyReport, now: number) => string>> = {
  unrouted: ({ branchName }) => `等${branchName}指定${answerableText}`,
  routed: ({ branchName }) => `等${branchName}受理`,
  accepted: ({ branchName }) => `${branchName}正在办`,
  dispatched: ({ handlerName, branchName }) => `${handlerName ?? branchName}正在处置`,
  'awaiting-check': ({ branchName }) => `说是办好了，${branchName}在核查`,
  suspended: (report, now) => `暂时办不了，${standingWord(report, now).text}`,
  resolved: (report) =>
    report.part === 'supporter' ? `办好了，${awaitsRatingText(report)}` : '您评价过了，等别的上报人',
  closed: ({ status }) => statusWord(status).text,
  declined: ({ status }) => statusWord(status).text,
  merged: () => '和同一处的另一件一起办',
  withdrawn: ({ status }) => statusWord(status).text,
}

/** What is happening to it now, and what the resident is asked for. */
export const presentStep = (report: MyReport, now: number): string =>
  report.ask === null ? steps[report.status](report, now) : askSteps[report.ask]
