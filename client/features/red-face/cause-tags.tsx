import { View } from '@tarojs/components'
import {
  type RedFaceCause,
  redFaceCauseLabels,
} from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { withIcon } from '../../components/icon'
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
        <View key={cause} className={`cause-tags__tag ${withIcon(causeIcons[cause])}`}>
          {redFaceCauseLabels[cause]}
        </View>
      ))}
    </View>
  )
}
