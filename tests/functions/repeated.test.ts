import { randomUUID } from 'node:crypto'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import type { CommittedRow } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import { messageText } from '../../cloudfunctions/contexts/report/words'
import type { Answer } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { branch } from '../support/builders'
import { aSubmissionInput, openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const eightTimes = <T>(call: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 8 }, call))

/** The report as it is now comes with the answer to a step, and goes on. */
const receiptOf = <T extends object>(answer: T): T => ({ ...answer, view: undefined })

const answersOf = (answers: readonly Answer[]) =>
  answers.map((answer) =>
    answer.ok ? { ok: true, value: receiptOf(answer.value) } : { ok: false, error: answer.error },
  )

describe('a command sent again', () => {
  test('answers as the first time, also when eight arrive at once, and one report is written', async () => {
    const before = (await town.documents('reports')).length
    const input = aSubmissionInput('resident')
    const answers = answersOf(await eightTimes(() => town.as('resident').send('report.submit', input)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ ok: true, value: { rev: 1, status: 'routed' } })
    expect(await town.documents('reports')).toHaveLength(before + 1)
    const { rows } = await town.as('resident').get('inbox.list', {})
    expect(rows.map((row) => row.title)).toEqual(['已收到'])
  })

  test('answers as the first time long afterwards, when the report has gone on', async () => {
    const input = aSubmissionInput('resident')
    const first = await town.as('resident').get('report.submit', input)
    const accept = { commandId: randomUUID(), reportId: first.reportId, rev: first.rev }
    const accepted = await town.as('secretary').get('report.accept', accept)
    await town.as('secretary').step('report.contact', first.reportId, { channel: 'visit', note: '看过了' })
    await town.later(hourMs)
    expect(await town.as('resident').get('report.submit', input)).toEqual(first)
    expect(receiptOf(await town.as('secretary').get('report.accept', accept))).toEqual(receiptOf(accepted))
  })

  test('eight times at once takes the step once', async () => {
    const { reportId, rev } = await town.as('resident').submit()
    const accept = { commandId: randomUUID(), reportId, rev }
    const answers = answersOf(await eightTimes(() => town.as('secretary').send('report.accept', accept)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ ok: true, value: { status: 'accepted', rev: rev + 1 } })
    const { timeline } = await town.report(reportId)
    expect(timeline.filter((event) => event.kind === 'accepted')).toHaveLength(1)
  })

  test('with another content is refused', async () => {
    const input = aSubmissionInput('resident')
    const { reportId, rev } = await town.as('resident').get('report.submit', input)
    expect(await town.as('resident').refused('report.submit', { ...input, text: '另一件事' })).toBe(
      'command-reused',
    )
    const decline = { commandId: randomUUID(), reportId, rev, reason: 'not-real', note: '没有' } as const
    await town.as('secretary').get('report.decline', decline)
    expect(await town.as('secretary').refused('report.decline', { ...decline, note: '真的没有' })).toBe(
      'command-reused',
    )
  })

  test('by somebody else is not the same command', async () => {
    const input = aSubmissionInput('resident', { photos: [], categoryId: 'suggestion' })
    const first = await town.as('resident').get('report.submit', input)
    const second = await town.as('neighbour').get('report.submit', input)
    expect(second.reportId).not.toBe(first.reportId)
  })
})

