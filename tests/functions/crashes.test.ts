import { randomUUID } from 'node:crypto'
import { env } from 'node:process'
import { chineseCalendar } from '../../cloudfunctions/contexts/calendar/chinese-calendar'
import { isOnWorkingDay } from '../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import type { ClockRun } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { branch, otherBranch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

jest.setTimeout(1_200_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => town.cloud.faults.clear())

let placeNo = 0
/** So far from the others that none is taken for the same matter filed anew (K5: within 100 m). */
const aPlace = () => {
  placeNo += 1
  const metres = (step: number) => -420 + (step % 8) * 120
  const point = movePoint(inTheLane, metres(placeNo), metres(Math.floor(placeNo / 8)))
  return { point, words: `第${placeNo}号院` }
}
const submit = (person: string, place = aPlace()) =>
  town.as(person).submit({ place, categoryId: 'ordinary', photos: [] })
const support = (reportId: string) =>
  town.as('villager').get('report.support', { commandId: randomUUID(), reportId })

const inboxOf = async (person: string, unitId: string | undefined) => {
  const rows: OutputOf<'inbox.list'>['rows'][number][] = []
  for (let cursor: string | undefined; ; ) {
    const page = await town.as(person).get('inbox.list', { unitId, limit: 50, cursor })
    rows.push(...page.rows)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}

/** Everything that must be the same however often it was cut off: states, lines, parts, and who was told what. */
const outcomeOf = async (ids: readonly string[]) => {
  const nameOf = (id: string | undefined): string => (id === undefined ? '' : `report ${ids.indexOf(id)}`)
  const inboxes = await Promise.all(
    (
      [
        ['resident', undefined],
        ['neighbour', undefined],
        ['villager', undefined],
        ['secretary', branch.id],
        ['other-secretary', otherBranch.id],
        ['township-staff', township.id],
      ] as const
    ).map(async ([person, unitId]) => {
      const about = (await inboxOf(person, unitId)).filter(
        (row) => row.reportId !== null && ids.includes(row.reportId),
      )
      return [person, about.map((row) => `${nameOf(row.reportId ?? '')} ${row.title}`).sort()]
    }),
  )
  const reports = await Promise.all(
    ids.map(async (id) => {
      const report = await town.report(id)
      const partsOf = async (person: string) =>
        (await town.as(person).get('report.get', { reportId: id })).part
      return {
        status: report.status,
        answerableUnit: report.answerableUnit,
        isSorting: report.isSorting,
        parent: nameOf(report.parentReportId),
        children: report.childReportIds.map(nameOf),
        people: [report.coReporters.length, report.supporters.count],
        parts: [await partsOf('resident'), await partsOf('neighbour'), await partsOf('villager')],
        stints: report.stints.length,
        redFaces: report.redFaces.map((one) => one.causes.map((cause) => cause.cause)),
        kinds: report.timeline.map((event) => event.kind),
        outbox: report.outbox,
      }
    }),
  )
  return { inboxes, reports }
}

interface Step {
  readonly ids: readonly string[]
  /** The call as the client sends it, and sends it again when no answer comes. */
  readonly person: string
  readonly action: string
  readonly input: object
}

const onReport = async (reportId: string) => ({
  commandId: randomUUID(),
  reportId,
  rev: (await town.report(reportId)).rev,
})

const aFamily = async (): Promise<readonly [string, string]> => {
  const place = aPlace()
  const { reportId: parent } = await submit('resident', place)
  town.cloud.clock.step(minuteMs)
  const { reportId: child } = await submit('neighbour', place)
  await support(child)
  return [parent, child]
}

const steps: Readonly<Record<string, () => Promise<Step>>> = {
  'report.merge': async () => {
    const [parent, child] = await aFamily()
    return {
      ids: [parent, child],
      person: 'secretary',
      action: 'report.merge',
      input: { ...(await onReport(child)), parentReportId: parent },
    }
  },
  'report.unmerge': async () => {
    const [parent, child] = await aFamily()
    await town.as('secretary').step('report.merge', child, { parentReportId: parent })
    return {
      ids: [parent, child],
      person: 'neighbour',
      action: 'report.unmerge',
      input: await onReport(child),
    }
  },
  'report.agree': async () => {
    const [parent, child] = await aFamily()
    await town.as('secretary').step('report.merge', child, { parentReportId: parent })
    await town.as('neighbour').step('report.unmerge', child, {})
    await town.as('secretary').step('report.merge', child, { parentReportId: parent })
    return {
      ids: [parent, child],
      person: 'neighbour',
      action: 'report.agree',
      input: { ...(await onReport(child)), request: 'merge' },
    }
  },
  'report.transfer': async () => {
    const { reportId } = await submit('resident')
    await support(reportId)
    return {
      ids: [reportId],
      person: 'secretary',
      action: 'report.transfer',
      input: { ...(await onReport(reportId)), toUnitId: otherBranch.id, note: '在他们那边' },
    }
  },
  'report.withdraw': async () => {
    const { reportId } = await submit('resident')
    await support(reportId)
    return {
      ids: [reportId],
      person: 'resident',
      action: 'report.withdraw',
      input: { ...(await onReport(reportId)), reason: '搬走了' },
    }
  },
  'report.reassign': async () => {
    const { reportId } = await submit('resident')
    await support(reportId)
    return {
      ids: [reportId],
      person: 'township-staff',
      action: 'report.reassign',
      input: { ...(await onReport(reportId)), toUnitId: otherBranch.id, note: '归他们养护' },
    }
  },
}

/** Whether an answer came; without one the client knows nothing. */
const send = async ({ person, action, input }: Step): Promise<boolean> => {
  try {
    const answer = await town.as(person).send(action, input)
    if (!answer.ok) throw new Error(`${action}: ${answer.error.code}`)
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 'FUNCTIONS_EXECUTE_FAIL') return false
    throw error
  }
}

