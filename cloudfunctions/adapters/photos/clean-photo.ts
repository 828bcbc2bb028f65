import sharp, { type Metadata } from 'sharp'
import { ok, type Result, refuse } from '../../domain/result'
import type { CleanPhoto } from '../../use-cases/admit-photo'

/** Larger files are refused before anything is decoded. */
const mostBytes = 20 * 1024 * 1024
/** A decoded pixel takes four bytes: this bounds the memory one photo can claim. */
const mostPixels = 30_000_000
const longestSide = 1600
const thumbWidth = 320
const thumbHeight = 240

const formats: readonly (string | undefined)[] = ['jpeg', 'png', 'webp']

/**
 * The one way a photo comes in: its type is told by its content, its size is limited before decoding, it is
 * turned upright, re-encoded as JPEG (so that no EXIF, position or trailing bytes survive) and given a
 * thumbnail. Refuses `photo-too-large`, `photo-not-an-image`, `photo-too-many-pixels`, `photo-broken`.
 */
export const cleanPhoto = async (bytes: Uint8Array): Promise<Result<CleanPhoto>> => {
  if (bytes.byteLength > mostBytes) return refuse('photo-too-large')
  const open = () => sharp(bytes, { limitInputPixels: mostPixels, failOn: 'truncated' })
  let metadata: Metadata
  try {
    // Without the limit, so that a photo that is too large is called that and not unreadable.
    metadata = await sharp(bytes, { limitInputPixels: false }).metadata()
  } catch {
    return refuse('photo-not-an-image')
  }
  if (!formats.includes(metadata.format)) return refuse('photo-not-an-image')
  if (metadata.width * metadata.height > mostPixels) return refuse('photo-too-many-pixels')
  try {
    const full = await open()
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true })
    const thumb = await sharp(full.data)
      .resize({ width: thumbWidth, height: thumbHeight, fit: 'cover' })
      .jpeg({ quality: 72 })
      .toBuffer()
    return ok({ full: full.data, thumb, width: full.info.width, height: full.info.height })
  } catch {
    return refuse('photo-broken')
  }
}
