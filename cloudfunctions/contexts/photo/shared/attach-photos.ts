import type { Keyed } from '../../../ground/keyed'
import type { Photo, Photos } from '../ports'
import { ownerOf } from './own-photos'

export interface GivePhotosPorts {
  readonly keyed: Keyed
  readonly photos: Pick<Photos, 'claimAll' | 'claim' | 'copy'>
}

/** One use of photos: one command on one report. */
export const photoUse = (reportId: string, commandId: string): string => `${reportId}|${commandId}`

export const isUseWithin = (use: string, reportId: string): boolean => use.startsWith(`${reportId}|`)

/**
 * Gives an account's own photos (`findOwnPhotos`) to one use and answers the ids to store, in the same order. The
 * first use of a photo keeps it; every other one gets a copy under an id and an address of its own, so that two reports
 * that show one picture cannot be linked by them. The same photos and use give the same ids however often they are
 * asked for. `evidence` are those among them that everyone will be shown as proof of the work: their pictures are not
 * new in any other report (new-evidence.ts).
 */
export const givePhotos =
  (ports: GivePhotosPorts) =>
  async (
    own: readonly Photo[],
    accountId: string,
    use: string,
    evidence: readonly string[] = [],
  ): Promise<readonly string[]> => {
    const idOfUse = async (photo: Photo): Promise<string> => {
      const isEvidence = evidence.includes(photo.id)
      if ((photo.usedIn ?? (await ports.photos.claim(photo, use, isEvidence))) === use) return photo.id
      const id = `p${ports.keyed(`photo-use|${photo.id}|${use}`).slice(0, 24)}`
      const as = { id, owner: ownerOf(ports.keyed, id, accountId), usedIn: use }
      await ports.photos.copy(photo, as, isEvidence)
      return id
    }
    const each = new Map(own.map((photo) => [photo.id, photo]))
    const isPlain = evidence.length === 0 && own.every(({ usedIn }) => usedIn === null)
    if (isPlain && (await ports.photos.claimAll([...each.keys()], use))) return own.map(({ id }) => id)
    const stored = new Map(
      await Promise.all([...each.values()].map(async (photo) => [photo.id, await idOfUse(photo)] as const)),
    )
    return own.map(({ id }) => stored.get(id) ?? id)
  }
