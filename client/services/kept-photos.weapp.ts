import Taro from '@tarojs/taro'
import type { KeptPhotos } from './photo-port'

const pathOf = (key: string): string => `${Taro.env.USER_DATA_PATH}/photo-${key}.jpg`

/** WeChat's temporary files go when the mini-program is closed; those of the user's folder stay. */
export const keptPhotos: KeptPhotos = {
  keep: (key, file) =>
    new Promise((resolve) => {
      Taro.getFileSystemManager().copyFile({
        srcPath: String(file),
        destPath: pathOf(key),
        success: () => resolve(true),
        fail: (error) => {
          console.warn('a photograph was not kept', error)
          resolve(false)
        },
      })
    }),

  recall: (key) =>
    new Promise((resolve) => {
      const path = pathOf(key)
      Taro.getFileSystemManager().access({
        path,
        success: () => resolve({ file: path, previewUrl: path }),
        fail: () => resolve(undefined),
      })
    }),

  forget: (key) =>
    new Promise((resolve) => {
      // It may never have been kept.
      Taro.getFileSystemManager().unlink({ filePath: pathOf(key), complete: () => resolve() })
    }),
}
