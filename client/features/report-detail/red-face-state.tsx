import { View } from '@tarojs/components'
import { LinkText } from '../../components/card'
import { PhotoGrid } from '../../components/photo-grid'
import { Notice } from '../../components/rows'
import { dateText, instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { answerableText } from '../../words/answerable'
import { answersText } from '../../words/households'
import { causeText } from '../../words/red-face-cause'
import { endedText, postedText, stayWord } from '../../words/red-face-entry'
import { publicText } from '../../words/red-face-public'
import { sentences } from '../../words/sentences'
import type { RedFaceView, ReportDetail } from './words'
import './red-face-state.css'

interface RedFaceStateProps {
  readonly report: ReportDetail
}

const explain = (redFace: RedFaceView, now: number): string => {
  const { state, causes, publicAt, clearedAt } = redFace
  const why = `原因：${causes.map(causeText).join('、')}。`
  switch (state) {
    case 'noticed':
      return `${why}已经告诉${answerableText}，${publicText(redFace, now)}。`
    case 'public':
      return `${why}${instantText(publicAt, now)}公开；办好了，居民同意才销号。`
    case 'cleared':
      return `${why}${endedText(redFace, instantText(clearedAt ?? publicAt, now))}`
  }
}

/** What the residents have said so far, and what comes of it. */
const saidSoFar = (redFace: RedFaceView, now: number): readonly string[] => {
  const { state, notGoneCount, postedUntil } = redFace
  if (state === 'cleared') return []
  const lines = [
    postedUntil === null ? '' : postedText(dateText(postedUntil, now)),
    answersText(redFace),
    notGoneCount === 0 ? '' : sentences.objection,
  ]
  return lines.filter(Boolean).map((line) => `${line}。`)
}

/** How the matter stands to the red-face list. */
export function RedFaceState({ report }: RedFaceStateProps) {
  const { redFace, freshEvidence: evidence = [] } = report
  if (!redFace) return null
  const now = serverNow()
  const { entryId } = redFace
  const { tone, icon, text } = stayWord(redFace)
  return (
    <View data-test="red-face-state">
      <Notice tone={tone} icon={icon} title={text}>
        <View>{explain(redFace, now)}</View>
        {saidSoFar(redFace, now).map((line) => (
          <View key={line}>{line}</View>
        ))}
        {evidence.length > 0 && (
          <View className="red-face-state__evidence">
            <View>新拿出的照片：</View>
            <PhotoGrid photos={evidence} label="新拿出的照片" />
          </View>
        )}
        {entryId !== undefined && (
          <LinkText label="看红脸榜上的这一条" onPress={() => openPage('redFaceEntry', { entryId })} />
        )}
      </Notice>
    </View>
  )
}
