import type { Trouble } from '../../services/api'
import { fieldProblems } from '../../services/field-problems'
import type { Problems } from './draft'
import type { FormField } from './words'

const fieldOfCode: Readonly<Record<string, FormField>> = {
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

/** What a refusal says about each block of the form; empty when it is about none. */
export const refusedProblems = (trouble: Trouble): Problems => {
  const block = fieldOfCode[trouble.code]
  if (block) return { [block]: trouble.message }
  const problems: Partial<Record<FormField, string>> = {}
  for (const [field, why] of Object.entries(fieldProblems(trouble))) {
    const wrong = fieldOfPath[field]
    if (wrong) problems[wrong] ??= why
  }
  return problems
}
