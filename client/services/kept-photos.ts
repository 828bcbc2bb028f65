import type { KeptPhotos } from './photo-port'

const open = () => import(/* webpackChunkName: "kept-photos" */ 'idb-keyval')

/** A draft's text fits the browser's storage, its pictures its database. */
export const keptPhotos: KeptPhotos = {
  keep: async (key, file) => {
    try {
      const { set } = await open()
      await set(`photo:${key}`, file)
      return true
    } catch (error) {
      console.warn('a photograph was not kept', error)
      return false
    }
  },

  recall: async (key) => {
    try {
      const { get } = await open()
      const file: unknown = await get(`photo:${key}`)
      return file instanceof Blob ? { file, previewUrl: URL.createObjectURL(file) } : undefined
    } catch (error) {
      console.warn('a kept photograph could not be read', error)
      return undefined
    }
  },

  forget: async (key) => {
    try {
      const { del } = await open()
      await del(`photo:${key}`)
    } catch (error) {
      console.warn('a kept photograph was not removed', error)
    }
  },
}
