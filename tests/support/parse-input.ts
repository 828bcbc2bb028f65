import type * as z from 'zod/mini'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { parseInput as parseInputBy } from '../../cloudfunctions/contract/parse-input'
import type { Result } from '../../cloudfunctions/ground/result'
import type { Parsed } from '../../cloudfunctions/terms/action'

/** What a client sent, checked as the action's own room does. */
export const parseInput = <A extends Action>(action: A, input: unknown): Result<Parsed<typeof contract, A>> =>
  parseInputBy(contract[action].input as unknown as z.ZodMiniType<Parsed<typeof contract, A>>, input)
