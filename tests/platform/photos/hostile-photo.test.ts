import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { cleanPhoto } from '../../../cloudfunctions/platform/photos/clean-photo'

jest.mock('sharp', () => {
  const actual = jest.requireActual('sharp')
  return Object.assign(jest.fn(actual), actual)
})

jest.setTimeout(120_000)

const attempts = () => jest.mocked(sharp).mock.calls

/** What came of it, and how often a decoder was handed something. */
const outcomeOf = async (bytes: Uint8Array): Promise<readonly [string, number]> => {
  jest.mocked(sharp).mockClear()
  const result = await cleanPhoto(bytes)
  return [result.ok ? 'taken in' : result.error.code, attempts().length]
}

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#777777' } })

const segment = (marker: number, content: Uint8Array): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.byteLength + 2, 2)
  return Buffer.concat([head, content])
}

const endOfImage = Buffer.from([0xff, 0xd9])

/** A progressive JPEG whose last scan, which says nothing new, comes so many times more. */
const withMoreScans = async (count: number, width = 640, height = 480): Promise<Buffer> => {
  const picture = await grey(width, height).jpeg({ progressive: true }).toBuffer()
  const lastScan = picture.subarray(picture.lastIndexOf(Buffer.from([0xff, 0xda])), -2)
  return Buffer.concat([picture.subarray(0, -2), ...Array(count).fill(lastScan), endOfImage])
}

const chunk = (name: string, content: Uint8Array): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.byteLength)
  head.write(name, 4, 'latin1')
  // The checksum is not looked at before decoding.
  return Buffer.concat([head, content, Buffer.alloc(4)])
}

/** A PNG with other chunks put in after its head. */
const pngWith = async (...chunks: readonly Buffer[]): Promise<Buffer> => {
  const png = await grey(40, 30).png().toBuffer()
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])
}

const pngHead = (width: number, height: number, isInterlaced = false): Buffer => {
  const content = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, isInterlaced ? 1 : 0])
  content.writeUInt32BE(width)
  content.writeUInt32BE(height, 4)
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', content)])
}

const riff = (...chunks: readonly (readonly [string, Buffer])[]): Buffer => {
  const body = Buffer.concat(
    chunks.flatMap(([name, content]) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(content.byteLength)
      return [Buffer.from(name, 'latin1'), length, content, Buffer.alloc(content.byteLength & 1)]
    }),
  )
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.byteLength + 4, 4)
  return Buffer.concat([head, body])
}

