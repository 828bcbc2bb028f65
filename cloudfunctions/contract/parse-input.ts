import * as z from 'zod/mini'
import { ok, type Result, refuse } from '../ground/result'
import { whatIsWrong } from '../ground/text/what-is-wrong'
import { fieldLabels } from './field-labels'

/** No input of the contract is deeper than five, or has more than a hundred parts. */
const mostDepth = 12
const mostParts = 2_000

/** Whether a value is small enough to be looked at part by part; asked before anything walks through it. */
const isBounded = (input: unknown): boolean => {
  let level: readonly unknown[] = [input]
  let parts = 1
  for (let depth = 0; depth <= mostDepth; depth += 1) {
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      for (const part of Object.values(value)) {
        parts += 1
        if (parts > mostParts) return false
        next.push(part)
      }
    }
    if (next.length === 0) return true
    level = next
  }
  return false
}

interface WrongField {
  readonly field: string
  readonly why: string
}

/** More mistakes than a form has questions are told to nobody. */
const mostWrongFields = 20

const wrongField = (issue: z.core.$ZodIssue): WrongField => ({
  field: issue.path.map(String).join('.'),
  why:
    issue.code === 'unrecognized_keys'
      ? '有多余的项目'
      : /[\u4e00-\u9fff]/u.test(issue.message)
        ? issue.message
        : '填写有误',
})

/**
 * Checks what a client sent. Refuses with `invalid-input`: `details.fields` names every field that is wrong (the
 * first mistake of each, 20 at most) and says why in plain Chinese; `details.field` and the message are the first.
 */
export const parseInput = <I extends z.ZodMiniType>(terms: I, input: unknown): Result<z.output<I>> => {
  if (!isBounded(input)) {
    const first = { field: '', why: '内容太多，请分几次提交' }
    return refuse('invalid-input', { ...first, fields: [first] }, first.why)
  }
  const parsed = z.safeParse(terms, input)
  if (parsed.success) return ok(parsed.data)
  const fields = new Map<string, WrongField>()
  for (const issue of parsed.error.issues) {
    const wrong = wrongField(issue)
    if (fields.size < mostWrongFields && !fields.has(wrong.field)) fields.set(wrong.field, wrong)
  }
  const wrong = [...fields.values()]
  const { field, why } = wrong[0] ?? { field: '', why: '填写有误' }
  const label = fieldLabels[field.split('.')[0] ?? ''] ?? '内容'
  return refuse('invalid-input', { field, why, fields: wrong }, whatIsWrong(label, why))
}
