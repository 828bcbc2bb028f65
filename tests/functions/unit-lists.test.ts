import { randomUUID } from 'node:crypto'
import type { Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { aMembership, banner, branch, otherBranch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { spreadsheetOf } from '../support/spreadsheet'
import { toDocument } from '../support/town'

jest.setTimeout(300_000)

type JobView = OutputOf<'job.get'>

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  const admins = { 'banner-admin': banner, 'township-admin': township }
  await town.put(
    'memberships',
    Object.entries(admins).map(
      ([person, unit]) =>
        ({
          ...toDocument({ ...aMembership(unit, 'admin'), id: person, accountId: `custom:${person}` }),
          shape: 1,
        }) as never,
    ),
  )
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const upload = async (person: string, content: Buffer, ending: string): Promise<string> => {
  const { folder } = await town.as(person).get('photo.ticket', {})
  const { fileID } = await town.app.uploadFile({
    cloudPath: `${folder}/${randomUUID()}.${ending}`,
    fileContent: content as never,
  })
  return fileID
}

/** Works on a job until it is over. */
const finish = async (person: string, { id }: JobView): Promise<JobView> => {
  for (let nudges = 0; nudges < 50; nudges += 1) {
    const job = await town.as(person).get('job.nudge', { jobId: id })
    if (job.status !== 'queued' && job.status !== 'running') return job
  }
  throw new Error(`${id} does not come to an end`)
}

const head = ['名称', '类别', '编码', '上级编码', '电话', '人口', '流动人口占比', '并入']
type Row = readonly string[]

const check = async (rows: readonly Row[], person = 'banner-admin', unitId = banner.id): Promise<JobView> => {
  const fileId = await upload(person, spreadsheetOf([head, ...rows]), 'xlsx')
  const asked = { commandId: randomUUID(), unitId, fileId, fileName: '组织名单.xlsx' }
  return finish(person, await town.as(person).get('unitList.check', asked))
}
const enter = async (job: JobView, cures: 'chosen' | 'suggested' = 'chosen'): Promise<JobView> =>
  finish(
    'banner-admin',
    await town.as('banner-admin').get('unitList.import', { commandId: randomUUID(), jobId: job.id, cures }),
  )
const units = async (): Promise<readonly (Unit & { readonly _id: string })[]> =>
  [...(await town.documents<Unit & { readonly _id: string }>('units'))].sort((a, b) =>
    a._id < b._id ? -1 : 1,
  )
const unitOf = async (id: string) => (await units()).find(({ _id }) => _id === id)

const newTownship: Row = ['美岱召镇党委', '党委', '150221106', banner.id, '0472-8881234', '21,000', '12.5%']
const newVillages: readonly Row[] = [
  ['沙图沟村党支部', '党支部', '150221106201', '150221106', '', '620'],
  ['朱尔圪沁村党支部', '党支部', '150221106202', '150221106'],
]
const wrong: readonly Row[] = [
  ['大袄兑村党支部', '党支部', '', '150221106'],
  ['大袄兑村党支部', '党支部', '', '150221106', '13900000000'],
  ['旗水务局', '共建单位', '150221-water', banner.id, '0472-88'],
  ["=cmd|'/c calc'!A0", '党支部', '150221106203', '150221106'],
  ['无上级村党支部', '党支部', '150221106204', ''],
  ['别处的村党支部', '党支部', '150221999201', '150221999'],
  ['跳级村党支部', '党支部', '150221106205', '1502'],
  ['绕圈镇党委', '党委', '150221107', '150221107'],
]

describe('a list of units that is looked through', () => {
  let job: JobView
  beforeAll(async () => {
    job = await check([newTownship, ...newVillages, ...wrong, [township.name, '', township.id, banner.id]])
  })

  test('says how many would be added, changed or closed, and how many cannot be; nothing is entered', async () => {
    expect(job).toMatchObject({
      status: 'done',
      progress: { done: 12, total: 12, bad: 7 },
      result: { rows: 12, added: 4, changed: 0, closed: 0, unchanged: 1, bad: 7, formulas: 0 },
    })
    expect(await unitOf('150221106')).toBeUndefined()
  })

  test('says of each bad row its number, why, and what mends it with one tap', async () => {
    const { rows, columns } = await town
      .as('banner-admin')
      .get('unitList.rows', { jobId: job.id, verdict: 'bad', limit: 50 })
    expect(columns.map(({ field }) => field)).toEqual([
      'name',
      'kind',
      'code',
      'parentCode',
      'phone',
      'population',
      'floatingShare',
      'closedInto',
    ])
    expect(
      rows.map(({ no, problem }) => [no, problem?.text, problem?.cures[0]?.text, problem?.cures[0]?.cure]),
    ).toEqual([
      [6, '和第5行重名', '合成一个', { do: 'merge' }],
      [7, '电话不对：0472-88', '留空，以后再填', { field: 'phone', value: '' }],
      [8, '名称像公式，不会去算，当文字看', '跳过这一行', { do: 'skip' }],
      [9, '缺上级编码', '填 150221106', { field: 'parentCode', value: '150221106' }],
      [10, '没有编码是150221999的上级', '先建“别处的村党委”', expect.objectContaining({ do: 'add-parent' })],
      [11, '没有编码是1502的上级', expect.any(String), expect.anything()],
      [12, '上级绕了一圈又回到自己', '填 150221', { field: 'parentCode', value: '150221' }],
    ])
  })

  test('is read page by page, and by nobody else', async () => {
    const first = await town
      .as('banner-admin')
      .get('unitList.rows', { jobId: job.id, verdict: 'bad', limit: 3 })
    expect(first.rows.map(({ no }) => no)).toEqual([6, 7, 8])
    const cursor = first.nextCursor ?? ''
    const next = await town
      .as('banner-admin')
      .get('unitList.rows', { jobId: job.id, verdict: 'bad', limit: 3, cursor })
    expect(next.rows.map(({ no }) => no)).toEqual([9, 10, 11])
    for (const person of ['resident', 'township-admin', 'banner-staff'])
      expect(await town.as(person).refused('unitList.rows', { jobId: job.id, verdict: 'bad' })).toBe(
        'not-found',
      )
  })

  test('is entered but for the rows that cannot be, each unit with its trace', async () => {
    await town.as('banner-admin').get('unitList.cure', {
      commandId: randomUUID(),
      jobId: job.id,
      no: 7,
      cure: { field: 'phone', value: '' },
    })
    const entered = await enter(job)
    expect(entered).toMatchObject({ status: 'done', result: { added: 5, bad: 6, unchanged: 1 } })
    expect(await unitOf('150221106202')).toMatchObject({
      name: '朱尔圪沁村党支部',
      areaName: '朱尔圪沁村',
      kind: 'branch',
      level: 'village',
      path: [...banner.path, '150221106', '150221106202'],
    })
    expect(await unitOf('150221106')).toMatchObject({
      phone: '04728881234',
      population: 21000,
      floatingShare: 12.5,
    })
    const water = await unitOf('150221-water')
    expect(water).toMatchObject({ kind: 'partner', level: 'banner' })
    expect(water).not.toHaveProperty('phone')
    const { rows } = await town.as('banner-admin').get('unit.history', { unitId: '150221106201' })
    expect(rows).toMatchObject([{ kind: 'added', status: 'done', byUnitName: banner.name }])
    await town.later(minuteMs)
    const inbox = await town.as('banner-admin').get('inbox.list', {})
    expect(inbox.rows[0]).toMatchObject({
      title: '导入组织名单办好了',
      text: '导入组织名单办好了，有6行要看一看。',
    })
  })

  test('entered a second time changes nothing', async () => {
    const before = await units()
    expect(await enter(job)).toMatchObject({ result: { added: 0, changed: 0, unchanged: 6 } })
    expect(await check([newTownship, ...newVillages])).toMatchObject({
      result: { added: 0, changed: 0, unchanged: 3 },
    })
    expect(await units()).toEqual(before)
  })

  test('is mended as suggested where that is asked for', async () => {
    expect(await enter(job, 'suggested')).toMatchObject({ status: 'done', result: { bad: 0, skipped: 2 } })
    const names = (await units()).map(({ name }) => name)
    expect(names.filter((name) => name === '大袄兑村党支部')).toHaveLength(1)
    expect((await units()).find(({ name }) => name === '大袄兑村党支部')?.phone).toBe('13900000000')
    expect((await unitOf('150221106204'))?.parentId).toBe('150221106')
    expect((await unitOf('150221999'))?.parentId).toBe(banner.id)
    expect(names.some((name) => name.startsWith('='))).toBe(false)
  })
})

test('a list changes, moves and closes units that are there', async () => {
  const job = await check([
    ['沙图沟新村党支部', '党支部', '150221106201', '150221106', '', '700'],
    ['朱尔圪沁村党支部', '党支部', '150221106202', township.id],
    [otherBranch.name, '党支部', otherBranch.id, township.id, '', '', '', branch.id],
  ])
  expect(job.result).toMatchObject({ changed: 2, closed: 1, bad: 0 })
  await enter(job)
  await town.later(2 * minuteMs)
  expect(await unitOf('150221106201')).toMatchObject({ name: '沙图沟新村党支部', population: 700 })
  const moved = (await unitOf('150221106202'))?.successorId ?? ''
  expect(await unitOf(moved)).toMatchObject({ parentId: township.id, code: '150221106202' })
  expect(await unitOf(otherBranch.id)).toMatchObject({ successorId: branch.id })
  const again = await check([['朱尔圪沁村党支部', '党支部', '150221106202', township.id]])
  expect(again.result).toMatchObject({ unchanged: 1, changed: 0 })
})

describe('long work', () => {
  test('of a file that is none, or nobody’s, is refused in words', async () => {
    const asked = { commandId: randomUUID(), unitId: banner.id, fileName: '名单.xlsx' }
    const others = await upload('resident', spreadsheetOf([head]), 'xlsx')
    expect(await town.as('banner-admin').refused('unitList.check', { ...asked, fileId: others })).toBe(
      'file-unknown',
    )
    const csv = await upload('banner-admin', Buffer.from('名称'), 'xlsx')
    const job = await finish(
      'banner-admin',
      await town.as('banner-admin').get('unitList.check', { ...asked, fileId: csv }),
    )
    expect(job).toMatchObject({
      status: 'failed',
      why: { code: 'table-other-kind', message: '文件的内容和名字对不上，请另存一份表格再传' },
    })
    const inbox = await town.as('banner-admin').get('inbox.list', {})
    expect(inbox.rows[0]?.text).toContain('文件的内容和名字对不上')
  })

  test('is begun once for each command, by an admin only, and not without end', async () => {
    const fileId = await upload('banner-admin', spreadsheetOf([head, newTownship]), 'xlsx')
    const asked = { commandId: randomUUID(), unitId: banner.id, fileId, fileName: '名单.xlsx' }
    const { id } = await town.as('banner-admin').get('unitList.check', asked)
    expect((await town.as('banner-admin').get('unitList.check', asked)).id).toBe(id)
    expect(await town.as('banner-admin').refused('unitList.check', { ...asked, fileName: '别的.xlsx' })).toBe(
      'command-reused',
    )
    for (const person of ['secretary', 'township-admin', 'resident'])
      expect(await town.as(person).refused('unitList.check', { ...asked, commandId: randomUUID() })).toBe(
        'not-allowed',
      )
    const more = () => ({ ...asked, commandId: randomUUID() })
    for (let count = 0; count < 4; count += 1) await town.as('banner-admin').get('unitList.check', more())
    expect(await town.as('banner-admin').refused('unitList.check', more())).toBe('too-many-jobs')
    const { rows } = await town.as('banner-admin').get('job.list', { unitId: banner.id, limit: 5 })
    for (const job of rows)
      expect(
        await town.as('banner-admin').get('job.cancel', { commandId: randomUUID(), jobId: job.id }),
      ).toMatchObject({
        status: 'cancelled',
      })
    expect(await town.as('banner-admin').refused('job.cancel', { commandId: randomUUID(), jobId: id })).toBe(
      'wrong-status',
    )
    expect(await town.as('secretary').refused('job.get', { jobId: id })).toBe('not-found')
    expect((await town.as('banner-admin').get('job.nudge', { jobId: id })).status).toBe('cancelled')
  })

  test('goes on by the timer where nobody waits for it', async () => {
    const fileId = await upload('banner-admin', spreadsheetOf([head, newTownship]), 'xlsx')
    const asked = { commandId: randomUUID(), unitId: banner.id, fileId, fileName: '名单.xlsx' }
    const { id } = await town.as('banner-admin').get('unitList.check', asked)
    await town.cloud.runTimer('papers')
    expect(await town.as('banner-admin').get('job.get', { jobId: id })).toMatchObject({ status: 'done' })
  })

  test('enters nothing more for somebody whose seat is over', async () => {
    const checked = await check([['最后一村党支部', '党支部', '150221106299', '150221106']])
    const asked = { commandId: randomUUID(), jobId: checked.id, cures: 'chosen' } as const
    const { id } = await town.as('banner-admin').get('unitList.import', asked)
    await town.meddle('memberships', 'banner-admin', { untilAt: town.now() })
    await town.cloud.runTimer('papers')
    expect(
      (await town.documents<{ readonly _id: string; readonly status: string }>('jobs', { _id: id }))[0]
        ?.status,
    ).toBe('failed')
    expect(await unitOf('150221106299')).toBeUndefined()
  })

  test('leaves no rows behind after a month', async () => {
    expect((await town.documents('list_rows')).length).toBeGreaterThan(10)
    town.cloud.clock.step(31 * dayMs)
    await town.cloud.runTimer('papers')
    expect(await town.documents('list_rows')).toEqual([])
  })
})
