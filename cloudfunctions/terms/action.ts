import type * as z from 'zod/mini'
import type { Refusal, Result } from '../ground/result'
import { type ActionLimits, ordinaryReading, ordinarySteps, type Reading } from './limits'

/** The terms of one action: what a caller may send and how often, and what is answered. A command writes, a query only reads. */
type Terms =
  | CommandTerms<z.ZodMiniType, z.ZodMiniType>
  | QueryTerms<z.ZodMiniType, z.ZodMiniType>
  | OpenTerms<z.ZodMiniType, z.ZodMiniType>

/** The terms of one command. */
export interface CommandTerms<I extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly kind: 'command'
  readonly input: I
  readonly output: O
  /** By what was sent: a danger to life counts by itself. */
  readonly limitsOf: (input: z.output<I>) => ActionLimits
}

/** The terms of one query. */
interface QueryTerms<I extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly kind: 'query'
  readonly input: I
  readonly output: O
  /** By what was sent: an action that answers for several may be needed for one of them. */
  readonly readingOf: (input: z.output<I>) => Reading
}

/** The terms of what may be done without having signed in: it may write, and is answered anew each time. */
interface OpenTerms<I extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly kind: 'open'
  readonly input: I
  readonly output: O
  readonly readingOf: (input: z.output<I>) => Reading
}

/** A room's contract: action → terms. */
export type Contract = Readonly<Record<string, Terms>>

/** The terms of a command; without limits of its own it may be sent as often as an ordinary step. */
export const command = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  input: I,
  output: O,
  limits: ActionLimits | ((input: z.output<I>) => ActionLimits) = ordinarySteps,
): CommandTerms<I, O> => ({
  kind: 'command',
  input,
  output,
  limitsOf: typeof limits === 'function' ? limits : () => limits,
})

/** The terms of a query; without a reading of its own it may be asked as often as an ordinary page. */
export const query = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  input: I,
  output: O,
  reading: Reading | ((input: z.output<I>) => Reading) = ordinaryReading,
): QueryTerms<I, O> => ({
  kind: 'query',
  input,
  output,
  readingOf: typeof reading === 'function' ? reading : () => reading,
})

/** The terms of what may be done without having signed in; it is counted like what is read, by address. */
export const open = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  input: I,
  output: O,
  reading: Reading,
): OpenTerms<I, O> => ({ kind: 'open', input, output, readingOf: () => reading })

/** What a caller may send; defaults are optional. */
export type Sent<C extends Contract, A extends keyof C> = z.input<C[A]['input']>
/** What arrives after validation. */
export type Parsed<C extends Contract, A extends keyof C> = z.output<C[A]['input']>
export type Answered<C extends Contract, A extends keyof C> = z.output<C[A]['output']>

/** Who calls and when, before it is looked up which seats they hold. */
export interface Asked {
  readonly accountId: string | null
  readonly now: number
}

/** A use case that starts to read while it is looked up who calls; nobody is told what it read before that is known. */
export interface ReadingAhead<Session, Input, Answer> {
  readonly readAhead: (asked: Asked, input: Input) => (session: Session) => Promise<Result<Answer>>
}

type UseCase<Session, Input, Answer> =
  | ((session: Session, input: Input) => Promise<Result<Answer>>)
  | ReadingAhead<Session, Input, Answer>

/** One use case for each action of a contract. */
export type RoutesOf<C extends Contract, Session> = {
  readonly [A in keyof C]: UseCase<Session, Parsed<C, A>, Answered<C, A>>
}

/** A room as it is served: what it agreed to, and the use case behind each action. */
export interface Room<C extends Contract, Session> {
  readonly contract: C
  readonly routes: RoutesOf<C, Session>
  /** What may be called by a receipt, in the matter it was printed for; absent: nothing. */
  readonly isForReceipts?: (action: string) => boolean
}

export type CommandOf<C extends Contract> = {
  [A in keyof C]: C[A]['kind'] extends 'command' ? A : never
}[keyof C]

/** What a call is answered. It always says the server's time: the client's clock may be wrong by a year. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T; readonly now: number }
  | { readonly ok: false; readonly error: Refusal; readonly now: number; readonly requestId: string }
