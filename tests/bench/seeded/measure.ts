import type { AnsweredQuery, WrittenDocuments } from '../../../local/cloudbase'
import type { Question } from './asks'
import type { SeededCloud } from './cloud'

/** What one call asks of the database. */
export interface Counts {
  readonly calls: number
  /** Documents, and index entries that are counted without them. */
  readonly read: number
  readonly bytesRead: number
  readonly bytesAnswered: number
}

const nothing: Counts = { calls: 0, read: 0, bytesRead: 0, bytesAnswered: 0 }

/** Counts what is asked of a database between two looks. */
export const openCounter = () => {
  let counts = nothing
  return {
    onQuery: ({ cost, answeredBytes, found }: AnsweredQuery): void => {
      counts = {
        calls: counts.calls + 1,
        read: counts.read + (cost ? cost.documents + cost.entries : found),
        bytesRead: counts.bytesRead + (cost?.bytes ?? 0),
        bytesAnswered: counts.bytesAnswered + answeredBytes,
      }
    },
    onWrite: (_written: WrittenDocuments): void => {
      counts = { ...counts, calls: counts.calls + 1 }
    },
    take: (): Counts => {
      const taken = counts
      counts = nothing
      return taken
    },
  }
}

/** So long after the last call, in the cloud's time, the buckets of whoever calls have filled again as far as it took. */
const paceMs = 300
/** After it every bucket is full. */
const refillMs = 600_000

/** Asks once; who calls so often that they are told to wait waits, in the cloud's time. */
export const askOnce = async (
  cloud: SeededCloud,
  question: Question,
  no: number,
  begin: () => void = () => {},
): Promise<void> => {
  const { accountId, input } = await question.prepare(no)
  cloud.later(paceMs)
  begin()
  let answer = await cloud.send(accountId, question.action, input)
  if (!answer.ok && answer.error.code === 'too-many') {
    cloud.later(refillMs)
    await cloud.forgetLimits()
    begin()
    answer = await cloud.send(accountId, question.action, input)
  }
  if (answer.ok) return
  const { code, message } = answer.error
  throw new Error(`${question.name} as ${accountId}: ${code} ${message} ${JSON.stringify(input)}`)
}

/** The first call teaches an instance what it keeps for a while. */
export const countedAsks = 3

/** How often each question is timed unless told otherwise. */
export const usualRounds = 8

/** How often each step must wait to be taken: counted, timed after a round that warms up, and one that is looked at. */
export const copiesFor = (rounds: number): number => countedAsks + rounds + 2

/**
 * What each question asks of the database once an instance has served. Of several calls the one that asked least: in
 * another one the instance may have read anew what it keeps for a minute.
 */
export const countQuestions = async (
  cloud: SeededCloud,
  questions: readonly Question[],
  counter: ReturnType<typeof openCounter>,
): Promise<ReadonlyMap<string, Counts>> => {
  const counted = new Map<string, Counts>()
  for (const question of questions)
    for (let no = 0; no < countedAsks; no += 1) {
      await askOnce(cloud, question, no, counter.take)
      const counts = counter.take()
      const least = counted.get(question.name)
      if (no > 0 && (!least || counts.calls < least.calls)) counted.set(question.name, counts)
    }
  return counted
}

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/**
 * A unit's day grows until every group of kinds has had something on it, and no further: what is asked of so many days is
 * held to so many bytes, and not to what a place reads in which little has happened.
 */
const fillsUp: Readonly<Record<string, { readonly days: number; readonly dayBytes: number }>> = {
  'unit.days (branch)': { days: 31, dayBytes: 6_000 },
  'unit.days (region)': { days: 31, dayBytes: 6_000 },
}

/** How many bytes may be read at most for what fills up; undefined for what does not. */
export const mostBytesOf = (name: string): number | undefined => {
  const one = fillsUp[name]
  return one && one.days * one.dayBytes
}

/** By how much more is asked of the larger place; what is asked nowhere does not grow. */
export const growth = (small: number, large: number): number => Math.max(large, 1) / Math.max(small, 1)
