import { inboxRepository } from '../../../cloudfunctions/contexts/notice/store'
import { markInboxRead } from '../../../cloudfunctions/contexts/notice/use-cases/mark-inbox-read'
import { settleReport } from '../../../cloudfunctions/contexts/report/use-cases/settle-report'
import { minuteMs } from '../../../cloudfunctions/ground/instant'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { aReport, branch, take, wait } from '../../support/builders'
import { somePorts } from '../../support/some-ports'

test('what has been read stays read, whichever device says so last', async () => {
  const inbox = inboxRepository(openMemoryStore())
  await inbox.deliver([
    { id: 'm', recipient: 'account:a', reportId: null, parts: [], at: 100, arrivedAt: 100 },
  ])
  const nobody = { accountId: 'a', memberships: [], everyMembership: [], unitsAbove: [], now: 1000 }
  const read = (untilAt: number) => markInboxRead({ inbox })(nobody, { untilAt })
  expect(await read(50)).toMatchObject({ ok: true, value: { unreadCount: 1 } })
  expect(await read(200)).toMatchObject({ ok: true, value: { unreadCount: 0 } })
  expect(await read(50)).toMatchObject({ ok: true, value: { unreadCount: 0 } })
})

test('what the clock brings while somebody reads is new to them, however long ago its run began', async () => {
  const inbox = inboxRepository(openMemoryStore())
  const recipient = `unit:${branch.id}`
  const scope = { recipient, seatsIn: [] }
  const accepted = take(aReport(), 'accept')
  const late = wait({ ...accepted, outbox: [] }, accepted.deadlines.contactDueAt + minuteMs)
  const began = late.changedAt + minuteMs
  const readAt = began + 10_000
  // Ten seconds into the clock's run a step tells the unit something else, and it is read at once, as the client does it.
  await inbox.deliver([{ id: 'm', recipient, reportId: null, parts: [], at: readAt, arrivedAt: readAt }])
  await inbox.markRead('account', recipient, readAt)
  // Then the run comes to this report.
  const apart = {
    isApart: true as const,
    projectAll: async (_matter: unknown, entries: readonly unknown[]) => entries.map(() => null),
  }
  const ports = somePorts({
    inbox,
    timeIn: (since) => since + 20_000,
    reports: { get: async () => late, settleOutbox: async () => true },
    participants: {
      getMany: async () => [],
      ofReport: async () => ({ rows: [], nextCursor: null }),
      countedIn: async () => undefined,
    },
  })
  const projectors = { 'red-face': apart, ledger: apart, moved: apart, outcome: apart }
  await settleReport({ ...ports, projectors })(late, began, 'all')
  const [readUntil = 0] = await inbox.readUntil('account', [recipient])
  const { rows } = await inbox.list(scope, { limit: 20 })
  expect(rows.length).toBeGreaterThan(1)
  expect(await inbox.unreadCount(scope, readUntil)).toBe(rows.length - 1)
})
