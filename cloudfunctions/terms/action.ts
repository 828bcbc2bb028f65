import type * as z from 'zod/mini'
import type { Result } from '../ground/result'

/** The terms of one action: what a caller may send, and what is answered. A command does something, a query only tells. */
interface Terms {
  readonly kind: 'command' | 'query'
  readonly input: z.ZodMiniType
  readonly output: z.ZodMiniType
}

/** A room's contract: action → terms. */
export type Contract = Readonly<Record<string, Terms>>

export const command = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) => ({
  kind: 'command' as const,
  input,
  output,
})

export const query = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) => ({
  kind: 'query' as const,
  input,
  output,
})

/** What a caller may send; defaults are optional. */
export type Sent<C extends Contract, A extends keyof C> = z.input<C[A]['input']>
/** What arrives after validation. */
export type Parsed<C extends Contract, A extends keyof C> = z.output<C[A]['input']>
export type Answered<C extends Contract, A extends keyof C> = z.output<C[A]['output']>

/** One use case for each action of a contract. */
export type RoutesOf<C extends Contract, Session> = {
  readonly [A in keyof C]: (session: Session, input: Parsed<C, A>) => Promise<Result<Answered<C, A>>>
}

export type CommandOf<C extends Contract> = {
  [A in keyof C]: C[A]['kind'] extends 'command' ? A : never
}[keyof C]
