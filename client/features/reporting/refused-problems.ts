import type { Trouble } from '../../services/api'
import type { Problems } from './draft'
import type { FormField } from './words'

const fieldOfCode: Readonly<Record<string, FormField>> = {
  'photo-required': 'photos',
  'photo-unknown': 'photos',
  'place-missing': 'place',
  'place-outside-region': 'place',
  'unknown-unit': 'place',
  'unknown-category': 'category',
}

const fieldOfPath: Readonly<Record<string, FormField>> = {
  photos: 'photos',
  place: 'place',
  categoryId: 'category',
  text: 'text',
  phone: 'phone',
}

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

const wrongFields = (details: unknown): readonly WrongField[] =>
  typeof details === 'object' && details !== null && 'fields' in details && Array.isArray(details.fields)
    ? details.fields.filter(isWrongField)
    : []

/** What a refusal says about each block of the form; empty when it is about none. */
export const refusedProblems = ({ code, message, details }: Trouble): Problems => {
  const block = fieldOfCode[code]
  if (block) return { [block]: message }
  const problems: Partial<Record<FormField, string>> = {}
  for (const { field, why } of wrongFields(details)) {
    const wrong = fieldOfPath[field.split('.')[0] ?? '']
    if (wrong) problems[wrong] ??= why
  }
  return problems
}
