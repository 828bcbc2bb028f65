import { View } from '@tarojs/components'
import { type RedFaceCause, redFaceCauseLabels } from '../../../cloudfunctions/domain/red-face/red-face'
import { Icon } from '../../components/icon'
import { causeIcons } from './words'
import './cause-tags.css'

interface CauseTagsProps {
  readonly causes: readonly RedFaceCause[]
}

/** Why a matter is on the list, plainly. */
export function CauseTags({ causes }: CauseTagsProps) {
  return (
    <View className="cause-tags">
      {causes.map((cause) => (
        <View key={cause} className="cause-tags__tag">
          <Icon name={causeIcons[cause]} size={1.05} />
          <View>{redFaceCauseLabels[cause]}</View>
        </View>
      ))}
    </View>
  )
}
