import * as z from 'zod/mini'
import type { Session } from '../contexts/organisation/rules/session'
import { parseInput } from '../contract/parse-input'
import { ok, type Result } from '../ground/result'
import type { Asked, Contract, Room } from '../terms/action'
import type { ActionLimits } from '../terms/limits'

/** What a client sent, once it has been checked. */
interface CheckedCall {
  readonly input: unknown
  /** Starts what may be read before the session is known; whoever answers goes on from there. */
  readonly readAhead: (asked: Asked) => void
  readonly answer: (session: Session) => Promise<Result<unknown>>
}

/** One action as whoever serves it knows it, whichever room it belongs to. */
export interface ServedAction {
  readonly action: string
  readonly limits: ActionLimits | null
  readonly mostAnonymousAMinute: number
  /** Refuses `invalid-input`. */
  readonly check: (sent: unknown) => Result<CheckedCall>
}

/** A room's action of this name; undefined where it has none. */
export type FindsInRoom = (action: string) => ServedAction | undefined

/**
 * The actions of a room, each held to its own contract: the use case is handed what was checked, and what it answers
 * loses every field that the contract does not name.
 */
export const actionsOf = <C extends Contract>({ contract, routes }: Room<C, Session>): FindsInRoom => {
  const isItsAction = (action: string): action is keyof C & string => Object.hasOwn(contract, action)

  const served = <A extends keyof C & string>(action: A): ServedAction => {
    const terms: C[A] = contract[action]
    return {
      action,
      limits: terms.limits,
      mostAnonymousAMinute: terms.mostAnonymousAMinute,
      check: (sent) => {
        const checked = parseInput<C[A]['input']>(terms.input, sent)
        if (!checked.ok) return checked
        const input = checked.value
        const route = routes[action]
        let ahead: ((session: Session) => ReturnType<CheckedCall['answer']>) | undefined
        return ok({
          input,
          readAhead: (asked) => {
            if (typeof route !== 'function') ahead ??= route.readAhead(asked, input)
          },
          answer: async (session) => {
            const answered = await (typeof route === 'function'
              ? route(session, input)
              : (ahead ?? route.readAhead(session, input))(session))
            return answered.ok ? ok(z.parse(terms.output, answered.value)) : answered
          },
        })
      },
    }
  }

  return (action) => (isItsAction(action) ? served(action) : undefined)
}