describe('no decoder sees', () => {
  test('a JPEG of thousands of empty scans', async () => {
    const bytes = await withMoreScans(5000)
    expect(bytes.byteLength).toBeLessThan(300_000)
    expect(await outcomeOf(bytes)).toEqual(['photo-too-complex', 0])
  })

  test('a JPEG of more scans than encoders write, the fewer the larger it is', async () => {
    expect(await outcomeOf(await withMoreScans(55))).toEqual(['photo-too-complex', 0])
    expect(await outcomeOf(await withMoreScans(20, 6000, 5000))).toEqual(['photo-too-complex', 0])
  })

  test('a JPEG of thousands of segments', async () => {
    const picture = await grey(40, 30).jpeg().toBuffer()
    const empty = Array(2000).fill(segment(0xfe, Buffer.alloc(0)))
    expect(await outcomeOf(Buffer.concat([picture.subarray(0, 2), ...empty, picture.subarray(2)]))).toEqual([
      'photo-too-complex',
      0,
    ])
  })

  test.each([
    ['65,500 pixels wide', 65_500, 10],
    ['forty megapixels', 8000, 5000],
  ])('a JPEG of %s', async (_what, width, height) => {
    const bytes = await grey(40, 30).jpeg().toBuffer()
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    bytes.writeUInt16BE(height, frame + 5)
    bytes.writeUInt16BE(width, frame + 7)
    expect(await outcomeOf(bytes)).toEqual(['photo-too-many-pixels', 0])
  })

  test('a JPEG of no extent, of two frames or of a kind that no camera makes', async () => {
    const bytes = await grey(40, 30).jpeg().toBuffer()
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    const flat = Buffer.from(bytes)
    flat.writeUInt16BE(0, frame + 5)
    expect(await outcomeOf(flat)).toEqual(['photo-broken', 0])
    const [head, itself, rest] = [
      bytes.subarray(0, frame),
      bytes.subarray(frame, frame + 19),
      bytes.subarray(frame),
    ]
    expect(await outcomeOf(Buffer.concat([head, itself, rest]))).toEqual(['photo-broken', 0])
    const lossless = Buffer.from(bytes)
    lossless[frame + 1] = 0xc3
    expect(await outcomeOf(lossless)).toEqual(['photo-broken', 0])
  })

  test.each(['jpeg', 'png', 'webp'] as const)('a %s that is cut off, wherever', async (format) => {
    const whole = await sharp({
      create: {
        width: 60,
        height: 40,
        channels: 3,
        background: '#a32',
        noise: { type: 'gaussian', mean: 99, sigma: 40 },
      },
    })
      .toFormat(format)
      .toBuffer()
    expect(await outcomeOf(whole)).toEqual(['taken in', 3])
    for (let length = 0; length < whole.byteLength; length += 7) {
      const [code, decoded] = await outcomeOf(whole.subarray(0, length))
      expect(['photo-broken', 'photo-not-an-image']).toContain(code)
      expect(decoded).toBe(0)
    }
  })

  test('a PNG that unpacks to gigabytes', async () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000))
    const png = Buffer.concat([pngHead(60_000, 60_000), chunk('IDAT', bomb), chunk('IEND', Buffer.alloc(0))])
    expect(png.byteLength).toBeLessThan(100_000)
    expect(await outcomeOf(png)).toEqual(['photo-too-many-pixels', 0])
  })

  test('an interlaced PNG that must lie in memory whole', async () => {
    const rest = [chunk('IDAT', Buffer.alloc(9)), chunk('IEND', Buffer.alloc(0))]
    const of = (isInterlaced: boolean) => Buffer.concat([pngHead(5000, 4000, isInterlaced), ...rest])
    expect(await outcomeOf(of(true))).toEqual(['photo-too-many-pixels', 0])
    // The same one, row by row, is looked at.
    expect((await outcomeOf(of(false)))[1]).toBeGreaterThan(0)
  })

  test('a PNG of tens of thousands of chunks', async () => {
    const empty = Array(25_000).fill(chunk('IDAT', Buffer.alloc(0)))
    expect(await outcomeOf(await pngWith(...empty))).toEqual(['photo-too-complex', 0])
  })

  test('moving pictures', async () => {
    const frames = Buffer.concat([Buffer.alloc(10 * 10 * 3, 40), Buffer.alloc(10 * 10 * 3, 200)])
    const animated = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
      .webp({ delay: [100, 100] })
      .toBuffer()
    expect((await sharp(animated).metadata()).pages).toBe(2)
    expect(await outcomeOf(animated)).toEqual(['photo-not-an-image', 0])
    // Without the flag that says so.
    const frame = riff(['ANMF', Buffer.alloc(24)])
    expect(await outcomeOf(frame)).toEqual(['photo-not-an-image', 0])
    expect(await outcomeOf(await pngWith(chunk('acTL', Buffer.alloc(8))))).toEqual(['photo-not-an-image', 0])
  })

  test('a WebP that is too large, by its canvas or by its picture', async () => {
    const canvas = Buffer.alloc(10)
    canvas.writeUIntLE(16_000_000, 4, 3)
    const lossless = Buffer.alloc(10)
    lossless.writeUInt32LE(0x0fff_ffff, 1)
    const lossy = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f])
    for (const bytes of [riff(['VP8X', canvas]), riff(['VP8L', lossless]), riff(['VP8 ', lossy])])
      expect(await outcomeOf(bytes)).toEqual(['photo-too-many-pixels', 0])
  })

  test('a WebP of many chunks or of none', async () => {
    const empty = Array(100).fill(['XMP ', Buffer.alloc(0)] as const)
    expect(await outcomeOf(riff(...empty))).toEqual(['photo-too-complex', 0])
    expect(await outcomeOf(riff())).toEqual(['photo-broken', 0])
  })

  test.each([
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['a document', '%PDF-1.7\n'],
    ['a page of instructions', '%!PS-Adobe-3.0 EPSF-3.0\n'],
    ['a GIF', 'GIF89a\x01\0\x01\0\0\0\0;'],
    ['a TIFF', 'II*\0\x08\0\0\0'],
    ['a HEIF', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['a list of numbers', 'P3 1 1 255 0 0 0\n'],
    ['a drawing behind a gap', ' \n<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('%s', async (_what, text) => {
    expect(await outcomeOf(Buffer.from(text, 'latin1'))).toEqual(['photo-not-an-image', 0])
  })
})

