import * as z from 'zod/mini'
import { ok, type Result, refusalMessages, refuse } from '../domain/result'
import { type Action, contract, type ParsedInputOf } from './contract'
import { fieldLabels } from './primitives'

const hiddenControls = refusalMessages['text-has-control-characters']

export const isAction = (name: unknown): name is Action =>
  typeof name === 'string' && Object.hasOwn(contract, name)

/**
 * Checks what a client sent. Refuses with `invalid-input` (or `text-has-control-characters`), naming the
 * first field that is wrong in `details.field` and saying why in plain Chinese.
 */
export const parseInput = <A extends Action>(action: A, input: unknown): Result<ParsedInputOf<A>> => {
  const parsed = z.safeParse(contract[action].input as unknown as z.ZodMiniType<ParsedInputOf<A>>, input)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  if (issue?.message === hiddenControls) return refuse('text-has-control-characters', { field })
  const label = fieldLabels[String(issue?.path[0] ?? '')] ?? '内容'
  const why =
    issue?.code === 'unrecognized_keys'
      ? '有多余的项目'
      : issue && /[\u4e00-\u9fff]/u.test(issue.message)
        ? issue.message
        : '填写有误'
  // What already asks for something in a sentence of its own needs no name before it.
  const message = why.startsWith('请') ? why : `“${label}”${why}`
  return refuse('invalid-input', { field, why }, message)
}
