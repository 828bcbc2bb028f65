import { useRouter } from '@tarojs/taro'
import { useMemo } from 'react'
import type { InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import type { QueryAction, Trouble } from './api'
import { callWithPage } from './page-opening'
import { type Known, questionOf, questionsUnder } from './question'
import { useAnswer } from './use-answer'

export type Query<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Trouble }
  | { readonly state: 'ready'; readonly value: T }

const queryOf = <T>({ value, error }: Pick<Known<T>, 'value' | 'error'>): Query<T> => {
  if (value !== undefined) return { state: 'ready', value }
  return error ? { state: 'failed', error } : { state: 'loading' }
}

const keyOf = <A extends QueryAction>(action: A, input: InputOf<A>): string =>
  `${action} ${JSON.stringify(input)}`

/** What every page that asks this would be answered now, where that has come with another answer; else it asks anew. */
export const noteAnswerTo = <A extends QueryAction>(
  action: A,
  input: InputOf<A>,
  value: OutputOf<A> | undefined,
  answeredAt: number,
): void => {
  for (const question of questionsUnder<OutputOf<A>>(keyOf(action, input))) {
    if (value === undefined) question.need()
    else question.beTold(value, answeredAt)
  }
}

/**
 * Asks when the first part of a page that has this question appears, when the input changes and each time the page
 * comes back into view; all parts of the page share the answer. What is on the screen stays there until the new one
 * comes, and the page says of what time it is when none comes. `undefined` asks nothing yet. `isOutdated` says that one
 * of the person's own commands was carried out since, and no answer has come after it: what may be done is not known.
 */
export const useQuery = <A extends QueryAction>(action: A, input: InputOf<A> | undefined) => {
  const { $taroPath: page = '' } = useRouter()
  const question =
    input === undefined
      ? undefined
      : questionOf<OutputOf<A>>(page, keyOf(action, input), () => callWithPage(page, action, input))
  const { known, reload, retry } = useAnswer(question)
  const { value, error } = known
  const query = useMemo(() => queryOf({ value, error }), [value, error])
  return { query, isOutdated: known.isOutdated, reload, retry }
}
