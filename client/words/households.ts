/** Whoever has a problem is counted by households (户): one who reported it, and those who say 我也遇到. */

/** What a neighbour says who has it too. */
export const meTooLabel = '我也遇到'

/** 还有3户也遇到: besides the one who reported it. */
export const alsoMetText = (others: number): string => `还有${others}户也遇到`

/** 共4户遇到: with the one who reported it. */
export const metByText = (households: number): string => `共${households}户遇到`

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
/** Over the two answers, once one of them was given. */
export const answeredText = '您已经回答过了，想改可以再答'
