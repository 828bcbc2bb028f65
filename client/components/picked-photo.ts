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
  /** While it waits for the server and not for a network, which takes no more pictures for now: what it said. */
  readonly heldUp?: string | undefined
}

/** The ids of the pictures that have arrived. */
export const sentPhotoIds = (photos: readonly PickedPhoto[]): string[] =>
  photos.flatMap(({ admitted }) => (admitted ? [admitted.photoId] : []))

const hasOne = (photos: readonly PickedPhoto[], state: PickedPhoto['state']): boolean =>
  photos.some((photo) => photo.state === state)

/** Whether some have not arrived yet. */
export const isSendingPhotos = (photos: readonly PickedPhoto[]): boolean =>
  hasOne(photos, 'sending') || hasOne(photos, 'waiting')

/** Whether the server takes it only later. */
export const isHeldUp = ({ state, heldUp }: PickedPhoto): boolean =>
  state === 'waiting' && heldUp !== undefined

/** What cannot be used is never left out of what is sent without a word. */
export const unusablePhotos = (photos: readonly PickedPhoto[]): string | undefined =>
  hasOne(photos, 'refused') ? '请删掉不能用的照片' : undefined

/** Why a form with these pictures cannot be sent yet, and the way on; undefined where they hold nothing back. */
export const photosTrouble = (photos: readonly PickedPhoto[]): string | undefined => {
  const unusable = unusablePhotos(photos)
  if (unusable !== undefined) return unusable
  if (hasOne(photos, 'waiting')) return '请等有网，照片自动传完再发；着急就删掉照片先发'
  return hasOne(photos, 'sending') ? '请等照片传完' : undefined
}

const isPickedPhoto = (part: unknown): part is PickedPhoto =>
  typeof part === 'object' && part !== null && 'previewUrl' in part && 'progress' in part

/** All pictures in the answers of a form, whatever its questions are called. */
export const photosIn = (answers: object): readonly PickedPhoto[] =>
  Object.values(answers).flat().filter(isPickedPhoto)

/** What of the pictures the next visit finds again: those the server has, and those this device keeps. */
export const keepablePhotos = (photos: readonly PickedPhoto[]): PickedPhoto[] =>
  photos.flatMap((photo): PickedPhoto[] => {
    const { key, admitted, isKept = false, state } = photo
    if (admitted) return [{ ...photo, previewUrl: admitted.thumbUrl, message: undefined }]
    if (!isKept || state === 'refused') return []
    return [{ key, previewUrl: '', state: 'waiting', progress: 0, isKept }]
  })
