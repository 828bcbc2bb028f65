import { randomUUID } from 'node:crypto'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { branch, otherBranch } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type StepAnswer = OutputOf<'report.accept'>

/** The addresses of photographs change with the hour: these reports have none. */
const submit = (person = 'resident') => town.as(person).submit({ photos: [] })
const read = (person: string, reportId: string) => town.as(person).get('report.get', { reportId })
/** What somebody was answered, and what they would read if they asked now. */
const bothOf = async (person: string, { reportId, view }: StepAnswer) => [view, await read(person, reportId)]

describe('a step is answered with the report as its page would be', () => {
  const expectSame = async (person: string, answer: StepAnswer): Promise<void> => {
    const [told, asked] = await bothOf(person, answer)
    expect(told).toBeDefined()
    expect(told).toEqual(asked)
  }

  test('for each of those who take part in it, from joining to the verdict', async () => {
    const { reportId } = await submit()
    const secretary = town.as('secretary')
    const joining = { commandId: randomUUID(), reportId }
    await expectSame('neighbour', await town.as('neighbour').get('report.support', joining))
    await expectSame('secretary', await secretary.step('report.accept', reportId, {}))
    await expectSame(
      'secretary',
      await secretary.step('report.contact', reportId, { channel: 'visit', note: '去看了' }),
    )
    await expectSame(
      'secretary',
      await secretary.step('report.resolve', reportId, { note: '垫平了', remedy: 'lasting' }),
    )
    const verdict = { contacted: true, solved: 'yes', satisfaction: 'satisfied' } as const
    await expectSame('resident', await town.as('resident').step('report.rate', reportId, verdict))
  })

  test('for who has left it, and for who has passed it on', async () => {
    const { reportId } = await submit()
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
    const handedOn = await town
      .as('secretary')
      .step('report.transfer', reportId, { toUnitId: otherBranch.id, note: '在他们那边' })
    await expectSame('secretary', handedOn)
    expect(handedOn.view).toMatchObject({ view: 'public', text: null })
    const left = await town.as('resident').step('report.withdraw', reportId, { reason: '搬走了' })
    await expectSame('resident', left)
  })

  test('for who puts it with another one, and for who takes it out again', async () => {
    const { reportId: parentReportId } = await submit()
    await town.later(minuteMs)
    const { reportId } = await submit('neighbour')
    await expectSame(
      'secretary',
      await town.as('secretary').step('report.merge', reportId, { parentReportId }),
    )
    await expectSame('neighbour', await town.as('neighbour').step('report.unmerge', reportId, {}))
  })

  test('for who makes it their own, and for who comes later and has it too', async () => {
    const place = { point: inTheLane, words: '早市路口' }
    const { reportId } = await town.as('secretary').get('redFace.declareNew', {
      commandId: randomUUID(),
      unitId: branch.id,
      categoryId: 'rubbish',
      text: '垃圾成堆',
      place,
    })
    const takeUp = (person: string, commandId: string) =>
      town.as(person).get('report.takeUp', { commandId, reportId, point: place.point })
    await expectSame('resident', await takeUp('resident', randomUUID()))
    const commandId = randomUUID()
    const joined = await takeUp('neighbour', commandId)
    expect(joined.view).toMatchObject({ part: 'supporter', supporterCount: 1 })
    await expectSame('neighbour', joined)
    await expectSame('neighbour', await takeUp('neighbour', commandId))
  })

  test('and a step that is sent again with the report as it is by then', async () => {
    const { reportId, rev } = await submit()
    const accept = { commandId: randomUUID(), reportId, rev }
    const { view: _first, ...receipt } = await town.as('secretary').get('report.accept', accept)
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '去看了' })
    const again = await town.as('secretary').get('report.accept', accept)
    expect(again).toMatchObject(receipt)
    await expectSame('secretary', again)
  })
})

test('who may not know of it any more is answered that the step is done, and no more', async () => {
  const { reportId } = await town
    .as('neighbour')
    .submit({ categoryId: 'about-branch', text: '支部不理人', photos: [] })
  const answer = await town
    .as('township-staff')
    .step('report.return', reportId, { reason: 'not-our-place', note: '请上级办' })
  expect(Object.keys(answer).sort()).toEqual(['at', 'reportId', 'rev', 'status'])
  expect(await town.as('township-staff').refused('report.get', { reportId })).toBe('not-found')
})

test('a step is done, and answered so, where its photographs cannot be shown just then', async () => {
  const { reportId, rev } = await town.as('resident').submit()
  const accept = { commandId: randomUUID(), reportId, rev }
  town.cloud.faults.add({
    kind: 'error',
    action: 'storage.batchGetDownloadUrl',
    code: 'STORAGE_REQUEST_FAIL',
  })
  const { view, ...receipt } = await town.as('secretary').get('report.accept', accept)
  town.cloud.faults.clear()
  expect(receipt).toMatchObject({ status: 'accepted' })
  expect(view).toBeUndefined()
  expect(await town.as('secretary').get('report.accept', accept)).toMatchObject({
    ...receipt,
    view: { id: reportId, status: 'accepted' },
  })
  expect(town.complaints.splice(0)).toEqual([expect.stringContaining('"report.get beside a step"')])
})
