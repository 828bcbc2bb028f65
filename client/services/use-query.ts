import { useCallback, useEffect, useRef, useState } from 'react'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Trouble } from './api'
import { askAgain } from './ask-again'
import { lastAsked } from './last-asked'
import { useAwaited, useLack } from './missing'
import { onOwnStep } from './own-steps'
import { isConnectionTrouble, isWorthAnotherTry } from './trouble'
import { useReturn } from './use-return'

export type Query<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Trouble }
  | { readonly state: 'ready'; readonly value: T }

/**
 * Asks when the page opens, when the input changes and each time the page comes back into view; what is on the
 * screen stays there until the new answer comes, and the page says of what time it is when none comes. `undefined`
 * asks nothing yet. `isOutdated` says that one of the person's own commands was carried out since, and no answer has
 * come after it: what may be done is not known.
 */
export const useQuery = <A extends Action>(action: A, input: InputOf<A> | undefined) => {
  const [query, setQuery] = useState<Query<OutputOf<A>>>({ state: 'loading' })
  const key = input === undefined ? undefined : JSON.stringify(input)
  const [asking] = useState(lastAsked)
  const [isOutdated, setOutdated] = useState(false)
  const [isAwaited, setAwaited] = useState(false)
  const answeredAt = useRef<number>()
  const askAnew = useRef<() => void>(() => undefined)
  const { note, isLacking } = useLack(askAnew)
  useAwaited(isAwaited, answeredAt)

  useEffect(() => onOwnStep(() => setOutdated(true)), [])

  const reload = useCallback(async () => {
    const isLast = asking()
    setAwaited(key !== undefined)
    if (key === undefined) return
    const outcome = await call(action, JSON.parse(key) as InputOf<A>)
    if (!isLast()) return
    setAwaited(false)
    if (outcome.ok) {
      answeredAt.current = outcome.now
      note(undefined)
      setOutdated(false)
      setQuery({ state: 'ready', value: outcome.value })
      return
    }
    const { error } = outcome
    if (isConnectionTrouble(error)) note({ trouble: error, answeredAt: answeredAt.current })
    else {
      note(undefined)
      setOutdated(false)
    }
    setQuery((before) =>
      before.state === 'ready' && isConnectionTrouble(error) ? before : { state: 'failed', error },
    )
  }, [action, key, asking, note])

  useEffect(() => {
    answeredAt.current = undefined
    note(undefined)
    setQuery({ state: 'loading' })
    void reload()
  }, [reload, note])

  useReturn(() => void reload())

  askAnew.current = () => {
    setQuery((before) => (before.state === 'failed' ? { state: 'loading' } : before))
    void reload()
  }

  const retry = useCallback(() => {
    const isAskedWithAll = isLacking()
    askAgain()
    if (!isAskedWithAll) askAnew.current()
  }, [isLacking])

  const isFinal = query.state === 'failed' && !isWorthAnotherTry(query.error)
  return { query, isOutdated, reload, retry: isFinal ? undefined : retry }
}
