import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { PhotoViewer } from './photo-viewer'
import { Picture } from './picture'
import { Pressable } from './pressable'
import './photo-grid.css'

export interface Photo {
  readonly id: string
  readonly url: string
  readonly thumbUrl: string
}

interface PhotoGridProps {
  readonly photos: readonly Photo[]
  /** What the pictures show, for those who hear the page: “办理前”. */
  readonly label?: string
}

/** Pictures as small squares; a tap shows one in full. */
export function PhotoGrid({ photos, label = '照片' }: PhotoGridProps) {
  const [shown, setShown] = useState<number>()

  const show = (index: number) => {
    if (process.env.TARO_ENV === 'weapp')
      void Taro.previewImage({ urls: photos.map(({ url }) => url), current: photos[index]?.url ?? '' })
    else setShown(index)
  }

  return (
    <View className="photo-grid">
      {photos.map((photo, index) => (
        <Pressable
          key={photo.id}
          className="photo-grid__cell"
          label={`${label}${index + 1}，点开看大图`}
          onPress={() => show(index)}
        >
          <Picture className="photo-grid__picture" url={photo.thumbUrl} alt={`${label}${index + 1}`} isLazy />
        </Pressable>
      ))}
      {shown !== undefined && (
        <PhotoViewer
          label={label}
          photos={photos}
          index={shown}
          onMove={setShown}
          onClose={() => setShown(undefined)}
        />
      )}
    </View>
  )
}
