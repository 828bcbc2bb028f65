import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { meTooLabel } from './households'

type Part = OutputOf<'report.mine'>['rows'][number]['part']

const labels: Readonly<Record<NonNullable<Part>, string>> = {
  // What one reported oneself needs no word.
  reporter: '',
  'co-reporter': '共同上报',
  supporter: meTooLabel,
}

/** How somebody came into a matter. */
export const partText = (part: Part): string => (part === null ? '' : labels[part])
