import { View } from '@tarojs/components'
import type { RedFaceCause } from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { withIcon } from '../../components/icon'
import { causeWord } from '../../words/red-face-cause'
import './cause-tags.css'

interface CauseTagsProps {
  readonly causes: readonly RedFaceCause[]
}

/** Why a matter is on the list, plainly. */
export function CauseTags({ causes }: CauseTagsProps) {
  return (
    <View className="cause-tags">
      {causes.map((cause) => {
        const { icon, label } = causeWord(cause)
        return (
          <View key={cause} className={`cause-tags__tag ${withIcon(icon)}`}>
            {label}
          </View>
        )
      })}
    </View>
  )
}
