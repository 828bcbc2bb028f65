import type { ChosenPhoto, PhotoChoice, ShrunkPhoto } from './photo-port'

const longestSidePixels = 1600
const jpegQuality = 0.85

/** Lets the resident choose pictures on this device; none chosen is an empty list. */
export const choosePhotos = (limit: number): Promise<PhotoChoice> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    input.multiple = limit > 1
    input.className = 'photo-file-input'
    input.style.display = 'none'
    const finish = (files: File[]) => {
      input.remove()
      const photos = files.slice(0, limit).map((file) => ({ file, previewUrl: URL.createObjectURL(file) }))
      resolve({ ok: true, photos })
    }
    input.addEventListener('change', () => finish(Array.from(input.files ?? [])))
    input.addEventListener('cancel', () => finish([]))
    document.body.append(input)
    input.click()
  })

/** The browser's chooser is never barred: there is nothing to open. */
export const openPhotoSettings: (() => void) | undefined = undefined

const decode = async (file: Blob): Promise<ImageBitmap | undefined> => {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return undefined
  }
}

/** Makes the picture at most 1600 pixels long and a JPEG, so that it travels on a village's network. */
export const shrinkPhoto = async ({ file }: ChosenPhoto): Promise<ShrunkPhoto> => {
  const picture = typeof file === 'string' ? undefined : await decode(file)
  if (!picture) return { ok: false, message: '这个文件打不开，请换一张照片' }
  const scale = Math.min(1, longestSidePixels / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return { ok: false, message: '这台设备处理不了照片，请换一张小一点的' }
  // JPEG has no transparency: without this the empty parts of a picture turn black.
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', jpegQuality))
  return blob ? { ok: true, file: blob } : { ok: false, message: '这张照片处理不了，请换一张' }
}
