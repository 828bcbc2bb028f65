import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useMemo, useState } from 'react'
import { sharedValue, useShared } from './shared-value'
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

const missing = sharedValue<readonly Missing[]>([])

/** What the page on the screen could not get. */
export const useAllMissing = (): readonly Missing[] => useShared(missing)

/** Whether the page that this is part of is on the screen. */
const useIsShown = (): boolean => {
  const [isShown, setShown] = useState(true)
  useDidHide(() => setShown(false))
  useDidShow(() => setShown(true))
  return isShown
}

/** What a part of a page lacks, as long as it lacks it: the page says so. */
export const useLack = (lack: Missing | undefined): void => {
  const isShown = useIsShown()
  useEffect(() => {
    if (!lack || !isShown) return
    missing.become([...missing.read(), lack])
    return () => missing.become(missing.read().filter((one) => one !== lack))
  }, [lack, isShown])
}

/** A card that says it, as long as it is on the screen. */
export const useSaid = (): void => {
  const [said] = useState<Missing>({ isSaid: true })
  useLack(said)
}

/** A part of a page that has been waited for too long: what is shown of it meanwhile, if anything, is of an earlier time. */
export const useAwaited = (isAwaited: boolean, answeredAt: number | undefined): void => {
  const isStuck = useSlowness(isAwaited) === 'stuck'
  useLack(useMemo(() => (isStuck ? { answeredAt } : undefined), [isStuck, answeredAt]))
}