describe('two who act at once', () => {
  test('on one report: exactly one wins, the other is told that it has moved on', async () => {
    const { reportId, rev } = await town.as('resident').submit()
    const accept = () => ({ commandId: randomUUID(), reportId, rev })
    const answers = await Promise.all(
      ['secretary', 'grid-worker', 'secretary', 'grid-worker'].map((person) =>
        town.as(person).send('report.accept', accept()),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) {
      if (!answer.ok) expect(['stale-rev', 'wrong-status']).toContain(answer.error.code)
    }
    const { timeline } = await town.report(reportId)
    expect(timeline.filter((event) => event.kind === 'accepted')).toHaveLength(1)
  })

  test('resident and secretary: withdrawing and accepting never both count', async () => {
    const { reportId, rev } = await town.as('resident').submit()
    const input = () => ({ commandId: randomUUID(), reportId, rev })
    const [withdrawn, accepted] = await Promise.all([
      town.as('resident').send('report.withdraw', input()),
      town.as('secretary').send('report.accept', input()),
    ])
    expect([withdrawn.ok, accepted.ok].filter(Boolean)).toHaveLength(1)
    expect((await town.report(reportId)).status).toBe(withdrawn.ok ? 'withdrawn' : 'accepted')
  })

  test('neighbours who say 我也遇到 at once are all counted, each once', async () => {
    const { reportId } = await town.as('resident').submit()
    const people = Array.from({ length: 6 }, (_, index) => `villager-${index}`)
    const answers = await Promise.all(
      people.map((person) => town.as(person).send('report.support', { commandId: randomUUID(), reportId })),
    )
    expect(answers).toEqual(people.map(() => expect.objectContaining({ ok: true })))
    expect((await town.report(reportId)).supporters.count).toBe(6)
    expect(await town.as('villager-0').refused('report.support', { commandId: randomUUID(), reportId })).toBe(
      'already-supported',
    )
  })

  test('in the ledger: openings of many reports at once are chained one after the other', async () => {
    const reports = await Promise.all(
      ['resident', 'neighbour', 'second-neighbour'].map((person) =>
        town.as(person).submit({ categoryId: 'danger' }),
      ),
    )
    await town.later(20 * hourMs)
    for (const { reportId } of reports) expect((await town.report(reportId)).outbox).toEqual([])
    const rows = await town.documents<{
      readonly seq: number
      readonly previousHash: string
      readonly hash: string
    }>('ledger')
    const chain = [...rows].sort((a, b) => a.seq - b.seq)
    expect(chain.map((row) => row.seq)).toEqual(chain.map((_row, index) => index + 1))
    chain.forEach((row, index) => {
      expect(row.previousHash).toBe(chain[index - 1]?.hash ?? '')
    })
  })
})

describe('the clock', () => {
  test('run late, and then many times at once, dates everything as if it had run in time', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'rubbish' })
    await town.later(9 * dayMs)
    const before = await town.report(reportId)
    const { acceptDueAt, resolveDueAt } = before.deadlines
    const instants = before.timeline.filter((one) => one.kind === 'overdue').map((event) => event.at)
    expect(instants).toEqual([acceptDueAt, resolveDueAt])
    const runs = await Promise.all(Array.from({ length: 4 }, () => town.cloud.runTimer('clock')))
    for (const { value } of runs) expect(value).toMatchObject({ caughtUp: 0, failures: [], isComplete: true })
    expect(await town.report(reportId)).toEqual(before)
  })

  test('does what a crash left undone, and what a crash left half done only once', async () => {
    const { reportId } = await town.as('resident').submit()
    const left = {
      id: '99.0',
      at: Math.floor(town.now()),
      kind: 'message',
      to: 'reporter',
      parts: [{ template: 'as-written', fields: { title: '补发', words: '断电以前没有发出的消息' } }],
    }
    const unit = { id: branch.id, name: branch.name, path: branch.path }
    const about = { episodeNo: 1, causeNo: 1, unit, isPublic: true }
    const opened = {
      id: '99.1',
      at: left.at,
      kind: 'ledger',
      entry: 'opened',
      facts: { words: '补记' },
      ...about,
    }
    const told = async () =>
      (await town.documents<Message>('inbox_messages', { reportId })).filter(
        (message) => messageText(message).title === '补发',
      )
    for (let crash = 0; crash < 2; crash += 1) {
      await town.meddle('reports', reportId, { outbox: [left, opened], outboxAt: left.at })
      await town.later(0)
      expect(await told()).toHaveLength(1)
      const rows = await town.documents<CommittedRow>('ledger')
      expect(rows.filter((row) => row.opened?.facts.text === '补记')).toHaveLength(1)
      expect((await town.report(reportId)).outbox).toEqual([])
    }
  })
})
