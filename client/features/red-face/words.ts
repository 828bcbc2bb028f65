import { unitLevels } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { RedFaceCause, RedFaceConsent } from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import type { IconName } from '../../components/icon'
import { dateText } from '../../components/time-text'

export type RedFaceRowView = OutputOf<'redFace.list'>['rows'][number]
export type RedFaceDetail = OutputOf<'redFace.get'>
export type LedgerView = OutputOf<'ledger.list'>
export type LedgerRowView = OutputOf<'ledger.list'>['rows'][number]
export type UnitView = OutputOf<'unit.get'>['unit']

/** The sign beside each cause. */
export const causeIcons: Readonly<Record<RedFaceCause, IconName>> = {
  'accept-overdue': 'clock',
  'resolve-overdue': 'hourglass',
  'plan-overdue': 'list-checks',
  'rated-unsolved': 'frown',
  'rated-dissatisfied': 'meh',
  'reopened-twice': 'undo-2',
  recurring: 'refresh-cw',
  declared: 'flag',
  supervised: 'siren',
}

/** Why an entry left the list, in the residents' words. */
const consentWords: Readonly<Record<RedFaceConsent, string>> = {
  reporter: '上报人说修好了，销号',
  posted: '公示期满，没人反对，销号',
  supporters: '遇到的居民说修好了，销号',
  look: '上级现场核实，销号',
  'came-late': '晚了，但已经办到，撤下',
  declined: '不予受理，撤下',
  'appeal-upheld': '申诉成立，撤下',
  merged: '并到另一件，撤下',
}

export const consentText = (consent: RedFaceConsent | null): string =>
  consent === null ? '已销号' : consentWords[consent]

/** It left the list without having been put right. */
export const isTakenOff = (consent: RedFaceConsent | null): boolean =>
  consent === 'appeal-upheld' || consent === 'declined' || consent === 'merged' || consent === 'came-late'

export type RedFaceCounts = Pick<OutputOf<'redFace.list'>, 'publicCount' | 'clearedCount'>

/** What an area's list shows now, without more than is known; it may change between the counts and the rows. */
export const nothingListed = ({ publicCount, clearedCount }: RedFaceCounts) => {
  if (publicCount > 0) return { title: '榜刚刚变了', hint: '换到别的页再回来，看最新的。' }
  return {
    title: '现在没有事在榜上',
    hint: clearedCount > 0 ? `上过榜的${clearedCount}件都已下榜。` : '到现在还没有事上过榜。',
  }
}

export const nothingCleared = ({ clearedCount }: RedFaceCounts) =>
  clearedCount > 0
    ? { title: '榜刚刚变了', hint: '换到别的页再回来，看最新的。' }
    : { title: '还没有事下过榜', hint: '办好了，居民同意，就销号；怎么下榜的，都会记在这里。' }

/** The area a unit governs; a unit that shares its area with others goes by its own name. */
export const areaLabel = ({ name, areaName, level, path }: UnitView): string =>
  path.length === unitLevels.indexOf(level) + 1 ? areaName : name

/** A Chinese date of the ledger as one says it; rows of the first shape that are not public have none. */
export const ledgerDateText = (on: string, now: number): string =>
  on === '' ? '' : dateText(startOfChinaDate(on), now)

/** A fingerprint to read out and compare: 16 signs by fours are enough that nobody can make another text for them. */
export const fingerprintText = (hash: string): string =>
  [0, 4, 8, 12].map((from) => hash.slice(from, from + 4)).join(' ')

/** What is copied of a published head: all that is needed to find it again, years later. */
export const headCopyText = (
  chainName: string,
  { on, seq, hash }: { readonly on: string; readonly seq: number; readonly hash: string },
): string => `红脸台账 ${chainName} ${on} 第${seq}笔 链首 ${hash}`

/** Whether a unit's ledgers are those of the banners below it. */
export const isAboveBanner = ({ level }: Pick<UnitView, 'level'>): boolean =>
  level === 'region' || level === 'league'
