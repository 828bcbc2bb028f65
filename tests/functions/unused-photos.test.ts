import { givePhotos } from '../../cloudfunctions/contexts/photo/shared/attach-photos'
import { findOwnPhotos, ownerOf } from '../../cloudfunctions/contexts/photo/shared/own-photos'
import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import { aSubmissionInput, openTestCloud, type TestCloud, testSecret } from '../support/cloud'

jest.setTimeout(120_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

const keyed = keyedWith(Buffer.from(testSecret, 'hex'))

/** A photo of the resident's, taken in so many days ago, with its two files. */
const aPhoto = async (id: string, days: number): Promise<string> => {
  const upload = async (name: string): Promise<string> => {
    const cloudPath = `photos/${id}/${name}.jpg`
    return (await town.app.uploadFile({ cloudPath, fileContent: Buffer.from('a picture') as never })).fileID
  }
  await town.put('photos', [
    {
      _id: id,
      owner: ownerOf(keyed, id, 'custom:resident'),
      usedIn: null,
      fileId: await upload('full'),
      thumbFileId: await upload('thumb'),
      width: 400,
      height: 300,
      bytes: 9,
      admittedAt: town.now() - days * dayMs,
      shape: 1,
    } as never,
  ])
  return id
}

const usedIn = async (id: string): Promise<string | null | undefined> =>
  (await town.documents<{ readonly _id: string; readonly usedIn: string | null }>('photos', { _id: id }))[0]
    ?.usedIn

const hasFiles = async (id: string): Promise<readonly boolean[]> => {
  const { fileList } = await town.app.getTempFileURL({
    fileList: ['full', 'thumb'].map((name) => `cloud://local.local-bucket/photos/${id}/${name}.jpg`),
  })
  return (fileList as { code: string }[]).map(({ code }) => code === 'SUCCESS')
}

const submitWith = (photos: readonly string[]) =>
  town.as('resident').send('report.submit', aSubmissionInput('resident', { photos: [...photos] }))

test('a photo that nothing has shown for ninety days goes with its files; what is shown, or may be sent yet, stays', async () => {
  const [old, shown, young] = [await aPhoto('old', 91), await aPhoto('shown', 91), await aPhoto('young', 60)]
  expect((await submitWith([shown])).ok).toBe(true)

  // The clock looks once a day.
  await town.later(dayMs)
  expect(await usedIn(old)).toMatch(/^given-up\|/)
  // Whoever met it before can still copy it: the files go a day later.
  expect(await hasFiles(old)).toEqual([true, true])
  expect(await submitWith([old])).toMatchObject({ ok: false, error: { code: 'photo-unknown' } })

  await town.later(dayMs + 1)
  expect(await usedIn(old)).toBeUndefined()
  expect(await hasFiles(old)).toEqual([false, false])
  expect(await submitWith([old])).toMatchObject({ ok: false, error: { code: 'photo-unknown' } })

  expect(await usedIn(shown)).toMatch(/^r/)
  expect(await hasFiles(shown)).toEqual([true, true])
  expect((await submitWith([young])).ok).toBe(true)
  expect(await hasFiles(young)).toEqual([true, true])
  expect(town.complaints).toEqual([])
})

test('a call that met a photo just before it was given up goes on with a copy of its own', async () => {
  const id = await aPhoto('met', 91)
  const ports = cloudPorts(town.app)
  const own = await findOwnPhotos(ports)({
    ids: [id],
    accountId: 'custom:resident',
    use: 'r1|c1',
    now: town.now(),
  })
  if (!own.ok) throw new Error(own.error.code)
  await ports.photos.giveUp(town.now() - 90 * dayMs, town.now(), 10)
  expect(await usedIn(id)).toMatch(/^given-up\|/)

  const [kept = ''] = await givePhotos(ports)(own.value, 'custom:resident', 'r1|c1')
  expect(kept).not.toBe(id)
  await ports.photos.removeGivenUp(town.now(), 10)
  expect(await hasFiles(id)).toEqual([false, false])
  expect(await hasFiles(kept)).toEqual([true, true])
  expect(await usedIn(kept)).toBe('r1|c1')
})
