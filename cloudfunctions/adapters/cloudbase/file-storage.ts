import type { AdmitPhotoPorts } from '../../use-cases/admit-photo'
import type { Cloud } from './database'

export const fileStorage = (cloud: Cloud): AdmitPhotoPorts['files'] => ({
  download: async (fileId) => {
    // A file that is not there has no URL; downloadFile alone would not tell that from a failing network.
    const { fileList } = await cloud.getTempFileURL({ fileList: [{ fileID: fileId, maxAge: 60 }] })
    const [file] = fileList as { code: string }[]
    if (file?.code !== 'SUCCESS') return undefined
    const { fileContent } = await cloud.downloadFile({ fileID: fileId })
    // The SDK's type allows text; it answers bytes.
    return typeof fileContent === 'string' ? Buffer.from(fileContent) : fileContent
  },
  upload: async (cloudPath, bytes) => {
    const { fileID } = await cloud.uploadFile({ cloudPath, fileContent: Buffer.from(bytes) as never })
    return fileID
  },
  remove: async (fileIds) => {
    await cloud.deleteFile({ fileList: [...fileIds] })
  },
})
