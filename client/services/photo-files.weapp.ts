import Taro from '@tarojs/taro'
import type { ChosenPhoto, PhotoChoice, ShrunkPhoto } from './photo-port'
import { isClosedByHand, weChatReason } from './wechat-reason'

const longestSidePixels = 1600
const jpegQuality = 85

/** Said once, WeChat says it to every later try without asking anybody: “auth deny”, “system permission denied”. */
const barred = /auth|permission|privacy/i

/** Lets the resident take or choose pictures; none chosen is an empty list. */
export const choosePhotos = async (limit: number): Promise<PhotoChoice> => {
  try {
    const { tempFiles } = await Taro.chooseMedia({
      count: limit,
      mediaType: ['image'],
      sourceType: ['album', 'camera'],
      sizeType: ['compressed'],
    })
    const photos = tempFiles.map(({ tempFilePath }) => ({ file: tempFilePath, previewUrl: tempFilePath }))
    return { ok: true, photos }
  } catch (error) {
    if (isClosedByHand(error)) return { ok: true, photos: [] }
    console.info('camera and album did not open', error)
    return { ok: false, why: barred.test(weChatReason(error)) ? 'barred' : 'failed' }
  }
}

/** What WeChat opens from a press alone: its own settings, or the phone's where that bars WeChat itself. */
export const openPhotoSettings: (() => void) | undefined = () => {
  const { cameraAuthorized, albumAuthorized } = Taro.getAppAuthorizeSetting()
  const isWeChatBarred = [cameraAuthorized, albumAuthorized].some((one) => one === 'denied')
  const opened = isWeChatBarred ? Taro.openAppAuthorizeSetting({}) : Taro.openSetting()
  opened.catch((error: unknown) => console.info('the settings did not open', error))
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
