import type { Cloud } from './database'

/** The environment's files, for whoever takes them in or away; clients reach none of it. */
export const fileStorage = (cloud: Cloud) => ({
  /** Undefined when there is no such file. */
  download: async (fileId: string): Promise<Uint8Array | undefined> => {
    // A file that is not there has no URL; downloadFile alone would not tell that from a failing network.
    const isThere = async (): Promise<boolean> => {
      const { fileList } = await cloud.getTempFileURL({ fileList: [{ fileID: fileId, maxAge: 60 }] })
      return (fileList as { code: string }[])[0]?.code === 'SUCCESS'
    }
    if (!(await isThere())) return undefined
    try {
      const { fileContent } = await cloud.downloadFile({ fileID: fileId })
      // The SDK's type allows text; it answers bytes.
      return typeof fileContent === 'string' ? Buffer.from(fileContent) : fileContent
    } catch (error) {
      // The same call sent twice: the other one has taken the file in and removed it.
      if (!(await isThere())) return undefined
      throw error
    }
  },
  /** Answers the id of the file. */
  upload: async (cloudPath: string, bytes: Uint8Array): Promise<string> => {
    const { fileID } = await cloud.uploadFile({ cloudPath, fileContent: Buffer.from(bytes) as never })
    return fileID
  },
  remove: async (fileIds: readonly string[]): Promise<void> => {
    await cloud.deleteFile({ fileList: [...fileIds] })
  },
})
