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
