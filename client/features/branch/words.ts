import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { dateOnText } from '../../../cloudfunctions/ground/instant'

export type UnitDetail = OutputOf<'unit.get'>
export type UnitView = UnitDetail['unit']
export type UnitRef = UnitDetail['parents'][number]
export type Matter = OutputOf<'report.recent'>['rows'][number]
export type RatesView = NonNullable<UnitDetail['rates']>

/** Branches answer for reports themselves; what lies above them helps and watches. */
export const answersForReports = ({ kind }: UnitView): boolean =>
  kind === 'branch' || kind === 'specialised-branch'

/** What the banner's staff are told while matters run beyond the last announced days off: `2026-12-31`. */
export const horizonTitle = (calendarHorizonOn: string): string =>
  `${dateOnText(calendarHorizonOn)}以后哪天放假还没有录入`

const wayIn = '遇到难处，可以从首页上报。反映单位或干部的事保密，不在这里列。'

/** What everybody may read of an area is not all that people have said there. */
export const noMatters = { title: '这里还没有公开的事', hint: wayIn } as const

export const nothingOpen = { title: '现在没有正在办的事', hint: wayIn } as const
