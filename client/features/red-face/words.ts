import { unitLevels } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import { depthOf } from '../../../cloudfunctions/ground/unit-path'
import { dateText } from '../../components/time-text'
import { actsForText } from '../../words/red-face-cause'

export type RedFaceRowView = OutputOf<'redFace.list'>['rows'][number]
export type RedFaceDetail = OutputOf<'redFace.get'>
export type LedgerView = OutputOf<'ledger.list'>
export type LedgerRowView = OutputOf<'ledger.list'>['rows'][number]
export type UnitView = OutputOf<'unit.get'>['unit']

export type RedFaceCounts = Pick<OutputOf<'redFace.list'>, 'publicCount' | 'clearedCount' | 'asOf'>

/** Whose the causes are, and who acts for that unit where it has ended. */
export const whoAnswersText = ({ branch, heir }: Pick<RedFaceRowView, 'branch' | 'heir'>): string =>
  heir ? `${branch.name}${actsForText(heir.name)}` : `${branch.name}负责`

/** What an area's empty list shows now, without more than is known. */
export const nothingListed = ({ clearedCount, asOf }: Pick<RedFaceCounts, 'clearedCount' | 'asOf'>) => {
  const none = asOf === null ? '上过榜的还在统计。' : '到现在还没有事上过榜。'
  return {
    title: '现在没有事在榜上',
    hint: clearedCount > 0 && asOf !== null ? `上过榜的${clearedCount}件都已下榜。` : none,
  }
}

export const nothingCleared = {
  title: '还没有事下过榜',
  hint: '办好了，居民同意，就销号；怎么下榜的，都会记在这里。',
} as const

/** The area a unit governs; a unit that shares its area with others goes by its own name. */
export const areaLabel = ({ name, areaName, level, path }: UnitView): string =>
  depthOf(path) === unitLevels.indexOf(level) + 1 ? areaName : name

/** A Chinese date of the ledger as one says it; rows of the first shape that are not public have none. */
export const ledgerDateText = (on: string, now: number): string =>
  on === '' ? '' : dateText(startOfChinaDate(on), now)

/** What is copied of a published head: all that is needed to find it again, years later. */
export const headCopyText = (
  chainName: string,
  { on, seq, hash }: { readonly on: string; readonly seq: number; readonly hash: string },
): string => `红脸台账 ${chainName} ${on} 第${seq}笔 链首 ${hash}`

/** Whether a unit's ledgers are those of the banners below it. */
export const isAboveBanner = ({ level }: Pick<UnitView, 'level'>): boolean =>
  level === 'region' || level === 'league'
