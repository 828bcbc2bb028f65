import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { evidenceIsNew } from '../../cloudfunctions/contexts/photo/shared/new-evidence'
import { photoRepository } from '../../cloudfunctions/contexts/photo/store'
import { openDatabase } from '../../cloudfunctions/platform/cloudbase/database'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(180_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
}, 180_000)
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const aPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#aa3322' } })
    .withExif({ IFD0: { Artist: 'Zhang San' } })
    .jpeg()
    .toBuffer()

const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${town.cloud.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Record<string, unknown>
}

const signIn = async (person: string): Promise<unknown> => {
  const { ticket } = await post('/local/ticket', { customUserId: person })
  return (await post('/auth/v1/signin/custom', { ticket })).access_token
}

/** A place in the folder that the person was given. */
const placeFor = async (person: string, ending = 'jpg'): Promise<string> =>
  `${(await town.as(person).get('photo.ticket', {})).folder}/${randomUUID()}.${ending}`

/** Uploads as a client's SDK does: asks where to, then puts the bytes there. Answers the file's id. */
const upload = async (person: string, bytes: Uint8Array, place?: string): Promise<string> => {
  const path = place ?? (await placeFor(person))
  const action = 'storage.getUploadMetadata'
  const answer = await post('/web', { action, path, access_token: await signIn(person) })
  const target = answer.data as { readonly url: string; readonly fileId: string } | undefined
  if (!target) throw new Error(String(answer.code))
  const put = await fetch(target.url, { method: 'PUT', body: Buffer.from(bytes) })
  expect(put.status).toBe(200)
  return target.fileId
}

const fetchBytes = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer())

describe('a photograph', () => {
  test('uploaded by a resident is cleaned, stored anew and shown by a URL that runs out', async () => {
    const fileId = await upload('resident', await aPhoto())
    const photo = await town.as('resident').get('photo.admit', { fileId })
    expect(photo).toMatchObject({ width: 60, height: 40 })
    const shown = await fetchBytes(photo.url)
    expect((await sharp(shown).metadata()).exif).toBeUndefined()
    expect((await sharp(await fetchBytes(photo.thumbUrl)).metadata()).width).toBe(320)
    await town.later(2 * 3600_000)
    expect((await fetch(photo.url)).status).toBe(403)
  })

  test('is shown to all who look within a minute by one URL, for which the platform is asked once', async () => {
    const admit = async () => {
      const fileId = await upload('resident', await aPhoto())
      return (await town.as('resident').get('photo.admit', { fileId })).photoId
    }
    const [one, other] = [await admit(), await admit()]
    const asked: number[] = []
    const photos = photoRepository(openDatabase(town.app.database()), {
      ...town.app,
      getTempFileURL: (files: Parameters<typeof town.app.getTempFileURL>[0]) => {
        asked.push(files.fileList.length)
        return town.app.getTempFileURL(files)
      },
    } as typeof town.app)
    const first = await photos.urls([one])
    expect(await photos.urls([one])).toEqual(first)
    expect([...(await photos.urls([other, one])).keys()]).toEqual([other, one])
    // The picture and its thumbnail, of each once; nothing is asked for a photograph that is not there.
    expect(asked).toEqual([2, 2])
    expect([...(await photos.urls(['none'])).keys()]).toEqual([])
    expect(asked).toEqual([2, 2])
  })

  test('taken in eight times at once is one photograph', async () => {
    const fileId = await upload('resident', await aPhoto())
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => town.as('resident').send('photo.admit', { fileId })),
    )
    const ids = answers.map((answer) =>
      answer.ok ? (answer.value as { photoId: string }).photoId : answer.error.code,
    )
    expect(new Set(ids).size).toBe(1)
    expect(await town.documents<{ readonly _id: string }>('photos', { _id: ids[0] })).toHaveLength(1)
    const again = await town.as('resident').get('photo.admit', { fileId })
    expect(again.photoId).toBe(ids[0])
  })

  test('can be used by whom it belongs to and by nobody else', async () => {
    const { photoId } = await town.as('resident').get('photo.admit', {
      fileId: await upload('resident', await aPhoto()),
    })
    const receipt = await town.as('resident').submit({ photos: [photoId] })
    expect(receipt.status).toBe('routed')
    const input = {
      commandId: randomUUID(),
      categoryId: 'rubbish',
      text: '垃圾',
      place: { point: { lng: 110.52, lat: 40.56 } },
    }
    expect(await town.as('neighbour').refused('report.submit', { ...input, photos: [photoId] })).toBe(
      'photo-unknown',
    )
    const seen = await town.as('secretary').get('report.get', { reportId: receipt.reportId })
    expect((await sharp(await fetchBytes(seen.photos[0]?.url ?? '')).metadata()).format).toBe('jpeg')
  })
})

