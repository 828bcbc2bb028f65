import { useRouter } from '@tarojs/taro'
import { useCallback, useRef, useState } from 'react'
import { firstRows } from '../../cloudfunctions/contexts/page/rules/page-questions'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import type { Outcome, Trouble } from './api'
import { callWithPage } from './page-opening'
import { questionOf } from './question'
import { toast } from './toast'
import { useAnswer } from './use-answer'

/** The actions that answer a list page by page. */
export type PagedAction = {
  [A in Action]: OutputOf<A> extends { rows: unknown[]; nextCursor: string | null } ? A : never
}[Action]

type RowOf<A extends PagedAction> = OutputOf<A>['rows'][number]

/** As much of a list as has been read. */
interface Read<A extends PagedAction> {
  readonly rows: readonly RowOf<A>[]
  /** The first page's whole answer, for the counts that come with a list. */
  readonly first: OutputOf<A>
  readonly nextCursor: string | null
}

interface Pages<A extends PagedAction> {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly rows: readonly RowOf<A>[]
  readonly first: OutputOf<A> | undefined
  readonly nextCursor: string | null
  readonly isLoadingMore: boolean
  readonly error: Trouble | undefined
}

/** What the contract allows. */
const mostAtOnce = 50

/** Reads on from the cursor, from the beginning without one, until there are `least` rows or no more. */
const readFrom = async <A extends PagedAction>(
  path: string,
  action: A,
  input: InputOf<A>,
  cursor: string | undefined,
  least: number,
  isLast: () => boolean,
): Promise<Outcome<Read<A>>> => {
  const limit = Math.max(input.limit ?? firstRows.list, Math.min(least, mostAtOnce))
  const page = (from: string | undefined) =>
    callWithPage(path, action, { ...input, limit, ...(from === undefined ? {} : { cursor: from }) })
  const outcome = await page(cursor)
  if (!outcome.ok) return outcome
  const first = outcome.value
  const rows: RowOf<A>[] = [...first.rows]
  let { nextCursor } = first
  while (nextCursor !== null && rows.length < least && isLast()) {
    const more = await page(nextCursor)
    // What is missing comes as one scrolls.
    if (!more.ok) break
    rows.push(...more.value.rows)
    nextCursor = more.value.nextCursor
  }
  return { ...outcome, value: { rows, first, nextCursor } }
}

/**
 * A list that grows as one scrolls. When the page comes back into view it is read anew, as far as it was read before:
 * nobody loses their place by looking at a row. When no answer comes the old rows stay, and the page says of what time.
 */
export const usePages = <A extends PagedAction>(action: A, input: InputOf<A>) => {
  const { $taroPath: page = '' } = useRouter()
  const question = questionOf<Read<A>>(
    page,
    `${action} page by page ${JSON.stringify(input)}`,
    (before, isLast) => readFrom(page, action, input, undefined, before?.rows.length ?? 0, isLast),
  )
  const latestInput = useRef(input)
  latestInput.current = input
  const { known, reload, retry } = useAnswer(question)
  const [isLoadingMore, setLoadingMore] = useState(false)
  const { value, error } = known
  const nextCursor = value?.nextCursor ?? null

  const loadMore = useCallback(async () => {
    if (nextCursor === null || isLoadingMore) return
    setLoadingMore(true)
    const hasCome = await question.extend(async (before, isLast) => {
      const outcome = await readFrom(page, action, latestInput.current, nextCursor, 0, isLast)
      if (!outcome.ok || !before) return outcome
      const { rows, nextCursor: next } = outcome.value
      return { ...outcome, value: { ...before, rows: [...before.rows, ...rows], nextCursor: next } }
    })
    setLoadingMore(false)
    if (!hasCome) toast('后面的没有取到，请再按一次')
  }, [page, action, question, nextCursor, isLoadingMore])

  const pages: Pages<A> = {
    state: value ? 'ready' : error ? 'failed' : 'loading',
    rows: value?.rows ?? [],
    first: value?.first,
    nextCursor,
    isLoadingMore,
    error,
  }
  return { pages, reload, retry, loadMore }
}
