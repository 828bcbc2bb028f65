import { call, type Outcome } from './api'
import { cloud } from './cloud'
import { newCommandId } from './command-id'
import { shrinkPhoto } from './photo-files'
import type { ChosenPhoto } from './photo-port'

export interface AdmittedPhoto {
  readonly photoId: string
  readonly url: string
  readonly thumbUrl: string
}

const lost = { code: 'network', message: '照片没有传上去，点一下再试' } as const

/** The upload ends at this share; the rest is the server looking at the picture. */
const uploadShare = 0.9

/** Shrinks, uploads and has the server admit one picture. Never rejects. */
export const sendPhoto = async (
  photo: ChosenPhoto,
  onProgress: (share: number) => void,
): Promise<Outcome<AdmittedPhoto>> => {
  const [shrunk, ticket] = await Promise.all([shrinkPhoto(photo), call('photo.ticket', {})])
  if (!shrunk.ok) return { ok: false, error: { code: 'not-a-photo', message: shrunk.message } }
  if (!ticket.ok) return ticket
  try {
    const fileId = await cloud.uploadFile(
      `${ticket.value.folder}/${newCommandId()}.jpg`,
      shrunk.file,
      (share) => onProgress(share * uploadShare),
    )
    return await call('photo.admit', { fileId })
  } catch (error) {
    console.info('a photograph was not uploaded', error)
    return { ok: false, error: lost }
  }
}