/** Of the database steps of one command each is struck by `npm run check:crashes`; otherwise every fifth. */
const stride = env.EVERY_CRASH ? 1 : 5

describe.each(Object.keys(steps).map((name, place) => [name, place] as const))('%s', (name, place) => {
  test('cut off after any of its database steps, twice over, and sent again, loses, doubles and sticks nothing', async () => {
    const prepare = steps[name] as () => Promise<Step>
    const calm = await prepare()
    expect(await send(calm)).toBe(true)
    await town.later(0)
    const wanted = await outcomeOf(calm.ids)

    let struck = 1
    // Some begin with the first, some with the second.
    let number = (place % stride) + 1 - stride
    while (struck > 0) {
      number += stride
      const step = await prepare()
      town.cloud.faults.add({ kind: 'crash', functionName: 'api', step: number, when: 'after', times: 2 })
      let isAnswered = false
      for (let tries = 0; tries < 3 && !isAnswered; tries += 1) isAnswered = await send(step)
      struck = town.cloud.faults.list()[0]?.struck ?? 0
      town.cloud.faults.clear()
      expect([number, isAnswered]).toEqual([number, true])
      await town.later(0)
      expect([number, await outcomeOf(step.ids)]).toEqual([number, wanted])
      expect(number).toBeLessThan(80)
    }
    expect(number).toBeGreaterThan(8)
  })
})

describe('the clock', () => {
  /** One of everything that the clock itself does within nine days. */
  const everything = async (): Promise<readonly string[]> => {
    const secretary = town.as('secretary')
    const left = await submit('resident')
    await support(left.reportId)
    const silent = await submit('resident')
    await support(silent.reportId)
    await secretary.step('report.accept', silent.reportId, {})
    await secretary.step('report.resolve', silent.reportId, { note: '修好了', remedy: 'lasting' })
    const waiting = await submit('neighbour')
    await secretary.step('report.accept', waiting.reportId, {})
    const untilAt = Math.floor(town.now()) + 3 * dayMs
    await secretary.step('report.suspend', waiting.reportId, { reason: '等料', plan: '三天后', untilAt })
    await town
      .as('township-staff')
      .step('report.ruleOn', waiting.reportId, { request: 'suspend', isGranted: true })
    const [parent, child] = await aFamily()
    await secretary.step('report.merge', child, { parentReportId: parent })
    await secretary.step('report.decline', parent, { reason: 'not-real', note: '没有' })
    await town.as('township-staff').step('report.ruleOn', parent, { request: 'decline', isGranted: true })
    const leaving = await submit('resident')
    await support(leaving.reportId)
    await town.as('resident').step('report.withdraw', leaving.reportId, { reason: '搬走了' })
    return [left.reportId, silent.reportId, waiting.reportId, parent, child, leaving.reportId]
  }
  const calendar = chineseCalendar()
  const hasOrdinaryWeeks = (monday: number): boolean =>
    Array.from({ length: 14 }, (_, day) => day).every(
      (day) => isOnWorkingDay(calendar, monday + day * dayMs) === day % 7 < 5,
    )
  /**
   * A Monday at ten before two weeks without a holiday, so that both sets meet the same working days; when the clock
   * of what was withdrawn before is kept no more (K5).
   */
  const nextOrdinaryMonday = async () => {
    const week = 7 * dayMs
    const pause = week + Math.ceil(defaultRuleBook.report.withdrawnClockKeptDays / 7) * week
    let monday = town.now() + pause - ((town.now() - Date.parse('2026-03-02T10:00:00+08:00')) % week)
    while (!hasOrdinaryWeeks(monday)) monday += week
    await town.later(monday - town.now())
  }

  test('cut off after every one of its steps in turn, comes to what it comes to in one run', async () => {
    await nextOrdinaryMonday()
    const calm = await everything()
    await town.later(9 * dayMs)
    const wanted = await outcomeOf(calm)
    await nextOrdinaryMonday()

    const ids = await everything()
    town.cloud.clock.step(9 * dayMs)
    let isThrough = false
    for (let number = 1; !isThrough && number < 400; number += 1) {
      for (let twice = 0; twice < 2 && !isThrough; twice += 1) {
        const fault = { kind: 'crash', functionName: 'clock', step: number, when: 'after' } as const
        town.cloud.faults.add(fault)
        const run = await town.cloud.runTimer('clock').catch(() => undefined)
        const wasStruck = (town.cloud.faults.list()[0]?.struck ?? 0) > 0
        isThrough = !wasStruck && (run?.value as ClockRun | undefined)?.isComplete === true
        town.cloud.faults.clear()
      }
    }
    expect(isThrough).toBe(true)
    await town.later(0)
    expect(await outcomeOf(ids)).toEqual(wanted)
    const run = (await town.cloud.runTimer('clock')).value as ClockRun
    expect([run.ledgerBroken, run.failures, run.caughtUp, run.settled]).toEqual([[], [], 0, 0])
    const rows = await town.documents<{ readonly eventKey: string }>('ledger')
    expect(new Set(rows.map((row) => row.eventKey)).size).toBe(rows.length)
  })
})
