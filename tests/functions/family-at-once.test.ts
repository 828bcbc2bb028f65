import { randomUUID } from 'node:crypto'
import { env } from 'node:process'
import { figureProjectors } from '../../cloudfunctions/contexts/figures/projectors'
import { redFaceProjectors } from '../../cloudfunctions/contexts/red-face/projectors'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { settleReport } from '../../cloudfunctions/contexts/report/use-cases/settle-report'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

const settleOver = (ports: Ports) =>
  // The town's time, not this machine's: what arrives months later would lie above everything in the inbox.
  settleReport({
    ...ports,
    timeIn: (began) => began,
    projectors: { ...redFaceProjectors(ports), ...figureProjectors(ports) },
  })

jest.setTimeout(600_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

/** A place of its own in the community's cell, for reports that are no matter of the others'. */
let placeNo = 0
const aPlace = () => {
  placeNo += 1
  const point = movePoint(inTheLane, -450 + (placeNo % 10) * 90, -450 + Math.floor(placeNo / 10) * 60)
  return { point, words: `第${placeNo}号院` }
}

const aFamily = async (parents = 1) => {
  const place = aPlace()
  const submit = (person: string) => town.as(person).submit({ place, categoryId: 'ordinary', photos: [] })
  const ids: string[] = []
  for (const person of [...['resident', 'villager'].slice(0, parents), 'neighbour']) {
    ids.push((await submit(person)).reportId)
    town.cloud.clock.step(minuteMs)
  }
  return ids
}

/** A step with the revision that is there now; whether somebody was quicker does not matter. */
const tryStep = async (
  person: string,
  action: string,
  reportId: string,
  input: object = {},
): Promise<boolean> => {
  const { rev } = await town.report(reportId)
  const answer = await town.as(person).send(action, { commandId: randomUUID(), reportId, rev, ...input })
  if (!answer.ok)
    expect(['stale-rev', 'wrong-status', 'merge-target', 'has-children', 'no-request']).toContain(
      answer.error.code,
    )
  return answer.ok
}
const merge = (childId: string, parentReportId: string) =>
  tryStep('secretary', 'report.merge', childId, { parentReportId })

const clockTwice = async () => {
  await town.later(0)
  await town.later(0)
}

/** M5: whatever happened, parent and child say the same of each other, and nobody is left in a matter that is over. */
const expectSound = async (ids: readonly string[]) => {
  const reports = new Map<string, Report>()
  for (const id of ids) reports.set(id, await town.report(id))
  const people = (
    await Promise.all(ids.map((reportId) => town.documents<Participant>('participants', { reportId })))
  ).flat()
  for (const report of reports.values()) {
    expect(report.outbox).toEqual([])
    for (const childId of report.childReportIds) {
      expect(reports.get(childId)).toMatchObject({ status: 'merged', parentReportId: report.id })
    }
    const partOf = (key: string) => people.find((one) => one.reportId === report.id && one.key === key)?.part
    for (const { key } of report.coReporters) expect(partOf(key)).toBe('co-reporter')
    const named = new Set(report.coReporters.map((one) => one.key))
    const ofReport = people.filter((one) => one.reportId === report.id)
    const as = (part: Participant['part']) => ofReport.filter((one) => one.part === part)
    expect(as('co-reporter').filter((one) => !named.has(one.key))).toEqual([])
    expect([as('supporter').length, as('joining').length]).toEqual([report.supporters.count, 0])
    for (const { fromReportId } of as('supporter')) {
      if (fromReportId !== undefined) expect(report.childReportIds).toContain(fromReportId)
    }
    if (report.status !== 'merged') continue
    const parent = reports.get(report.parentReportId ?? '')
    expect(parent?.childReportIds).toContain(report.id)
    expect(['withdrawn', 'declined', 'merged']).not.toContain(parent?.status)
  }
  return ids.map((id) => reports.get(id) as Report)
}

/** Who is first is chance: so many families of each kind, twice as many as a proof of its own. */
const rounds = Array.from({ length: env.EVERY_CRASH ? 8 : 4 }, (_, at) => at)

/** Some families at a time: more would only wait for the machine. */
const inTurns = async <T>(families: readonly T[], work: (family: T) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < families.length; from += 3) {
    await Promise.all(families.slice(from, from + 3).map(work))
  }
}

