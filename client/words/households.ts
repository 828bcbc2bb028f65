import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { sentences } from './sentences'

/** Whoever has a problem is counted by households (户): one who reported it, and those who say 我也遇到. */

/** What a neighbour says who has it too. */
export const meTooLabel = '我也遇到'

/** What every row and page of a matter has to be counted by. */
interface CountedMatter {
  readonly supporterCount: number
  readonly coReporterCount?: number | undefined
  /** The branch declared it: there is no household yet that reported it. */
  readonly isUnreported?: boolean | undefined
}

/** How many others are in it besides its reporter: who said 我也遇到, and whose reports of it lie in it. */
export const othersIn = ({ supporterCount, coReporterCount = 0 }: CountedMatter): number =>
  supporterCount + coReporterCount

/** 共4户遇到: with the one who reported it, where somebody has; nothing where nobody else is in it. */
export const metByText = (matter: CountedMatter): string => {
  const others = othersIn(matter)
  return others === 0 ? '' : `共${others + (matter.isUnreported ? 0 : 1)}户遇到`
}

/** 还有3户也遇到: besides the one who reported it. Where nobody has, there is nobody to whom they are others. */
export const alsoMetText = (matter: CountedMatter): string => {
  const others = othersIn(matter)
  if (others === 0 || matter.isUnreported) return metByText(matter)
  return `还有${others}户也遇到`
}

interface Answers {
  readonly goneCount: number
  readonly notGoneCount: number
}

/** What they have said so far to the question whether it is gone; nothing while nobody has. */
export const answersText = ({ goneCount, notGoneCount }: Answers): string =>
  goneCount + notGoneCount === 0
    ? ''
    : `${goneCount}户说${goneLabels.yes}，${notGoneCount}户说${goneLabels.no}`

/** The one thing a resident is asked (L6), and the two answers to it. */
export const goneQuestion = '修好了吗？'
export const goneLabels = { yes: '修好了', no: '没修好' } as const

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
): { readonly question: string; readonly offers: readonly AnswerOffer[] } => {
  const { gone, notGone } = barred ?? {}
  const isOurs = gone === 'one-of-ours'
  const said =
    notGone !== undefined ? goneLabels.no : gone !== undefined && !isOurs ? goneLabels.yes : undefined
  const saidText = said === undefined ? '您已经回答过了' : `您说过“${said}”`
  const beginning = hasAnswered || said !== undefined ? saidText : goneQuestion
  const ending = isOurs ? sentences.ours : beginning === goneQuestion ? '' : '想改可以再答'
  const offers: AnswerOffer[] = []
  if (notGone !== 'said') {
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
