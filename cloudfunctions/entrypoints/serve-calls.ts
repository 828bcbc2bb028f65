import * as z from 'zod/mini'
import { limitCalls } from '../contexts/limits/shared/limit-calls'
import type { Session } from '../contexts/organisation/rules/session'
import { isActiveMembership, staffRoles } from '../contexts/organisation/rules/unit'
import { type Action, type Answer, contract, type OutputOf } from '../contract/contract'
import { limitsOf, mostAnonymousAMinute, mostReadsAMinute } from '../contract/limits'
import { isAction, parseInput } from '../contract/parse-input'
import { type Result, refuse } from '../ground/result'
import type { Cloud } from '../platform/cloudbase/database'
import { callerAccountId } from '../platform/cloudbase/identity'
import { DocumentsNotReady } from '../platform/cloudbase/shaped-store'
import type { RoutesOf } from '../terms/action'
import type { Ports } from './ports'

export type Routes<A extends Action> = Pick<RoutesOf<typeof contract, Session>, A>

interface PlatformContext {
  readonly request_id?: string
  readonly requestId?: string
}

const envelope = z.object({ action: z.string(), input: z.optional(z.unknown()) })

/**
 * The handler of a function that clients call: identity, check, limits, one use case, answer. Refusals are values;
 * whatever is thrown is a bug: logged with action and request id (never the input), answered neutrally.
 */
export const serveCalls = <A extends Action>(
  cloud: Cloud,
  ports: Pick<Ports, 'units' | 'limits' | 'keyed'>,
  routes: Routes<A>,
) => {
  const limits = limitCalls<Action>(ports, { limitsOf, mostReadsAMinute, mostAnonymousAMinute })

  return async (event: unknown, context: PlatformContext = {}): Promise<Answer> => {
    const accountId = callerAccountId(cloud)
    const now = Date.now()
    const requestId = context.request_id ?? context.requestId ?? ''
    const refused = (error: ReturnType<typeof refuse>['error']): Answer => ({
      ok: false,
      error,
      now,
      requestId,
    })

    const call = z.safeParse(envelope, event)
    const action = call.data?.action
    if (!isAction(action) || !Object.hasOwn(routes, action)) return refused(refuse('unknown-action').error)
    try {
      const input = parseInput(action, call.data?.input ?? {})
      if (!input.ok) return refused(input.error)
      const braked = await limits.brake(action, accountId, now)
      if (!braked.ok) return refused(braked.error)
      // A role that this version does not know is no seat.
      const everyMembership =
        accountId === null
          ? []
          : (await ports.units.membershipsOf(accountId)).filter((one) => staffRoles.includes(one.role))
      const memberships = everyMembership.filter((one) => isActiveMembership(one, now))
      const session: Session = { accountId, memberships, everyMembership, now }
      const counted = await limits.count(action, session, input.value)
      if (!counted.ok) return refused(counted.error)
      const route = routes[action as A] as (
        session: Session,
        input: unknown,
      ) => Promise<Result<OutputOf<Action>>>
      const result = await route(session, input.value)
      if (!result.ok) return refused(result.error)
      // Parsing what goes out drops every field the contract does not name.
      const value = z.parse(
        contract[action].output as unknown as z.ZodMiniType<OutputOf<Action>>,
        result.value,
      )
      return { ok: true, value, now }
    } catch (error) {
      if (error instanceof DocumentsNotReady) return refused(refuse('busy').error)
      console.error(
        JSON.stringify({ action, requestId, error: error instanceof Error ? error.stack : String(error) }),
      )
      return refused(refuse('internal').error)
    }
  }
}
