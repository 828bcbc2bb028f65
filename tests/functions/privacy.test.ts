import { randomUUID } from 'node:crypto'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, otherBranch, region, township } from '../support/builders'
import { aSubmissionInput, openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const secrets = {
  text: '王二家门口的泥坑',
  words: '红砖房旁边',
  phone: '13800000001',
  remark: '张书记没来过',
}

/** Everything the product answers to somebody about one report and its branch. */
const answersTo = async (person: string | null, reportId: string): Promise<string> => {
  const caller = town.as(person)
  const answers = [
    await caller.send('report.get', { reportId }),
    await caller.send('report.recent', { unitId: branch.id }),
    await caller.send('report.recent', { unitId: region.id }),
    await caller.send('report.nearby', { point: inTheLane, categoryId: 'lane-repair' }),
    await caller.send('redFace.list', { unitId: banner.id, tab: 'public' }),
    await caller.send('redFace.list', { unitId: banner.id, tab: 'cleared' }),
    await caller.send('redFace.get', { entryId: `${reportId}:1:${branch.id}` }),
    await caller.send('ledger.list', { unitId: branch.id }),
    await caller.send('unit.get', { unitId: branch.id }),
    await caller.send('unit.targets', { reportId }),
    await caller.send('inbox.list', {}),
  ]
  return JSON.stringify(answers)
}

describe('a report that has gone all the way to the list', () => {
  let reportId = ''
  let accountWords: readonly string[] = []
  beforeAll(async () => {
    const { text, words, phone, remark } = secrets
    ;({ reportId } = await town
      .as('resident')
      .submit({ text, phone, place: { point: { lng: 110.5213, lat: 40.5611 }, words } }))
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('report.resolve', reportId, {
      note: '垫平了',
      after: ['photo-of-secretary'],
      remedy: 'temporary',
    })
    await town.as('resident').step('report.rate', reportId, {
      contacted: false,
      solved: 'no',
      satisfaction: 'dissatisfied',
      remark,
    })
    await town.later(25 * hourMs)
    const [person] = await town.documents<{
      readonly accountId: string
      readonly key: string
      readonly reportId: string
    }>('participants', { reportId })
    accountWords = ['custom:resident', 'uid-resident', person?.key ?? 'no participant']
  })

  test.each([null, 'neighbour', 'other-secretary', 'handler'])(
    'tells %p neither who reported it nor the resident’s words, place or number',
    async (person) => {
      const told = await answersTo(person, reportId)
      expect(told).toContain(reportId)
      const { pseudonym } = await town.report(reportId)
      for (const secret of [...Object.values(secrets), ...accountWords, `"${pseudonym}"`, '110.5213']) {
        expect(told).not.toContain(secret)
      }
    },
  )

  test.each(['secretary', 'township-staff', 'banner-staff'])(
    'tells %s the words and a pseudonym, but not who it is and no number',
    async (person) => {
      const told = await answersTo(person, reportId)
      for (const secret of [secrets.text, secrets.words, secrets.remark]) expect(told).toContain(secret)
      for (const secret of [secrets.phone, ...accountWords]) expect(told).not.toContain(secret)
    },
  )

  test('gives the number only to the branch, and shows the resident that it was read', async () => {
    const { rev } = await town.report(reportId)
    const input = { commandId: randomUUID(), reportId, rev }
    for (const person of ['neighbour', 'other-secretary', 'handler', 'township-staff', 'resident']) {
      expect(await town.as(person).refused('report.revealPhone', input)).toBe('not-allowed')
    }
    const answer = await town.as('secretary').get('report.revealPhone', input)
    expect(answer.phone).toBe(secrets.phone)
    const seen = await town.as('resident').get('report.get', { reportId })
    expect(seen.timeline[seen.timeline.length - 1]).toMatchObject({
      kind: 'phone-revealed',
      text: `${branch.name}查看了上报人的电话`,
    })
    expect(
      (await town.as(null).get('report.get', { reportId })).timeline.map((event) => event.kind),
    ).not.toContain('phone-revealed')
  })

  test('keeps the account in the collection of participants alone', async () => {
    for (const collection of ['reports', 'red_face_entries', 'ledger', 'ledger_anchors', 'coverage_gaps']) {
      expect(JSON.stringify(await town.documents(collection))).not.toContain('custom:')
    }
    const people = await town.documents<{ readonly reportId: string; readonly phone: string | null }>(
      'participants',
      {
        reportId,
      },
    )
    expect(people.map((one) => one.phone)).toEqual([secrets.phone])
  })

  test('shows the public no photograph by the resident, only the evidence of the branch', async () => {
    const seen = await town.as(null).get('report.get', { reportId })
    expect(seen.photos).toEqual([])
    expect(seen.resolution?.after.map((photo) => photo.id)).toEqual(['photo-of-secretary'])
    expect(
      (await town.as('secretary').get('report.get', { reportId })).photos.map((photo) => photo.id),
    ).toEqual(['photo-of-resident'])
  })

  test('hides the branch’s figures until the banner publishes them', async () => {
    expect((await town.as(null).get('unit.get', { unitId: branch.id })).rates).toBeNull()
    expect((await town.as('other-secretary').get('unit.get', { unitId: branch.id })).rates).toBeNull()
    expect((await town.as('secretary').get('unit.get', { unitId: branch.id })).rates).not.toBeNull()
  })
})

describe('a complaint about the branch', () => {
  let reportId = ''
  beforeAll(async () => {
    const receipt = await town
      .as('resident')
      .submit({ categoryId: 'about-branch', text: '支部不理人', photos: [] })
    reportId = receipt.reportId
    expect(receipt.branchName).toBe(township.name)
  })

  const outsiders = ['secretary', 'grid-worker', 'other-secretary', 'handler', 'neighbour', null]

  test('does not exist for the branch, other branches and the public', async () => {
    for (const person of outsiders) {
      const told = await answersTo(person, reportId)
      expect(told).not.toContain(reportId)
      expect(told).not.toContain('支部不理人')
      expect(await town.as(person).refused('report.get', { reportId })).toBe('not-found')
    }
    const { rev } = await town.report(reportId)
    for (const person of outsiders.filter((one) => one !== null)) {
      const input = { commandId: randomUUID(), reportId }
      expect(await town.as(person).refused('report.accept', { ...input, rev })).toBe('not-found')
      expect(await town.as(person).refused('report.support', input)).toBe('not-found')
    }
  })

  test('reaches the level above, which can give it only to another committee', async () => {
    const { rows } = await town
      .as('township-staff')
      .get('queue.list', { unitId: township.id, tab: 'waiting' })
    expect(rows.map((row) => row.id)).toContain(reportId)
    const { branches } = await town.as('township-staff').get('unit.targets', { reportId })
    expect(branches.map((unit) => unit.id)).toEqual([banner.id])
    const { rev } = await town.report(reportId)
    for (const unit of [branch, otherBranch]) {
      const input = { commandId: randomUUID(), reportId, rev, toUnitId: unit.id, note: '转' }
      expect(await town.as('township-staff').refused('report.transfer', input)).toBe('confidential')
      expect(await town.as('banner-staff').refused('report.reassign', input)).toBe('unknown-unit')
    }
  })

  test('when it is returned, cannot be given to a branch by hand either', async () => {
    const returned = await town
      .as('township-staff')
      .step('report.return', reportId, { reason: 'needs-upper-level', note: '' })
    expect(returned.status).toBe('unrouted')
    const input = { commandId: randomUUID(), reportId, rev: returned.rev, note: '' }
    expect(await town.as('banner-staff').refused('report.route', { ...input, toUnitId: branch.id })).toBe(
      'unknown-unit',
    )
    const routed = await town
      .as('banner-staff')
      .step('report.route', reportId, { toUnitId: township.id, note: '' })
    expect(routed.status).toBe('routed')
  })

  test('never stands on a public list, however late it is', async () => {
    await town.later(40 * dayMs)
    expect((await town.report(reportId)).timeline.map((event) => event.kind)).toContain('overdue')
    expect(JSON.stringify(await town.documents('red_face_entries'))).not.toContain(reportId)
    expect(JSON.stringify(await town.documents('ledger'))).not.toContain(reportId)
    for (const person of outsiders) expect(await answersTo(person, reportId)).not.toContain(reportId)
    const { rows } = await town.as('banner-staff').get('inbox.list', { unitId: banner.id })
    expect(rows.filter((row) => row.reportId === reportId).map((row) => row.title)).toContain('受理已超期')
  })

  test('is told to the resident all the way', async () => {
    const seen = await town.as('resident').get('report.get', { reportId })
    expect(seen).toMatchObject({ view: 'parties', text: '支部不理人' })
  })
})

describe('H4: whom a complaint is about', () => {
  const complain = (accusedUnitId: string, categoryId: 'about-branch' | 'ordinary' = 'about-branch') => ({
    ...aSubmissionInput('resident', { categoryId, photos: [] }),
    accusedUnitId,
  })

  test('is who was named, and it goes above them: the township knows nothing of one about itself', async () => {
    const { reportId, branchName } = await town.as('resident').get('report.submit', complain(township.id))
    expect(branchName).toBe(banner.name)
    for (const person of ['township-staff', 'secretary', 'other-secretary', null])
      expect(await town.as(person).refused('report.get', { reportId })).toBe('not-found')
    const seen = await town.as('banner-staff').get('report.get', { reportId })
    expect(seen).toMatchObject({ view: 'staff', branch: { id: banner.id } })
    // No view names the accused, not even to those who look into it.
    expect(JSON.stringify(seen.timeline)).not.toContain(township.name)
  })

  test('is whatever lies in the banner, no partner, and is asked of nothing else', async () => {
    const { branchName } = await town.as('resident').get('report.submit', complain(otherBranch.id))
    expect(branchName).toBe(township.name)
    for (const input of [complain(housingBureau.id), complain('nobody'), complain(branch.id, 'ordinary')]) {
      expect(await town.as('resident').refused('report.submit', input)).toBe('unknown-unit')
    }
  })
})

describe('an entry frozen within its notice', () => {
  test('is never shown: not while the appeal runs, not when somebody joins, not after it is upheld', async () => {
    const { reportId } = await town.as('second-neighbour').submit({ categoryId: 'street-lamp' })
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('redFace.declare', reportId, { note: '意见最大' })
    await town.as('secretary').step('redFace.appeal', reportId, { reason: '灯归供电所' })
    await town.later(30 * hourMs)
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
    const isShown = async () => {
      const told = await Promise.all(
        (['public', 'cleared'] as const).map((tab) =>
          town.as(null).get('redFace.list', { unitId: region.id, tab }),
        ),
      )
      return JSON.stringify(told).includes(reportId)
    }
    const publicView = async () => {
      const seen = await town.as(null).get('report.get', { reportId })
      return { redFace: seen.redFace, kinds: seen.timeline.map((event) => event.kind) }
    }
    expect(await isShown()).toBe(false)
    expect((await publicView()).redFace).toBeNull()
    await town
      .as('township-staff')
      .step('report.ruleOn', reportId, { request: 'appeal-red-face', isGranted: true })
    await town.later(hourMs)
    expect(await isShown()).toBe(false)
    const { redFace, kinds } = await publicView()
    expect(redFace).toBeNull()
    expect(kinds.filter((kind) => kind.startsWith('red-face'))).toEqual([])
    expect(await town.as(null).refused('redFace.get', { entryId: `${reportId}:1:${branch.id}` })).toBe(
      'not-found',
    )
  })
})
