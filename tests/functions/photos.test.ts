import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
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

/** Uploads as a client's SDK does: asks where to, then puts the bytes there. Answers the file's id. */
const upload = async (
  person: string,
  bytes: Uint8Array,
  path = `incoming/${randomUUID()}.jpg`,
): Promise<string> => {
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
    const fileId = await upload('resident', huge, `incoming/${randomUUID()}.png`)
    expect(await town.as('resident').refused('photo.admit', { fileId })).toBe('photo-too-many-pixels')
  })

  test('that nobody uploaded, or that lies elsewhere', async () => {
    const there = `cloud://local.local-bucket/incoming/${randomUUID()}.jpg`
    for (const fileId of [
      there,
      'cloud://local.local-bucket/photos/neighbour.jpg',
      `cloud://other.bucket/incoming/${randomUUID()}.jpg`,
      'cloud://local.local-bucket/incoming/../photos/neighbour.jpg',
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
    await expect(upload('resident', await aPhoto(), 'photos/neighbour.jpg')).rejects.toThrow(
      'STORAGE_EXCEED_AUTHORITY',
    )
    const answer = await post('/web', {
      action: 'storage.batchGetDownloadUrl',
      file_list: [{ fileid: 'cloud://local.local-bucket/photos/neighbour.jpg', max_age: 60 }],
      access_token: await signIn('resident'),
    })
    expect(answer.data).toMatchObject({
      download_list: [{ code: 'STORAGE_EXCEED_AUTHORITY', tempFileURL: '' }],
    })
  })
})
