import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import type { Limits } from '../../limits/ports'
import { tooMany } from '../../limits/shared/limit-calls'
import type { Photo, Photos } from '../ports'
import { isGivenUp } from '../rules/given-up'
import { meterPhotos } from './meter-photos'

/** What a photo keeps of its owner: says nothing without the secret, and links no two photos. */
export const ownerOf = (keyed: Keyed, photoId: string, accountId: string): string =>
  keyed(`photo-owner|${photoId}|${accountId}`)

/** Who asks for which photos, and what they are to be used for. */
interface Wanted {
  readonly ids: readonly string[]
  readonly accountId: string
  readonly use: string
  readonly now: number
}

/**
 * An account's own photos in the order of their ids. Those that another use has kept will be copied (`givePhotos`): what
 * the copies take counts as if they were sent again. Refuses `photo-unknown`: nobody attaches somebody else's, or what
 * was given up; `too-many`.
 */
export const findOwnPhotos = (ports: {
  readonly keyed: Keyed
  readonly limits: Limits
  readonly photos: Pick<Photos, 'getMany'>
}) => {
  const takeBytes = meterPhotos(ports)
  return async ({ ids, accountId, use, now }: Wanted): Promise<Result<readonly Photo[]>> => {
    const found = await ports.photos.getMany(ids)
    const isOwn = (photo: Photo) =>
      photo.owner === ownerOf(ports.keyed, photo.id, accountId) && !isGivenUp(photo)
    if (found.length !== ids.length || !found.every(isOwn)) return refuse('photo-unknown')
    const copied = found.filter(({ usedIn }) => usedIn !== null && usedIn !== use)
    if (copied.length === 0) return ok(found)
    const bytes = copied.reduce((sum, photo) => sum + photo.bytes, 0)
    const refusedUntil = await takeBytes({ accountId, whose: 'everybody', bytes, now, use })
    return refusedUntil === null ? ok(found) : tooMany(refusedUntil, now)
  }
}
