import { listFields } from '../../../cloudfunctions/contexts/unit-list/rules/columns'
import { columnNameOf, type ListedRow } from '../../words/unit-list'

/** How many of the bad rows go in: mended as chosen, or, where that is asked for, as suggested first. */
export const enteredOf = (rows: readonly ListedRow[], areSuggested: boolean): number =>
  rows.filter(({ cure, problem }) => {
    const taken = cure ?? (areSuggested ? problem?.cures[0]?.cure : undefined)
    // What is left out, or put together with another row, is none of its own.
    return taken !== undefined && taken !== null && (!('do' in taken) || taken.do === 'add-parent')
  }).length

/** A text that no table takes for a formula, between quotes. */
const cell = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** Bad rows as a table: their numbers, what they say, and what is wrong. */
export const badRowsTable = (rows: readonly ListedRow[]): string => {
  const head = ['行', ...listFields.map(columnNameOf), '哪里不对']
  const lines = rows.map(({ no, cells, problem }) => [
    String(no),
    ...listFields.map((field) => cells[field] ?? ''),
    problem?.text ?? '',
  ])
  return `\ufeff${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
