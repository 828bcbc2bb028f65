import { View } from '@tarojs/components'
import { type Photo, PhotoGrid } from '../../components/photo-grid'
import './evidence.css'

interface EvidenceProps {
  readonly before: readonly Photo[]
  readonly after: readonly Photo[]
}

/** The place before and after, side by side, so that everybody can judge. */
export function Evidence({ before, after }: EvidenceProps) {
  return (
    <View className="evidence">
      {before.length > 0 && (
        <View className="evidence__side">
          <View className="evidence__label">办理前</View>
          <PhotoGrid photos={before} label="办理前" />
        </View>
      )}
      <View className="evidence__side">
        <View className="evidence__label evidence__label--after">办理后</View>
        <PhotoGrid photos={after} label="办理后" />
      </View>
    </View>
  )
}
