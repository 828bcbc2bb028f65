import type { PictureDigest } from '../../../ground/picture-digest'
import { ok, type Result, refuse } from '../../../ground/result'
import type { Photos } from '../ports'
import { isSamePicture, lookDistance } from '../rules/same-picture'
import { isUseWithin } from './attach-photos'

/**
 * Copies of one picture differ in at most so many of the 64 bits of their hashes; only such candidates are compared
 * sample by sample.
 */
const mostDistance = 8

/**
 * A report may hold pictures by the hundred, and searching for how one was cropped takes a millisecond or two: so many
 * that look most alike are searched. Copies, be they re-encoded or resized, are among them.
 */
const mostSearched = 48

/** Each picture once, however many copies of it there are. */
const distinct = (digests: readonly PictureDigest[]): readonly PictureDigest[] => [
  ...new Map(digests.map((one) => [one.exact, one])).values(),
]

/** Whether a picture is the same as one of many. */
const isAmong = (digest: PictureDigest, many: readonly PictureDigest[]): boolean =>
  many.some(({ exact }) => exact === digest.exact) ||
  many
    .map((one) => ({ one, distance: lookDistance(digest, one) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostSearched)
    .some(({ one }) => isSamePicture(digest, one))

export interface EvidencePictures {
  readonly reportId: string
  /** What is laid as evidence that the work is done. */
  readonly after: readonly string[]
  /** What the same step shows of how it was. */
  readonly before: readonly string[]
  /** Every photo the report holds already: the reporter's, and those of all steps. */
  readonly earlier: readonly string[]
}

/**
 * F5: evidence must be new by content. Refuses `evidence-not-new` when a picture laid as evidence is the same
 * as one laid as before, as one that the report holds already, or as one laid as evidence in another report;
 * `details.photoId` names it. Pictures of one step may resemble each other. In other reports the same file and
 * its re-encoded or resized copies are found, within this one cropped copies too. A photo without a digest is
 * compared by its id.
 */
export const evidenceIsNew =
  (ports: { readonly photos: Pick<Photos, 'digests' | 'evidenceAlike'> }) =>
  async ({ reportId, after, before, earlier }: EvidencePictures): Promise<Result<null>> => {
    if (after.length === 0) return ok(null)
    const seen = [...new Set([...before, ...earlier])]
    const again = after.find((id) => seen.includes(id))
    if (again !== undefined) return refuse('evidence-not-new', { photoId: again })

    const digests = await ports.photos.digests([...new Set([...after, ...seen])])
    const digestsOf = (ids: readonly string[]): readonly PictureDigest[] =>
      ids.flatMap((id) => digests.get(id) ?? [])
    const held = distinct(digestsOf(seen))
    const elsewhere = (await ports.photos.evidenceAlike(digestsOf(after)))
      .filter(({ usedIn }) => usedIn !== null && !isUseWithin(usedIn, reportId))
      .flatMap(({ digest }) => digest ?? [])
    for (const id of after) {
      const digest = digests.get(id)
      if (!digest) continue
      const alike = elsewhere.filter((one) => lookDistance(digest, one) <= mostDistance)
      if (isAmong(digest, held) || isAmong(digest, distinct(alike)))
        return refuse('evidence-not-new', { photoId: id })
    }
    return ok(null)
  }
