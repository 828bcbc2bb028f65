import * as z from 'zod/mini'
import { limitCalls } from '../contexts/limits/shared/limit-calls'
import type { Session } from '../contexts/organisation/rules/session'
import { isActiveMembership, staffRoles } from '../contexts/organisation/rules/unit'
import { refuse } from '../ground/result'
import type { Cloud } from '../platform/cloudbase/database'
import { callerAccountId } from '../platform/cloudbase/identity'
import { DocumentsNotReady } from '../platform/cloudbase/shaped-store'
import type { Envelope } from '../terms/action'
import type { Ports } from './ports'
import type { ServedAction } from './served-action'

interface PlatformContext {
  readonly request_id?: string
  readonly requestId?: string
}

const envelope = z.object({ action: z.string(), input: z.optional(z.unknown()) })

/**
 * The handler of a function that clients call: identity, check, limits, one use case, answer. Refusals are values;
 * whatever is thrown is a bug: logged with action and request id (never the input), answered neutrally.
 */
export const serveCalls = (
  cloud: Cloud,
  ports: Pick<Ports, 'units' | 'limits' | 'keyed'>,
  find: (action: string) => Promise<ServedAction | undefined>,
) => {
  const limits = limitCalls(ports)

  return async (event: unknown, context: PlatformContext = {}): Promise<Envelope<unknown>> => {
    const accountId = callerAccountId(cloud)
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
    const { action, input } = asked.data
    try {
      const served = await find(action)
      if (!served) return refused(refuse('unknown-action').error)
      const call = served.check(input ?? {})
      if (!call.ok) return refused(call.error)
      const braked = await limits.brake(served, accountId, now)
      if (!braked.ok) return refused(braked.error)
      call.value.readAhead({ accountId, now })
      // A role that this version does not know is no seat.
      const everyMembership =
        accountId === null
          ? []
          : (await ports.units.membershipsOf(accountId)).filter((one) => staffRoles.includes(one.role))
      const memberships = everyMembership.filter((one) => isActiveMembership(one, now))
      const session: Session = { accountId, memberships, everyMembership, now }
      const counted = await limits.count(served, session, call.value.input)
      if (!counted.ok) return refused(counted.error)
      const answered = await call.value.answer(session)
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
