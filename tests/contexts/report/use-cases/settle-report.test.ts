import { figureProjectors } from '../../../../cloudfunctions/contexts/figures/projectors'
import type { Message } from '../../../../cloudfunctions/contexts/notice/ports'
import type { RedFaceEntry } from '../../../../cloudfunctions/contexts/red-face/ports'
import { redFaceProjectors } from '../../../../cloudfunctions/contexts/red-face/projectors'
import type { Participant } from '../../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { settleReport } from '../../../../cloudfunctions/contexts/report/use-cases/settle-report'
import { dayMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aReport,
  bannerClerk,
  branch,
  farBranch,
  newWork,
  otherBranch,
  supportedBy,
  supporter,
  take,
  unitFacts,
  units,
  wait,
} from '../../../support/builders'
import { somePorts } from '../../../support/some-ports'

/** One report with its people, and everything that comes of settling it. */
const aTown = (report: Report, supporters: readonly Participant[]) => {
  let current = report
  const messages = new Map<string, Message>()
  const entries: RedFaceEntry[] = []
  const ports = somePorts({
    reports: {
      get: async () => current,
      settleOutbox: async (_report, outbox) => {
        current = { ...current, outbox }
        return true
      },
    },
    units: { getMany: async (ids) => units.filter((unit) => ids.includes(unit.id)) },
    participants: {
      getMany: async () => [],
      countedIn: async () => undefined,
      ofReport: async (_reportId, part, { limit, cursor }) => {
        const all = part === 'supporter' ? supporters : []
        const from = cursor === undefined ? 0 : Number(cursor)
        const end = from + limit
        return { rows: all.slice(from, end), nextCursor: end < all.length ? String(end) : null }
      },
    },
    inbox: {
      deliver: async (delivered) => {
        for (const message of delivered) messages.set(message.id, message)
      },
    },
    figures: {
      add: async () => undefined,
      contains: async () => true,
      row: async () => undefined,
      putRow: async () => undefined,
      touchMonth: async () => undefined,
    },
    redFaceEntries: {
      project: async (entry) => {
        entries.push(entry)
      },
    },
    ledger: {
      head: async () => undefined,
      eventsAmong: async (keys) => new Set(keys),
      settleSubject: async () => undefined,
      ofReport: async () => [],
    },
  })
  const projectors = { ...redFaceProjectors(ports), ...figureProjectors(ports) }
  const settle = settleReport({ ...ports, projectors })
  return { settle, messages, entries, report: () => current }
}

const aSupporter = (no: number, joinedAt: number): Participant => ({
  reportId: aReport().id,
  key: `key-${no}`,
  accountId: `account-${String(no).padStart(3, '0')}`,
  part: 'supporter',
  phone: null,
  joinedAt,
})

const accepted = take(supportedBy(aReport(), supporter), 'accept')
const acceptedWith = (people: readonly Participant[]): Report => ({
  ...accepted,
  supporters: { count: people.length, countedIn: [], heard: [] },
})

describe('telling many people', () => {
  test('A7: whoever joined before it happened is told of it, and who joined later is not', async () => {
    const people = [aSupporter(1, accepted.submittedAt), aSupporter(2, accepted.changedAt + minuteMs)]
    const named = acceptedWith(people)
    const { settle, messages } = aTown(named, people)
    await settle(named, accepted.changedAt + dayMs, 'all')
    const recipients = [...messages.values()].map((message) => message.recipient)
    expect(recipients.filter((one) => one.startsWith('account:'))).toEqual(['account:account-001'])
  })

  test('M3, M4: who came with a report that is in it no more is not told, whatever their row still says', async () => {
    const gone = { ...aSupporter(2, accepted.submittedAt), fromReportId: 'r-gone' }
    const people = [aSupporter(1, accepted.submittedAt), gone]
    const left = acceptedWith(people.slice(0, 1))
    const { settle, messages } = aTown(left, people)
    await settle(left, accepted.changedAt + dayMs, 'all')
    const recipients = [...messages.values()].map((message) => message.recipient)
    expect(recipients.filter((one) => one.startsWith('account:'))).toEqual(['account:account-001'])
  })

  test('A7: of more people than one run tells, the next runs tell the rest, each once', async () => {
    const people = Array.from({ length: 1450 }, (_one, no) => aSupporter(no, accepted.submittedAt))
    const { settle, messages, report } = aTown(acceptedWith(people), people)
    for (let runs = 0; runs < 10 && report().outbox.length > 0; runs += 1) {
      await settle(report(), accepted.changedAt + dayMs, 'all')
    }
    expect(report().outbox).toEqual([])
    const told = [...messages.values()].map((message) => message.recipient)
    expect(new Set(told.filter((one) => one.startsWith('account:'))).size).toBe(1450)
  })
})

test('A4: the entry of a unit that has ended keeps its name, lies in its heir’s area, and counts the days the heir has it', async () => {
  const late = wait(aReport(), aReport().deadlines.acceptDueAt)
  const ended = { id: branch.id, name: branch.name }
  const heir = unitFacts(otherBranch)
  const home = take(late, { kind: 'go-home', to: heir, gone: { unit: branch.name } })
  for (const report of [late, home]) {
    const inherited = take(report, { kind: 'inherit', heirs: [{ ended, heir }] })
    const { settle, entries } = aTown({ ...inherited, outbox: newWork(report, inherited) }, [])
    await settle({ ...inherited, outbox: newWork(report, inherited) }, inherited.changedAt, 'all')
    expect(entries).toMatchObject([
      {
        unitId: branch.id,
        unitName: branch.name,
        heir: { id: otherBranch.id, name: otherBranch.name },
        unitPath: otherBranch.path,
        heldUntilAt: null,
      },
    ])
  }
})

describe('A4: the entry of a unit that has passed the report on', () => {
  const late = wait(aReport(), aReport().deadlines.acceptDueAt)
  const movedAt = late.changedAt + 3 * dayMs
  const moved = take(
    late,
    { kind: 'reassign', to: unitFacts(farBranch), note: '' },
    { by: bannerClerk, now: movedAt },
  )

  test('counts its days up to the hand-over, and none while the unit still has it', async () => {
    for (const [report, heldUntilAt] of [
      [late, null],
      [moved, movedAt],
    ] as const) {
      const { settle, entries } = aTown(report, [])
      await settle(report, report.changedAt + dayMs, 'all')
      expect(new Set(entries.map((entry) => entry.heldUntilAt))).toEqual(new Set([heldUntilAt]))
    }
  })

  test('is shown anew by the hand-over itself', async () => {
    const { settle, entries } = aTown(moved, [])
    const ofHandOver = { ...moved, outbox: newWork(wait(late, movedAt), moved) }
    await settle(ofHandOver, moved.changedAt, 'all')
    expect(entries).toMatchObject([{ unitId: branch.id, heldUntilAt: movedAt }])
  })

  test('names the unit its causes belong to, whoever has the report now', async () => {
    const { settle, entries } = aTown(moved, [])
    await settle(moved, moved.changedAt + dayMs, 'all')
    expect(moved.answerableUnit.name).toBe(farBranch.name)
    expect(entries.length).toBeGreaterThan(0)
    for (const entry of entries) {
      expect(entry).toMatchObject({ unitId: branch.id, unitName: branch.name, unitPath: branch.path })
    }
  })
})
