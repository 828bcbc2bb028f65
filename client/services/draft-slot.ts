import { useEffect, useState } from 'react'
import { hasDraft } from './drafts'
import { ownStorageKey } from './signed-in'

/** A draft that this window alone writes. */
export interface DraftSlot {
  readonly name: string
  /** Another window holds one that is not finished. */
  readonly isBesideAnother: boolean
}

/** The name of a draft, made of what it is about; what there is not to be about is left out. */
export const draftName = (...about: readonly (string | number | null | undefined)[]): string =>
  about.filter((part) => part !== null && part !== undefined).join(':')

/** More windows than anybody writes in at once; the ones after them share the last. */
const mostWindows = 8

/** One window's hold on a name, until it lets go or is closed; undefined where another window has it. */
const hold = (name: string): Promise<(() => void) | undefined> =>
  new Promise((resolve) => {
    const key = `redface-draft:${ownStorageKey(name)}`
    void navigator.locks.request(key, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(undefined)
      return new Promise<void>((letGo) => resolve(() => letGo()))
    })
  })

/** WeChat has one window; a browser without locks (iOS before 15.4) shares its one draft as before. */
const hasWindows = (): boolean => typeof navigator !== 'undefined' && navigator.locks !== undefined

/**
 * The draft of this name that no other window is writing: one that was begun and left comes before an empty one.
 * Undefined until it is known.
 */
export const useDraftSlot = (name: string): DraftSlot | undefined => {
  const [claimed, setClaimed] = useState<{ readonly of: string; readonly slot: DraftSlot }>()

  useEffect(() => {
    if (!hasWindows()) return
    let isGone = false
    let letGo: (() => void) | undefined
    const names = Array.from({ length: mostWindows }, (_, at) => (at === 0 ? name : `${name}:${at}`))
    const begunFirst = [...names.filter(hasDraft), ...names.filter((one) => !hasDraft(one))]
    const settle = (slot: DraftSlot) => setClaimed({ of: name, slot })
    const claim = async () => {
      let isBesideAnother = false
      for (const one of begunFirst) {
        letGo = await hold(one)
        if (isGone) return letGo?.()
        if (letGo) return settle({ name: one, isBesideAnother })
        isBesideAnother = true
      }
      settle({ name, isBesideAnother: true })
    }
    void claim()
    return () => {
      isGone = true
      letGo?.()
    }
  }, [name])

  if (!hasWindows()) return { name, isBesideAnother: false }
  return claimed?.of === name ? claimed.slot : undefined
}
