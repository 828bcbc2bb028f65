import { dateText, instantText } from '../../components/time-text'
import { Timeline, type TimelineStep } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
import type { Rules } from '../../services/use-rules'
import { answersText } from '../../words/households'
import { clearedLabel, consentText, postedText } from '../../words/red-face-entry'
import { goneText } from '../../words/rules'
import { sentences } from '../../words/sentences'
import type { RedFaceDetail } from './words'

interface ClearingStepsProps {
  readonly episode: RedFaceDetail['episode']
  readonly rules: Rules | undefined
}

/** What has been done and what is still needed before the entry leaves the list. */
export function ClearingSteps({ episode, rules }: ClearingStepsProps) {
  const { evidenceAt, clearedAt, consent, postedUntil, notGoneCount } = episode
  const now = serverNow()
  const hasEvidence = evidenceAt !== null
  const isCleared = clearedAt !== null
  const answers = answersText(episode)
  const whatNext =
    postedUntil !== null
      ? `${postedText(dateText(postedUntil, now))}。`
      : notGoneCount > 0
        ? `${sentences.objection}。`
        : `${goneText(rules)}。`
  const steps: TimelineStep[] = [
    {
      key: 'evidence',
      icon: 'camera',
      tone: hasEvidence ? 'done' : 'plain',
      title: hasEvidence ? '办好了，拿出了证据' : '等办好，拿出照片或说明',
      when: hasEvidence ? instantText(evidenceAt, now) : '',
      isAhead: !hasEvidence,
    },
    {
      key: 'consent',
      icon: 'users',
      tone: isCleared ? 'done' : hasEvidence ? 'waiting' : 'plain',
      title: isCleared
        ? consentText(consent)
        : hasEvidence
          ? postedUntil === null
            ? '正在等居民回答'
            : '正在公示'
          : '居民同意',
      when: isCleared ? instantText(clearedAt, now) : '',
      body: isCleared || !hasEvidence ? undefined : `${answers && `${answers}。`}${whatNext}`,
      isAhead: !hasEvidence && !isCleared,
    },
    {
      key: 'cleared',
      icon: 'badge-check',
      tone: isCleared ? 'done' : 'plain',
      title: isCleared ? clearedLabel : '销号',
      when: isCleared ? instantText(clearedAt, now) : '',
      isAhead: !isCleared,
    },
  ]
  return <Timeline steps={steps} />
}