describe('M5: merged while its parent', () => {
  test('is withdrawn: the child never ends inside it', async () => {
    const families = []
    for (const _round of rounds) families.push(await aFamily())
    await inTurns(families, ([parent = '', child = '']) =>
      Promise.all([merge(child, parent), tryStep('resident', 'report.withdraw', parent)]),
    )
    await clockTwice()
    for (const family of families) {
      const [parent, child] = await expectSound(family)
      // Either the withdrawal came first, or the neighbour has taken the resident's place.
      if (parent?.status === 'withdrawn') expect(child?.status).toBe('routed')
    }
  })

  test('is declined: the child never ends inside it', async () => {
    const families = []
    for (const _round of rounds) families.push(await aFamily())
    for (const [parent = ''] of families) {
      await tryStep('secretary', 'report.decline', parent, { reason: 'not-real', note: '看过没有' })
    }
    await inTurns(families, ([parent = '', child = '']) =>
      Promise.all([
        merge(child, parent),
        tryStep('township-staff', 'report.ruleOn', parent, { request: 'decline', isGranted: true }),
      ]),
    )
    await clockTwice()
    for (const family of families) {
      const [parent, child] = await expectSound(family)
      if (parent?.status === 'declined') expect(child?.status).toBe('routed')
    }
  })

  test('is merged itself into an earlier one: nobody is two floors down', async () => {
    const families = []
    for (const _round of rounds) families.push(await aFamily(2))
    await inTurns(families, ([first = '', parent = '', child = '']) =>
      Promise.all([merge(child, parent), merge(parent, first)]),
    )
    await clockTwice()
    for (const family of families) await expectSound(family)
  })

  test('is left again by its reporter: it is out, with everybody who came along', async () => {
    const families = []
    for (const _round of rounds) families.push(await aFamily())
    for (const [, child = ''] of families) {
      await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: child })
    }
    await inTurns(families, async ([parent = '', child = '']) => {
      const merging = merge(child, parent)
      // As soon as the child says that it is merged, and while the parent is still taking it in.
      for (let tries = 0; tries < 200; tries += 1) {
        if ((await town.report(child)).status === 'merged') break
      }
      await tryStep('neighbour', 'report.unmerge', child)
      await merging
    })
    await clockTwice()
    for (const family of families) {
      const [parent, child] = await expectSound(family)
      expect(child?.status).toBe('routed')
      expect(parent).toMatchObject({ childReportIds: [], coReporters: [], supporters: { count: 0 } })
      expect(child?.supporters.count).toBe(1)
    }
  })

  test('says farewell while it is merged somewhere else: the other family keeps it', async () => {
    const families = []
    for (const _round of rounds) families.push(await aFamily(2))
    for (const [, parent = '', child = ''] of families) await merge(child, parent)
    // The second parent is over; before the clock gives its children back the child goes, and goes to the first.
    await inTurns(families, async ([first = '', parent = '', child = '']) => {
      await tryStep('secretary', 'report.decline', parent, { reason: 'not-real', note: '看过没有' })
      await tryStep('township-staff', 'report.ruleOn', parent, { request: 'decline', isGranted: true })
      await tryStep('neighbour', 'report.unmerge', child)
      await merge(child, first)
    })
    await clockTwice()
    for (const family of families) {
      const [first, parent, child] = await expectSound(family)
      expect(child).toMatchObject({ status: 'merged', parentReportId: first?.id })
      expect(parent).toMatchObject({ status: 'declined', childReportIds: [] })
    }
  })
})

