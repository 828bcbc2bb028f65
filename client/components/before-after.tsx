import { View } from '@tarojs/components'
import { type Photo, PhotoGrid } from './photo-grid'
import './before-after.css'

interface BeforeAfterProps {
  readonly before: readonly Photo[]
  readonly after: readonly Photo[]
}

/** The place before and after, side by side, so that everybody can judge. */
export function BeforeAfter({ before, after }: BeforeAfterProps) {
  if (before.length === 0 && after.length === 0) return null
  return (
    <View className="before-after">
      {before.length > 0 && (
        <View className="before-after__side">
          <View className="before-after__label">办理前</View>
          <PhotoGrid photos={before} label="办理前" />
        </View>
      )}
      {after.length > 0 && (
        <View className="before-after__side">
          <View className="before-after__label before-after__label--after">办理后</View>
          <PhotoGrid photos={after} label="办理后" />
        </View>
      )}
    </View>
  )
}
