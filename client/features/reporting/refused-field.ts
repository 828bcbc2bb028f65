import type { Trouble } from '../../services/api'
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

/** The block of the form that a refusal is about; undefined when it is about none. */
export const refusedField = ({ code, details }: Trouble): FormField | undefined => {
  const path =
    typeof details === 'object' && details !== null && 'field' in details ? String(details.field) : ''
  return fieldOfCode[code] ?? fieldOfPath[path.split('.')[0] ?? '']
}
