import type { Photo } from '../contexts/photo/ports'
import { ok, type Result, refuse } from '../ground/result'
import type { Ports } from './ports'

/** What a photo keeps of its owner: says nothing without the secret, and links no two photos. */
export const ownerOf = (keyed: Ports['keyed'], photoId: string, accountId: string): string =>
  keyed(`photo-owner|${photoId}|${accountId}`)

/** The photos in the order of their ids. Refuses `photo-unknown`: nobody attaches somebody else's. */
export const findOwnPhotos = async (
  ports: Pick<Ports, 'keyed'> & { readonly photos: Pick<Ports['photos'], 'getMany'> },
  ids: readonly string[],
  accountId: string,
): Promise<Result<readonly Photo[]>> => {
  const found = await ports.photos.getMany(ids)
  const isOwn = ({ id, owner }: Photo) => owner === ownerOf(ports.keyed, id, accountId)
  return found.length === ids.length && found.every(isOwn) ? ok(found) : refuse('photo-unknown')
}