describe('an uploaded file belongs to who uploaded it', () => {
  test('another account that knows its id neither gets it nor takes it away', async () => {
    const fileId = await upload('resident', await aPhoto())
    expect(await town.as('neighbour').refused('photo.admit', { fileId })).toBe('photo-unknown')
    const photo = await town.as('resident').get('photo.admit', { fileId })
    expect(photo).toMatchObject({ width: 60, height: 40 })
    // Also not once it has been taken in.
    expect(await town.as('neighbour').refused('photo.admit', { fileId })).toBe('photo-unknown')
  })

  test('what is kept of a photograph names no account', async () => {
    const { photoId } = await town.as('resident').get('photo.admit', {
      fileId: await upload('resident', await aPhoto()),
    })
    const [kept] = await town.documents('photos', { _id: photoId })
    expect(JSON.stringify(kept)).not.toContain('custom:resident')
  })

  test('somebody who has not signed in gets no folder', async () => {
    expect(await town.as(null).refused('photo.ticket', {})).toBe('sign-in-required')
  })
})

describe('one photograph in two reports', () => {
  const shownIn = async (reportId: string) => {
    const [photo] = (await town.as('resident').get('report.get', { reportId })).photos
    if (!photo) throw new Error('no photograph')
    return photo
  }

  test('has two ids and two addresses, and both show it', async () => {
    const { photoId } = await town.as('resident').get('photo.admit', {
      fileId: await upload('resident', await aPhoto()),
    })
    const [one, other] = [
      await town.as('resident').submit({ photos: [photoId] }),
      await town.as('resident').submit({ photos: [photoId] }),
    ]
    const [first, second] = [await shownIn(one.reportId), await shownIn(other.reportId)]
    expect(second.id).not.toBe(first.id)
    const addressOf = (url: string) => new URL(url).pathname
    expect(addressOf(second.url)).not.toBe(addressOf(first.url))
    expect(addressOf(second.url)).not.toContain(first.id)
    expect(addressOf(second.thumbUrl)).not.toContain(first.id)
    expect(await fetchBytes(second.url)).toEqual(await fetchBytes(first.url))
    expect((await sharp(await fetchBytes(second.thumbUrl)).metadata()).width).toBe(320)
  })

  test('sent again and again, is the same photograph each time', async () => {
    const { photoId } = await town.as('resident').get('photo.admit', {
      fileId: await upload('resident', await aPhoto()),
    })
    await town.as('resident').submit({ photos: [photoId] })
    const commandId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => town.as('resident').submit({ photos: [photoId], commandId })),
    )
    const reportId = answers[0]?.reportId ?? ''
    expect(new Set(answers.map((answer) => answer.reportId)).size).toBe(1)
    const uses = await town.documents<{ readonly _id: string; readonly usedIn: string }>('photos', {
      usedIn: `${reportId}|${commandId}`,
    })
    expect(uses.map(({ _id }) => _id)).toEqual([(await shownIn(reportId)).id])
  })

  test('is not given away by a step that is refused', async () => {
    const { photoId } = await town.as('secretary').get('photo.admit', {
      fileId: await upload('secretary', await aPhoto()),
    })
    const { reportId } = await town.as('resident').submit()
    const refused = await town.as('secretary').refused('report.resolve', {
      commandId: randomUUID(),
      reportId,
      rev: (await town.report(reportId)).rev,
      note: '修好了',
      after: [photoId],
      remedy: 'lasting',
    })
    expect(refused).toBe('wrong-status')
    const [kept] = await town.documents<{ readonly usedIn: string | null; readonly _id: string }>('photos', {
      _id: photoId,
    })
    expect(kept?.usedIn).toBeNull()
  })
})

