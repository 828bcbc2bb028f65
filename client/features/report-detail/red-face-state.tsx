import { View } from '@tarojs/components'
import { redFaceCauseLabels } from '../../../cloudfunctions/domain/red-face/red-face'
import { LinkText } from '../../components/card'
import { PhotoGrid } from '../../components/photo-grid'
import { Notice } from '../../components/rows'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { entryIdOf, type RedFaceView, type ReportDetail } from './words'
import './red-face-state.css'

interface RedFaceStateProps {
  readonly report: ReportDetail
}

const titles: Readonly<Record<RedFaceView['state'], string>> = {
  noticed: '就要上红脸榜',
  public: '在红脸榜上',
  frozen: '红脸榜：支部申诉中',
  cleared: '红脸榜上已经销号',
}

/** Cleared while the branch alone knew of it: it never stood on the public list. */
const wasNeverPublic = ({ clearedAt, publicAt }: RedFaceView): boolean =>
  clearedAt !== null && clearedAt < publicAt

/** Pictures laid before the residents after the result that is shown above, if any. */
const freshEvidence = ({ timeline, resolution }: ReportDetail, { evidenceAt, state }: RedFaceView) =>
  state === 'cleared' || evidenceAt === null || evidenceAt === resolution?.at
    ? []
    : (timeline.find(({ at, photos }) => at === evidenceAt && photos.length > 0)?.photos ?? [])

const explain = ({ state, causes, publicAt, clearedAt }: RedFaceView, now: number): string => {
  const why = causes.map(({ cause }) => redFaceCauseLabels[cause]).join('、')
  switch (state) {
    case 'noticed':
      return `原因：${why}。已经告诉支部，${instantText(publicAt, now)}向社会公开。`
    case 'public':
      return `原因：${why}。${instantText(publicAt, now)}公开；办好了，还要居民同意才销号。`
    case 'frozen':
      return `原因：${why}。上一级裁定以前先冻结。`
    case 'cleared':
      return `原因：${why}。${instantText(clearedAt ?? publicAt, now)}销号，记录一直留着。`
  }
}

/** How the matter stands to the red-face list. */
export function RedFaceState({ report }: RedFaceStateProps) {
  const { redFace } = report
  if (!redFace) return null
  const now = serverNow()
  const isUnpublished = wasNeverPublic(redFace)
  const isPublic = redFace.state !== 'noticed' && now >= redFace.publicAt && !isUnpublished
  const evidence = freshEvidence(report, redFace)
  return (
    <View data-test="red-face-state">
      <Notice
        tone={redFace.state === 'cleared' ? 'done' : 'alert'}
        icon={redFace.state === 'cleared' ? 'badge-check' : 'clipboard-list'}
        title={isUnpublished ? '红脸预告已经撤下' : titles[redFace.state]}
      >
        <View>{explain(redFace, now)}</View>
        {evidence.length > 0 && (
          <View className="red-face-state__evidence">
            <View>支部拿出的照片：</View>
            <PhotoGrid photos={evidence} label="支部拿出的照片" />
          </View>
        )}
        {isPublic && (
          <LinkText
            label="看红脸榜上的这一条"
            onPress={() => openPage('redFaceEntry', { entryId: entryIdOf(report, redFace) })}
          />
        )}
      </Notice>
    </View>
  )
}
