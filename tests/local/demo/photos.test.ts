import sharp from 'sharp'
import { photoIds } from '../../../local/demo/photo-ids'
import { drawPhotos } from '../../../local/demo/photos'

describe('the drawn photographs', () => {
  it('are small JPEGs of one size with a thumbnail each, one for every id, and the same every time', async () => {
    const drawn = await drawPhotos()
    expect(drawn.map((photo) => photo.id)).toEqual(photoIds)
    for (const { full, thumb } of drawn) {
      expect(await sharp(full).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 900 })
      expect(await sharp(thumb).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 })
      expect(full.byteLength).toBeLessThan(40_000)
    }
    const again = await drawPhotos()
    expect(again.every((photo, at) => drawn[at]?.full.equals(photo.full))).toBe(true)
  })

  it('carry the mark in the lower right corner', async () => {
    for (const { full } of await drawPhotos()) {
      const corner = await sharp(full).extract({ left: 940, top: 804, width: 60, height: 6 }).stats()
      const [red, green, blue] = corner.channels.map((channel) => channel.mean)
      expect(red).toBeGreaterThan(90)
      expect(green).toBeLessThan(80)
      expect(blue).toBeLessThan(80)
    }
  })
})
