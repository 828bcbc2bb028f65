import { hourMs, minuteMs, startOfChinaWindow } from '../../../ground/instant'
import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import { commandDigest } from '../../../journal/rules/command-digest'
import { type ActionLimits, type Limit, mostReadsAMinute } from '../../../terms/limits'
import type { Session } from '../../organisation/rules/session'
import type { Limits } from '../ports'

/** So many anonymous calls an instance allows a minute, and takes from the common allowance at a time. */
const share = 30

const tooMany = (retryAt: number, now: number) => {
  const waitMs = retryAt - now
  if (waitMs > hourMs) return refuse('too-many', { retryAt }, '今天做的次数太多了，请明天再来')
  if (waitMs > 10 * minuteMs) return refuse('too-many', { retryAt }, '操作太频繁，请过一小时再试')
  return refuse('too-many', { retryAt })
}

/** An action as far as it is limited: the contract of its room says how often it may be asked. */
interface Limited {
  readonly action: string
  readonly limits: ActionLimits | null
  readonly mostAnonymousAMinute: number
}

interface AnonymousCalls {
  count: number
  allowed: number
  isClosed: boolean
}

/**
 * Refuses `too-many`, with the instant from which it may be tried again in `details.retryAt`, when somebody calls
 * more often than the contract's limits allow; nothing is done then.
 *
 * Reads are counted in this instance's memory, because counting each in the database would cost as much as the
 * read itself: a person's as far as this instance sees them; those of all who have not signed in by shares of a
 * common allowance, two calls to the database at most for thirty reads. What writes is counted in the database,
 * one call for each window of its limits, two for the first call in a window.
 */
export const limitCalls = (ports: { readonly limits: Limits; readonly keyed: Keyed }) => {
  let minuteStartAt = 0
  const ofAccount = new Map<string, number>()
  const anonymous = new Map<string, AnonymousCalls>()

  /** The instant at which the limit can be tried again; null when it is not reached. */
  const take = async (
    key: string,
    { most, windowMs }: Limit,
    amount: number,
    now: number,
    command?: string,
  ) => {
    const startAt = startOfChinaWindow(now, windowMs)
    const endsAt = startAt + windowMs
    const id = `${key}:${startAt}:${windowMs}`
    const isTaken = await ports.limits.take({ id, most, amount, endsAt, command })
    return isTaken ? null : endsAt
  }

  const anonymousMayCall = async (
    { action, mostAnonymousAMinute: most }: Limited,
    now: number,
  ): Promise<boolean> => {
    const calls = anonymous.get(action) ?? { count: 0, allowed: share, isClosed: false }
    anonymous.set(action, calls)
    if (calls.isClosed) return false
    calls.count += 1
    if (calls.count <= calls.allowed) return true
    calls.allowed += share
    calls.isClosed = (await take(`${action}:anonymous`, { most, windowMs: minuteMs }, share, now)) !== null
    return !calls.isClosed
  }

  /** Asked before anything is read for a call. */
  const brake = async (asked: Limited, accountId: string | null, now: number): Promise<Result<null>> => {
    const startAt = startOfChinaWindow(now, minuteMs)
    if (startAt !== minuteStartAt) {
      minuteStartAt = startAt
      ofAccount.clear()
      anonymous.clear()
    }
    if (accountId === null)
      return (await anonymousMayCall(asked, now)) ? ok(null) : tooMany(startAt + minuteMs, now)
    const count = (ofAccount.get(accountId) ?? 0) + 1
    ofAccount.set(accountId, count)
    return count > mostReadsAMinute ? tooMany(startAt + minuteMs, now) : ok(null)
  }

  /**
   * Asked once it is known who calls and whether they work for somebody. A command sent again, because its answer was
   * lost, is the same command and counts once in a window.
   */
  const count = async (
    { action, limits }: Limited,
    { accountId, memberships, now }: Session,
    input: unknown,
  ): Promise<Result<null>> => {
    if (accountId === null || limits === null) return ok(null)
    const person = ports.keyed(`limit|${accountId}`).slice(0, 32)
    const command =
      typeof input === 'object' && input !== null && 'commandId' in input
        ? commandDigest(ports.keyed, accountId, action, input).slice(0, 16)
        : undefined
    const retryAts = await Promise.all(
      (memberships.length > 0 ? limits.staff : limits.resident).map((limit) =>
        take(`${limits.group}:${person}`, limit, 1, now, command),
      ),
    )
    const retryAt = Math.max(...retryAts.map((at) => at ?? 0))
    return retryAt === 0 ? ok(null) : tooMany(retryAt, now)
  }

  return { brake, count }
}
