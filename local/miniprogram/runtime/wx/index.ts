import { canvasApis } from './canvas'
import { cloud } from './cloud'
import { consentApis } from './consent'
import { interfaceApis } from './interface'
import { mediaApis } from './media'
import { networkApis } from './network'
import { storageApis } from './storage'
import { systemApis } from './system'
import { userApis } from './user'

const provided: Record<string, unknown> = {
  ...systemApis((name) => name in provided),
  ...storageApis,
  ...interfaceApis,
  ...consentApis,
  ...mediaApis,
  cloud,
  ...userApis,
  ...networkApis,
  ...canvasApis,
}

let missing = ''
/** What was just asked of `wx` and is not there. */
export const lastMissing = (): string => missing
const miss = (name: string): void => {
  missing = name
  setTimeout(() => {
    if (missing === name) missing = ''
  })
}

/** Mocks of tests stand before what is provided. */
const mocks = new Map<string, unknown>()
export const mock = (name: string, work: unknown): void => {
  if (work === undefined) mocks.delete(name)
  else mocks.set(name, work)
}
export const original = (name: string): unknown => provided[name]

/** `wx` as the mini-program sees it. What is not provided is undefined, and calling it says its name. */
export const wx: Record<string, unknown> = new Proxy(provided, {
  get: (target, name) => {
    if (typeof name !== 'string') return undefined
    if (mocks.has(name)) return mocks.get(name)
    if (!(name in target)) miss(name)
    return target[name]
  },
})
