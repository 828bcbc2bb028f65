import type { UnitKind } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  type ReportStatus,
  type StatusKind,
  statusKind,
} from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { dateOnText } from '../../../cloudfunctions/ground/instant'
import type { IconName } from '../../components/icon'
import type { Tone } from '../../components/status-tag'

export type UnitDetail = OutputOf<'unit.get'>
export type UnitView = UnitDetail['unit']
export type UnitRef = UnitDetail['parents'][number]
export type Matter = OutputOf<'report.recent'>['rows'][number]
export type RatesView = NonNullable<UnitDetail['rates']>

export const kindLabels: Readonly<Record<UnitKind, string>> = {
  committee: '党委',
  'community-committee': '社区党委',
  branch: '党支部',
  'specialised-branch': '专门党支部',
  partner: '共建单位',
  temporary: '临时党组织',
}

/** Branches answer for reports themselves; what lies above them helps and watches. */
export const answersForReports = ({ kind }: UnitView): boolean =>
  kind === 'branch' || kind === 'specialised-branch'

const signs: Readonly<Record<StatusKind, { readonly tone: Tone; readonly icon: IconName }>> = {
  waiting: { tone: 'waiting', icon: 'hourglass' },
  working: { tone: 'working', icon: 'hard-hat' },
  done: { tone: 'done', icon: 'circle-check' },
}

const quietlyOver: readonly ReportStatus[] = ['declined', 'merged', 'withdrawn']

/** Colour and sign of a status: what is over without having been put right stays plain. */
export const statusSign = (status: ReportStatus): { readonly tone: Tone; readonly icon: IconName } =>
  quietlyOver.includes(status) ? { tone: 'plain', icon: 'circle' } : signs[statusKind(status)]

/** What the banner's staff are told while matters run beyond the last announced days off: `2026-12-31`. */
export const horizonTitle = (calendarHorizonOn: string): string =>
  `${dateOnText(calendarHorizonOn)}以后哪天放假还没有录入`

const wayIn = '遇到难处，可以从首页上报。反映单位或干部的事保密，不在这里列。'

/** What everybody may read of an area is not all that people have said there. */
export const noMatters = { title: '这里还没有公开的事', hint: wayIn } as const

/** The count above is as old as the page. */
export const nothingOpen = (openCount: number): { readonly title: string; readonly hint: string } =>
  openCount > 0
    ? { title: '刚刚有了变化', hint: '回上一页再进来，看最新的。' }
    : { title: '现在没有正在办的事', hint: wayIn }
