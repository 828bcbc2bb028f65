import { Image } from '@tarojs/components'
import { aria } from './aria'

interface PictureProps {
  readonly className: string
  readonly url: string
  /** What it shows; empty where the words beside it say so. */
  readonly alt: string
  /** The whole of it, with room left over, instead of the whole room filled. */
  readonly isWhole?: boolean
  /** Fetched when it comes near the screen. */
  readonly isLazy?: boolean
}

/** A photograph, with what it shows for those who hear the page. */
export function Picture({ className, url, alt, isWhole = false, isLazy = false }: PictureProps) {
  return (
    <Image
      className={className}
      src={url}
      mode={isWhole ? 'aspectFit' : 'aspectFill'}
      lazyLoad={isLazy}
      {...(process.env.TARO_ENV === 'h5'
        ? { nativeProps: { alt } }
        : aria(alt === '' ? { hidden: true } : { label: alt }))}
    />
  )
}
