import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import type { Photo, Photos } from '../ports'
import { isGivenUp } from '../rules/given-up'

/** What a photo keeps of its owner: says nothing without the secret, and links no two photos. */
export const ownerOf = (keyed: Keyed, photoId: string, accountId: string): string =>
  keyed(`photo-owner|${photoId}|${accountId}`)

/** The photos in the order of their ids. Refuses `photo-unknown`: nobody attaches somebody else's, or what was given up. */
export const findOwnPhotos = async (
  ports: { readonly keyed: Keyed } & { readonly photos: Pick<Photos, 'getMany'> },
  ids: readonly string[],
  accountId: string,
): Promise<Result<readonly Photo[]>> => {
  const found = await ports.photos.getMany(ids)
  const isOwn = (photo: Photo) =>
    photo.owner === ownerOf(ports.keyed, photo.id, accountId) && !isGivenUp(photo)
  return found.length === ids.length && found.every(isOwn) ? ok(found) : refuse('photo-unknown')
}
