import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { minuteMs } from '../../../cloudfunctions/ground/instant'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import { type Cloud, type CloudConfig, type DatabaseConfig, startCloud } from '../../../local/cloudbase'
import { buildDemo, type DemoDocuments } from '../../../local/demo/build-demo'
import { photoIds } from '../../../local/demo/photo-ids'
import { type SeedOutcome, seedDemo } from '../../../local/demo/seed'
import { testSecret } from '../../support/cloud'
import { opened } from '../../support/opened'

const root = path.join(__dirname, '../../..')
const readConfig = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8')) as T
const now = Date.parse('2026-06-12T15:00:00+08:00')
const keyed = keyedWith(Buffer.from(testSecret, 'hex'))

interface Stored {
  readonly _id: string
  /** What is read tells it where what is played may not. */
  readonly shape?: number
}
const byId = (documents: readonly Stored[]) =>
  Object.fromEntries(documents.map(({ shape: _shape, ...one }) => [one._id, one]))

describe('the seed', () => {
  let folder = ''
  let cloud: Cloud
  let outcome: SeedOutcome
  let demo: DemoDocuments
  const options = () => ({ adminUrl: cloud.adminUrl, envId: 'local', now, keyed })
  const sdk = () =>
    tcb.init({ env: 'local', secretId: 'local', secretKey: 'local', serviceUrl: cloud.adminUrl })
  const countOf = async (name: string): Promise<number> => {
    const { total } = await sdk().database().collection(name).where({}).count()
    return total ?? 0
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'demo-seed-'))
    opened(() => rm(folder, { recursive: true, force: true }))
    cloud = await startCloud({
      port: 0,
      folder,
      envId: 'local',
      config: await readConfig<CloudConfig>('cloudbaserc.json'),
      variables: { REDFACE_SECRET: testSecret },
      database: await readConfig<DatabaseConfig>('config/database.json'),
      functionRoot: path.join(folder, 'functions'),
      unindexedQueries: 'refuse',
      isTimersOn: false,
    })
    opened(cloud.close)
    demo = await buildDemo({ now, keyed })
    // As an interrupted run leaves it: some documents are there, not as they are now, the region is not; its ledger was
    // longer.
    const [participants, ledger] = [demo.participants.slice(0, 50), demo.ledger.slice(0, 50)]
    const stale = participants.map((one) => ({ ...one, joinedAt: one.joinedAt - minuteMs }))
    await sdk().database().collection('participants').add(stale)
    const beyond = { ...ledger[0], _id: 'beyond the end', eventKey: 'of a later event', seq: 10_000 }
    await sdk()
      .database()
      .collection('ledger')
      .add([...ledger, beyond])
    outcome = await seedDemo(options())
  })
  it('writes every document once, also after an interrupted run', async () => {
    expect(outcome).toEqual({
      isNew: true,
      counts: {
        ...Object.fromEntries(Object.entries(demo).map(([name, documents]) => [name, documents.length])),
        photos: photoIds.length,
      },
    })
    for (const [name, count] of Object.entries(outcome.counts))
      expect([name, await countOf(name)]).toEqual([name, count])
  })

  it('stores what was played, and played twice it is the same', async () => {
    const { command } = sdk().database()
    for (const [name, documents] of Object.entries<readonly Stored[]>({ ...demo }))
      for (let from = 0; from < documents.length; from += 100) {
        const expected = documents.slice(from, from + 100)
        const some = sdk()
          .database()
          .collection(name)
          .where({ _id: command.in(expected.map(({ _id }) => _id)) })
        const data: readonly Stored[] = (await some.limit(100).get()).data
        expect(byId(data)).toEqual(byId(expected))
        // As of today: nothing has to be rewritten.
        if (name === 'reports') expect(new Set(data.map(({ shape }) => shape))).toEqual(new Set([4]))
      }
  })

  it('stores each photograph where its document says', async () => {
    const { data } = await sdk().database().collection('photos').where({ _id: 'demo-lane-muddy-1' }).get()
    const [photo] = data as { fileId: string; thumbFileId: string; bytes: number }[]
    if (!photo) throw new Error('no photograph')
    const full = await sdk().downloadFile({ fileID: photo.fileId })
    expect(Buffer.from(full.fileContent ?? '')).toHaveLength(photo.bytes)
    const thumb = await sdk().downloadFile({ fileID: photo.thumbFileId })
    expect(Buffer.from(thumb.fileContent ?? '').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  })

  it('does nothing in an environment that has been seeded', async () => {
    expect(await seedDemo({ ...options(), now: now + 1 })).toEqual({ isNew: false, counts: {} })
    expect(await countOf('reports')).toBe(outcome.counts.reports)
  })
})
