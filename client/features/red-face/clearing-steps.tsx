import { instantText } from '../../components/time-text'
import { Timeline, type TimelineStep } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
import { useRules } from '../../services/use-rules'
import { neighboursYesText, reportersYesText } from './rule-words'
import { consentText, type RedFaceDetail } from './words'

interface ClearingStepsProps {
  readonly episode: RedFaceDetail['episode']
  /** The unit by whose banner's rules it is judged. */
  readonly unitId: string
}

/** What has been done and what is still needed before the entry leaves the list. */
export function ClearingSteps({ episode, unitId }: ClearingStepsProps) {
  const rules = useRules(unitId)
  const { evidenceAt, clearedAt, consent } = episode
  const now = serverNow()
  const hasEvidence = evidenceAt !== null
  const isCleared = clearedAt !== null
  const steps: TimelineStep[] = [
    {
      key: 'evidence',
      icon: 'camera',
      tone: hasEvidence ? 'done' : 'plain',
      title: hasEvidence ? '支部办好，拿出了证据' : '等支部办好，拿出办理后的照片',
      when: hasEvidence ? instantText(evidenceAt, now) : '',
      isAhead: !hasEvidence,
    },
    {
      key: 'consent',
      icon: 'users',
      tone: isCleared ? 'done' : hasEvidence ? 'waiting' : 'plain',
      title: isCleared ? consentText(consent) : hasEvidence ? '正在等居民回答' : '居民同意',
      when: isCleared ? instantText(clearedAt, now) : '',
      body: isCleared || !hasEvidence ? undefined : `${reportersYesText(rules)}${neighboursYesText(rules)}`,
      isAhead: !hasEvidence && !isCleared,
    },
    {
      key: 'cleared',
      icon: 'badge-check',
      tone: isCleared ? 'done' : 'plain',
      title: isCleared ? '已销号' : '销号',
      when: isCleared ? instantText(clearedAt, now) : '',
      isAhead: !isCleared,
    },
  ]
  return <Timeline steps={steps} />
}
