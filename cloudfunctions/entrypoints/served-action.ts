import * as z from 'zod/mini'
import type { Session } from '../contexts/organisation/rules/session'
import { parseInput } from '../contract/parse-input'
import { ok, type Result } from '../ground/result'
import type { Asked, Contract, Room } from '../terms/action'
import type { ActionLimits, Reading } from '../terms/limits'

/** What a client sent, once it has been checked, and how often the contract allows it. */
export type CheckedCall = {
  readonly input: unknown
  /** Starts what may be read before the session is known; whoever answers goes on from there. */
  readonly readAhead: (asked: Asked) => void
  readonly answer: (session: Session) => Promise<Result<unknown>>
} & (
  | { readonly kind: 'command'; readonly limits: ActionLimits }
  | { readonly kind: 'query' | 'open'; readonly reading: Reading }
)

/** One action as whoever serves it knows it, whichever room it belongs to. */
export interface ServedAction {
  readonly action: string
  /** May be called by a receipt, in the matter it was printed for. */
  readonly isForReceipts: boolean
  /** Refuses `invalid-input`. */
  readonly check: (sent: unknown) => Result<CheckedCall>
}

/** A room's action of this name; undefined where it has none. */
export type FindsInRoom = (action: string) => ServedAction | undefined

/**
 * The actions of a room, each held to its own contract: the use case is handed what was checked, and what it answers
 * loses every field that the contract does not name.
 */
export const actionsOf = <C extends Contract>({
  contract,
  routes,
  isForReceipts,
}: Room<C, Session>): FindsInRoom => {
  const isItsAction = (action: string): action is keyof C & string => Object.hasOwn(contract, action)

  const served = <A extends keyof C & string>(action: A): ServedAction => {
    const terms: C[A] = contract[action]
    return {
      action,
      isForReceipts: isForReceipts?.(action) ?? false,
      check: (sent) => {
        const checked = parseInput<C[A]['input']>(terms.input, sent)
        if (!checked.ok) return checked
        const input = checked.value
        const route = routes[action]
        let ahead: ((session: Session) => Promise<Result<unknown>>) | undefined
        const readAhead = (asked: Asked): void => {
          if (typeof route !== 'function') ahead ??= route.readAhead(asked, input)
        }
        const answer = async (session: Session) => {
          const answered = await (typeof route === 'function'
            ? route(session, input)
            : (ahead ?? route.readAhead(session, input))(session))
          return answered.ok ? ok(z.parse(terms.output, answered.value)) : answered
        }
        return ok(
          terms.kind === 'command'
            ? { kind: 'command', limits: terms.limitsOf(input), input, readAhead, answer }
            : { kind: terms.kind, reading: terms.readingOf(input), input, readAhead, answer },
        )
      },
    }
  }

  return (action) => (isItsAction(action) ? served(action) : undefined)
}
