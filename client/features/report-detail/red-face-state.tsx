import { View } from '@tarojs/components'
import { redFaceCauseLabels } from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { LinkText } from '../../components/card'
import { PhotoGrid } from '../../components/photo-grid'
import { Notice } from '../../components/rows'
import { dateText, instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { sentences } from '../../words/matter'
import { entryIdOf, type RedFaceView, type ReportDetail } from './words'
import './red-face-state.css'

interface RedFaceStateProps {
  readonly report: ReportDetail
}

const titles: Readonly<Record<RedFaceView['state'], string>> = {
  noticed: '就要上红脸榜',
  public: '在红脸榜上',
  cleared: '红脸榜上已经销号',
}

/** Ended while the branch alone knew of it: it never stood on the public list. */
const wasNeverPublic = ({ causes, clearedAt }: RedFaceView): boolean =>
  clearedAt !== null && causes.every(({ isPublic }) => !isPublic)

/** Pictures laid before the residents after the result that is shown above, if any. */
const freshEvidence = ({ timeline, resolution }: ReportDetail, { evidenceAt, state }: RedFaceView) =>
  state === 'cleared' || evidenceAt === null || evidenceAt === resolution?.at
    ? []
    : (timeline.find(({ at, photos }) => at === evidenceAt && photos.length > 0)?.photos ?? [])

const causeText = ({ cause, isAppealed, isStruck }: RedFaceView['causes'][number]): string => {
  if (isStruck) return `${redFaceCauseLabels[cause]}（申诉成立，已撤销）`
  return isAppealed ? `${redFaceCauseLabels[cause]}（申诉中）` : redFaceCauseLabels[cause]
}

const explain = ({ state, causes, publicAt, clearedAt }: RedFaceView, now: number): string => {
  const why = `原因：${causes.map(causeText).join('、')}。`
  switch (state) {
    case 'noticed':
      return `${why}已经告诉支部，${instantText(publicAt, now)}向社会公开。`
    case 'public':
      return `${why}${instantText(publicAt, now)}公开；办好了，居民同意才销号。`
    case 'cleared':
      return `${why}${instantText(clearedAt ?? publicAt, now)}销号，记录一直留着。`
  }
}

/** What the residents have said so far, and what comes of it. */
const answersText = ({ state, goneCount, notGoneCount, postedUntil }: RedFaceView, now: number): string[] => {
  if (state === 'cleared') return []
  return [
    ...(postedUntil === null ? [] : [`公示到${dateText(postedUntil, now)}，没人反对就销号。`]),
    ...(goneCount + notGoneCount === 0 ? [] : [`${goneCount}人说修好了，${notGoneCount}人说没修好。`]),
    ...(notGoneCount === 0 ? [] : [`${sentences.objection}。`]),
  ]
}

/** How the matter stands to the red-face list. */
export function RedFaceState({ report }: RedFaceStateProps) {
  const { redFace } = report
  if (!redFace) return null
  const now = serverNow()
  const entryId = entryIdOf(report, redFace)
  const evidence = freshEvidence(report, redFace)
  const isCleared = redFace.state === 'cleared'
  return (
    <View data-test="red-face-state">
      <Notice
        tone={isCleared ? 'done' : 'alert'}
        icon={isCleared ? 'badge-check' : 'clipboard-list'}
        title={wasNeverPublic(redFace) ? '红脸预告已经撤下' : titles[redFace.state]}
      >
        <View>{explain(redFace, now)}</View>
        {answersText(redFace, now).map((line) => (
          <View key={line}>{line}</View>
        ))}
        {evidence.length > 0 && (
          <View className="red-face-state__evidence">
            <View>支部拿出的照片：</View>
            <PhotoGrid photos={evidence} label="支部拿出的照片" />
          </View>
        )}
        {entryId !== undefined && (
          <LinkText label="看红脸榜上的这一条" onPress={() => openPage('redFaceEntry', { entryId })} />
        )}
      </Notice>
    </View>
  )
}
