import { createHash } from 'node:crypto'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import { type CommittedRow, verifyLedger } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import { messageText } from '../../cloudfunctions/contexts/report/words'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, region, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const titlesFor = async (person: string, unitId?: string): Promise<readonly string[]> => {
  const { rows } = await town.as(person).get('inbox.list', { unitId, limit: 50 })
  return rows.map((row) => row.title)
}
const rowIn = async (
  person: string,
  unitId: string,
  tab: 'waiting' | 'working' | 'check' | 'done',
  id: string,
) => {
  const { rows } = await town.as(person).get('queue.list', { unitId, tab })
  return rows.find((row) => row.id === id)
}

describe('a report’s whole way', () => {
  let id = ''
  const resident = () => town.as('resident')
  const secretary = () => town.as('secretary')
  const photos = { before: [], after: ['photo-of-handler'] }
  const entryId = () => `${id}:1:${branch.id}`

  test('the resident sees at once who is responsible, why and by when', async () => {
    const receipt = await resident().submit({ phone: '13800000001' })
    id = receipt.reportId
    expect(receipt).toMatchObject({ rev: 1, status: 'routed', branchName: branch.name, isProvisional: false })
    expect(receipt.reasons.join()).toContain('后炭市社区')
    // The seventh day is a Monday, the first after a weekend: it ends with its work.
    expect(receipt.resolveDueAt).toBe(Date.parse('2026-03-09T17:30:00+08:00'))
    expect((await resident().get('report.mine', {})).rows.map((row) => row.id)).toEqual([id])
    expect(await titlesFor('resident')).toEqual(['已收到'])
  })

  test('the secretary finds it on top of the queue, accepts, reads the words and calls', async () => {
    expect(await titlesFor('secretary', branch.id)).toEqual(['新诉求'])
    const { rows } = await secretary().get('queue.list', { unitId: branch.id, tab: 'waiting' })
    expect(rows[0]).toMatchObject({ id, title: '巷子里都是泥，老人出不了门' })
    expect((await secretary().get('report.get', { reportId: id })).actions).toContain('accept')
    await secretary().step('report.accept', id, {})
    expect((await secretary().step('report.revealPhone', id, {})).phone).toBe('13800000001')
    await secretary().step('report.contact', id, { channel: 'phone', note: '下午去看' })
    expect(await titlesFor('resident')).toEqual(['联系您了', '电话被查看', '已受理', '已收到'])
  })

  test('dispatches it to the housing bureau, which reports it done', async () => {
    const targets = await secretary().get('unit.targets', { reportId: id })
    expect(targets.partners).toEqual([{ id: housingBureau.id, name: housingBureau.name }])
    await secretary().step('report.dispatch', id, { toUnitId: housingBureau.id, note: '请三天内垫平' })
    expect(await rowIn('handler', housingBureau.id, 'working', id)).toBeDefined()
    await town.as('handler').step('report.claimFixed', id, { note: '垫平了', ...photos, remedy: 'temporary' })
    expect(await rowIn('handler', housingBureau.id, 'check', id)).toBeDefined()
    expect(await rowIn('secretary', branch.id, 'check', id)).toBeDefined()
  })

  test('checks it, and the resident, who is told, rates it “没解决”: it reopens and is noted for the list', async () => {
    await secretary().step('report.check', id, { note: '' })
    expect((await titlesFor('resident'))[0]).toBe('已办结，请您评价')
    const seen = await resident().get('report.get', { reportId: id })
    expect(seen.actions).toContain('rate')
    expect(seen.resolution?.after).toHaveLength(1)
    const answer = await resident().step('report.rate', id, {
      contacted: true,
      solved: 'no',
      satisfaction: 'dissatisfied',
      remark: '一下雨又是泥',
    })
    expect(answer.status).toBe('accepted')
    // One step is one message, whatever follows from it (A7).
    expect((await titlesFor('secretary', branch.id))[0]).toBe('居民评价')
  })

  test('within the notice nobody outside sees it, and the ledger shows only that something is there', async () => {
    const list = await town.as(null).get('redFace.list', { unitId: banner.id, tab: 'public' })
    expect(list).toMatchObject({ rows: [], publicCount: 0, clearedCount: 0 })
    expect(await town.as(null).refused('redFace.get', { entryId: entryId() })).toBe('not-found')
    await town.later(0)
    const ledger = await town.as(null).get('ledger.list', { unitId: branch.id })
    expect(ledger.rows).toMatchObject([{ seq: 1, salt: null, facts: null }])
    expect((await town.as(null).get('report.get', { reportId: id })).redFace).toBeNull()
    expect((await resident().get('report.get', { reportId: id })).redFace?.state).toBe('noticed')
  })

  test('after it, it stands on the public list of its branch, its township, its banner and the region', async () => {
    await town.later(24 * hourMs)
    for (const unit of [branch, township, banner, region]) {
      const list = await town.as(null).get('redFace.list', { unitId: unit.id, tab: 'public' })
      expect(list.rows).toMatchObject([{ reportId: id, state: 'public', causes: ['rated-unsolved'] }])
    }
    const entry = await town.as(null).get('redFace.get', { entryId: entryId() })
    expect(entry.ledger.map((row) => row.facts?.kind)).toEqual(['opened', 'published'])
    expect(entry.canAnswer).toBe(false)
    expect(await titlesFor('resident')).toContain('红脸上榜')
  })

  test('it is fixed again, the resident agrees, the entry is cleared and the ledger keeps both', async () => {
    await secretary().step('report.resolve', id, {
      note: '铺了碎石，挖了水沟',
      after: ['photo-of-secretary'],
      remedy: 'lasting',
    })
    await resident().step('report.rate', id, {
      contacted: true,
      solved: 'yes',
      satisfaction: 'satisfied',
      remark: '',
    })
    await town.later(minuteMs)
    const list = await town.as(null).get('redFace.list', { unitId: banner.id, tab: 'cleared' })
    expect(list).toMatchObject({
      publicCount: 0,
      clearedCount: 1,
      rows: [{ reportId: id, consent: 'reporter' }],
    })
    await town.later(0)
    const entry = await town.as(null).get('redFace.get', { entryId: entryId() })
    expect(entry.ledger.map((row) => row.facts?.kind)).toEqual(['opened', 'published', 'cleared'])
    expect(entry.after).toHaveLength(1)
    expect((await town.report(id)).status).toBe('closed')
  })

  test('the ledger’s chain verifies, and each day’s head is anchored', async () => {
    await town.later(dayMs)
    const { chain, rows, anchors, headHash } = await town.as(null).get('ledger.list', { unitId: banner.id })
    expect(chain).toEqual({ id: banner.id, name: banner.name })
    const asRead = rows
      .reverse()
      .map(
        ({ salt, facts, ...row }) =>
          ({ ...row, opened: facts && salt ? { salt, facts } : null }) as CommittedRow,
      )
    expect(asRead.map((row) => row.opened?.facts.kind)).toEqual(['opened', 'published', 'cleared'])
    expect(asRead[2]?.hash).toBe(headHash)
    expect(anchors.length).toBeGreaterThanOrEqual(2)
    expect(verifyLedger(banner.id, asRead, anchors, sha256)).toEqual([])
    const bent = asRead.map((row) =>
      row.seq === 2 && row.opened
        ? { ...row, opened: { ...row.opened, facts: { ...row.opened.facts, text: '没有这回事' } } }
        : row,
    )
    expect(verifyLedger(banner.id, bent, anchors, sha256)).toEqual([{ seq: 2, flaw: 'not-as-committed' }])
  })

  test('its trace reads from the submission to the end, each line once', async () => {
    const { timeline } = await resident().get('report.get', { reportId: id })
    expect(timeline.map((event) => event.kind)).toEqual([
      'submitted',
      'routed',
      'accepted',
      'phone-revealed',
      'contacted',
      'contacted',
      'dispatched',
      'fix-claimed',
      'resolved',
      'rated',
      'rated',
      'reopened',
      'red-face-noticed',
      'red-face-published',
      'resolved',
      'rated',
      'red-face-cleared',
      'closed',
    ])
  })
})

