import type { Photos } from './ports'

/** Were all these photos admitted for this account? Nobody attaches somebody else's. */
export const areOwnPhotos = async (
  photos: Pick<Photos, 'getMany'>,
  ids: readonly string[],
  accountId: string,
): Promise<boolean> => {
  const found = await photos.getMany(ids)
  return found.length === ids.length && found.every((photo) => photo.accountId === accountId)
}
