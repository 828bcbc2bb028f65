import { deviceStorage } from './device-storage'
import type { SharedValue } from './shared-value'
import { signal } from './signal'

/** A value that this device keeps until it is forgotten. */
export interface KeptValue<T> extends SharedValue<T | undefined> {
  readonly keep: (value: T) => void
  readonly forget: () => void
  /** Whether what it holds outlives the page: not on a device that is full, nor in a private window. */
  readonly isKept: () => boolean
}

/** A device that is full may say so by throwing. */
const write = async (name: string, data: unknown): Promise<void> => {
  await deviceStorage.write(name, data)
}

/**
 * The value kept under a name, read from the device when it is first asked for. What an older build has left there, or
 * anybody else, counts only if `isOne`. On a device that is full the value holds for as long as the product is open.
 */
export const keptValue = <T>(nameOf: () => string, isOne: (kept: unknown) => kept is T): KeptValue<T> => {
  const { tell, hear } = signal()
  let known: { readonly value: T | undefined } | undefined
  let isRefused = false

  const become = (value: T | undefined): void => {
    known = { value }
    tell()
  }

  const read = (): T | undefined => {
    if (!known) {
      const kept: unknown = deviceStorage.read(nameOf())
      known = { value: isOne(kept) ? kept : undefined }
    }
    return known.value
  }

  /** Of what has been overwritten meanwhile nobody asks any more. */
  const noteWritten = (value: T, isWritten: boolean): void => {
    if (known?.value !== value || isRefused === !isWritten) return
    isRefused = !isWritten
    tell()
  }

  return {
    hear,
    read,
    isKept: () => read() === undefined || (!isRefused && deviceStorage.isLasting()),
    keep: (value) => {
      become(value)
      const name = nameOf()
      write(name, value).then(
        () => noteWritten(value, true),
        (error: unknown) => {
          console.warn(`${name} was not kept`, error)
          noteWritten(value, false)
        },
      )
    },
    forget: () => {
      isRefused = false
      become(undefined)
      deviceStorage.forget(nameOf())
    },
  }
}

/** For what only this code has written, in a place where no other build writes another shape. */
export const isText = (kept: unknown): kept is string => typeof kept === 'string' && kept !== ''

export const isRecord = <T extends object>(kept: unknown): kept is T =>
  typeof kept === 'object' && kept !== null
