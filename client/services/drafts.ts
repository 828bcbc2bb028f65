import Taro from '@tarojs/taro'
import { useCallback, useRef, useState } from 'react'
import { ownStorageKey } from './signed-in'

const storageKey = (name: string) => `draft:${ownStorageKey(name)}`

/** What was typed into a form and not sent yet. */
const recallDraft = <T extends object>(name: string): T | undefined =>
  (Taro.getStorageSync(storageKey(name)) as T | '') || undefined

const keepDraft = <T extends object>(name: string, draft: T): void => {
  // A full storage must not stop the resident from typing.
  Taro.setStorage({ key: storageKey(name), data: draft }).catch((error: unknown) =>
    console.warn(`draft ${name} was not kept`, error),
  )
}

export const hasDraft = (name: string): boolean => recallDraft(name) !== undefined

const dropDraft = (name: string): void => Taro.removeStorageSync(storageKey(name))

/**
 * State of a form that outlives the page: every change is kept until `drop` is called after sending. `keepable`
 * leaves out what means nothing to the next page, such as an upload that was under way.
 */
export const useDraft = <T extends object>(
  name: string,
  initial: T,
  keepable: (draft: T) => T = (draft) => draft,
) => {
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...recallDraft<T>(name) }))
  const latest = useRef(draft)
  const toKeep = useRef(keepable)

  const change = useCallback(
    (part: Partial<T> | ((before: T) => Partial<T>)) => {
      const before = latest.current
      const after = { ...before, ...(typeof part === 'function' ? part(before) : part) }
      latest.current = after
      setDraft(after)
      keepDraft(name, toKeep.current(after))
    },
    [name],
  )

  const drop = useCallback(() => dropDraft(name), [name])

  return { draft, change, drop }
}
