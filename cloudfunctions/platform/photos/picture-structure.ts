import { ok, type Result, refuse } from '../../ground/result'

/** What a file says of itself before anything in it is decoded. */
export interface PictureStructure {
  readonly format: 'jpeg' | 'png' | 'webp'
  /**
   * The bytes for the decoder: the image to its end, without segments that it does not need and without what follows.
   */
  readonly bytes: Uint8Array
}

/** A decoded pixel takes four bytes: this bounds the memory one photo can claim. */
export const mostPixels = 30_000_000
const longestSide = 20_000

/** Refuses `photo-broken` a picture without extent and `photo-too-many-pixels` one that is too large. */
export const checkExtent = (width: number, height: number, most = mostPixels): Result<null> => {
  if (width < 1 || height < 1) return refuse('photo-broken')
  if (width > longestSide || height > longestSide || width * height > most)
    return refuse('photo-too-many-pixels')
  return ok(null)
}

export const startsWith = (bytes: Uint8Array, at: number, text: string): boolean => {
  if (at + text.length > bytes.byteLength) return false
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}

export const joined = (bytes: Uint8Array, parts: readonly (readonly [number, number])[]): Uint8Array =>
  Buffer.concat(parts.map(([from, to]) => bytes.subarray(from, to)))
