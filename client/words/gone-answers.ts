import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { goneLabels, goneQuestion } from './households'
import { sentences } from './sentences'

/** Which answers would be refused to this reader, as both the matter and its entry on the list tell them. */
type Barred = NonNullable<OutputOf<'report.get'>['barredAnswers']>

interface AnswerOffer {
  readonly isGone: boolean
  readonly label: string
  /** They have said so: it says something new with a picture alone. */
  readonly needsPicture: boolean
}

/** What stands over the answers to “修好了吗”, and the answers that would be taken (L5). */
export const answersOffered = (
  barred: Barred | undefined,
  hasAnswered: boolean,
  /** By a receipt no pictures are sent. */
  maySendPictures: boolean,
): { readonly question: string; readonly offers: readonly AnswerOffer[] } => {
  const { gone, notGone } = barred ?? {}
  const isOurs = gone === 'one-of-ours'
  const said =
    notGone !== undefined ? goneLabels.no : gone !== undefined && !isOurs ? goneLabels.yes : undefined
  const saidText = said === undefined ? '您已经回答过了' : `您说过“${said}”`
  const beginning = hasAnswered || said !== undefined ? saidText : goneQuestion
  const ending = isOurs ? sentences.ours : beginning === goneQuestion ? '' : '想改可以再答'
  const offers: AnswerOffer[] = []
  if (notGone !== 'said' && (notGone !== 'needs-picture' || maySendPictures)) {
    const needsPicture = notGone === 'needs-picture'
    offers.push({
      isGone: false,
      label: needsPicture ? `${goneLabels.no}，补照片` : goneLabels.no,
      needsPicture,
    })
  }
  // A picture makes a no weigh more, and a yes nothing.
  if (gone === undefined) offers.push({ isGone: true, label: goneLabels.yes, needsPicture: false })
  return {
    question: [beginning, ending].filter(Boolean).join(beginning === goneQuestion ? '' : '，'),
    offers,
  }
}
