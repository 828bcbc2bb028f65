import { View } from '@tarojs/components'
import { Icon } from '../../components/icon'
import { Notice } from '../../components/rows'
import { useQuery } from '../../services/use-query'
import type { Submission } from './draft'
import type { CategoryChoice } from './words'
import './responsible-preview.css'

interface ResponsiblePreviewProps {
  readonly place: Submission['place']
  readonly category: CategoryChoice
}

/** Before sending: which branch will answer for it, why, and how fast. */
export function ResponsiblePreview({ place, category }: ResponsiblePreviewProps) {
  const { query } = useQuery('place.preview', {
    categoryId: category.id,
    ...(place.point ? { point: place.point } : {}),
    ...(place.namedUnitId ? { namedUnitId: place.namedUnitId } : {}),
  })
  if (query.state === 'loading') {
    return <View className="responsible-preview responsible-preview--waiting">正在找负责的支部…</View>
  }
  if (query.state === 'failed') {
    return (
      <Notice tone="waiting" icon="circle-alert">
        {query.error.message}
      </Notice>
    )
  }
  const { branchName, reasons, acceptText, resolveText } = query.value
  return (
    <View className="responsible-preview" data-test="responsible-preview">
      <View className="responsible-preview__branch">
        <Icon name="landmark" size={1.2} />
        <View>{branchName ? `由${branchName}负责` : '由上级来找负责的支部'}</View>
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
