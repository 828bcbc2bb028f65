import { minuteMs } from '../../../cloudfunctions/ground/instant'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import { buildDemo, type DemoDocuments } from '../../../local/demo/build-demo'
import { photoIds } from '../../../local/demo/photo-ids'
import { type SeedOutcome, seedDemo } from '../../../local/demo/seed'
import { testSecret } from '../../support/cloud'
import { type OwnCloud, startOwnCloud } from '../../support/own-cloud'

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
  let town: OwnCloud
  let outcome: SeedOutcome
  let demo: DemoDocuments
  const options = () => ({ adminUrl: town.cloud.adminUrl, now, keyed })
  const countOf = async (name: string): Promise<number> => {
    const { total } = await town.app.database().collection(name).where({}).count()
    return total ?? 0
  }

  beforeAll(async () => {
    town = await startOwnCloud({ secret: testSecret })
    demo = await buildDemo({ now, keyed })
    // As an interrupted run leaves it: some documents are there, not as they are now, the region is not; its ledger was
    // longer.
    const [participants, ledger] = [demo.participants.slice(0, 50), demo.ledger.slice(0, 50)]
    const stale = participants.map((one) => ({ ...one, joinedAt: one.joinedAt - minuteMs }))
    await town.app.database().collection('participants').add(stale)
    const beyond = { ...ledger[0], _id: 'beyond the end', eventKey: 'of a later event', seq: 10_000 }
    await town.app
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
    const { command } = town.app.database()
    for (const [name, documents] of Object.entries<readonly Stored[]>({ ...demo }))
      for (let from = 0; from < documents.length; from += 100) {
        const expected = documents.slice(from, from + 100)
        const some = town.app
          .database()
          .collection(name)
          .where({ _id: command.in(expected.map(({ _id }) => _id)) })
        const data: readonly Stored[] = (await some.limit(100).get()).data
        expect(byId(data)).toEqual(byId(expected))
        // As of today: nothing has to be rewritten.
        if (name === 'reports') expect(new Set(data.map(({ shape }) => shape))).toEqual(new Set([5]))
      }
  })

  it('stores each photograph where its document says', async () => {
    const { data } = await town.app.database().collection('photos').where({ _id: 'demo-lane-muddy-1' }).get()
    const [photo] = data as { fileId: string; thumbFileId: string; bytes: number }[]
    if (!photo) throw new Error('no photograph')
    const full = await town.app.downloadFile({ fileID: photo.fileId })
    expect(Buffer.from(full.fileContent ?? '')).toHaveLength(photo.bytes)
    const thumb = await town.app.downloadFile({ fileID: photo.thumbFileId })
    expect(Buffer.from(thumb.fileContent ?? '').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  })

  it('does nothing in an environment that has been seeded', async () => {
    expect(await seedDemo({ ...options(), now: now + 1 })).toEqual({ isNew: false, counts: {} })
    expect(await countOf('reports')).toBe(outcome.counts.reports)
  })
})
