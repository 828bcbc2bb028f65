import { markInboxRead } from '../../../../cloudfunctions/contexts/notice/use-cases/mark-inbox-read'
import type { Session } from '../../../../cloudfunctions/contexts/organisation/rules/session'
import type { StaffRole } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { countQueue, listQueue } from '../../../../cloudfunctions/contexts/report/use-cases/list-queue'
import { hourMs } from '../../../../cloudfunctions/ground/instant'
import { aMembership, branch, mondayAt } from '../../../support/builders'
import { somePorts } from '../../../support/some-ports'

const sessionOf = (...roles: readonly StaffRole[]): Session => {
  const memberships = roles.map((role) => aMembership(branch, role))
  return { accountId: 'account', memberships, everyMembership: memberships, unitsAbove: [], now: mondayAt }
}

const refusalOf = (answer: { readonly ok: boolean }): string =>
  (answer as { readonly error?: { readonly code: string } }).error?.code ?? 'none'

describe('L3: the queue of a unit', () => {
  test.each<StaffRole>(['admin', 'counter', 'cooperative-staff'])(
    'is neither listed nor counted for its %s',
    async (role) => {
      const ports = somePorts({})
      const session = sessionOf(role)
      expect(refusalOf(await listQueue(ports)(session, { unitId: branch.id, tab: 'waiting' }))).toBe(
        'not-allowed',
      )
      expect(refusalOf(await countQueue(ports)(session, { unitId: branch.id }))).toBe('not-allowed')
    },
  )

  test('is for who works there, whatever other seat they have in the same unit', async () => {
    const ports = somePorts({
      reports: { rows: async () => ({ rows: [], nextCursor: null }), getMany: async () => [] },
      photos: { urls: async () => new Map() },
    })
    const answer = await listQueue(ports)(sessionOf('admin', 'secretary'), {
      unitId: branch.id,
      tab: 'waiting',
    })
    expect(answer).toEqual({ ok: true, value: { rows: [], nextCursor: null } })
  })
})

test.each([
  ['an hour ago', mondayAt - hourMs, mondayAt - hourMs],
  ['tomorrow', mondayAt + 24 * hourMs, mondayAt],
])('what is read until %s is read until then, and never beyond now', async (_when, untilAt, readUntil) => {
  const marked: number[] = []
  const ports = somePorts({
    inbox: {
      markRead: async (_accountId, _recipient, at) => {
        marked.push(at)
      },
      readUntil: async () => [readUntil],
      unreadCount: async (_recipient, afterAt) => (afterAt < mondayAt ? 1 : 0),
    },
  })
  await markInboxRead(ports)(sessionOf('secretary'), { untilAt })
  expect(marked).toEqual([readUntil])
})
