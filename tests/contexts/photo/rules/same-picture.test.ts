import sharp, { type Sharp } from 'sharp'
import {
  isSamePicture,
  lookDistance,
  pictureKeys,
} from '../../../../cloudfunctions/contexts/photo/rules/same-picture'
import type { PictureDigest } from '../../../../cloudfunctions/ground/picture-digest'
import { cleanPhoto } from '../../../../cloudfunctions/platform/photos/clean-photo'
import { pictureDigest } from '../../../../cloudfunctions/platform/photos/picture-digest'
import { type DrawnPhoto, drawPhotos } from '../../../../local/demo/photos'

jest.setTimeout(600_000)

const [width, height] = [600, 450]
let drawn: readonly Pick<DrawnPhoto, 'id' | 'full'>[] = []
const digests = new Map<string, PictureDigest>()
beforeAll(async () => {
  drawn = await Promise.all(
    (await drawPhotos()).map(async ({ id, full }) => ({
      id,
      full: await sharp(full).resize(width, height).jpeg({ quality: 90 }).toBuffer(),
    })),
  )
  for (const { id, full } of drawn) digests.set(id, await digestOf(full))
})

/** As admission makes it. */
const digestOf = async (bytes: Uint8Array): Promise<PictureDigest> => {
  const clean = await cleanPhoto(bytes)
  if (!clean.ok) throw new Error(clean.error.code)
  return clean.value.digest
}

const known = (id: string): PictureDigest => {
  const digest = digests.get(id)
  if (!digest) throw new Error(`no picture ${id}`)
  return digest
}

const cut = (left: number, top: number, right: number, bottom: number) => (picture: Sharp) =>
  picture.extract({ left, top, width: width - left - right, height: height - top - bottom })

const copies: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  're-encoded at low quality': (picture) => picture.jpeg({ quality: 40 }),
  'as PNG': (picture) => picture.png(),
  'made small': (picture) => picture.resize(240).jpeg({ quality: 50 }),
  'made large': (picture) => picture.resize(800).jpeg(),
  'lighter by a twentieth': (picture) => picture.linear(1.05, 0).jpeg(),
  'darker by a twentieth': (picture) => picture.linear(0.95, 0).jpeg(),
  'brighter everywhere': (picture) => picture.linear(1, 12).jpeg(),
  'out of focus': (picture) => picture.blur(1).jpeg(),
  'cropped by two hundredths at two sides': (picture) => cut(12, 9, 0, 0)(picture).jpeg(),
  'cropped by two hundredths all round': (picture) => cut(12, 9, 12, 9)(picture).jpeg(),
  'cropped unevenly': (picture) => cut(5, 20, 30, 2)(picture).jpeg(),
}

/** Rows of small writing fall between the samples, otherwise in the copy than in the picture: it goes unnoticed. */
const unnoticed: Readonly<Record<string, readonly string[]>> = {
  'cropped by two hundredths at two sides': ['demo-notice-board'],
}

describe('the same picture', () => {
  test.each(Object.entries(copies))('%s is the same', async (how, change) => {
    const different: string[] = []
    for (const { id, full } of drawn) {
      const copy = await digestOf(await change(sharp(full)).toBuffer())
      if (!isSamePicture(known(id), copy) || !isSamePicture(copy, known(id))) different.push(id)
    }
    expect(different).toEqual(unnoticed[how] ?? [])
  })

  test('uploaded twice is the same to the byte', async () => {
    for (const { id, full } of drawn) expect(await digestOf(full)).toEqual(known(id))
  })
})

describe('another picture', () => {
  test.each([
    ['demo-lane-muddy-1', 'demo-lane-hardened-1'],
    ['demo-road-broken', 'demo-road-patched'],
    ['demo-lamp-dark', 'demo-lamp-lit'],
    ['demo-manhole-open', 'demo-manhole-covered'],
    ['demo-pipe-leaking', 'demo-pipe-mended'],
    ['demo-rubbish-heap', 'demo-street-clean'],
  ])('of the same place before and after is another one: %s, %s', (before, after) => {
    expect(isSamePicture(known(before), known(after))).toBe(false)
  })

  test('is another one, whatever else is drawn alike', () => {
    // The drawings of one series differ by less than two shots of one lane: those count as one.
    const seriesOf = (id: string) => id.replace(/-\d$/, '')
    const same: string[] = []
    for (const { id } of drawn)
      for (const { id: other } of drawn)
        if (id < other && seriesOf(id) !== seriesOf(other) && isSamePicture(known(id), known(other)))
          same.push(`${id} ${other}`)
    expect(same).toEqual([])
  })
})

describe('a picture that shows nothing', () => {
  const plain = (level: number, sigma: number) =>
    sharp({
      create: {
        width: 800,
        height: 600,
        channels: 3,
        background: '#000000',
        noise: { type: 'gaussian', mean: level, sigma },
      },
    })
      .jpeg()
      .toBuffer()

  test('is the same as any other of its kind: two dark frames are not two proofs', async () => {
    const [dark, darker, wall] = await Promise.all(
      [await plain(12, 6), await plain(5, 3), await plain(180, 5)].map(digestOf),
    )
    expect(isSamePicture(dark as PictureDigest, darker as PictureDigest)).toBe(true)
    expect(isSamePicture(dark as PictureDigest, wall as PictureDigest)).toBe(true)
  })

  test('is not the same as a dark street that shows something', async () => {
    const dark = await digestOf(await plain(12, 6))
    for (const { id } of drawn) expect([id, isSamePicture(dark, known(id))]).toEqual([id, false])
  })
})

describe('looking a picture up among many', () => {
  test('finds its re-encoded, resized, lighter and darker copies', async () => {
    const missed: string[] = []
    for (const [how, change] of Object.entries(copies)) {
      if (how.startsWith('cropped')) continue
      for (const { id, full } of drawn) {
        const copy = await pictureDigest(await change(sharp(full)).jpeg().toBuffer())
        const keys = new Set(pictureKeys(known(id)))
        if (!pictureKeys(copy).some((key) => keys.has(key)) || lookDistance(copy, known(id)) > 8)
          missed.push(`${id} ${how}`)
      }
    }
    expect(missed).toEqual([])
  })
})
