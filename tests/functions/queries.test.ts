import { documentOfBond } from '../../cloudfunctions/contexts/co-building/store'
import type { Action, contract, InputOf } from '../../cloudfunctions/contract/contract'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, township } from '../support/builders'
import { inTheSteppe, openTestCloud, type TestCloud } from '../support/cloud'
import { aSeat } from '../support/people'
import { inTheLane } from '../support/town'

type Query = { [A in Action]: (typeof contract)[A]['kind'] extends 'query' ? A : never }[Action]

let town: TestCloud
let reportId = ''
let entryId = ''

beforeAll(async () => {
  town = await openTestCloud()
  await town.put('bonds', [
    documentOfBond({
      id: 'alliance-1',
      kind: 'alliance',
      unitId: banner.id,
      path: banner.path,
      terms: { name: '黄河湾联合体', fromAt: 0, purpose: '修路', memberIds: [branch.id] },
    }),
  ])
  await town.put('memberships', [aSeat('admin', banner, 'admin'), aSeat('counter', branch, 'counter')])
  const aJob = {
    _id: 'j0',
    kind: 'unit-check',
    status: 'done',
    unitId: banner.id,
    accountId: 'custom:admin',
  }
  const unfinished = {
    begunAt: 0,
    changedAt: 0,
    progress: { done: 0, total: 0, bad: 0 },
    result: null,
    why: null,
  }
  const job = { ...aJob, ...unfinished, rev: 1, nextClockAt: null, outboxAt: null, outbox: [], timeline: [] }
  await town.put('jobs', [job])
  reportId = (await town.as('resident').submit({ categoryId: 'danger' })).reportId
  await town.later(20 * dayMs)
  const [entry] = await town.documents<{ readonly _id: string }>('red_face_entries')
  entryId = entry?._id ?? ''
  const another = await town.as('neighbour').submit()
  await town.as('secretary').step('report.accept', another.reportId, {})
  // Much is due now, and nothing has caught up with it.
  town.cloud.clock.step(20 * dayMs)
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

/** What is asked in each query; a query of the contract that is missing here does not compile. */
const inputs: { readonly [A in Query]: () => InputOf<A> } = {
  'me.get': () => ({}),
  'report.mine': () => ({}),
  'report.get': () => ({ reportId }),
  'report.olderLines': () => ({ reportId }),
  'report.filedHere': () => ({ unitId: branch.id }),
  'report.ofReceipt': () => ({}),
  'report.recent': () => ({ unitId: branch.id }),
  'report.nearby': () => ({ point: inTheLane, categoryId: 'danger' }),
  'queue.list': () => ({ unitId: branch.id, tab: 'working' }),
  'queue.counts': () => ({ unitId: branch.id }),
  'redFace.list': () => ({ unitId: branch.id, tab: 'public' }),
  'redFace.get': () => ({ entryId }),
  'ledger.list': () => ({ unitId: branch.id }),
  'ledger.chains': () => ({ unitId: branch.id }),
  'category.list': () => ({ unitId: branch.id }),
  'rules.get': () => ({ unitId: branch.id }),
  'place.preview': () => ({ point: inTheSteppe }),
  'grid.cells': () => ({ unitId: branch.id }),
  'unit.children': () => ({}),
  'unit.search': () => ({ unitId: banner.id, name: '后炭市' }),
  'unit.below': () => ({ unitId: township.id }),
  'unit.history': () => ({ unitId: branch.id }),
  'bond.list': () => ({ kind: 'partnership', unitId: banner.id }),
  'bond.candidates': () => ({ kind: 'partnership', unitId: banner.id }),
  'bond.gaps': () => ({ kind: 'contact', unitId: township.id }),
  'bond.history': () => ({ kind: 'alliance', bondId: 'alliance-1' }),
  'bond.ofUnit': () => ({ unitId: branch.id }),
  'unitList.rows': () => ({ jobId: 'j0', verdict: 'bad' }),
  'job.get': () => ({ jobId: 'j0' }),
  'job.list': () => ({ unitId: banner.id }),
  'unit.get': () => ({ unitId: branch.id }),
  'unit.days': () => ({ unitId: branch.id, from: '2026-03-01', to: '2026-03-31' }),
  'unit.targets': () => ({ reportId }),
  'inbox.list': () => ({}),
  'people.mine': () => ({}),
  'people.list': () => ({ unitId: branch.id }),
  'people.coverage': () => ({ unitId: township.id }),
  'people.leaving': () => ({ seatId: 'secretary' }),
  'people.history': () => ({ seatId: 'secretary' }),
  'photo.ticket': () => ({}),
  'webSession.list': () => ({}),
  'page.open': () => ({ page: 'home', unitId: branch.id }),
}

const everything = async () =>
  Object.fromEntries(
    await Promise.all(
      town.collections.map(async ({ CollectionName: name }) => [name, await town.documents(name)] as const),
    ),
  )

test.each(Object.entries(inputs))('%s changes no document, whoever asks', async (action, input) => {
  const before = await everything()
  const answers = []
  for (const person of [null, 'resident', 'neighbour', 'secretary', 'banner-staff', 'admin', 'counter'])
    answers.push((await town.as(person).send(action, input())).ok)
  // Nobody without a receipt is told which matter theirs is for.
  expect(answers.includes(true)).toBe(action !== 'report.ofReceipt')
  expect(await everything()).toEqual(before)
})
