import { View } from '@tarojs/components'
import { aria } from './aria'
import { Icon } from './icon'
import type { Photo } from './photo-grid'
import { Picture } from './picture'
import { Backdrop, Pressable } from './pressable'
import { useLayer } from './use-layer'
import './photo-viewer.css'

interface PhotoViewerProps {
  /** What the pictures show. */
  readonly label: string
  readonly photos: readonly Photo[]
  readonly index: number
  readonly onMove: (index: number) => void
  readonly onClose: () => void
}

/** One picture over the whole page. WeChat has its own viewer; this one is for the browser. */
export function PhotoViewer({ label, photos, index, onMove, onClose }: PhotoViewerProps) {
  const layer = useLayer(label, onClose)
  const photo = photos[index]
  return (
    <View className="photo-viewer" {...layer}>
      <Backdrop className="photo-viewer__ground" onPress={onClose}>
        {photo && (
          <Picture className="photo-viewer__picture" url={photo.url} alt={`${label}${index + 1}`} isWhole />
        )}
      </Backdrop>
      <View className="photo-viewer__bar">
        <Pressable
          className="photo-viewer__key"
          label="上一张"
          isDisabled={index === 0}
          onPress={() => onMove(index - 1)}
        >
          <Icon name="chevron-left" size={1.4} />
        </Pressable>
        <View {...aria({ live: 'polite' })}>
          {index + 1} / {photos.length}
        </View>
        <Pressable
          className="photo-viewer__key"
          label="下一张"
          isDisabled={index === photos.length - 1}
          onPress={() => onMove(index + 1)}
        >
          <Icon name="chevron-right" size={1.4} />
        </Pressable>
      </View>
      <Pressable className="photo-viewer__close" label="关闭" onPress={onClose}>
        <Icon name="x" size={1.4} />
      </Pressable>
    </View>
  )
}
