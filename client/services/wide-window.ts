import { useShared } from './shared-value'

/** As wide as `@media` in the components says: what is chosen in a list lies open beside it. */
const wide = process.env.TARO_ENV === 'h5' ? window.matchMedia('(min-width: 1024px)') : undefined

const roomBeside = {
  read: (): boolean => wide?.matches ?? false,
  // Some browsers know the older way alone.
  hear: (listener: () => void): (() => void) => {
    wide?.addListener(listener)
    return () => wide?.removeListener(listener)
  },
}

/** Whether there is room for two things side by side. */
export const useWide = (): boolean => useShared(roomBeside)
