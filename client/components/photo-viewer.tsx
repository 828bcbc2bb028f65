import { Image, View } from '@tarojs/components'
import { Icon } from './icon'
import type { Photo } from './photo-grid'
import './photo-viewer.css'

interface PhotoViewerProps {
  readonly photos: readonly Photo[]
  readonly index: number
  readonly onMove: (index: number) => void
  readonly onClose: () => void
}

/** One picture over the whole page. WeChat has its own viewer; this one is for the browser. */
export function PhotoViewer({ photos, index, onMove, onClose }: PhotoViewerProps) {
  const photo = photos[index]
  if (!photo) return null
  return (
    <View className="photo-viewer" onClick={onClose}>
      <Image className="photo-viewer__picture" src={photo.url} mode="aspectFit" />
      <View className="photo-viewer__bar" onClick={(event) => event.stopPropagation()}>
        <View
          className={`photo-viewer__key ${index === 0 ? 'photo-viewer__key--off' : ''}`}
          role="button"
          aria-label="上一张"
          aria-disabled={index === 0}
          onClick={() => index > 0 && onMove(index - 1)}
        >
          <Icon name="chevron-left" size={1.4} />
        </View>
        <View>
          {index + 1} / {photos.length}
        </View>
        <View
          className={`photo-viewer__key ${index === photos.length - 1 ? 'photo-viewer__key--off' : ''}`}
          role="button"
          aria-label="下一张"
          aria-disabled={index === photos.length - 1}
          onClick={() => index < photos.length - 1 && onMove(index + 1)}
        >
          <Icon name="chevron-right" size={1.4} />
        </View>
      </View>
      <View className="photo-viewer__close" role="button" aria-label="关闭" onClick={onClose}>
        <Icon name="x" size={1.4} />
      </View>
    </View>
  )
}
