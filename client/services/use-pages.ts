import { useCallback, useEffect, useRef, useState } from 'react'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Trouble } from './api'
import { lastAsked } from './last-asked'
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
 * nobody loses their place by looking at a row.
 */
export const usePages = <A extends PagedAction>(action: A, input: Omit<InputOf<A>, 'cursor'> | undefined) => {
  const [pages, setPages] = useState<Pages<A>>(nothing)
  const key = input === undefined ? undefined : JSON.stringify(input)
  const [asking] = useState(lastAsked)
  const shownCount = useRef(0)
  shownCount.current = pages.rows.length

  /** Reads on from the cursor, from the beginning without one, until there are `least` rows or no more. */
  const ask = useCallback(
    async (cursor: string | null, least = 0) => {
      const isLast = asking()
      if (key === undefined) return
      const own = JSON.parse(key) as InputOf<A> & { readonly limit?: number }
      const limit = Math.max(own.limit ?? rowsAtOnce, Math.min(least, mostAtOnce))
      const read = (from: string | null) =>
        call(action, { ...own, limit, ...(from === null ? {} : { cursor: from }) })
      const outcome = await read(cursor)
      if (!isLast()) return
      if (!outcome.ok) {
        setPages((before) => ({
          ...before,
          state: before.rows.length > 0 ? 'ready' : 'failed',
          isLoadingMore: false,
          error: outcome.error,
        }))
        return
      }
      const first = outcome.value
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
    [action, key, asking],
  )

  const reload = useCallback(() => ask(null, shownCount.current), [ask])

  const retry = useCallback(() => {
    setPages(nothing)
    void ask(null)
  }, [ask])

  useEffect(retry, [retry])

  useReturn(() => void reload())

  const loadMore = useCallback(() => {
    if (pages.nextCursor === null || pages.isLoadingMore) return
    setPages((before) => ({ ...before, isLoadingMore: true }))
    void ask(pages.nextCursor)
  }, [ask, pages.nextCursor, pages.isLoadingMore])

  return { pages, reload, retry, loadMore }
}
