import { useSyncExternalStore } from 'react'
import { signal } from './signal'

/** A value that several parts of the product read, and are drawn anew with when it changes. */
export interface SharedValue<T> {
  readonly read: () => T
  readonly hear: (listener: () => void) => () => void
}

/** One that is kept as long as the product is open. */
export const sharedValue = <T>(initial: T) => {
  const { tell, hear } = signal()
  let value = initial
  return {
    read: (): T => value,
    hear,
    become: (next: T): void => {
      value = next
      tell()
    },
  }
}

export const useShared = <T>({ read, hear }: SharedValue<T>): T => useSyncExternalStore(hear, read, read)
