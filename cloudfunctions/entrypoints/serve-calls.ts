import * as z from 'zod/mini'
import { limitCalls } from '../contexts/limits/shared/limit-calls'
import { sharedAnswers } from '../contexts/limits/shared/shared-answers'
import { begunSeats, type Session } from '../contexts/organisation/rules/session'
import { isActiveMembership, type Membership, staffRoles } from '../contexts/organisation/rules/unit'
import { unitsAboveSeats } from '../contexts/organisation/shared/units-above-seats'
import type { receiptReader } from '../contexts/report/shared/receipt-reader'
import { accountOfWebSession, webSessionIdOf } from '../contexts/sign-in/shared/account-of'
import { type Result, refuse } from '../ground/result'
import type { Cloud } from '../platform/cloudbase/database'
import { callerAccountId, callerNetwork } from '../platform/cloudbase/identity'
import { DocumentsNotReady } from '../platform/cloudbase/shaped-store'
import type { Envelope } from '../terms/action'
import type { Ports } from './ports'
import type { CheckedCall, ServedAction } from './served-action'

interface PlatformContext {
  readonly request_id?: string
  readonly requestId?: string
}

/** Who has signed in, and on which computer, if on one. */
interface Known {
  readonly accountId: string
  readonly webSessionId: string | undefined
  readonly now: number
}

const envelope = z.object({
  action: z.string(),
  input: z.optional(z.unknown()),
  /** Number and code of a receipt, for whoever has no account or speaks for nobody else. */
  receipt: z.optional(z.unknown()),
})

/** Which reports an action is about. */
const reportIn = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'reportId' in input ? input.reportId : undefined

/**
 * The handler of a function that clients call: identity, check, limits, one use case, answer. Refusals are values;
 * whatever is thrown is a bug: logged with action and request id (never the input), answered neutrally.
 */
export const serveCalls = (
  cloud: Cloud,
  ports: Pick<Ports, 'units' | 'limits' | 'keyed' | 'webSessions'>,
  find: (action: string) => Promise<ServedAction | undefined>,
  /** Where something may be done by a receipt. */
  readReceipt?: ReturnType<typeof receiptReader>,
) => {
  const limits = limitCalls(ports)
  const shared = sharedAnswers()

  /** Everything that has not signed in is answered by what was asked and nothing else: a command by nothing at all. */
  const answerAnyone = async (
    { action }: ServedAction,
    call: CheckedCall,
    network: string,
    now: number,
  ): Promise<Result<unknown>> => {
    // No bucket is theirs for what they may not do: nothing is read for it.
    if (call.kind === 'command') return refuse('sign-in-required')
    const session: Session = { accountId: null, memberships: [], everyMembership: [], unitsAbove: [], now }
    const caller = { accountId: null, network }
    if (call.kind === 'open') {
      const admitted = await limits.mayRead(action, call.reading, caller, now)
      return admitted.ok ? call.answer(session) : admitted
    }
    const key = shared.keyOf(action, call.input)
    const known = shared.find(key, call.reading.sharedMs, now)
    const admitted = known
      ? limits.mayLookUp(action, call.reading, caller, now)
      : await limits.mayRead(action, call.reading, caller, now)
    if (!admitted.ok) return admitted
    if (known) return known
    const state = shared.state()
    const answered = await call.answer(session)
    shared.keep(key, answered, now, state)
    return answered
  }

  const answerAccount = async (
    { action }: ServedAction,
    call: CheckedCall,
    { accountId, webSessionId, now }: Known,
  ): Promise<Result<unknown>> => {
    let asked: Promise<readonly Membership[]> | undefined
    const seatsEver = () => {
      if (asked) return asked
      call.readAhead({ accountId, now })
      asked = ports.units
        .membershipsOf(accountId)
        // A role that this version does not know is no seat.
        .then((all) => all.filter((one) => staffRoles.includes(one.role)))
      return asked
    }
    const seats = async () => (await seatsEver()).filter((one) => isActiveMembership(one, now))
    const admitted =
      call.kind !== 'command'
        ? await limits.mayRead(action, call.reading, { accountId, network: '' }, now)
        : await limits.mayDo(
            action,
            call.limits,
            accountId,
            call.input,
            now,
            async () => (await seats()).length > 0,
          )
    if (!admitted.ok) return admitted
    const answered = await call.answer({
      accountId,
      memberships: await seats(),
      everyMembership: await seatsEver(),
      unitsAbove: await unitsAboveSeats(ports.units, begunSeats(await seatsEver(), now)),
      ...(webSessionId === undefined ? {} : { webSessionId }),
      now,
    })
    if (call.kind === 'command' && answered.ok) shared.forgetAll()
    return answered
  }

  /** Whoever shows a receipt is answered as whom it was printed for, in that matter alone, and as nobody else. */
  const answerReceipt = async (
    { action, isForReceipts }: ServedAction,
    call: CheckedCall,
    sent: unknown,
    asker: { readonly accountId: string | null; readonly network: string },
    now: number,
  ): Promise<Result<unknown>> => {
    if (!isForReceipts || !readReceipt) return refuse('not-allowed')
    const read = await readReceipt(sent, asker, now)
    if (!read.ok) return read
    const { accountId, receipt } = read.value
    const reportId = reportIn(call.input)
    if (reportId !== undefined && reportId !== receipt.reportId && reportId !== receipt.parentReportId)
      return refuse('not-found')
    const admitted =
      call.kind === 'command'
        ? await limits.mayDo(action, call.limits, accountId, call.input, now, async () => false)
        : await limits.mayRead(action, call.reading, { accountId, network: '' }, now)
    if (!admitted.ok) return admitted
    const answered = await call.answer({
      accountId,
      memberships: [],
      everyMembership: [],
      unitsAbove: [],
      receipt,
      now,
    })
    if (call.kind === 'command' && answered.ok) shared.forgetAll()
    return answered
  }

  return async (event: unknown, context: PlatformContext = {}): Promise<Envelope<unknown>> => {
    const callerId = callerAccountId(cloud)
    const network = callerNetwork(cloud)
    const now = Date.now()
    const requestId = context.request_id ?? context.requestId ?? ''
    const refused = (error: ReturnType<typeof refuse>['error']): Envelope<never> => ({
      ok: false,
      error,
      now,
      requestId,
    })

    const asked = z.safeParse(envelope, event)
    if (!asked.success) return refused(refuse('unknown-action').error)
    const { action, input, receipt } = asked.data
    try {
      const served = await find(action)
      if (!served) return refused(refuse('unknown-action').error)
      const call = served.check(input ?? {})
      if (!call.ok) return refused(call.error)
      const webSessionId = webSessionIdOf(callerId)
      const accountId =
        webSessionId === undefined
          ? callerId
          : await accountOfWebSession(ports.webSessions, webSessionId, now)
      if (accountId === undefined) return refused(refuse('session-ended').error)
      const answered =
        receipt !== undefined
          ? await answerReceipt(served, call.value, receipt, { accountId, network }, now)
          : accountId === null
            ? await answerAnyone(served, call.value, network, now)
            : await answerAccount(served, call.value, { accountId, webSessionId, now })
      return answered.ok ? { ok: true, value: answered.value, now } : refused(answered.error)
    } catch (error) {
      if (error instanceof DocumentsNotReady) return refused(refuse('busy').error)
      console.error(
        JSON.stringify({ action, requestId, error: error instanceof Error ? error.stack : String(error) }),
      )
      return refused(refuse('internal').error)
    }
  }
}
