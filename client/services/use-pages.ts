import { useCallback, useEffect, useRef, useState } from 'react'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Trouble } from './api'
import { askAgain } from './ask-again'
import { lastAsked } from './last-asked'
import { useAwaited, useLack } from './missing'
import { toast } from './toast'
import { isConnectionTrouble, isWorthAnotherTry } from './trouble'
import { useReturn } from './use-return'

/** The actions that answer a list page by page. */
export type PagedAction = {
  [A in Action]: OutputOf<A> extends { rows: unknown[]; nextCursor: string | null } ? A : never
}[Action]

type RowOf<A extends PagedAction> = OutputOf<A>['rows'][number]

interface Pages<A extends PagedAction> {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly rows: readonly RowOf<A>[]
  /** The first page's whole answer, for the counts that come with a list. */
  readonly first: OutputOf<A> | undefined
  readonly nextCursor: string | null
  readonly isLoadingMore: boolean
  readonly error: Trouble | undefined
}

const nothing = {
  state: 'loading',
  rows: [],
  first: undefined,
  nextCursor: null,
  isLoadingMore: false,
  error: undefined,
} as const

const rowsAtOnce = 20
/** What the contract allows. */
const mostAtOnce = 50

/**
 * A list that grows as one scrolls. When the page comes back into view it is read anew, as far as it was read before:
 * nobody loses their place by looking at a row. When no answer comes the old rows stay, and the page says of what time.
 */
export const usePages = <A extends PagedAction>(action: A, input: Omit<InputOf<A>, 'cursor'> | undefined) => {
  const [pages, setPages] = useState<Pages<A>>(nothing)
  const key = input === undefined ? undefined : JSON.stringify(input)
  const [asking] = useState(lastAsked)
  const answeredAt = useRef<number>()
  const askAnew = useRef<() => void>(() => undefined)
  const { note, isLacking } = useLack(askAnew)
  const [isAwaited, setAwaited] = useState(false)
  useAwaited(isAwaited, answeredAt)
  const shownCount = useRef(0)
  shownCount.current = pages.rows.length

  /** Reads on from the cursor, from the beginning without one, until there are `least` rows or no more. */
  const ask = useCallback(
    async (cursor: string | null, least = 0) => {
      const isLast = asking()
      setAwaited(key !== undefined)
      if (key === undefined) return
      const own = JSON.parse(key) as InputOf<A> & { readonly limit?: number }
      const limit = Math.max(own.limit ?? rowsAtOnce, Math.min(least, mostAtOnce))
      const read = (from: string | null) =>
        call(action, { ...own, limit, ...(from === null ? {} : { cursor: from }) })
      const outcome = await read(cursor)
      if (!isLast()) return
      setAwaited(false)
      if (!outcome.ok) {
        const { error } = outcome
        if (cursor !== null) toast('后面的没有取到，请再按一次')
        else note(isConnectionTrouble(error) ? { trouble: error, answeredAt: answeredAt.current } : undefined)
        setPages((before) => ({
          ...before,
          state: before.rows.length > 0 ? 'ready' : 'failed',
          isLoadingMore: false,
          error,
        }))
        return
      }
      const first = outcome.value
      if (cursor === null) {
        answeredAt.current = outcome.now
        note(undefined)
      }
      const rows: RowOf<A>[] = [...first.rows]
      let { nextCursor } = first
      while (nextCursor !== null && rows.length < least) {
        const more = await read(nextCursor)
        if (!isLast()) return
        // What is missing comes as one scrolls.
        if (!more.ok) break
        rows.push(...more.value.rows)
        nextCursor = more.value.nextCursor
      }
      setPages((before) => ({
        state: 'ready',
        rows: cursor === null ? rows : [...before.rows, ...rows],
        first: cursor === null ? first : before.first,
        nextCursor,
        isLoadingMore: false,
        error: undefined,
      }))
    },
    [action, key, asking, note],
  )

  const reload = useCallback(() => ask(null, shownCount.current), [ask])

  useEffect(() => {
    answeredAt.current = undefined
    note(undefined)
    setPages(nothing)
    void ask(null)
  }, [ask, note])

  askAnew.current = () => {
    setPages((before) => (before.state === 'failed' ? nothing : before))
    void reload()
  }

  const retry = useCallback(() => {
    const isAskedWithAll = isLacking()
    askAgain()
    if (!isAskedWithAll) askAnew.current()
  }, [isLacking])

  useReturn(() => void reload())

  const loadMore = useCallback(() => {
    if (pages.nextCursor === null || pages.isLoadingMore) return
    setPages((before) => ({ ...before, isLoadingMore: true }))
    void ask(pages.nextCursor)
  }, [ask, pages.nextCursor, pages.isLoadingMore])

  const isFinal = pages.error !== undefined && !isWorthAnotherTry(pages.error)
  return { pages, reload, retry: isFinal ? undefined : retry, loadMore }
}
