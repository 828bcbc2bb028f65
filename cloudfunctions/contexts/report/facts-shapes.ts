import type { Stored } from '../../platform/cloudbase/shape'
import type { LedgerKind } from '../red-face/rules/ledger'
import type { Doer } from './rules/lines'
import type { MessagePart } from './rules/messages'
import type { EventFrame, Extension, OutboxEntry, Suspension } from './rules/report'
import type { LevelRequest } from './rules/request'
import type { NamingReport } from './supporter-shapes'

// What held sentences before facts were stored, as shapes 0 and 1 had it.

/** A line of the trace with what it said. */
export type SpokenEvent = EventFrame & { readonly text: string }

type Message = Extract<OutboxEntry, { readonly kind: 'message' }>
type Row = Extract<OutboxEntry, { readonly kind: 'ledger' }>
export type SpokenWork =
  | (Omit<Message, 'parts' | 'about'> & {
      readonly title: string
      readonly text: string
      readonly about?: string
    })
  | (Omit<Row, 'facts'> & { readonly entry: LedgerKind; readonly text: string })
  | Exclude<OutboxEntry, Message | Row>

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type SpokenRequest = Without<LevelRequest, 'by'> & { readonly byUnitName: string }
type Approved<T> = Omit<T, 'approvedBy'> & { readonly approvedByUnitName: string }
type Reasoned<T> = Omit<T, 'reasons'> & { readonly reasons: readonly string[] }

export type SpokenReport = Omit<
  NamingReport,
  'timeline' | 'outbox' | 'routing' | 'firstAnswer' | 'requests' | 'suspension' | 'extensions'
> & {
  readonly timeline: readonly SpokenEvent[]
  readonly outbox: readonly SpokenWork[]
  readonly routing: Reasoned<NamingReport['routing']>
  readonly firstAnswer: Reasoned<NamingReport['firstAnswer']>
  readonly requests: readonly SpokenRequest[]
  readonly suspension?: Approved<Suspension>
  readonly extensions: readonly Approved<Extension>[]
}

/** Who ruled or asked stood there by name, and whoever has none by what they were called. */
const doerOf = (name: string): Doer => {
  switch (name) {
    case '居民':
      return 'resident'
    case '系统':
      return 'system'
    case '全体上报人':
      return 'every-reporter'
    case '上级逾期未裁定，申诉自动成立':
      return 'time'
    default:
      return { unit: name }
  }
}

/** A message as it was written then. */
export const partsOf = (title: string, words: string, about: string | undefined): readonly MessagePart[] => [
  { template: 'as-written', fields: { title, words, ...(about === undefined ? {} : { about }) } },
]

const eventWithFacts = (event: SpokenEvent): object => {
  if (!('text' in event)) return event
  const { text, ...rest } = event
  return { ...rest, line: 'as-written', facts: { words: text } }
}

const workWithFacts = (work: SpokenWork): object => {
  if (!('text' in work)) return work
  if (work.kind === 'ledger') {
    const { text, ...rest } = work
    return { ...rest, facts: { words: text } }
  }
  const { title, text, about, ...rest } = work
  return { ...rest, parts: partsOf(title, text, about) }
}

const approvedBy = <T extends object>(one: T): object => {
  if (!('approvedByUnitName' in one)) return one
  const { approvedByUnitName, ...rest } = one
  return { ...rest, approvedBy: doerOf(String(approvedByUnitName)) }
}

const askedBy = (request: SpokenRequest): object => {
  if (!('byUnitName' in request)) return request
  const { byUnitName, ...rest } = request
  return { ...rest, by: doerOf(byUnitName) }
}

const withReasons = <T extends { readonly reasons: readonly unknown[] }>(one: T): object => ({
  ...one,
  reasons: one.reasons.map((reason) =>
    typeof reason === 'string' ? { why: 'as-written', words: reason } : reason,
  ),
})

/** Sentences stay as they were written, beside the facts of whatever is written from now on (docs/decisions/0041). */
export const toFacts = (document: Stored): Stored => {
  const { timeline, outbox, routing, firstAnswer, requests, suspension, extensions } =
    document as unknown as SpokenReport
  return {
    ...document,
    timeline: timeline.map(eventWithFacts),
    outbox: outbox.map(workWithFacts),
    routing: withReasons(routing),
    firstAnswer: withReasons(firstAnswer),
    requests: requests.map(askedBy),
    ...(suspension === undefined ? {} : { suspension: approvedBy(suspension) }),
    extensions: extensions.map(approvedBy),
  }
}
