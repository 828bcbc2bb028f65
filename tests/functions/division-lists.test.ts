import { randomUUID } from 'node:crypto'
import type { Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { oneLevelUp } from '../../cloudfunctions/ground/unit-path'
import { divisions } from '../../local/demo/divisions'
import { aMembership, region } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { toDocument } from '../support/town'

jest.setTimeout(600_000)

type JobView = OutputOf<'job.get'>

/** The real divisions of two banners, as a CSV of the whole region has them; the last below comes first. */
const list = Buffer.from(
  `名称,编码,层级,上级编码\n${[...divisions]
    .reverse()
    .map(({ name, code, level, path }) => [name, code, level, oneLevelUp(path) ?? ''].join(','))
    .join('\n')}\n`,
)

const open = (): Promise<TestCloud> =>
  openTestCloud({
    documents: {
      units: [toDocument(region)],
      memberships: [
        {
          ...toDocument({ ...aMembership(region, 'admin'), id: 'admin', accountId: 'custom:admin' }),
          shape: 1,
        } as never,
      ],
    },
  })

const nudge = async (town: TestCloud, { id }: JobView): Promise<JobView> => {
  for (let nudges = 0; nudges < 50; nudges += 1) {
    const job = await town.as('admin').get('job.nudge', { jobId: id })
    if (job.status !== 'queued' && job.status !== 'running') return job
  }
  throw new Error(`${id} does not come to an end`)
}

const check = async (town: TestCloud): Promise<JobView> => {
  const { folder } = await town.as('admin').get('photo.ticket', {})
  const cloudPath = `${folder}/${randomUUID()}.csv`
  const { fileID } = await town.app.uploadFile({ cloudPath, fileContent: list as never })
  const asked = { commandId: randomUUID(), unitId: region.id, fileId: fileID, fileName: '区划.csv' }
  return nudge(town, await town.as('admin').get('unitList.check', asked))
}
const begin = (town: TestCloud, { id }: JobView): Promise<JobView> =>
  town.as('admin').get('unitList.import', { commandId: randomUUID(), jobId: id, cures: 'chosen' })

/** Every unit with its place, whoever entered it. */
const treeOf = async (town: TestCloud): Promise<readonly string[]> =>
  (await town.documents<Unit & { readonly _id: string }>('units'))
    .map(
      ({ _id, name, kind, level, path, rev }) =>
        `${path.join('/')} ${_id} ${name} ${kind} ${level} ${rev ?? 0}`,
    )
    .sort()

test('the divisions of two banners are entered whole; entered again they change nothing; ended half-way they come to the same', async () => {
  const calm = await open()
  const checked = await check(calm)
  expect(checked.result).toMatchObject({ rows: divisions.length, bad: 0 })
  const entered = await nudge(calm, await begin(calm, checked))
  expect(entered.result).toMatchObject({ added: divisions.length - 1, bad: 0 })
  const tree = await treeOf(calm)
  expect(tree).toHaveLength(divisions.length)
  expect(tree.every((unit) => unit.startsWith(region.id))).toBe(true)

  const again = await nudge(calm, await begin(calm, await check(calm)))
  expect(again.result).toMatchObject({ added: 0, changed: 0, bad: 0 })
  expect(await treeOf(calm)).toEqual(tree)
  expect(calm.complaints).toEqual([])
  await calm.close()

  const town = await open()
  const job = await begin(town, await check(town))
  let ended = 0
  for (const step of [9, 12, 15, 18]) {
    town.cloud.faults.add({ kind: 'crash', functionName: 'papers', step, when: 'after' })
    await town
      .as('admin')
      .send('job.nudge', { jobId: job.id })
      .catch(() => undefined)
    ended += town.cloud.faults.list()[0]?.struck ?? 0
    town.cloud.faults.clear()
    // Its lease is over.
    town.cloud.clock.step(2 * minuteMs)
  }
  expect(ended).toBeGreaterThan(1)
  expect((await nudge(town, job)).result).toMatchObject({ added: divisions.length - 1 })
  expect(await treeOf(town)).toEqual(tree)
  await town.close()
})
