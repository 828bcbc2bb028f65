import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Trouble } from './api'

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

/** A list that grows as one scrolls, and starts again when the page comes back into view. */
export const usePages = <A extends PagedAction>(action: A, input: Omit<InputOf<A>, 'cursor'> | undefined) => {
  const [pages, setPages] = useState<Pages<A>>(nothing)
  const key = input === undefined ? undefined : JSON.stringify(input)
  const latestKey = useRef<string>()
  const hasShown = useRef(false)

  const ask = useCallback(
    async (cursor: string | null) => {
      if (key === undefined) return
      latestKey.current = key
      const outcome = await call(action, {
        ...(JSON.parse(key) as InputOf<A>),
        ...(cursor === null ? {} : { cursor }),
      })
      if (latestKey.current !== key) return
      setPages((before) => {
        if (!outcome.ok)
          return {
            ...before,
            state: before.rows.length > 0 ? 'ready' : 'failed',
            isLoadingMore: false,
            error: outcome.error,
          }
        const { value } = outcome
        return {
          state: 'ready',
          rows: cursor === null ? value.rows : [...before.rows, ...value.rows],
          first: cursor === null ? value : before.first,
          nextCursor: value.nextCursor,
          isLoadingMore: false,
          error: undefined,
        }
      })
    },
    [action, key],
  )

  const reload = useCallback(() => ask(null), [ask])

  useEffect(() => {
    setPages(nothing)
    void reload()
  }, [reload])

  useDidShow(() => {
    if (hasShown.current) void reload()
    hasShown.current = true
  })

  const retry = useCallback(() => {
    setPages(nothing)
    void reload()
  }, [reload])

  const loadMore = useCallback(() => {
    if (pages.nextCursor === null || pages.isLoadingMore) return
    setPages((before) => ({ ...before, isLoadingMore: true }))
    void ask(pages.nextCursor)
  }, [ask, pages.nextCursor, pages.isLoadingMore])

  return { pages, reload, retry, loadMore }
}
