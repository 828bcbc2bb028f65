import { type RedFaceCause, redFaceCauseLabels } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import type { IconName } from '../components/icon'

const icons: Readonly<Record<RedFaceCause, IconName>> = {
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

/** Why a matter is on the list. All causes are equally grave: their colour is the list's. */
export const causeWord = (cause: RedFaceCause): { readonly label: string; readonly icon: IconName } => ({
  label: redFaceCauseLabels[cause],
  icon: icons[cause],
})

/** While a level above has not ruled on it. */
export const appealedLabel = '申诉中'
/** What an upheld appeal has taken off. */
export const struckLabel = '申诉成立，已撤销'

/** Who acts for a unit that is on the list and has ended. */
export const actsForText = (heirName: string): string => `已撤，现由${heirName}负责`

/** Whose a cause is, and who acts for that unit where it has ended. */
export const whoseCauseTexts = ({
  unitNames,
  heirName,
}: {
  readonly unitNames: readonly string[]
  readonly heirName?: string | undefined
}): readonly string[] => [unitNames.join('、'), ...(heirName === undefined ? [] : [actsForText(heirName)])]

interface ToldCause {
  readonly cause: RedFaceCause
  readonly isAppealed: boolean
  readonly isStruck: boolean
}

/** What an appeal has made of a cause so far; nothing where none was made. */
export const appealText = ({ isAppealed, isStruck }: Omit<ToldCause, 'cause'>): string => {
  if (isStruck) return struckLabel
  return isAppealed ? appealedLabel : ''
}

/** 超期未办结（申诉中） */
export const causeText = (told: ToldCause): string => {
  const appeal = appealText(told)
  const { label } = causeWord(told.cause)
  return appeal ? `${label}（${appeal}）` : label
}
