import { ApiFailure, apis, text } from './call'

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html */
const mostEntryBytes = 1024 * 1024
const mostBytes = 10 * 1024 * 1024

const prefix = 'wx:'
const bytesOf = (written: string): number => new TextEncoder().encode(written).length
const keys = (): string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
const size = (): number =>
  keys().reduce((total, key) => total + bytesOf(localStorage.getItem(prefix + key) ?? ''), 0)

const set = (key: unknown, value: unknown): void => {
  if (typeof key !== 'string') throw new ApiFailure('parameter error: parameter.key should be String')
  const written = JSON.stringify({ value })
  if (bytesOf(written) > mostEntryBytes) throw new ApiFailure('entry size limit reached')
  const before = bytesOf(localStorage.getItem(prefix + key) ?? '')
  if (size() - before + bytesOf(written) > mostBytes) throw new ApiFailure('exceed storage max size 10Mb')
  localStorage.setItem(prefix + key, written)
}

const get = (key: unknown): { readonly isThere: boolean; readonly value: unknown } => {
  const written = localStorage.getItem(prefix + text(key))
  return written === null
    ? { isThere: false, value: '' }
    : { isThere: true, value: (JSON.parse(written) as { value?: unknown }).value }
}

const remove = (key: unknown): void => localStorage.removeItem(prefix + text(key))
const clear = (): void => {
  for (const key of keys()) remove(key)
}
const state = () => ({ keys: keys(), currentSize: Math.ceil(size() / 1024), limitSize: mostBytes / 1024 })

export const storageApis: Record<string, unknown> = {
  ...apis({
    setStorage: ({ key, data }) => set(key, data),
    getStorage: ({ key }) => {
      const { isThere, value } = get(key)
      if (!isThere) throw new ApiFailure('data not found')
      return { data: value }
    },
    removeStorage: ({ key }) => remove(key),
    clearStorage: clear,
    getStorageInfo: state,
  }),
  setStorageSync: set,
  getStorageSync: (key: unknown) => get(key).value,
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorageInfoSync: state,
}
