import sharp from 'sharp'
import { photoIds } from '../../../local/demo/photo-ids'
import { type DrawnPhoto, drawPhotos } from '../../../local/demo/photos'

describe('the drawn photographs', () => {
  let drawn: readonly DrawnPhoto[] = []
  beforeAll(async () => {
    drawn = await drawPhotos()
  })

  it('are small JPEGs of one size with a thumbnail each, one for every id', async () => {
    expect(drawn.map((photo) => photo.id)).toEqual(photoIds)
    for (const { full, thumb } of drawn) {
      expect(await sharp(full).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 900 })
      expect(await sharp(thumb).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 })
      expect(full.byteLength).toBeLessThan(40_000)
    }
  })

  it('are the same every time', async () => {
    const again = await drawPhotos()
    expect(again.map((photo, at) => drawn[at]?.full.equals(photo.full))).toEqual(drawn.map(() => true))
  })

  it('carry the dark red mark with its light strokes in the lower right corner', async () => {
    for (const { full } of drawn) {
      const colours = async (left: number, top: number, width: number, height: number) => {
        const cut = await sharp(full).extract({ left, top, width, height }).toBuffer()
        return (await sharp(cut).stats()).channels
      }
      const [red, green, blue] = await colours(960, 799, 180, 5)
      expect(red?.mean).toBeGreaterThan(90)
      expect(green?.mean).toBeLessThan(90)
      expect(blue?.mean).toBeLessThan(90)
      for (const glyph of [950, 1022, 1094]) {
        const [, light] = await colours(glyph, 807, 58, 58)
        expect(light?.max).toBeGreaterThan(200)
      }
    }
  })
})
