import Taro from '@tarojs/taro'
import type { ChosenPhoto, ShrunkPhoto } from './photo-port'

const longestSidePixels = 1600
const jpegQuality = 85

/** Lets the resident take or choose pictures; none chosen is an empty list. */
export const choosePhotos = async (limit: number): Promise<ChosenPhoto[]> => {
  try {
    const { tempFiles } = await Taro.chooseMedia({
      count: limit,
      mediaType: ['image'],
      sourceType: ['album', 'camera'],
      sizeType: ['compressed'],
    })
    return tempFiles.map(({ tempFilePath }) => ({ file: tempFilePath, previewUrl: tempFilePath }))
  } catch {
    // WeChat rejects when the resident closes the chooser or refuses the permission.
    return []
  }
}

/** Makes the picture at most 1600 pixels long and a JPEG, so that it travels on a village's network. */
export const shrinkPhoto = async ({ file }: ChosenPhoto): Promise<ShrunkPhoto> => {
  if (typeof file !== 'string') return { ok: false, message: '这个文件打不开，请换一张照片' }
  try {
    const { width, height } = await Taro.getImageInfo({ src: file })
    const scale = Math.min(1, longestSidePixels / Math.max(width, height))
    const { tempFilePath } = await Taro.compressImage({
      src: file,
      quality: jpegQuality,
      compressedWidth: Math.round(width * scale),
      compressedHeight: Math.round(height * scale),
    })
    return { ok: true, file: tempFilePath }
  } catch {
    return { ok: false, message: '这张照片打不开，请换一张' }
  }
}
