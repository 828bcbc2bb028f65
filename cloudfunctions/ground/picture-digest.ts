/** A picture's greys are kept in a square of this many samples a side. */
export const digestSide = 32

/** What of a cleaned photo is kept to know the picture again. */
export interface PictureDigest {
  /** SHA-256 of the re-encoded bytes, hex: equal when the same file came in twice. */
  readonly exact: string
  /** The picture's greys from left to right, top to bottom, stretched to the square, two hex digits each. */
  readonly grey: string
}
