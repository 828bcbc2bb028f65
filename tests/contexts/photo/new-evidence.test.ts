import type { Photo } from '../../../cloudfunctions/contexts/photo/ports'
import { photoUse } from '../../../cloudfunctions/contexts/photo/shared/attach-photos'
import {
  type EvidencePictures,
  evidenceIsNew,
} from '../../../cloudfunctions/contexts/photo/shared/new-evidence'
import type { PictureDigest } from '../../../cloudfunctions/ground/picture-digest'

/** A striped picture; pictures of other seeds have other stripes, `light` is added to every grey. */
const digestOf = (seed: number, light = 0): PictureDigest => {
  let state = seed
  const level = Array.from({ length: 64 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return 40 + (state % 160)
  })
  const greys = Array.from({ length: 1024 }, (_, at) => {
    const field = Math.floor(Math.floor(at / 32) / 4) * 8 + Math.floor((at % 32) / 4)
    return (level[field] ?? 0) + light
  })
  return {
    exact: `${seed}-${light}`.padStart(64, '0'),
    grey: greys.map((grey) => grey.toString(16).padStart(2, '0')).join(''),
  }
}

const pictures: Readonly<Record<string, PictureDigest>> = {
  muddy: digestOf(11),
  hardened: digestOf(22),
  'hardened-again': digestOf(22, 9),
  otherwise: digestOf(33),
}

const photoIn = (use: string | null, digest: PictureDigest): Photo => ({
  id: 'elsewhere',
  owner: '',
  usedIn: use,
  digest,
  fileId: '',
  thumbFileId: '',
  width: 1,
  height: 1,
  bytes: 1,
  admittedAt: 0,
})

const check = (evidence: Partial<EvidencePictures>, laid: readonly Photo[] = []) =>
  evidenceIsNew({
    photos: {
      digests: async (ids) =>
        new Map(ids.flatMap((id) => (pictures[id] ? [[id, pictures[id]] as const] : []))),
      evidenceAlike: async () => laid,
    },
  })({ reportId: 'r1', after: ['hardened'], before: [], earlier: [], ...evidence })

const notNew = (photoId: string) => ({
  ok: false,
  error: { code: 'evidence-not-new', message: '这张照片已经用过了，请拍一张新的', details: { photoId } },
})

describe('F5: evidence must be new', () => {
  test('another picture than before, than the report’s and than other reports’ is', async () => {
    const laid = [photoIn(photoUse('r2', 'c'), digestOf(44))]
    expect(await check({ before: ['muddy'], earlier: ['otherwise'] }, laid)).toEqual({
      ok: true,
      value: null,
    })
  })

  test('the picture of before, by its id or by its content, is not', async () => {
    expect(await check({ before: ['hardened'] })).toEqual(notNew('hardened'))
    expect(await check({ before: ['muddy', 'hardened-again'] })).toEqual(notNew('hardened'))
  })

  test('a picture the report holds already is not, not even made a little lighter', async () => {
    expect(await check({ after: ['otherwise', 'hardened-again'], earlier: ['hardened'] })).toEqual(
      notNew('hardened-again'),
    )
  })

  test('a picture laid as evidence in another report is not; in this report’s unfinished step it was not laid', async () => {
    const copy = digestOf(22, 3)
    expect(await check({}, [photoIn(photoUse('r2', 'c'), copy)])).toEqual(notNew('hardened'))
    expect(await check({}, [photoIn(photoUse('r1', 'c'), copy)])).toEqual({ ok: true, value: null })
    // r1 is the beginning of r11, and another report.
    expect(await check({}, [photoIn(photoUse('r11', 'c'), copy)])).toEqual(notNew('hardened'))
  })

  test('pictures of one step may resemble each other', async () => {
    expect(await check({ after: ['hardened', 'hardened-again'] })).toEqual({ ok: true, value: null })
  })

  test('words alone are no picture', async () => {
    expect(await check({ after: [], before: ['hardened'] })).toEqual({ ok: true, value: null })
  })

  test('what has no digest is compared by its id', async () => {
    expect(await check({ after: ['old'], earlier: ['old'] })).toEqual(notNew('old'))
    expect(await check({ after: ['old'], earlier: ['older'] })).toEqual({ ok: true, value: null })
  })

  test('among hundreds that the report holds a copy is found', async () => {
    const many = Array.from({ length: 540 }, (_, no) => digestOf(1000 + no))
    const ids = many.map((_digest, no) => `many-${no}`)
    const among: Record<string, PictureDigest> = { ...pictures, late: digestOf(1400, 5), new: digestOf(5) }
    for (const [no, digest] of many.entries()) among[`many-${no}`] = digest
    const laying = (id: string) =>
      evidenceIsNew({
        photos: {
          digests: async (asked) =>
            new Map(asked.flatMap((one) => (among[one] ? [[one, among[one]] as const] : []))),
          evidenceAlike: async () => [],
        },
      })({ reportId: 'r1', after: [id], before: [], earlier: ids })
    expect(await laying('late')).toEqual(notNew('late'))
    expect(await laying('new')).toEqual({ ok: true, value: null })
  })
})
