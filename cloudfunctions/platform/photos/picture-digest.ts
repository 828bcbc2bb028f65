import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { digestSide, type PictureDigest } from '../../ground/picture-digest'

/** Of a cleaned photo. */
export const pictureDigest = async (photo: Uint8Array): Promise<PictureDigest> => {
  const grey = await sharp(photo)
    .greyscale()
    // Shrinking while a JPEG is decoded would give a resized copy other greys than the picture itself.
    .resize({ width: digestSide, height: digestSide, fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false })
    .raw()
    .toBuffer()
  return { exact: createHash('sha256').update(photo).digest('hex'), grey: grey.toString('hex') }
}
