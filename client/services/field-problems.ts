import type { Trouble } from './api'

interface WrongField {
  readonly field: string
  readonly why: string
}

const isWrongField = (value: unknown): value is WrongField =>
  typeof value === 'object' &&
  value !== null &&
  'field' in value &&
  typeof value.field === 'string' &&
  'why' in value &&
  typeof value.why === 'string'

/** What a refusal says about each field of what was sent, by the field's name; the first mistake of each. */
export const fieldProblems = (trouble: Trouble | undefined): Readonly<Record<string, string>> => {
  const details = trouble?.details
  if (typeof details !== 'object' || details === null || !('fields' in details)) return {}
  const { fields } = details
  if (!Array.isArray(fields)) return {}
  const problems: Record<string, string> = {}
  for (const { field, why } of fields.filter(isWrongField)) problems[field.split('.')[0] ?? ''] ??= why
  return problems
}
