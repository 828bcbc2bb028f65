import { useDidHide, useDidShow } from '@tarojs/taro'
import {
  type MutableRefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { onAskAgain } from './ask-again'
import type { Trouble } from './trouble'
import { useSlowness } from './use-slowness'

/** A part of the page that is not what it should be. */
export interface Missing {
  /** Without it, and said by nothing in the page, it is still waited for. */
  readonly trouble?: Trouble
  /** What is shown is of that time; without it, nothing of the part is shown. */
  readonly answeredAt?: number | undefined
  /** A card in the page says so already. */
  readonly isSaid?: boolean
}

const nothing: readonly Missing[] = []
const listeners = new Set<() => void>()
let missing = nothing

const change = (next: readonly Missing[]): void => {
  missing = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const read = (): readonly Missing[] => missing

/** What the page on the screen could not get. */
export const useAllMissing = (): readonly Missing[] => useSyncExternalStore(subscribe, read, read)

/** Whether the page that this is part of is on the screen. */
const useIsShown = (): boolean => {
  const [isShown, setShown] = useState(true)
  useDidHide(() => setShown(false))
  useDidShow(() => setShown(true))
  return isShown
}

const useNoted = (lack: Missing | undefined): void => {
  const isShown = useIsShown()
  useEffect(() => {
    if (!lack || !isShown) return
    change([...missing, lack])
    return () => change(missing.filter((one) => one !== lack))
  }, [lack, isShown])
}

/** A card that says it, as long as it is on the screen. */
export const useSaid = (): void => {
  const [said] = useState<Missing>({ isSaid: true })
  useNoted(said)
}

/** A part of a page that has been waited for too long: what is shown of it meanwhile, if anything, is of an earlier time. */
export const useAwaited = (isAwaited: boolean, answeredAt: MutableRefObject<number | undefined>): void => {
  const isStuck = useSlowness(isAwaited) === 'stuck'
  const lack = useMemo(
    (): Missing | undefined => (isStuck ? { answeredAt: answeredAt.current } : undefined),
    [isStuck, answeredAt],
  )
  useNoted(lack)
}

/** What a part of a page lacks: the page says so, and it is asked for anew with all the others. */
export const useLack = (askAnew: MutableRefObject<() => void>) => {
  const [lack, setLack] = useState<Missing>()
  const current = useRef<Missing>()

  const note = useCallback((next: Missing | undefined) => {
    current.current = next
    setLack(next)
  }, [])
  const isLacking = useCallback(() => current.current !== undefined, [])

  useNoted(lack)
  useEffect(
    () =>
      onAskAgain(() => {
        if (isLacking()) askAnew.current()
      }),
    [askAnew, isLacking],
  )
  return { note, isLacking }
}
