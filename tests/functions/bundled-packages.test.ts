import { mondayAt } from '../support/builders'
import { openBundled } from '../support/bundled'
import { openTestCloud, type TestCloud } from '../support/cloud'

/** What every other port asks of its packages, in the files of api and clock, is asked in indexes.test.ts. */
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

const picture = Buffer.from('of a lane')

test('the file of photos takes in files, shows them and takes them away', async () => {
  const { files, photos, units, limits } = openBundled('photos').outside.ports
  const fileId = await files.upload('photos/bundled/full.jpg', picture)
  const thumbFileId = await files.upload('photos/bundled/thumb.jpg', picture)
  expect(Buffer.from((await files.download(fileId)) ?? [])).toEqual(picture)
  const photo = {
    id: 'bundled',
    owner: '',
    usedIn: null,
    digest: { exact: 'bundled', grey: '00'.repeat(1024) },
    fileId,
    thumbFileId,
    width: 1,
    height: 1,
    bytes: picture.length,
    admittedAt: mondayAt,
  }
  await photos.add(photo)
  await photos.copy(photo, { id: 'copied', owner: '', usedIn: null }, true)
  expect(await photos.claim(photo, 'use', true)).toBe('use')
  expect(await photos.digests(['bundled'])).toEqual(new Map([['bundled', photo.digest]]))
  const alike = await photos.evidenceAlike([photo.digest])
  expect([...new Set(alike.map(({ id }) => id))].sort()).toEqual(['bundled', 'copied'])
  const [, copied] = await photos.getMany(['bundled', 'copied'])
  const shown = (await photos.urls(['copied'])).get('copied')
  expect(Buffer.from(await (await fetch(shown?.url ?? '')).arrayBuffer())).toEqual(picture)
  await files.remove([fileId, thumbFileId, copied?.fileId ?? ''])
  expect(await files.download(fileId)).toBeUndefined()
  expect((await units.membershipsOf('custom:secretary')).map(({ role }) => role)).toEqual(['secretary'])
  await limits.begin('bundled', { fullAt: mondayAt, commands: [] })
  expect(await limits.read('bundled')).toMatchObject({ fullAt: mondayAt })
})

test.each(['api', 'clock', 'photos', 'papers'] as const)(
  'what is left out of the file of %s says by name that it is',
  async (name) => {
    const { cloud } = openBundled(name).outside
    await expect(cloud.callFunction({ name: 'api', data: {} })).rejects.toThrow(
      '@cloudbase/node-sdk/dist/functions is not in this bundle',
    )
    await expect(cloud.callWxOpenApi({ apiName: 'any' } as never)).rejects.toThrow(
      'dist/wx is not in this bundle',
    )
  },
)

test.each(['api', 'clock', 'papers'] as const)('the file of %s takes in no file', async (name) => {
  const { cloud } = openBundled(name).outside
  await expect(
    cloud.uploadFile({ cloudPath: 'photos/any.jpg', fileContent: picture as never }),
  ).rejects.toThrow('is not in this bundle')
})
