import type { RedFaceConsent } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { redFaceWords } from './red-face'
import type { Word } from './sign'

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

/** It has left the list, put right. */
export const clearedLabel = '已销号'

export const consentText = (consent: RedFaceConsent | null): string =>
  consent === null ? clearedLabel : consentLabels[consent]

interface Stay extends Pick<NonNullable<OutputOf<'report.get'>['redFace']>, 'state' | 'consent'> {
  readonly causes: readonly { readonly isPublic: boolean }[]
}

/** Ended before everybody could read of it: it never stood on the list, and was not cleared from it. */
const wasNeverPublic = ({ causes }: Pick<Stay, 'causes'>): boolean =>
  causes.every(({ isPublic }) => !isPublic)

/** How a stay stands, or that it is over and how that came: what was not put right is told quietly. */
export const stayWord = ({ state, consent, causes }: Stay): Word => {
  if (state !== 'cleared') return redFaceWords[state]
  if (wasNeverPublic({ causes })) return { text: '没有上榜，已经了结', icon: 'scale', tone: 'plain' }
  return {
    text: consentText(consent),
    ...(isTakenOff(consent)
      ? ({ icon: 'scale', tone: 'plain' } as const)
      : ({ icon: 'badge-check', tone: 'done' } as const)),
  }
}

/** F5: by evidence and consent it is 销号, and by nothing else. `when` it ended. */
export const endedText = ({ consent, causes }: Pick<Stay, 'consent' | 'causes'>, when: string): string =>
  wasNeverPublic({ causes })
    ? `${when}了结，没有公开过。`
    : `${when}${isTakenOff(consent) ? '撤下' : '销号'}，记录一直留着。`

/** How long it stands, or stood, on the list: a day begun counts. */
export const daysListed = ({ daysOpen }: { readonly daysOpen: number }): number => Math.max(1, daysOpen)

/** Until when the others may still say no (F5). */
export const postedText = (until: string): string => `公示到${until}，没人反对就销号`
