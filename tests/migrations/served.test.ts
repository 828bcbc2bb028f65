import { randomUUID } from 'node:crypto'
import { cloudStore } from '../../cloudfunctions/entrypoints/ports'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { type Documents, demonstrations, documentsOf, writtenAt } from './old-documents'

const branchId = '150221104004'
const secretary = `secretary-${branchId}`
const township = 'upper-150221104'
const residents = ['resident-1', 'resident-2']
/** Who works where; the banner's office sees all of it. */
const staff = [
  [secretary, branchId],
  [`grid-worker-${branchId}`, branchId],
  ['partner-150221-housing', '150221-housing'],
  [township, '150221104'],
  ['upper-150221', '150221'],
] as const
const unitIds = [branchId, '150221104', '150221', '15']
const tabs = ['waiting', 'working', 'check', 'suspended', 'done', 'sorting', 'requests', 'overdue', 'open']

interface Asked {
  readonly person: string | null
  readonly action: string
  readonly input: object
}

const reporterOf = (documents: Documents, reportId: string): string | null => {
  const people = documents.participants as readonly Readonly<Record<string, string>>[]
  const found = people.find((one) => one.reportId === reportId && one.part === 'reporter')
  return found?.accountId?.replace('custom:', '') ?? null
}

/** Every report by its id, as everybody concerned and nobody in particular. */
const byId = (documents: Documents): readonly Asked[] =>
  (documents.reports ?? []).flatMap(({ _id }) =>
    [reporterOf(documents, _id), null, secretary, township].map((person) => ({
      person,
      action: 'report.get',
      input: { reportId: _id },
    })),
  )

/** Every list there is. */
const lists: readonly Asked[] = [
  ...residents.flatMap((person) => [
    { person, action: 'report.mine', input: { limit: 50 } },
    { person, action: 'inbox.list', input: { limit: 50 } },
    { person, action: 'me.get', input: {} },
  ]),
  ...staff.flatMap(([person, unitId]) => [
    { person, action: 'me.get', input: {} },
    { person, action: 'unit.get', input: { unitId } },
    { person, action: 'inbox.list', input: { unitId, limit: 50 } },
    { person, action: 'queue.counts', input: { unitId } },
    ...tabs.map((tab) => ({ person, action: 'queue.list', input: { unitId, tab, limit: 50 } })),
  ]),
  ...unitIds.flatMap((unitId) => [
    ...['unit.get', 'report.recent', 'ledger.list', 'ledger.chains', 'grid.cells', 'rules.get'].map(
      (action) => ({ person: null, action, input: { unitId } }),
    ),
    ...['public', 'cleared'].map((tab) => ({
      person: secretary,
      action: 'redFace.list',
      input: { unitId, tab, limit: 50 },
    })),
  ]),
]

