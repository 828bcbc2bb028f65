import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import { memberRecipient } from '../../cloudfunctions/contexts/notice/rules/recipient'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import { actorIdOf } from '../../cloudfunctions/contexts/report/rules/participant-key'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { type MessageEntry, messageTo } from '../../cloudfunctions/contexts/report/use-cases/message-to'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { membersOf } from './personas'

const partsTold = { reporter: 'reporter', 'co-reporters': 'co-reporter', supporters: 'supporter' } as const

const recipientsOf = (
  { to, at }: MessageEntry,
  people: readonly Participant[],
  isMember: (accountId: string, memberId: string) => boolean,
): readonly string[] => {
  if (typeof to !== 'object' || 'personKey' in to)
    return people
      .filter((one) =>
        typeof to === 'object' ? one.key === to.personKey : one.part === partsTold[to] && one.joinedAt <= at,
      )
      .map((one) => `account:${one.accountId}`)
  const { unitId, memberId } = to
  if (memberId === undefined) return [`unit:${unitId}`]
  return membersOf(unitId).flatMap(({ accountId }) =>
    isMember(accountId, memberId) ? [memberRecipient(unitId, accountId)] : [],
  )
}

/**
 * The messages of the played reports, each in its inbox since the instant it tells of: the clock would deliver
 * ninety days of them now, all of them new.
 */
export const deliverMessages = (
  reports: readonly Report[],
  participants: readonly Participant[],
  keyed: Ports['keyed'],
): { readonly reports: readonly Report[]; readonly messages: readonly Message[] } => {
  const people = new Map<string, Participant[]>()
  for (const one of participants) people.set(one.reportId, [...(people.get(one.reportId) ?? []), one])
  const messagesOf = (report: Report): readonly Message[] =>
    report.outbox
      .filter((entry): entry is MessageEntry => entry.kind === 'message')
      .flatMap((entry) =>
        recipientsOf(
          entry,
          people.get(report.id) ?? [],
          (accountId, memberId) => actorIdOf(keyed, accountId, report.id) === memberId,
        ).map((recipient) => messageTo(keyed, report, entry, recipient, entry.at)),
      )
  return {
    reports: reports.map((report) => ({
      ...report,
      outbox: report.outbox.filter((entry) => entry.kind !== 'message'),
    })),
    messages: reports.flatMap(messagesOf),
  }
}
