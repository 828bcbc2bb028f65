import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { heldIntentions, type Intention, type Intentions } from './command-id'
import { isRecord, keptValue } from './kept-value'
import { useShared } from './shared-value'
import { ownStorageKey } from './signed-in'
import { noteUnkept } from './unkept'

/** What was typed into a form and not sent yet; another window may have written it, so it is held only by an open form. */
const draftOf = <T extends object>(name: string) =>
  keptValue(() => `draft:${ownStorageKey(name)}`, isRecord<T>)

export const hasDraft = (name: string): boolean => draftOf(name).read() !== undefined

/**
 * What is meant with a draft is kept as long as the draft is, and under a name of its own: an answer that comes after the
 * page was left changes no word of what is written meanwhile. Where nothing was written there is no draft to send again.
 */
const intentionsIn = (name: string): Intentions => {
  const held = heldIntentions()
  const stored = keptValue(() => `intention:${ownStorageKey(name)}`, isRecord<Intention>)
  return {
    read: () => held.read() ?? stored.read(),
    keep: (meant) => {
      held.keep(meant)
      if (hasDraft(name)) stored.keep(meant)
    },
    forget: () => {
      held.forget()
      stored.forget()
    },
  }
}

/**
 * State of a form that outlives the page: every change is kept until `drop` is called after sending. `keepable`
 * leaves out what means nothing to the next page, such as an upload that was under way. `isKept` says whether this
 * device really keeps it; `intentions` keeps what was sent with it and not answered yet.
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

  const intentions = useMemo(() => intentionsIn(name), [name])
  const drop = useCallback(() => {
    intentions.forget()
    kept.forget()
  }, [kept, intentions])

  const isKept = useShared({ read: kept.isKept, hear: kept.hear })
  useEffect(() => (isKept ? undefined : noteUnkept()), [isKept])

  return { draft, change, drop, intentions, isKept }
}
