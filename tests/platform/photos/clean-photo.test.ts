import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { cleanPhoto } from '../../../cloudfunctions/platform/photos/clean-photo'

/** A picture whose left half is red and whose right half is blue. */
const redAndBlue = (width = 400, height = 200): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    {
      input: { create: { width: Math.floor(width / 2), height, channels: 3, background: '#ff0000' } },
      left: 0,
      top: 0,
    },
  ])

/** Colours that no compression can smooth away. */
const noise = (width: number, height: number): Sharp => {
  const pixels = Buffer.alloc(width * height * 3)
  let state = 1
  for (let at = 0; at < pixels.length; at += 1) {
    state = (state * 48_271) % 2_147_483_647
    pixels[at] = state & 255
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

const cleaned = async (bytes: Uint8Array) => {
  const result = await cleanPhoto(bytes)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const refusalOf = async (bytes: Uint8Array): Promise<string | null> => {
  const result = await cleanPhoto(bytes)
  return result.ok ? null : result.error.code
}

const colourAt = async (image: Uint8Array, left: number, top: number): Promise<'red' | 'blue' | 'other'> => {
  const [red = 0, , blue = 0] = await sharp(image)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer()
  if (red > 200 && blue < 60) return 'red'
  return blue > 200 && red < 60 ? 'blue' : 'other'
}

describe('a photograph that comes in', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('as %s goes out as JPEG with a thumbnail', async (format) => {
    const { full, thumb, width, height } = await cleaned(await redAndBlue().toFormat(format).toBuffer())
    expect(await sharp(full).metadata()).toMatchObject({ format: 'jpeg', width: 400, height: 200 })
    expect([width, height]).toEqual([400, 200])
    expect(await sharp(thumb).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 })
    expect(await colourAt(full, 20, 100)).toBe('red')
    expect(await colourAt(full, 380, 100)).toBe('blue')
  })

  test('keeps no word of where, when and with what it was taken', async () => {
    const original = await redAndBlue()
      .withExif({
        IFD0: { Make: 'SecretCamera', Artist: 'Zhang San', ImageDescription: 'home of Zhang San' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '40/1 33/1 36/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '110/1 31/1 12/1',
        },
      })
      .withXmp(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="SecretXmp"/></rdf:RDF></x:xmpmeta>',
      )
      .jpeg()
      .toBuffer()
    const before = await sharp(original).metadata()
    expect(before.exif?.includes('SecretCamera')).toBe(true)
    expect(original.includes('SecretXmp')).toBe(true)
    const { full, thumb } = await cleaned(original)
    for (const image of [full, thumb]) {
      const { exif, xmp, iptc, icc, orientation } = await sharp(image).metadata()
      expect({ exif, xmp, iptc, icc, orientation }).toEqual({})
      for (const word of ['Secret', 'Zhang', 'Exif', 'GPS'])
        expect(Buffer.from(image).includes(word)).toBe(false)
    }
  })

  test('stands upright, however the phone was held', async () => {
    // Orientation 6: the phone was turned, so the picture has to be turned by 90 degrees clockwise.
    const lying = await redAndBlue().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const { full, width, height } = await cleaned(lying)
    expect([width, height]).toEqual([200, 400])
    expect(await colourAt(full, 100, 20)).toBe('red')
    expect(await colourAt(full, 100, 380)).toBe('blue')
  })

  test('loses what was hung on behind its end', async () => {
    const original = await redAndBlue().jpeg().toBuffer()
    const { full } = await cleaned(Buffer.concat([original, Buffer.from('PK\u0003\u0004 a hidden archive')]))
    expect(Buffer.from(full).includes('hidden')).toBe(false)
  })

  test('shrinks to 1600 on its longer side, and is never blown up', async () => {
    const { width, height } = await cleaned(await redAndBlue(4000, 3000).jpeg().toBuffer())
    expect([width, height]).toEqual([1600, 1200])
    const small = await cleaned(await redAndBlue(10, 8).png().toBuffer())
    expect([small.width, small.height]).toEqual([10, 8])
  })

  test('has white where it was transparent', async () => {
    const glass = await sharp({ create: { width: 40, height: 40, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer()
    const { full } = await cleaned(glass)
    const [red = 0, green = 0, blue = 0] = await sharp(full).raw().toBuffer()
    expect(Math.min(red, green, blue)).toBeGreaterThan(250)
  })

  test('comes out the same each time', async () => {
    const original = await noise(300, 200).jpeg().toBuffer()
    expect(await cleaned(original)).toEqual(await cleaned(original))
  })
})

/** The markers of a JPEG in their order, those within a scan's data left out; `end` is where the last one ends. */
const markersOf = (jpeg: Buffer): { readonly markers: readonly number[]; readonly end: number } => {
  const markers: number[] = []
  let at = 0
  while (at < jpeg.byteLength) {
    if (jpeg[at] !== 0xff) throw new Error(`no marker at ${at}`)
    const marker = jpeg[at + 1] ?? 0
    markers.push(marker)
    at += 2
    if (marker === 0xd9) break
    if (marker === 0xd8) continue
    at += jpeg.readUInt16BE(at)
    if (marker !== 0xda) continue
    while (jpeg[at] !== 0xff || jpeg[at + 1] === 0 || ((jpeg[at + 1] ?? 0) & 0xf8) === 0xd0) at += 1
  }
  return { markers, end: at }
}

/** Start, JFIF, tables, frame, scan, end. */
const bareMarkers: readonly number[] = [0xd8, 0xe0, 0xdb, 0xc0, 0xc4, 0xdd, 0xda, 0xd9]

test('whatever came in, out go the parts of a bare JPEG and nothing before, between or behind them', async () => {
  const words = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('jpeg' as const, 'png' as const, 'webp' as const),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 8 }),
      words,
      fc.uint8Array({ maxLength: 500 }),
      async (format, width, height, orientation, word, tail) => {
        const original = await noise(width, height)
          .withExif({ IFD0: { Artist: word } })
          .withMetadata({ orientation })
          .withIccProfile('p3')
          .toFormat(format, { progressive: true })
          .toBuffer()
        const { full, thumb } = await cleaned(Buffer.concat([original, tail]))
        for (const image of [full, thumb]) {
          const { markers, end } = markersOf(Buffer.from(image))
          expect(markers[0]).toBe(0xd8)
          expect(markers.filter((marker) => !bareMarkers.includes(marker))).toEqual([])
          expect(end).toBe(image.byteLength)
        }
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)

describe('no photograph is', () => {
  test.each([
    ['a text called .jpg', Buffer.from('这不是照片，只是改了名字的文字')],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(5000)],
    [
      'a JPEG’s first bytes and then a text',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('text')]),
    ],
    ['a web page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    [
      'a drawing that reads files',
      Buffer.from(
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&x;</text></svg>',
      ),
    ],
  ])('%s', async (_what, bytes) => {
    expect(await refusalOf(bytes)).toBe('photo-not-an-image')
  })

  test('a moving picture', async () => {
    expect(await refusalOf(await redAndBlue().gif().toBuffer())).toBe('photo-not-an-image')
  })

  test('half a photograph', async () => {
    const whole = await noise(600, 400).jpeg().toBuffer()
    expect(await refusalOf(whole.subarray(0, Math.floor(whole.length / 2)))).toBe('photo-broken')
    const png = await noise(600, 400).png().toBuffer()
    expect(await refusalOf(png.subarray(0, Math.floor(png.length / 2)))).toBe('photo-broken')
  })

  test('one of forty megapixels, which is told from its first bytes and not decoded', async () => {
    const whole = await sharp({ create: { width: 8000, height: 5000, channels: 3, background: '#777777' } })
      .png({ compressionLevel: 1 })
      .toBuffer()
    expect(await refusalOf(whole)).toBe('photo-too-many-pixels')
    // Were it decoded, it would be called broken.
    expect(await refusalOf(whole.subarray(0, 2000))).toBe('photo-too-many-pixels')
  })

  test('a file of more than twenty megabytes, whatever is in it', async () => {
    expect(await refusalOf(Buffer.alloc(20 * 1024 * 1024 + 1))).toBe('photo-too-large')
    const padded = Buffer.concat([await redAndBlue().jpeg().toBuffer(), Buffer.alloc(20 * 1024 * 1024)])
    expect(await refusalOf(padded)).toBe('photo-too-large')
  })
})
