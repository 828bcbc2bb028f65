import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { Notice } from '../../components/rows'
import { useQuery } from '../../services/use-query'
import { answerableText } from '../../words/answerable'
import type { Submission } from './draft'
import { type CategoryChoice, previewWords } from './words'
import './responsible-preview.css'

interface ResponsiblePreviewProps {
  readonly place: Submission['place']
  readonly category: CategoryChoice
  /** Whom a complaint is about, where that is not the branch of the place. */
  readonly accusedUnitId: string | undefined
}

/** Before sending: who will answer for it, why, and how fast. */
export function ResponsiblePreview({ place, category, accusedUnitId }: ResponsiblePreviewProps) {
  const { query } = useQuery('place.preview', {
    categoryId: category.id,
    ...(place.point ? { point: place.point } : {}),
    ...(place.namedUnitId ? { namedUnitId: place.namedUnitId } : {}),
  })
  if (query.state === 'loading') {
    return <View className="responsible-preview responsible-preview--waiting">正在找{answerableText}…</View>
  }
  if (query.state === 'failed') {
    return (
      <Notice tone="waiting" icon="circle-alert">
        {query.error.message}
      </Notice>
    )
  }
  const { acceptText, resolveText } = query.value
  const { who, reasons } = previewWords(query.value, category, accusedUnitId)
  return (
    <View className="responsible-preview" data-test="responsible-preview">
      <View className="responsible-preview__branch">
        <Icon name="landmark" size={1.2} />
        <View>{who}</View>
      </View>
      {reasons.map((reason) => (
        <View key={reason} className="responsible-preview__reason">
          {reason}
        </View>
      ))}
      <View className="responsible-preview__times">
        <Icon name="clock" size={1.1} />
        <View>
          {acceptText}，{resolveText}
        </View>
      </View>
    </View>
  )
}
