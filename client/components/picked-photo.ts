import type { AdmittedPhoto } from '../services/photos'

/** A picture in a form, on its way to the server or there already. */
export interface PickedPhoto {
  readonly key: string
  readonly previewUrl: string
  readonly state: 'sending' | 'sent' | 'failed' | 'refused'
  /** Share sent, 0 to 1. */
  readonly progress: number
  readonly admitted?: AdmittedPhoto
  readonly message?: string
}

/** The ids of the pictures that have arrived. */
export const sentPhotoIds = (photos: readonly PickedPhoto[]): string[] =>
  photos.flatMap(({ admitted }) => (admitted ? [admitted.photoId] : []))

export const isSendingPhotos = (photos: readonly PickedPhoto[]): boolean =>
  photos.some(({ state }) => state === 'sending')

/** Pictures worth keeping in a draft: those the server has. */
export const keepablePhotos = (photos: readonly PickedPhoto[]): PickedPhoto[] =>
  photos.flatMap((photo) =>
    photo.admitted ? [{ ...photo, previewUrl: photo.admitted.thumbUrl, message: undefined }] : [],
  )
