import { activeEpisode, askedSince } from '../../red-face/rules/red-face'
import { saysNo, type Verdict } from './rating'
import type { Report } from './report'
import type { Scene } from './scene'

/**
 * Why an answer to “修好了吗” would be refused: 自己人的好评不算 (H3); or it is the same again, which says nothing new, or
 * nothing without a picture.
 */
export const answerBars = ['one-of-ours', 'said', 'needs-picture'] as const
type AnswerBar = (typeof answerBars)[number]

type Answering = Pick<Scene, 'person' | 'isOneOfOurs'>

/** Why whoever is asked may not answer so now; undefined when they may. */
export const answerBar = (
  { redFaces }: Pick<Report, 'redFaces'>,
  { person, isOneOfOurs }: Answering,
  isGone: boolean,
): AnswerBar | undefined => {
  if (isOneOfOurs && isGone) return 'one-of-ours'
  const episode = activeEpisode(redFaces)
  const said = episode?.words.find((word) => word.key === person?.key)
  const askedAt = episode && askedSince(episode)
  const isAskedAgain = said !== undefined && askedAt !== undefined && said.at < askedAt
  if (said?.isGone !== isGone || isAskedAgain) return undefined
  return said.hasPicture ? 'said' : 'needs-picture'
}

/** No answer is left, whatever comes with it. */
export const isAllSaid = (report: Pick<Report, 'redFaces'>, scene: Answering): boolean =>
  [true, false].every((isGone) => {
    const bar = answerBar(report, scene, isGone)
    return bar !== undefined && bar !== 'needs-picture'
  })

/** Would this verdict be refused to one of our own (H3)? */
export const isPraiseOfOurs = (
  { isOneOfOurs }: Pick<Scene, 'isOneOfOurs'>,
  verdict: Pick<Verdict, 'solved' | 'satisfaction'>,
): boolean => isOneOfOurs && !saysNo(verdict)
