import { ok, type Result, refuse } from '../../ground/result'
import { checkExtent, type PictureStructure, startsWith } from './picture-structure'

/** A still picture has at most eight. */
const mostChunks = 64
const animationFlag = 0x02

/** Bytes within which each kind of chunk says its extent. */
const headers: Readonly<Record<string, number>> = { VP8X: 10, 'VP8 ': 10, VP8L: 5 }

export const isWebp = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')

/** Width and height as the chunk says them; undefined for a chunk that says none. */
const extentIn = (view: DataView, name: string, at: number): readonly [number, number] | undefined => {
  const uint24 = (from: number) => view.getUint16(from, true) | (view.getUint8(from + 2) << 16)
  switch (name) {
    case 'VP8X':
      return [uint24(at + 4) + 1, uint24(at + 7) + 1]
    case 'VP8 ':
      return [view.getUint16(at + 6, true) & 0x3fff, view.getUint16(at + 8, true) & 0x3fff]
    case 'VP8L': {
      const bits = view.getUint32(at + 1, true)
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
    }
    default:
      return undefined
  }
}

/**
 * Walks a WebP's chunks once and decodes nothing. Refuses `photo-not-an-image` (a moving picture too),
 * `photo-too-many-pixels`, `photo-too-complex` (too many chunks) and `photo-broken`.
 */
export const readWebp = (bytes: Uint8Array): Result<PictureStructure> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = 8 + view.getUint32(4, true)
  let hasPixels = false
  let at = 12
  for (let chunks = 0; at + 8 <= end && at + 8 <= bytes.byteLength; chunks += 1) {
    if (chunks === mostChunks) return refuse('photo-too-complex')
    const name = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1')
    const length = view.getUint32(at + 4, true)
    const content = at + 8
    if (name === 'ANIM' || name === 'ANMF') return refuse('photo-not-an-image')
    const header = headers[name]
    if (header !== undefined) {
      if (length < header || content + header > bytes.byteLength) return refuse('photo-broken')
      if (name === 'VP8X' && (view.getUint8(content) & animationFlag) !== 0)
        return refuse('photo-not-an-image')
      const [width, height] = extentIn(view, name, content) ?? [0, 0]
      const extent = checkExtent(width, height)
      if (!extent.ok) return extent
      hasPixels ||= name !== 'VP8X'
    }
    // Chunks are padded to an even length.
    at = content + length + (length & 1)
  }
  if (!hasPixels || end > bytes.byteLength) return refuse('photo-broken')
  return ok({ format: 'webp', bytes: bytes.subarray(0, end) })
}
