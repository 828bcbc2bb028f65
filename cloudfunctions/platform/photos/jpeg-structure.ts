import { ok, type Result, refuse } from '../../ground/result'
import { checkExtent, joined, mostPixels, type PictureStructure, startsWith } from './picture-structure'

/**
 * Each scan of a progressive JPEG makes the decoder walk through every block of the picture, even when the scan
 * is a few bytes long. Encoders write up to eighteen.
 */
const mostScans = 64
/** Scans times pixels: twenty scans of the largest picture. */
const mostScannedPixels = 20 * mostPixels
/** A colour profile may take 255 segments, each scan up to five. */
const mostSegments = 1024

const frameMarkers: readonly number[] = [0xc0, 0xc1, 0xc2]
/**
 * Markers in the range of the frame headers (0xC0–0xCF) that are none: Huffman tables, an extension, arithmetic
 * conditioning.
 */
const otherThanFrames: readonly number[] = [0xc4, 0xc8, 0xcc]

const isStandalone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/**
 * Of comments and application segments the decoder is given JFIF (resolution), Exif (orientation), ICC (colour
 * profile) and Adobe (colour transform); it never sees the rest.
 */
const isNeeded = (bytes: Uint8Array, marker: number, content: number): boolean => {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  if (marker === 0xe0) return startsWith(bytes, content, 'JFIF\0')
  if (marker === 0xe1) return startsWith(bytes, content, 'Exif\0')
  if (marker === 0xe2) return startsWith(bytes, content, 'ICC_PROFILE\0')
  return marker === 0xee && startsWith(bytes, content, 'Adobe')
}

/** Where the next marker after entropy-coded data begins; the end of the file when there is none. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0x00 && next !== 0xff && !isStandalone(next)) return at
  }
  return bytes.byteLength
}

/**
 * Walks a JPEG's segments once, in time linear in its bytes, and decodes nothing. Refuses
 * `photo-not-an-image` (no frame), `photo-too-many-pixels`, `photo-too-complex` (too many scans or segments)
 * and `photo-broken` (cut off, or of a kind that no camera makes).
 */
export const readJpeg = (bytes: Uint8Array): Result<PictureStructure> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: (readonly [number, number])[] = [[0, 2]]
  let pixels = 0
  let scans = 0
  let at = 2
  for (let segments = 0; at + 2 <= bytes.byteLength; segments += 1) {
    if (segments === mostSegments) return refuse('photo-too-complex')
    if (bytes[at] !== 0xff) break
    // Any number of fill bytes may stand before a marker.
    while (bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1] ?? 0
    if (isStandalone(marker)) {
      at += 2
      continue
    }
    if (marker === 0xd9) {
      if (scans === 0) break
      parts.push([at, at + 2])
      return ok({ format: 'jpeg', bytes: joined(bytes, parts) })
    }
    if (marker < 0xc0 || marker === 0xd8 || at + 4 > bytes.byteLength) break
    const length = view.getUint16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.byteLength) break
    if (marker >= 0xc0 && marker <= 0xcf && !otherThanFrames.includes(marker)) {
      const isOneOfOurs = frameMarkers.includes(marker) && length >= 8 && bytes[at + 4] === 8
      if (pixels > 0 || !isOneOfOurs) return refuse('photo-broken')
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      const extent = checkExtent(width, height)
      if (!extent.ok) return extent
      pixels = width * height
    }
    if (marker === 0xda) {
      if (pixels === 0) break
      scans += 1
      if (scans > mostScans || scans * pixels > mostScannedPixels) return refuse('photo-too-complex')
      const next = endOfScan(bytes, end)
      parts.push([at, next])
      at = next
      continue
    }
    if (isNeeded(bytes, marker, at + 4)) parts.push([at, end])
    at = end
  }
  return refuse(pixels === 0 ? 'photo-not-an-image' : 'photo-broken')
}