/** What is said to each, without what the time of asking and a signature put there. */
const answersTo = async (town: TestCloud, asked: readonly Asked[]): Promise<readonly string[]> => {
  const answers: string[] = []
  for (const { person, action, input } of asked) {
    const { now: _now, ...answer } = await town.as(person).send(action, input)
    const said = JSON.stringify({ ...answer, requestId: undefined }).replace(
      /\?expires=[^"]*|"(from|to)At":\d+,/g,
      '',
    )
    answers.push(`${person} ${action} ${JSON.stringify(input)}: ${said}`)
  }
  return answers
}

const failed = (answers: readonly string[]): readonly string[] =>
  // Not every unit has every tab.
  answers.filter(
    (answer) =>
      /"code":"(internal|busy|invalid-input|unknown-action)"/.test(answer) && !answer.includes('没有这一栏'),
  )

/** Where two answers to the same question part. */
const differences = (one: readonly string[], other: readonly string[]): readonly string[] =>
  one.flatMap((answer, at) => {
    const again = other[at] ?? ''
    if (answer === again) return []
    let from = 0
    while (answer[from] === again[from]) from += 1
    return [
      `${answer.slice(0, 90)} … ${answer.slice(from - 60, from + 80)} ≠ ${again.slice(from, from + 80)}`,
    ]
  })

/** That days off of next year are not announced is no fault of the documents. */
const complaintsOf = (town: TestCloud): readonly string[] =>
  town.complaints.filter((text) => !text.includes('daysOffKnownUntil'))

describe.each(demonstrations)('documents as %s wrote them', (commit) => {
  const documents = documentsOf(commit)
  let town: TestCloud
  const before: { byId: readonly string[]; lists: readonly string[] } = { byId: [], lists: [] }
  const entries = async (): Promise<readonly Asked[]> =>
    (await town.documents<{ readonly _id: string; readonly list: string }>('red_face_entries'))
      .filter(({ list }) => list === 'public' || list === 'cleared')
      .map(({ _id }) => ({ person: null, action: 'redFace.get', input: { entryId: _id } }))
  /** The machine's own time goes on while it works. */
  const atTheSameTime = () => town.cloud.clock.step(writtenAt - town.now())

  beforeAll(async () => {
    town = await openTestCloud({ documents, startsAt: writtenAt })
    for (const { fileId, thumbFileId } of documents.photos as unknown as Readonly<Record<string, string>>[])
      for (const file of [fileId, thumbFileId]) {
        const cloudPath = (file ?? '').replace(/^cloud:\/\/[^/]+\//, '')
        await town.app.uploadFile({ cloudPath, fileContent: Buffer.from('a picture') as never })
      }
  })
  afterAll(() => town.close())
  afterEach(() => expect(complaintsOf(town)).toEqual([]))

  test('are served by their ids at once', async () => {
    atTheSameTime()
    before.byId = await answersTo(town, byId(documents))
    expect(failed(before.byId)).toEqual([])
    for (const { _id } of documents.reports ?? []) {
      const person = reporterOf(documents, _id)
      if (person === null) continue
      const seen = before.byId.find((answer) =>
        answer.startsWith(`${person} report.get {"reportId":"${_id}"}`),
      )
      expect(seen).toContain('"ok":true')
    }
  })

  test('are all in the lists, whoever asks first', async () => {
    before.lists = await answersTo(town, lists)
    expect(failed(before.lists)).toEqual([])
    const { rows } = await town.as('resident-1').get('report.mine', { limit: 50 })
    expect(rows.length).toBe(
      documents.participants?.filter((one) => one.accountId === 'custom:resident-1').length,
    )
  })

  test('are answered the same when all have been rewritten', async () => {
    expect(await cloudStore(town.app as never).bringAllHome(() => true)).toBe(true)
    for (const { shape } of await town.documents<{ readonly shape?: number }>('reports'))
      expect(shape).toBe(5)
    atTheSameTime()
    expect(differences(before.byId, await answersTo(town, byId(documents)))).toEqual([])
    expect(differences(before.lists, await answersTo(town, lists))).toEqual([])
    const shown = await answersTo(town, await entries())
    expect(shown.filter((answer) => !answer.includes('"ok":true'))).toEqual([])
  })

  test('go on, step by step', async () => {
    const own = documents.reports?.find(
      ({ _id, status }) => status === 'accepted' && reporterOf(documents, _id) === 'resident-2',
    )
    const id = own?._id ?? ''
    await town.as('resident-1').get('report.support', { commandId: randomUUID(), reportId: id })
    await town.as(secretary).step('report.contact', id, { channel: 'visit', note: '到家里看过了' })
    await town.as(secretary).step('report.resolve', id, {
      note: '井盖换了新的',
      before: [],
      after: [`photo-of-${secretary}`],
      remedy: 'lasting',
    })
    const answer = await town
      .as('resident-2')
      .step('report.rate', id, { contacted: true, solved: 'yes', satisfaction: 'satisfied', remark: '' })
    expect(answer.status).toBe('closed')

    const here = (
      documents.reports as unknown as readonly {
        readonly _id: string
        readonly status: string
        readonly branchId: string | null
      }[]
    ).filter((one) => one.branchId === branchId)
    for (const { _id } of here.filter(({ status }) => status === 'routed'))
      expect((await town.as(secretary).step('report.accept', _id, {})).status).toBe('accepted')
    for (const { _id } of here.filter(({ status }) => status === 'awaiting-check'))
      expect((await town.as(secretary).step('report.check', _id, { note: '看过了' })).status).toBe('resolved')
    for (const { _id } of here) {
      const { requests } = await town.report(_id)
      if (!requests.some(({ kind }) => kind === 'suspend')) continue
      const input = { request: 'suspend', isGranted: true, note: '' } as const
      expect((await town.as('upper-150221').step('report.ruleOn', _id, input)).status).toBe('suspended')
    }
  })

  test('are caught up by the clock, and the ledger stands as it was written', async () => {
    await town.later(dayMs)
    await town.later(dayMs)
    const { value } = await town.cloud.runTimer('clock')
    expect(value).toMatchObject({ isComplete: true, ledgerBroken: [], failures: [] })
    const rows = await town.documents<{ readonly _id: string }>('ledger')
    for (const row of documents.ledger ?? []) {
      const { fate: _is, ...now } = rows.find(({ _id }) => _id === row._id) as typeof row
      const { fate: _was, ...was } = row
      expect(now).toEqual(was)
    }
    expect(failed(await answersTo(town, [...byId(documents), ...lists, ...(await entries())]))).toEqual([])
  })
})
