import { useCallback, useEffect, useState } from 'react'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Trouble } from './api'
import { lastAsked } from './last-asked'
import { onOwnStep } from './own-steps'
import { useReturn } from './use-return'

export type Query<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Trouble }
  | { readonly state: 'ready'; readonly value: T }

/**
 * Asks when the page opens, when the input changes and each time the page comes back into view; what is on the
 * screen stays there until the new answer comes. `undefined` asks nothing yet. `isOutdated` says that one of the
 * person's own commands was carried out since, and no answer has come after it: what may be done is not known.
 */
export const useQuery = <A extends Action>(action: A, input: InputOf<A> | undefined) => {
  const [query, setQuery] = useState<Query<OutputOf<A>>>({ state: 'loading' })
  const key = input === undefined ? undefined : JSON.stringify(input)
  const [asking] = useState(lastAsked)
  const [isOutdated, setOutdated] = useState(false)

  useEffect(() => onOwnStep(() => setOutdated(true)), [])

  const reload = useCallback(async () => {
    const isLast = asking()
    if (key === undefined) return
    const outcome = await call(action, JSON.parse(key) as InputOf<A>)
    if (!isLast()) return
    setOutdated(false)
    setQuery((before) => {
      if (outcome.ok) return { state: 'ready', value: outcome.value }
      const keepsOldAnswer = before.state === 'ready' && outcome.error.code === 'network'
      return keepsOldAnswer ? before : { state: 'failed', error: outcome.error }
    })
  }, [action, key, asking])

  useEffect(() => {
    setQuery({ state: 'loading' })
    void reload()
  }, [reload])

  useReturn(() => void reload())

  const retry = useCallback(() => {
    setQuery({ state: 'loading' })
    void reload()
  }, [reload])

  return { query, isOutdated, reload, retry }
}
