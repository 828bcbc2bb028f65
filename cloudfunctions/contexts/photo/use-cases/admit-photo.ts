import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import type { Limits } from '../../limits/ports'
import { tooMany } from '../../limits/shared/limit-calls'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { CleansPhotos, PhotoFiles, Photos } from '../ports'
import { meterPhotos } from '../shared/meter-photos'
import { ownerOf } from '../shared/own-photos'
import { ticketOf } from '../shared/upload-ticket'

export interface AdmitPhotoPorts {
  readonly keyed: Keyed
  readonly limits: Limits
  readonly photos: Pick<Photos, 'getMany' | 'add' | 'urls'>
  readonly files: PhotoFiles
  readonly cleanPhoto: CleansPhotos
}

/**
 * Takes a file that the caller has put into a folder of theirs in as their photo. Doing it again answers the
 * same photo. Refuses `sign-in-required`, `photo-unknown` (no such file, or not in a folder that was given to
 * the caller within two hours: it is neither read nor removed then), `too-many` (more bytes than `uploadedKilobytes`)
 * and what the pipeline refuses; such a file is deleted.
 */
export const admitPhoto = (ports: AdmitPhotoPorts) => {
  const takeBytes = meterPhotos(ports)

  return async (
    session: Session,
    input: ParsedInputOf<'photo.admit'>,
  ): Promise<Result<OutputOf<'photo.admit'>>> => {
    const { accountId, memberships, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const ticket = ticketOf(ports.keyed, accountId, input.fileId, now)
    if (ticket === 'none') return refuse('photo-unknown')
    const id = `p${ports.keyed(`photo|${accountId}|${input.fileId}`).slice(0, 24)}`

    const answer = async (width: number, height: number): Promise<Result<OutputOf<'photo.admit'>>> => {
      const urls = (await ports.photos.urls([id])).get(id)
      if (!urls) throw new Error(`photo ${id} has no URL`)
      return ok({ photoId: id, ...urls, width, height })
    }
    const [known] = await ports.photos.getMany([id])
    if (known) return answer(known.width, known.height)
    if (ticket === 'expired') return refuse('photo-unknown')

    const bytes = await ports.files.download(input.fileId)
    if (!bytes) {
      // Sent twice at once: the other call may have taken the file in meanwhile.
      const [admitted] = await ports.photos.getMany([id])
      return admitted ? answer(admitted.width, admitted.height) : refuse('photo-unknown')
    }
    const whose = memberships.length > 0 ? 'staff' : 'everybody'
    const refusedUntil = await takeBytes({ accountId, whose, bytes: bytes.byteLength, now })
    if (refusedUntil !== null) {
      await ports.files.remove([input.fileId])
      return tooMany(refusedUntil, now)
    }
    const clean = await ports.cleanPhoto(bytes)
    if (!clean.ok) {
      await ports.files.remove([input.fileId])
      return clean
    }
    const { full, thumb, width, height, digest } = clean.value
    const [fileId, thumbFileId] = await Promise.all([
      ports.files.upload(`photos/${id}/full.jpg`, full),
      ports.files.upload(`photos/${id}/thumb.jpg`, thumb),
    ])
    await ports.photos.add({
      id,
      owner: ownerOf(ports.keyed, id, accountId),
      usedIn: null,
      digest,
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
}