describe('of a photograph that is two things at once', () => {
  const isHandedOn = (word: string): boolean =>
    attempts().some(([input]) => Buffer.isBuffer(input) && input.includes(word))

  test('only the picture is handed to the decoder, not what hangs on behind', async () => {
    const tail = Buffer.from('PK\x03\x04 hidden')
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const picture = await grey(40, 30).toFormat(format).toBuffer()
      expect(await outcomeOf(Buffer.concat([picture, tail]))).toEqual(['taken in', 3])
      expect(isHandedOn('hidden')).toBe(false)
    }
  })

  test('nor what lies between its parts and is no part of the picture', async () => {
    const jpeg = await grey(40, 30).jpeg().toBuffer()
    const between = [0xfe, 0xe1, 0xe2, 0xed, 0xee, 0xef].map((marker) =>
      segment(marker, Buffer.from('hidden <svg/>')),
    )
    const stuffed = Buffer.concat([jpeg.subarray(0, 2), ...between, jpeg.subarray(2)])
    expect(await outcomeOf(stuffed)).toEqual(['taken in', 3])
    expect(isHandedOn('hidden')).toBe(false)
    const packed = deflateSync(Buffer.alloc(60_000_000))
    const png = await pngWith(
      chunk('tEXt', Buffer.from('Comment\0hidden')),
      chunk('zTXt', Buffer.concat([Buffer.from('hidden\0\0'), packed])),
      chunk('iCCP', Buffer.concat([Buffer.from('hidden\0\0'), packed, packed])),
    )
    expect(await outcomeOf(png)).toEqual(['taken in', 3])
    expect(isHandedOn('hidden')).toBe(false)
  })
})

test('ordinary progressive, interlaced, lossless and turned photographs are taken in', async () => {
  const photo = () => grey(1200, 900)
  for (const bytes of [
    await photo().jpeg({ progressive: true }).toBuffer(),
    await photo().jpeg({ chromaSubsampling: '4:4:4', mozjpeg: true }).toBuffer(),
    await photo().greyscale().jpeg({ progressive: true }).toBuffer(),
    await photo().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    await photo().png({ progressive: true }).toBuffer(),
    await photo().png({ palette: true }).toBuffer(),
    await photo().webp({ lossless: true }).toBuffer(),
    await grey(1, 1).webp({ lossless: true }).toBuffer(),
    await photo().ensureAlpha(0.5).webp().toBuffer(),
    await withMoreScans(0, 6000, 5000),
  ])
    expect((await outcomeOf(bytes))[0]).toBe('taken in')
})

test('a decoder that takes too long is stopped, and the photograph is refused', async () => {
  const picture = await grey(40, 30).jpeg().toBuffer()
  jest.mocked(sharp).mockImplementationOnce(() => {
    const stuck = { toBuffer: () => Promise.reject(new Error('timeout: 12% complete')) }
    const chain: object = new Proxy(stuck, {
      get: (_, name) => (name === 'toBuffer' ? stuck.toBuffer : () => chain),
    })
    return chain as never
  })
  expect(await cleanPhoto(picture)).toMatchObject({ error: { code: 'photo-too-complex' } })
})
