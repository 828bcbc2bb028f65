import { keepTemporary, readFile } from '../files'
import { postCloud } from '../server-link'
import { ApiFailure, api, listeners, type Options, text } from './call'
import { throughNetwork } from './network'

let isInitialised = false

const ready = async (): Promise<void> => {
  if (!isInitialised)
    throw new ApiFailure("Cloud API isn't enabled, please call wx.cloud.init first", -601002)
  await throughNetwork()
}

const call = async ({ name, data }: Options): Promise<object> => {
  await ready()
  if (typeof name !== 'string' || name === '')
    throw new ApiFailure('parameter error: parameter.name should be String')
  const { result, requestID } = (await postCloud('callFunction', JSON.stringify({ name, data }))) as {
    result: unknown
    requestID: string
  }
  return { result, requestID }
}

const uploadFile = (options: Options) => {
  const progress = listeners('ProgressUpdate')
  const task = { abort: () => {}, ...progress.functions }
  const work = api('cloud.uploadFile', async ({ cloudPath, filePath }) => {
    await ready()
    const file = await readFile(text(filePath))
    const { fileID } = (await postCloud(
      `uploadFile?cloudPath=${encodeURIComponent(text(cloudPath))}`,
      file,
    )) as {
      fileID: string
    }
    progress.tell({ progress: 100, totalBytesSent: file.size, totalBytesExpectedToSend: file.size })
    return { fileID, statusCode: 204 }
  })
  const promise = work(options)
  // With callbacks there is a task, without them a promise.
  return promise ?? task
}

const fileList =
  (action: string) =>
  async (options: Options): Promise<object> => {
    await ready()
    return (await postCloud(action, JSON.stringify({ fileList: options.fileList }))) as object
  }

/** Source: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/ */
export const cloud: Record<string, unknown> = {
  init: () => {
    isInitialised = true
  },
  callFunction: api('cloud.callFunction', call),
  uploadFile,
  getTempFileURL: api('cloud.getTempFileURL', fileList('getTempFileURL')),
  deleteFile: api('cloud.deleteFile', fileList('deleteFile')),
  downloadFile: api('cloud.downloadFile', async ({ fileID }) => {
    await ready()
    const { fileList: [file] = [] } = (await postCloud(
      'getTempFileURL',
      JSON.stringify({ fileList: [fileID] }),
    )) as { fileList?: readonly { tempFileURL: string }[] }
    const answer = await fetch(file?.tempFileURL ?? '')
    if (!answer.ok) throw new ApiFailure('file does not exist')
    return { tempFilePath: keepTemporary(await answer.blob(), ''), statusCode: 200 }
  }),
  database: () => {
    throw new Error('wx.cloud.database is not provided by this host')
  },
}
