import { boundedMemory } from '../../../ground/bounded-memory'
import { type Bucket, costMs, latestFullAt, takeableAt } from '../../../ground/bucket'
import { hourMs, minuteMs } from '../../../ground/instant'
import type { Keyed } from '../../../ground/keyed'
import { ok, type Result, refuse } from '../../../ground/result'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { ActionLimits, Reading } from '../../../terms/limits'
import type { KeptBucket, Limits } from '../ports'
import { shareDrawer } from './draw-shares'
import { type Taken, tokenTaker } from './take-tokens'

/** How long one waits, as it is said: 几秒后, 3分钟后, 2小时后. */
export const waitText = (ms: number): string => {
  if (ms <= 10_000) return '几秒后'
  if (ms <= hourMs) return `${Math.ceil(ms / minuteMs)}分钟后`
  return `${Math.ceil(ms / hourMs)}小时后`
}

export const tooMany = (retryAt: number, now: number) => {
  const waitMs = retryAt - now
  const wait = waitText(waitMs)
  return refuse(
    'too-many',
    { retryAt },
    waitMs > 10 * minuteMs ? `这样的事做得太多了，请${wait}再试` : `点得太快了，请${wait}再试`,
  )
}

/** Who calls, as far as limits tell callers apart. */
interface Caller {
  /** Null for somebody who has not signed in. */
  readonly accountId: string | null
  /** Whence they call, where the platform knows it; what tells a household, or a school, from others. */
  readonly network: string
}

/** Who a caller is to an instance's memory. */
const readerOf = ({ accountId, network }: Caller): string =>
  accountId === null ? `network|${network}` : `account|${accountId}`

/** Who a caller is in the names of buckets: it says nothing to whoever has not the secret. */
export const readerName = (keyed: Keyed, caller: Caller): string =>
  keyed(`limit|${readerOf(caller)}`).slice(0, 32)

/** Accounts and networks that an instance remembers; whose share is forgotten has it anew. */
const mostRemembered = 10_000
/** As seldom as somebody takes a seat: until then whoever had none is held to what everybody may do. */
const seatKnownMs = minuteMs

/**
 * Refuses `too-many`, with the instant from which it may be tried again in `details.retryAt`, when somebody calls more
 * often than the contract allows; nothing is done then, and nothing was asked of the database.
 *
 * What writes takes a token from a bucket in the database, by one conditional step. What reads is counted by shares
 * (draw-shares.ts): for the account, or for the network of whoever has not signed in, and for all together.
 */
export const limitCalls = (ports: { readonly limits: Limits; readonly keyed: Keyed }) => {
  const { take, knownRefusal } = tokenTaker(ports.limits)
  const drawOwn = shareDrawer(take, mostRemembered)
  const drawCommon = shareDrawer(take, mostRemembered)
  const lookedUp = boundedMemory<KeptBucket['fullAt']>(mostRemembered)
  const seatSeen = boundedMemory<{ readonly hasSeat: boolean; readonly at: number }>(mostRemembered)

  /** For an answer that lies in this instance's memory: the instance alone counts it. */
  const mayLookUp = (action: string, { address }: Reading, caller: Caller, now: number): Result<null> => {
    const name = `${action} ${readerOf(caller)}`
    const fullAt = Math.max(lookedUp.get(name) ?? 0, now)
    if (fullAt > latestFullAt(address, 1, now)) return tooMany(takeableAt(address, 1, fullAt), now)
    lookedUp.keep(name, fullAt + costMs(address, 1))
    return ok(null)
  }

  /** For what must be read in the database. */
  const mayRead = async (
    action: string,
    { person, address, together, isNeededToAct }: Reading,
    caller: Caller,
    now: number,
  ): Promise<Result<null>> => {
    const isAnonymous = caller.accountId === null
    const reader = readerOf(caller)
    const own = await drawOwn(
      `${action} ${reader}`,
      () => `read:${action}:${readerName(ports.keyed, caller)}`,
      isAnonymous ? address : person,
      now,
    )
    if (own !== null) return tooMany(own, now)
    if (!isAnonymous && isNeededToAct) return ok(null)
    const common = await drawCommon(
      `${action} ${isAnonymous}`,
      () => `read:${action}`,
      isAnonymous ? { ...together, burst: together.burst / 2 } : together,
      now,
    )
    return common === null ? ok(null) : tooMany(common, now)
  }

  /**
   * For a command of somebody who has signed in. `hasSeat` is asked at once, and not at all where it is known already
   * that the answer would change nothing. A command sent again, because its answer was lost, counts once.
   */
  const mayDo = async (
    action: string,
    { group, resident, staff, isSameByInput }: ActionLimits,
    accountId: string,
    input: unknown,
    now: number,
    hasSeat: () => Promise<boolean>,
  ): Promise<Result<null>> => {
    const person = readerName(ports.keyed, { accountId, network: '' })
    const command =
      isSameByInput || (typeof input === 'object' && input !== null && 'commandId' in input)
        ? commandDigest(ports.keyed, accountId, action, input).slice(0, 16)
        : undefined
    const from = (name: string, bucket: Bucket): Taken => ({
      id: `${group}:${person}:${name}`,
      bucket,
      amount: 1,
      command,
    })
    const everybodys = from('everybody', resident)
    const staffs = from('staff', staff)

    const seen = seatSeen.get(person)
    const isKnown = seen !== undefined && now >= seen.at && now < seen.at + seatKnownMs
    if (isKnown) {
      const refusals = (seen.hasSeat ? [everybodys, staffs] : [everybodys]).map((one) =>
        knownRefusal(one, now),
      )
      if (refusals.every((at) => at !== null)) return tooMany(Math.min(...refusals), now)
    }

    const [first, other] = isKnown && seen.hasSeat ? [staffs, everybodys] : [everybodys, staffs]
    const [isSeated, firstRefusal] = await Promise.all([hasSeat(), take(first, now)])
    seatSeen.keep(person, { hasSeat: isSeated, at: now })
    if (firstRefusal === null && (isSeated || first === everybodys)) return ok(null)
    if (!isSeated && other === staffs) return tooMany(firstRefusal ?? now, now)
    const otherRefusal = await take(other, now)
    return otherRefusal === null
      ? ok(null)
      : tooMany(Math.min(otherRefusal, firstRefusal ?? otherRefusal), now)
  }

  return { mayLookUp, mayRead, mayDo }
}