describe('M4, M5: taken out while a run takes it in that is cut off', () => {
  const cutOff = new Error('cut off')
  let ports: Ports
  beforeAll(() => {
    ports = cloudPorts(town.app)
  })

  /** The functions' own ports, with something that happens after each of their calls. */
  const followed = (afterEach: (call: string) => Promise<void>): Ports => {
    const follow = <T extends object>(repository: T): T =>
      new Proxy(repository, {
        get: (target, name) => {
          const call = target[name as keyof T] as (...input: unknown[]) => Promise<unknown>
          return async (...input: unknown[]) => {
            const answer = await call(...input)
            await afterEach(String(name))
            return answer
          }
        },
      })
    return { ...ports, reports: follow(ports.reports), participants: follow(ports.participants) }
  }
  const writes = ['add', 'setPart', 'replace', 'settleOutbox']

  /** Which step of a merge writes it, found by trying. */
  let writingStep = 1

  /** Merged, and cut off before the parent knows of it. */
  const aMergedFamily = async (isSecondTry = false): Promise<readonly [string, string]> => {
    const family = await aFamily()
    const [parent = '', child = ''] = family
    await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: child })
    for (; (await town.report(child)).status !== 'merged'; writingStep += 1) {
      const code = 'DATABASE_REQUEST_FAILED'
      town.cloud.faults.add({ kind: 'error', code, when: 'after', skip: writingStep, times: 1 })
      await merge(child, parent).catch(() => undefined)
      town.cloud.faults.clear()
    }
    writingStep -= 1
    if ((await town.report(parent)).childReportIds.length === 0) return [parent, child]
    // What an instance keeps for a minute is not asked again: with fewer calls before it the write came earlier.
    expect(isSecondTry).toBe(false)
    writingStep = 1
    return aMergedFamily(true)
  }

  /**
   * Takes it in; after some of the calls its reporter takes it out, and so many writes later the run is cut off.
   * Answers whether it came to both.
   */
  const takenOut = async (childId: string, afterCalls: number, writesLater: number) => {
    let calls = 0
    let written = 0
    let leaving: Promise<unknown> | undefined
    const settle = settleOver(
      followed(async (call) => {
        calls += 1
        if (calls < afterCalls) return
        if (calls > afterCalls && writes.includes(call)) written += 1
        const isLast = written === writesLater
        // Some calls are made side by side: whichever comes next waits until the reporter is out.
        leaving ??= tryStep('neighbour', 'report.unmerge', childId)
        await leaving
        if (isLast) throw cutOff
      }),
    )
    const isCutOff = await settle(await town.report(childId), town.now(), 'all').then(
      () => false,
      (error: unknown) => error === cutOff,
    )
    return { isTakenOut: calls >= afterCalls, isCutOff }
  }

  test('after whichever of its steps, the parent is left with nothing of it', async () => {
    // Each of them is tried by `npm run check:crashes`; otherwise every fifth.
    const stride = env.EVERY_CRASH ? 1 : 5
    let number = 0
    for (let afterCalls = 1, isTakenOut = true; isTakenOut; afterCalls += stride) {
      for (let writesLater = 0, isCutOff = true; isCutOff; writesLater += 1) {
        const [parentId, childId] = await aMergedFamily()
        ;({ isTakenOut, isCutOff } = await takenOut(childId, afterCalls, writesLater))
        await town.later(0)
        if (!isTakenOut) break
        number += 1
        const [parent, child] = [await town.report(parentId), await town.report(childId)]
        const at = [afterCalls, writesLater]
        expect([at, child.status, child.outbox, parent.outbox]).toEqual([at, 'routed', [], []])
        const { childReportIds, coReporters, supporters } = parent
        expect([at, childReportIds, coReporters, supporters.count]).toEqual([at, [], [], 0])
        const seen = await town.as('neighbour').get('report.get', { reportId: parentId })
        const mine = await town.as('neighbour').get('report.mine', {})
        expect([at, seen.part, seen.view]).toEqual([at, null, 'public'])
        expect(mine.rows.map((row) => row.id)).not.toContain(parentId)
      }
    }
    expect(number).toBeGreaterThan(15 / stride)
    // The merges that were cut off so that a run of the test's own takes them up.
    expect(town.complaints.splice(0).filter((one) => !one.includes('fails on purpose'))).toEqual([])
  })
})

