import { call, type Outcome } from './api'
import { cloud } from './cloud'
import type { LocalFile } from './cloud-port'
import { newCommandId } from './command-id'

export interface AdmittedPhoto {
  readonly photoId: string
  readonly url: string
  readonly thumbUrl: string
}

const lost = { code: 'network', message: '照片没有传上去' } as const

/** The upload ends at this share; the rest is the server looking at the picture. */
const uploadShare = 0.9

/** Uploads one picture, shrunk before, and has the server admit it. Never rejects. */
export const sendPhoto = async (
  file: LocalFile,
  onProgress: (share: number) => void,
): Promise<Outcome<AdmittedPhoto>> => {
  const ticket = await call('photo.ticket', {})
  if (!ticket.ok) return ticket
  try {
    const fileId = await cloud.uploadFile(`${ticket.value.folder}/${newCommandId()}.jpg`, file, (share) =>
      onProgress(share * uploadShare),
    )
    return await call('photo.admit', { fileId })
  } catch (error) {
    console.info('a photograph was not uploaded', error)
    return { ok: false, error: lost }
  }
}
