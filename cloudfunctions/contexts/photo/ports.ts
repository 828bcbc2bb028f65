import type { PictureDigest } from '../../ground/picture-digest'
import type { Result } from '../../ground/result'

export interface Photo {
  readonly id: string
  /** Tells the account it belongs to, to whoever has the secret (own-photos.ts); the database alone does not. */
  readonly owner: string
  /** The one use that shows this photo; null while nothing does, and of what was given up (`isGivenUp`) nothing ever will. */
  readonly usedIn: string | null
  /** Missing where the photo was not taken in by the pipeline. */
  readonly digest?: PictureDigest
  readonly fileId: string
  readonly thumbFileId: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly admittedAt: number
}

export interface PhotoUrls {
  readonly url: string
  readonly thumbUrl: string
}

export interface Photos {
  getMany(ids: readonly string[]): Promise<readonly Photo[]>
  /** Does nothing when a photo of this id exists already. */
  add(photo: Photo): Promise<void>
  /** Gives photos that are no evidence to a use, each unless another has it; true when all of them were free. */
  claimAll(ids: readonly string[], use: string): Promise<boolean>
  /** Gives the photo to a use unless another has it; answers the use that has it now. */
  claim(photo: Photo, use: string, isEvidence: boolean): Promise<string>
  /** A photo of its own made of another's files; doing it again changes nothing. */
  copy(photo: Photo, as: Pick<Photo, 'id' | 'owner' | 'usedIn'>, isEvidence: boolean): Promise<void>
  /** What the pictures look like, by photo id; ids that are unknown are missing. */
  digests(ids: readonly string[]): Promise<ReadonlyMap<string, PictureDigest>>
  /** Photos laid as evidence that may show the same picture as one of these, at most a thousand; compare them. */
  evidenceAlike(digests: readonly PictureDigest[]): Promise<readonly Photo[]>
  /** Gives up those that nothing shows and that were taken in before, the oldest first, `most` at once; says how many. */
  giveUp(before: number, now: number, most: number): Promise<number>
  /** Removes files and rows of those that were given up before, `most` at once; says how many. */
  removeGivenUp(before: number, most: number): Promise<number>
  /** Temporary URLs by photo id; ids that are unknown are missing. */
  urls(ids: readonly string[]): Promise<ReadonlyMap<string, PhotoUrls>>
}

/** A photo after the pipeline: upright, re-encoded, nothing in it but pixels. */
export interface CleanPhoto {
  readonly full: Uint8Array
  readonly thumb: Uint8Array
  readonly width: number
  readonly height: number
  readonly digest: PictureDigest
}

/** Type by content, decode, limit, re-encode, strip, thumbnail. */
export type CleansPhotos = (bytes: Uint8Array) => Promise<Result<CleanPhoto>>

/** The files themselves. */
export interface PhotoFiles {
  /** Undefined when there is no such file. */
  download(fileId: string): Promise<Uint8Array | undefined>
  /** Answers the id of the file. */
  upload(path: string, bytes: Uint8Array): Promise<string>
  remove(fileIds: readonly string[]): Promise<void>
}
