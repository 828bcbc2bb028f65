import sharp from 'sharp'
import type { CleanPhoto } from '../../contexts/photo/ports'
import { ok, type Result, refuse } from '../../ground/result'
import { readJpeg } from './jpeg-structure'
import { pictureDigest } from './picture-digest'
import { mostPixels, type PictureStructure } from './picture-structure'
import { isPng, readPng } from './png-structure'
import { isWebp, readWebp } from './webp-structure'

/** Larger files are refused before anything is decoded. */
const mostBytes = 20 * 1024 * 1024
const longestSide = 1600
const thumbWidth = 320
const thumbHeight = 240
/**
 * Decoding is aborted after so many seconds, whatever the checks of the structure have missed; the platform ends the
 * function after twenty.
 */
const mostSeconds = 8

// One photo at a time in an instance of 512 MB: neither threads nor remembered pictures may add to it.
sharp.concurrency(1)
sharp.cache(false)

/** The type is told by the first bytes alone, so that no decoder but these three ever sees a file. */
const readStructure = (bytes: Uint8Array): Result<PictureStructure> => {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return readJpeg(bytes)
  if (isPng(bytes)) return readPng(bytes)
  return isWebp(bytes) ? readWebp(bytes) : refuse('photo-not-an-image')
}

/**
 * The one way a photo comes in: its type is told by its content, its size and its structure are limited before
 * decoding, it is turned upright, re-encoded as JPEG (so that no EXIF, position or trailing bytes survive) and
 * given a thumbnail and a digest. Refuses `photo-too-large`, `photo-not-an-image`, `photo-too-many-pixels`,
 * `photo-too-complex`, `photo-broken`.
 */
export const cleanPhoto = async (bytes: Uint8Array): Promise<Result<CleanPhoto>> => {
  if (bytes.byteLength > mostBytes) return refuse('photo-too-large')
  const structure = readStructure(bytes)
  if (!structure.ok) return structure
  try {
    const full = await sharp(structure.value.bytes, { limitInputPixels: mostPixels, failOn: 'truncated' })
      .timeout({ seconds: mostSeconds })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true })
    const thumb = await sharp(full.data)
      .resize({ width: thumbWidth, height: thumbHeight, fit: 'cover' })
      .jpeg({ quality: 72 })
      .toBuffer()
    const digest = await pictureDigest(full.data)
    return ok({ full: full.data, thumb, width: full.info.width, height: full.info.height, digest })
  } catch (error) {
    return refuse(String(error).includes('timeout:') ? 'photo-too-complex' : 'photo-broken')
  }
}