test('M4, M5: given back, a child has its old clock with a working day left, and its people are told', async () => {
  const [parent = '', child = ''] = await aFamily()
  await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: child })
  await merge(child, parent)
  const { resolveDueAt } = (await town.report(child)).deadlines
  await town.later(2 * hourMs)
  await tryStep('secretary', 'report.decline', parent, { reason: 'not-real', note: '看过没有' })
  await tryStep('township-staff', 'report.ruleOn', parent, { request: 'decline', isGranted: true })
  await clockTwice()
  const [, after] = await expectSound([parent, child])
  expect(after?.status).toBe('routed')
  expect(after?.deadlines.resolveDueAt).toBeGreaterThanOrEqual(resolveDueAt)
  expect(after?.deadlines.resolveDueAt).toBeLessThanOrEqual(resolveDueAt + 24 * hourMs)
  for (const person of ['neighbour', 'villager']) {
    const { rows } = await town.as(person).get('inbox.list', { limit: 50 })
    expect(rows.find((row) => row.reportId === child)?.title).toBe('拆案')
  }
  // The declined matter's appeal is the resident's alone; the child is not bound to it.
  expect(
    await town.as('neighbour').refused('report.appeal', {
      commandId: randomUUID(),
      reportId: parent,
      rev: (await town.report(parent)).rev,
      reason: '不对',
    }),
  ).toBe('not-allowed')
})

describe('M5: a parent that ends gives its children back', () => {
  const declined = async (parent: string) => {
    await tryStep('secretary', 'report.decline', parent, { reason: 'not-real', note: '看过没有' })
    await tryStep('township-staff', 'report.ruleOn', parent, { request: 'decline', isGranted: true })
  }

  test('cut off half-way, nobody keeps a part in the matter that they are no more in', async () => {
    const [parent = '', child = ''] = await aFamily()
    await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: child })
    await merge(child, parent)
    await clockTwice()
    const joined = await town.documents<Participant & { _id: string }>('participants', { reportId: parent })
    expect(joined.map((one) => one.part).sort()).toEqual(['co-reporter', 'reporter', 'supporter'])
    const { merged } = await town.report(child)
    await declined(parent)
    await clockTwice()
    const { changedAt: at, ...own } = await town.report(child)
    // As if the clock had been ended between the release and the people's parts.
    for (const { _id, part, fromReportId } of joined)
      await town.meddle('participants', _id, { part, ...(fromReportId ? { fromReportId } : {}) })
    const left = {
      id: `${own.rev}.9`,
      at,
      kind: 'leave-parent',
      parentReportId: parent,
      mergingNo: merged?.no,
    }
    await town.meddle('reports', child, { outbox: [left], outboxAt: at })
    await clockTwice()
    await expectSound([parent, child])
  })

  test('as many at a time as hold up nobody else, until all have their own life', async () => {
    const place = aPlace()
    const ids: string[] = []
    for (let count = 0; count < 23; count += 1) {
      const person = count === 0 ? 'resident' : 'neighbour'
      ids.push((await town.as(person).submit({ place, categoryId: 'ordinary', photos: [] })).reportId)
      town.cloud.clock.step(1)
    }
    const [parent = '', ...children] = ids
    for (const child of children) expect(await merge(child, parent)).toBe(true)
    await declined(parent)
    const now = Math.floor(town.now())
    await settleOver(cloudPorts(town.app))(await town.report(parent), now, 'all')
    expect((await town.report(parent)).childReportIds).toHaveLength(2)
    await clockTwice()
    const [after, ...given] = await expectSound(ids)
    expect(after).toMatchObject({ status: 'declined', childReportIds: [], coReporters: [] })
    expect(given.every((child) => child.status === 'routed')).toBe(true)
  })
})
