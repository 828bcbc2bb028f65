import { ok } from '../../cloudfunctions/domain/result'
import { type AdmitPhotoPorts, admitPhoto } from '../../cloudfunctions/use-cases/admit-photo'
import type { Photo } from '../../cloudfunctions/use-cases/ports'
import { mondayAt } from '../support/builders'

const fileId = 'cloud://local.bucket/incoming/6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d.jpg'
const session = { accountId: 'wx:resident', memberships: [], now: mondayAt }

/** A store in which another call takes the same file in while this one is about to download it. */
const whileAnotherCallAdmits = (isAdmitted: boolean): AdmitPhotoPorts => {
  const photos = new Map<string, Photo>()
  let wanted = ''
  return {
    keyed: () => 'a'.repeat(64),
    cleanPhoto: async () => ok({ full: new Uint8Array(1), thumb: new Uint8Array(1), width: 60, height: 40 }),
    photos: {
      getMany: async ([id = '']) => {
        wanted = id
        const known = photos.get(id)
        return known ? [known] : []
      },
      add: async (photo) => {
        photos.set(photo.id, photo)
      },
      urls: async (ids) => new Map(ids.map((id) => [id, { url: `https://photo/${id}`, thumbUrl: '' }])),
    },
    files: {
      download: async () => {
        const admitted = {
          accountId: 'wx:resident',
          fileId: 'full',
          thumbFileId: 'thumb',
          width: 60,
          height: 40,
        }
        if (isAdmitted) photos.set(wanted, { id: wanted, ...admitted, bytes: 1, admittedAt: mondayAt })
        return undefined
      },
      upload: async (path) => path,
      remove: async () => undefined,
    },
  }
}

describe('a photograph whose file has gone', () => {
  test('because the same call, sent twice, has taken it in, is answered as by the other one', async () => {
    const answer = await admitPhoto(whileAnotherCallAdmits(true))(session, { fileId })
    expect(answer).toMatchObject({ ok: true, value: { width: 60, height: 40 } })
  })

  test('for any other reason is unknown', async () => {
    const answer = await admitPhoto(whileAnotherCallAdmits(false))(session, { fileId })
    expect(answer).toMatchObject({ ok: false, error: { code: 'photo-unknown' } })
  })
})
