import { ok, type Result, refuse } from '../../ground/result'
import { checkExtent, joined, type PictureStructure, startsWith } from './picture-structure'

/** Encoders cut a picture into pieces of some kilobytes; twenty megabytes of 4 KB pieces are five thousand. */
const mostChunks = 20_000
/** An interlaced picture cannot be decoded row by row: it lies in memory whole, at up to eight bytes a pixel. */
const mostInterlacedPixels = 10_000_000
/** A profile or the way up is a few kilobytes; either may be packed, and unpacks to a thousand times as much. */
const longestDescription = 64 * 1024

const neededChunks: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB']
const descriptions: readonly string[] = ['iCCP', 'eXIf']
const moving: readonly string[] = ['acTL', 'fcTL', 'fdAT']

const signature = '\x89PNG\r\n\x1a\n'
export const isPng = (bytes: Uint8Array): boolean => startsWith(bytes, 0, signature)

/**
 * Walks a PNG's chunks once and unpacks nothing. Refuses `photo-not-an-image` (a moving picture too),
 * `photo-too-many-pixels`, `photo-too-complex` (too many chunks) and `photo-broken`.
 */
export const readPng = (bytes: Uint8Array): Result<PictureStructure> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: (readonly [number, number])[] = [[0, signature.length]]
  let hasExtent = false
  let hasPixels = false
  let at = signature.length
  for (let chunks = 0; at + 12 <= bytes.byteLength; chunks += 1) {
    if (chunks === mostChunks) return refuse('photo-too-complex')
    const length = view.getUint32(at)
    const end = at + 12 + length
    const name = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    if (name === 'IHDR') {
      if (hasExtent || length !== 13 || end > bytes.byteLength) break
      const isInterlaced = bytes[at + 20] !== 0
      const extent = checkExtent(
        view.getUint32(at + 8),
        view.getUint32(at + 12),
        isInterlaced ? mostInterlacedPixels : undefined,
      )
      if (!extent.ok) return extent
      hasExtent = true
    }
    if (!hasExtent || end > bytes.byteLength) break
    if (moving.includes(name)) return refuse('photo-not-an-image')
    if (name === 'IDAT') hasPixels = true
    if (neededChunks.includes(name) || (descriptions.includes(name) && length <= longestDescription))
      parts.push([at, end])
    if (name === 'IEND') {
      if (!hasPixels) break
      return ok({ format: 'png', bytes: joined(bytes, parts) })
    }
    at = end
  }
  return refuse(hasExtent ? 'photo-broken' : 'photo-not-an-image')
}
