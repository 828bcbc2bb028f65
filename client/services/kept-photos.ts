// Imported statically and not on demand: when it is needed there may be no network to fetch it.
import { del, get, set } from 'idb-keyval'
import type { KeptPhotos } from './photo-port'

/** A draft's text fits the browser's storage, its pictures its database. */
export const keptPhotos: KeptPhotos = {
  keep: async (key, file) => {
    try {
      await set(`photo:${key}`, file)
      return true
    } catch (error) {
      console.warn('a photograph was not kept', error)
      return false
    }
  },

  recall: async (key) => {
    try {
      const file: unknown = await get(`photo:${key}`)
      return file instanceof Blob ? { file, previewUrl: URL.createObjectURL(file) } : undefined
    } catch (error) {
      console.warn('a kept photograph could not be read', error)
      return undefined
    }
  },

  forget: async (key) => {
    try {
      await del(`photo:${key}`)
    } catch (error) {
      console.warn('a kept photograph was not removed', error)
    }
  },
}
