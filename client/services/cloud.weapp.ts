import Taro from '@tarojs/taro'
import type { Cloud } from './cloud-port'

let isOpen = false

const open = () => {
  if (isOpen) return
  const env = process.env.REDFACE_CLOUD_ENV
  Taro.cloud.init(env ? { env, traceUser: false } : { traceUser: false })
  isOpen = true
}

/** WeChat's own cloud: the caller's identity travels with every call and is not ours to set. */
export const cloud: Cloud = {
  callFunction: async (name, payload) => {
    open()
    const askedAt = Date.now()
    const { result } = await Taro.cloud.callFunction({ name, data: payload })
    return { answer: result, askedAt, answeredAt: Date.now() }
  },

  uploadFile: (cloudPath, file, onProgress) => {
    open()
    if (typeof file !== 'string') return Promise.reject(new Error('WeChat uploads files by their path'))
    return new Promise((resolve, reject) => {
      const task = Taro.cloud.uploadFile({
        cloudPath,
        filePath: file,
        success: (answer) => resolve(answer.fileID),
        fail: reject,
      })
      task.onProgressUpdate(({ progress }) => onProgress(progress / 100))
    })
  },
}
