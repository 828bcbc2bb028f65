import type { RedFaceConsent } from '../../cloudfunctions/contexts/red-face/rules/red-face'

/** How a stay on the list ended, in the residents' words. */
export const consentLabels: Readonly<Record<RedFaceConsent, string>> = {
  reporter: '上报人说修好了，销号',
  posted: '公示期满，没人反对，销号',
  supporters: '遇到的居民说修好了，销号',
  look: '上级现场核实，销号',
  'came-late': '晚了，但已经办到，撤下',
  declined: '不予受理，撤下',
  'appeal-upheld': '申诉成立，撤下',
  merged: '并到另一件，撤下',
  withdrawn: '上报人撤回，撤下',
}

const takenOff: readonly (RedFaceConsent | null)[] = [
  'appeal-upheld',
  'declined',
  'merged',
  'came-late',
  'withdrawn',
]

/** It left the list without having been put right. */
export const isTakenOff = (consent: RedFaceConsent | null): boolean => takenOff.includes(consent)

/** It has left the list, however that came. */
export const clearedLabel = '已销号'

export const consentText = (consent: RedFaceConsent | null): string =>
  consent === null ? clearedLabel : consentLabels[consent]

/** How long it stands, or stood, on the list: a day begun counts. */
export const daysListed = ({ daysOpen }: { readonly daysOpen: number }): number => Math.max(1, daysOpen)

/** Until when the others may still say no (F5). */
export const postedText = (until: string): string => `公示到${until}，没人反对就销号`
