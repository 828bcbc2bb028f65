import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isRecord, keptValue } from './kept-value'
import { useShared } from './shared-value'
import { ownStorageKey } from './signed-in'
import { noteUnkept } from './unkept'

/** What was typed into a form and not sent yet; another window may have written it, so it is held only by an open form. */
const draftOf = <T extends object>(name: string) =>
  keptValue(() => `draft:${ownStorageKey(name)}`, isRecord<T>)

export const hasDraft = (name: string): boolean => draftOf(name).read() !== undefined

/**
 * State of a form that outlives the page: every change is kept until `drop` is called after sending. `keepable`
 * leaves out what means nothing to the next page, such as an upload that was under way. `isKept` says whether this
 * device really keeps it.
 */
export const useDraft = <T extends object>(
  name: string,
  initial: T,
  keepable: (draft: T) => T = (draft) => draft,
) => {
  const kept = useMemo(() => draftOf<T>(name), [name])
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...kept.read() }))
  const latest = useRef(draft)
  const toKeep = useRef(keepable)

  const change = useCallback(
    (part: Partial<T> | ((before: T) => Partial<T>)) => {
      const before = latest.current
      const after = { ...before, ...(typeof part === 'function' ? part(before) : part) }
      latest.current = after
      setDraft(after)
      kept.keep(toKeep.current(after))
    },
    [kept],
  )

  const isKept = useShared({ read: kept.isKept, hear: kept.hear })
  useEffect(() => (isKept ? undefined : noteUnkept()), [isKept])

  return { draft, change, drop: kept.forget, isKept }
}
