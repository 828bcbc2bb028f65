import type { Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { nextClockAt } from '../../cloudfunctions/contexts/report/rules/schedule'
import { runClock } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import type { ClockMemory, Failing } from '../../cloudfunctions/journal/clock-memory'
import { aMembership, aReport, branch, law, mondayAt, otherBranch } from '../support/builders'
import { somePorts } from '../support/some-ports'

/** What runs tell each other, while a test goes on. */
const aMemory = (): ClockMemory => {
  let failing: readonly Failing[] = []
  return {
    failing: async () => failing,
    keepFailing: async (now) => {
      failing = now
    },
    claim: async () => true,
    giveBack: async () => undefined,
  }
}

const nothingDue = { dueForClock: async () => [], withOutbox: async () => [] }

/** Reports with nothing in their outboxes, and a clock over them; every read of what is due is counted. */
const aTown = (...made: readonly Report[]) => {
  const reports = new Map(made.map((report) => [report.id, { ...report, outbox: [] } as Report]))
  const town = { reads: 0, failing: new Set<string>(), tries: 0, ended: [] as readonly Unit[] }
  const run = runClock(
    somePorts({
      deadlineMemory: aMemory(),
      outboxMemory: aMemory(),
      unitMemory: aMemory(),
      unitChanges: { dueForClock: async () => [], withOutbox: async () => [] },
      unitKeeping: {},
      grid: {},
      invitationDueMemory: aMemory(),
      invitationOutboxMemory: aMemory(),
      seatDueMemory: aMemory(),
      seatOutboxMemory: aMemory(),
      invitations: nothingDue,
      seats: nothingDue,
      reports: {
        getMany: async (ids) => ids.flatMap((id) => reports.get(id) ?? []),
        dueForClock: async (now, limit, passedOver) => {
          town.reads += 1
          if (town.reads > 12) throw new Error('the clock reads what is due again and again')
          return [...reports.values()]
            .filter((report) => report.nextClockAt !== null && report.nextClockAt <= now)
            .filter((report) => !passedOver.includes(report.id))
            .map(({ id }) => id)
            .slice(0, limit)
        },
        withOutbox: async () => [],
        replace: async (_before, after) => {
          if (town.failing.has(after.id)) {
            town.tries += 1
            throw new Error('the database is out')
          }
          reports.set(after.id, { ...after, outbox: [] })
          return true
        },
        list: async () => ({ rows: [], nextCursor: null }),
        countRunning: async () => 0,
        waitingSince: async () => null,
      },
      units: {
        ended: async () => town.ended,
        endedSince: async () => [],
        get: async () => otherBranch,
        membersOf: async () => [aMembership(otherBranch, 'secretary')],
        markWoundUp: async () => undefined,
      },
      calendars: {
        current: async () => law.calendar,
        progress: async () => undefined,
        saveProgress: async () => undefined,
      },
      redFaceEntries: { weighedBefore: async () => [] },
      ledger: { chains: async () => [], begunChainIds: async () => [] },
      figures: {
        changed: async () => [],
        monthsDue: async () => [],
        noteFolded: async () => true,
        sealedUntil: async () => undefined,
        firstMonth: async () => undefined,
        recountAlarm: async () => ({ told: [], found: [] }),
        recountProgress: async () => ({ on: '9999-12-31', part: 'done', cursor: null }),
      },
      limits: { dropFull: async () => 0 },
      photos: { giveUp: async () => 0, removeGivenUp: async () => 0 },
      signIns: { dropOver: async () => 0 },
      webSessions: { dropOver: async () => 0 },
    }),
  )
  return { town, run, report: (id: string) => reports.get(id) }
}

const late = (id: string): Report => aReport({ id })
const now = mondayAt + 10 * dayMs

describe('the clock', () => {
  test('does nothing once its time is over, says so, and goes on in the next run', async () => {
    const { run, report } = aTown(late('r1'), late('r2'))
    expect(await run(now, () => false)).toMatchObject({ caughtUp: 0, isComplete: false })
    expect(report('r1')?.redFaces).toEqual([])
    expect(await run(now, () => true)).toMatchObject({ caughtUp: 2, isComplete: true })
    expect(report('r1')?.redFaces).not.toEqual([])
  })

  test('is not through when its time ends within any part of the work', async () => {
    const runFor = async (turns: number) => {
      const { run, town } = aTown(late('r1'))
      town.ended = [{ ...branch, successorId: otherBranch.id, endsAt: mondayAt }]
      let asked = 0
      const { isComplete } = await run(now, () => {
        asked += 1
        return asked <= turns
      })
      return { isComplete, asked }
    }
    const { isComplete, asked } = await runFor(1000)
    expect(isComplete).toBe(true)
    for (let turns = 0; turns < asked; turns += 1)
      expect({ turns, isComplete: (await runFor(turns)).isComplete }).toEqual({ turns, isComplete: false })
  })

  test('sets the next look of a report anew that an older rule book had set, once and for all', async () => {
    const report = late('r1')
    const { town, run, report: of } = aTown({ ...report, nextClockAt: mondayAt })
    expect(await run(mondayAt + hourMs / 60, () => true)).toMatchObject({ caughtUp: 1, failures: [] })
    expect(of('r1')).toMatchObject({ rev: report.rev + 1, nextClockAt: nextClockAt(report, law) })
    expect(town.reads).toBeLessThan(5)
  })

  test('passes over a report whose turn fails: others have theirs, and it is tried once a run', async () => {
    const { town, run, report } = aTown(late('r1'), late('r2'), late('r3'))
    town.failing.add('r1')
    const first = await run(now, () => true)
    expect(first).toMatchObject({
      caughtUp: 2,
      failures: [{ id: 'r1', reason: 'the database is out' }],
    })
    expect(town.tries).toBe(1)
    expect(report('r3')?.redFaces).not.toEqual([])
    town.failing.clear()
    expect(await run(now, () => true)).toMatchObject({ caughtUp: 1, failures: [] })
  })
  test('passes over however many fail: who stands behind a thousand of them has their turn', async () => {
    const broken = Array.from({ length: 1200 }, (_, no) => late(`broken-${no}`))
    const { town, run, report } = aTown(...broken, late('behind'))
    for (const { id } of broken) town.failing.add(id)
    expect((await run(now, () => true)).failures).toHaveLength(1200)
    expect(report('behind')?.redFaces).not.toEqual([])
    expect(town.tries).toBe(1200)
  })
})
