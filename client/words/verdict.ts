import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import {
  type SatisfactionAnswer,
  type SolvedAnswer,
  satisfactionAnswers,
  satisfactionLabels,
  saysNo,
  solvedLabels,
} from '../../cloudfunctions/contexts/report/rules/rating'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
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

interface Done extends Rated<{ readonly at: number; readonly solved: SolvedAnswer }> {
  readonly status: ReportStatus
  readonly timeline: readonly Pick<OutputOf<'report.get'>['timeline'][number], 'kind' | 'at' | 'side'>[]
}

/** What was done last is how it is now: not while it is done again. */
export const isResultNow = ({ status }: Pick<Done, 'status'>): boolean =>
  status === 'resolved' || status === 'closed'

/**
 * Over a result that is not the present one: what has become of it, as far as the reader can know. The first return after
 * it is the one that undid it; of a long trace that may be folded away.
 */
export const pastResultText = (report: Done): string => {
  const past = '上一次办成这样'
  const { timeline, resolution } = report
  if (verdictsOf(report).latest.some(({ solved }) => solved === 'no')) return `${past}，居民没认可`
  const undone = timeline
    .filter(({ kind, at }) => kind === 'reopened' && at > (resolution?.at ?? 0))
    .reduce<Done['timeline'][number] | undefined>(
      (first, one) => (first && first.at <= one.at ? first : one),
      undefined,
    )
  if (!undone) return past
  if (undone.side === 'resident') return `${past}，又坏了`
  const wasLookedAt = timeline.some(({ kind, at }) => kind === 'looked' && at === undone.at)
  return wasLookedAt ? `${past}，上级到现场看，没解决` : `${past}，居民申诉成立`
}

/** Over what residents have said of a resolution. */
export const verdictsTitle = '居民评价'