describe('a report left alone', () => {
  test('is overdue by itself when the clock moves, on the list a day later, and every message comes once', async () => {
    const { reportId, acceptDueAt } = await town
      .as('neighbour')
      .submit({ place: { point: movePoint(inTheLane, 0, 300), words: '村西头' } })
    await town.later(acceptDueAt - town.now() + minuteMs)
    const seen = await town.as('neighbour').get('report.get', { reportId })
    expect(seen.isOverdue).toBe(true)
    const counts = await town.as('township-staff').get('queue.counts', { unitId: township.id })
    expect(counts.overdueCount).toBe(1)
    await town.later(24 * hourMs)
    const list = await town.as(null).get('redFace.list', { unitId: branch.id, tab: 'public' })
    expect(list.rows).toMatchObject([{ reportId, causes: ['accept-overdue'] }])
    const before = await town.documents('inbox_messages')
    const stored = await town.report(reportId)
    for (let run = 0; run < 3; run += 1) await town.later(0)
    await Promise.all([town.later(0), town.later(0)])
    expect(await town.documents('inbox_messages')).toEqual(before)
    expect(await town.report(reportId)).toEqual(stored)
    const told = await town.documents<Message>('inbox_messages', {
      reportId,
    })
    const names = told.map((message) => `${message.recipient} ${messageText(message).title}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
