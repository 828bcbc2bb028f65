import { useCallback, useRef, useState } from 'react'
import { isRecord, keptValue } from './kept-value'
import { ownStorageKey } from './signed-in'

/** What was typed into a form and not sent yet; another window may have written it, so it is not held here for long. */
const draftOf = <T extends object>(name: string) =>
  keptValue(() => `draft:${ownStorageKey(name)}`, isRecord<T>)

export const hasDraft = (name: string): boolean => draftOf(name).read() !== undefined

/**
 * State of a form that outlives the page: every change is kept until `drop` is called after sending. `keepable`
 * leaves out what means nothing to the next page, such as an upload that was under way.
 */
export const useDraft = <T extends object>(
  name: string,
  initial: T,
  keepable: (draft: T) => T = (draft) => draft,
) => {
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...draftOf<T>(name).read() }))
  const latest = useRef(draft)
  const toKeep = useRef(keepable)

  const change = useCallback(
    (part: Partial<T> | ((before: T) => Partial<T>)) => {
      const before = latest.current
      const after = { ...before, ...(typeof part === 'function' ? part(before) : part) }
      latest.current = after
      setDraft(after)
      draftOf<T>(name).keep(toKeep.current(after))
    },
    [name],
  )

  const drop = useCallback(() => draftOf(name).forget(), [name])

  return { draft, change, drop }
}
