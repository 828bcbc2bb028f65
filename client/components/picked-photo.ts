import type { AdmittedPhoto } from '../services/photos'

/** A picture in a form, on its way to the server or there already. */
export interface PickedPhoto {
  readonly key: string
  readonly previewUrl: string
  /** `waiting`: for a network; it is sent by itself then. */
  readonly state: 'sending' | 'sent' | 'waiting' | 'refused'
  /** Share sent, 0 to 1. */
  readonly progress: number
  /** This device has it in its own storage until it has been sent. */
  readonly isKept?: boolean
  readonly admitted?: AdmittedPhoto
  readonly message?: string
}

/** The ids of the pictures that have arrived. */
export const sentPhotoIds = (photos: readonly PickedPhoto[]): string[] =>
  photos.flatMap(({ admitted }) => (admitted ? [admitted.photoId] : []))

/** Whether some have not arrived yet. */
export const isSendingPhotos = (photos: readonly PickedPhoto[]): boolean =>
  photos.some(({ state }) => state === 'sending' || state === 'waiting')

/** What of the pictures the next visit finds again: those the server has, and those this device keeps. */
export const keepablePhotos = (photos: readonly PickedPhoto[]): PickedPhoto[] =>
  photos.flatMap((photo): PickedPhoto[] => {
    const { key, admitted, isKept = false, state } = photo
    if (admitted) return [{ ...photo, previewUrl: admitted.thumbUrl, message: undefined }]
    if (!isKept || state === 'refused') return []
    return [{ key, previewUrl: '', state: 'waiting', progress: 0, isKept }]
  })