describe('F5: what was laid as evidence', () => {
  test('is found again by its picture, in a copy that was made smaller and lighter', async () => {
    const street = sharp({
      create: { width: 800, height: 600, channels: 3, background: '#556655' },
    }).composite(
      ['#eeddcc', '#221100', '#aa4433'].map((background, at) => ({
        input: { create: { width: 150 + at * 40, height: 120 + at * 60, channels: 3, background } },
        left: 40 + at * 230,
        top: 50 + at * 120,
      })),
    )
    const original = await street.jpeg().toBuffer()
    const admit = async (bytes: Buffer): Promise<string> =>
      (await town.as('secretary').get('photo.admit', { fileId: await upload('secretary', bytes) })).photoId
    const photoId = await admit(original)
    const { reportId } = await town.as('resident').submit()
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('report.resolve', reportId, {
      note: '修好了',
      after: [photoId],
      remedy: 'lasting',
    })
    const again = await admit(await sharp(original).resize(500).linear(1.05, 0).jpeg().toBuffer())
    const { reportId: otherId } = await town.as('resident').submit()
    const photos = photoRepository(openDatabase(town.app.database()), town.app)
    const evidence = { after: [again], before: [], earlier: [] }
    expect(await evidenceIsNew({ photos })({ reportId: otherId, ...evidence })).toMatchObject({
      ok: false,
      error: { code: 'evidence-not-new', details: { photoId: again } },
    })
    const another = await admit(await sharp(original).flop().jpeg().toBuffer())
    expect(
      await evidenceIsNew({ photos })({ reportId: otherId, ...evidence, after: [another] }),
    ).toMatchObject({ ok: true })
  })

  test('H4: in a complaint it is found by nobody: that it was used would tell of the complaint', async () => {
    const staff = town.as('township-staff')
    const bytes = await aPhoto()
    const admit = async () =>
      (await staff.get('photo.admit', { fileId: await upload('township-staff', bytes) })).photoId
    const { reportId } = await town.as('resident').submit({ categoryId: 'about-branch', photos: [] })
    await staff.step('report.accept', reportId, {})
    await staff.step('report.resolve', reportId, {
      note: '谈过话了',
      after: [await admit()],
      remedy: 'lasting',
    })
    const photos = photoRepository(openDatabase(town.app.database()), town.app)
    const elsewhere = { reportId: 'another', after: [await admit()], before: [], earlier: [] }
    expect(await evidenceIsNew({ photos })(elsewhere)).toMatchObject({ ok: true })
  })
})

describe('no photograph comes in', () => {
  test('that is a text, and the file does not stay', async () => {
    const fileId = await upload('resident', Buffer.from('只是一段文字'))
    expect(await town.as('resident').refused('photo.admit', { fileId })).toBe('photo-not-an-image')
    expect(await town.as('resident').refused('photo.admit', { fileId })).toBe('photo-unknown')
  })

  test('that is cut off', async () => {
    const whole = await aPhoto()
    const fileId = await upload('resident', whole.subarray(0, whole.length - 20))
    expect(await town.as('resident').refused('photo.admit', { fileId })).toBe('photo-broken')
  })

  test('of forty megapixels', async () => {
    const huge = await sharp({ create: { width: 8000, height: 5000, channels: 3, background: '#777777' } })
      .png()
      .toBuffer()
    const fileId = await upload('resident', huge, await placeFor('resident', 'png'))
    expect(await town.as('resident').refused('photo.admit', { fileId })).toBe('photo-too-many-pixels')
  })

  test('that nobody uploaded, or that lies elsewhere', async () => {
    const place = await placeFor('resident')
    for (const fileId of [
      `cloud://local.local-bucket/${place}`,
      `cloud://local.local-bucket/incoming/${randomUUID()}.jpg`,
      'cloud://local.local-bucket/photos/neighbour/full.jpg',
      `cloud://other.bucket/${place}`,
      `cloud://local.local-bucket/${place.replace('incoming/', 'incoming/../incoming/')}`,
      'cloud://local.local-bucket/incoming/../photos/neighbour/full.jpg',
    ]) {
      expect(await town.as('resident').refused('photo.admit', { fileId })).toBe('photo-unknown')
    }
    expect(await town.as('resident').refused('photo.admit', { fileId: 'https://example.org/a.jpg' })).toBe(
      'invalid-input',
    )
  })

  test('from somebody who has not signed in', async () => {
    const fileId = await upload('resident', await aPhoto())
    expect(await town.as(null).refused('photo.admit', { fileId })).toBe('sign-in-required')
  })

  test('by a way round the pipeline: clients write to one folder and read none', async () => {
    await expect(upload('resident', await aPhoto(), 'photos/neighbour/full.jpg')).rejects.toThrow(
      'STORAGE_EXCEED_AUTHORITY',
    )
    const answer = await post('/web', {
      action: 'storage.batchGetDownloadUrl',
      file_list: [{ fileid: 'cloud://local.local-bucket/photos/neighbour/full.jpg', max_age: 60 }],
      access_token: await signIn('resident'),
    })
    expect(answer.data).toMatchObject({
      download_list: [{ code: 'STORAGE_EXCEED_AUTHORITY', tempFileURL: '' }],
    })
  })
})
