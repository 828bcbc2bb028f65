import type { OutputOf, ParsedInputOf } from '../contract/contract'
import { ok, type Result, refuse } from '../domain/result'
import type { Ports, Session } from './ports'

/** A photo after the pipeline: upright, re-encoded, nothing in it but pixels. */
export interface CleanPhoto {
  readonly full: Uint8Array
  readonly thumb: Uint8Array
  readonly width: number
  readonly height: number
}

export interface AdmitPhotoPorts extends Pick<Ports, 'photos' | 'keyed'> {
  readonly files: {
    download(fileId: string): Promise<Uint8Array | undefined>
    upload(path: string, bytes: Uint8Array): Promise<string>
    remove(fileIds: readonly string[]): Promise<void>
  }
  /** Type by content, decode, limit, re-encode, strip, thumbnail. */
  readonly cleanPhoto: (bytes: Uint8Array) => Promise<Result<CleanPhoto>>
}

/** The one folder that clients may write to, and nobody may read. */
const incoming = /^cloud:\/\/[^/]+\/incoming\/[0-9a-f-]{36}\.[a-z0-9]{1,5}$/

/**
 * Takes an uploaded file in as a photo of the caller's. Doing it again answers the same photo. Refuses
 * `sign-in-required`, `photo-unknown` and what the pipeline refuses; a refused file is deleted.
 */
export const admitPhoto =
  (ports: AdmitPhotoPorts) =>
  async (session: Session, input: ParsedInputOf<'photo.admit'>): Promise<Result<OutputOf<'photo.admit'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    if (!incoming.test(input.fileId)) return refuse('photo-unknown')
    const id = `p${ports.keyed(`photo|${accountId}|${input.fileId}`).slice(0, 24)}`

    const answer = async (width: number, height: number): Promise<Result<OutputOf<'photo.admit'>>> => {
      const urls = (await ports.photos.urls([id])).get(id)
      if (!urls) throw new Error(`photo ${id} has no URL`)
      return ok({ photoId: id, ...urls, width, height })
    }
    const [known] = await ports.photos.getMany([id])
    if (known) return answer(known.width, known.height)

    const bytes = await ports.files.download(input.fileId)
    if (!bytes) {
      // Sent twice at once: the other call may have taken the file in meanwhile.
      const [admitted] = await ports.photos.getMany([id])
      return admitted ? answer(admitted.width, admitted.height) : refuse('photo-unknown')
    }
    const clean = await ports.cleanPhoto(bytes)
    if (!clean.ok) {
      await ports.files.remove([input.fileId])
      return clean
    }
    const { full, thumb, width, height } = clean.value
    const [fileId, thumbFileId] = await Promise.all([
      ports.files.upload(`photos/${id}.jpg`, full),
      ports.files.upload(`photos/${id}.thumb.jpg`, thumb),
    ])
    await ports.photos.add({
      id,
      accountId,
      fileId,
      thumbFileId,
      width,
      height,
      bytes: full.byteLength,
      admittedAt: now,
    })
    await ports.files.remove([input.fileId])
    return answer(width, height)
  }
