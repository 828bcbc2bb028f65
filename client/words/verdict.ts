import {
  type SatisfactionAnswer,
  type SolvedAnswer,
  satisfactionAnswers,
  satisfactionLabels,
  saysNo,
  solvedLabels,
} from '../../cloudfunctions/contexts/report/rules/rating'
import { goneLabels } from './households'
import type { Word } from './sign'

interface Answer extends Word {
  /** What the resident presses, where the question is 修好了吗 (L6). */
  readonly asked: string
}

/** Whether it was solved, as it is asked and as it is told afterwards. */
export const solvedWords: Readonly<Record<SolvedAnswer, Answer>> = {
  yes: { text: solvedLabels.yes, asked: goneLabels.yes, icon: 'smile', tone: 'done' },
  partly: { text: solvedLabels.partly, asked: '修好一部分', icon: 'meh', tone: 'waiting' },
  no: { text: solvedLabels.no, asked: goneLabels.no, icon: 'frown', tone: 'alert' },
}

export const satisfactionWords: Readonly<Record<SatisfactionAnswer, Word>> = {
  satisfied: { text: satisfactionLabels.satisfied, icon: 'smile', tone: 'done' },
  'basically-satisfied': { text: satisfactionLabels['basically-satisfied'], icon: 'meh', tone: 'done' },
  dissatisfied: { text: satisfactionLabels.dissatisfied, icon: 'frown', tone: 'alert' },
}

/** What may be said beside the first answer: of our own people a no alone counts, and nothing else is taken (H3). */
export const satisfactionsOffered = (
  solved: SolvedAnswer,
  isPraiseBarred: boolean,
): readonly SatisfactionAnswer[] =>
  satisfactionAnswers.filter((satisfaction) => !isPraiseBarred || saysNo({ solved, satisfaction }))

/** Whether anybody who had the matter had been in touch, and how that is asked. */
export const contactedQuestion = '有人联系过您吗？'
export const contactedWords: Readonly<Record<'yes' | 'no', Word>> = {
  yes: { text: '联系过', icon: 'phone', tone: 'done' },
  no: { text: '没联系过', icon: 'x', tone: 'alert' },
}

export const contactedWord = (contacted: boolean): Word => contactedWords[contacted ? 'yes' : 'no']

interface Rated<R> {
  readonly ratings: readonly R[]
  readonly resolution: { readonly at: number } | null
}

/** What was said of the result that stands now, and what of earlier ones: the ratings are never cleared. */
export const verdictsOf = <R extends { readonly at: number }>({
  ratings,
  resolution,
}: Rated<R>): { readonly latest: readonly R[]; readonly earlier: readonly R[] } => {
  const isLatest = ({ at }: R): boolean => at >= (resolution?.at ?? 0)
  return { latest: ratings.filter(isLatest), earlier: ratings.filter((one) => !isLatest(one)) }
}

/** Beside a verdict on an earlier result. */
export const earlierVerdictText = '评的是以前那次办理'

/** Over what residents have said of a resolution. */
export const verdictsTitle = '居民评价'
