import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { startOfChinaDate } from '../../../cloudfunctions/domain/instant'
import { unitLevels } from '../../../cloudfunctions/domain/organisation/unit'
import type { RedFaceCause, RedFaceConsent } from '../../../cloudfunctions/domain/red-face/red-face'
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

/** Good news where nothing is on the list, without more than is true. */
export const nothingListedText = (clearedCount: number): string =>
  clearedCount > 0 ? '上过榜的事都已销号。' : '群众反映的事，没有一件拖到上榜。'

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
