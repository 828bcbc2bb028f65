import type { Photo, Photos, PhotoUrls } from '../../use-cases/ports'
import type { Cloud, Store } from './database'

type PhotoDocument = Omit<Photo, 'id'> & { readonly _id: string }

/** How long a temporary URL serves, in seconds. */
const urlSeconds = 3600

export const photoRepository = (store: Store, cloud: Cloud): Photos => ({
  getMany: async (ids) =>
    (await store.getMany<PhotoDocument>('photos', ids)).map(({ _id, ...rest }) => ({ id: _id, ...rest })),
  add: async ({ id, ...rest }) => {
    await store.add('photos', { _id: id, ...rest } as PhotoDocument)
  },
  urls: async (ids) => {
    const photos = await store.getMany<PhotoDocument>('photos', ids)
    const fileIds = [...new Set(photos.flatMap((photo) => [photo.fileId, photo.thumbFileId]))]
    const byFile = new Map<string, string>()
    // The platform answers at most 50 files a call.
    for (let from = 0; from < fileIds.length; from += 50) {
      const { fileList } = await cloud.getTempFileURL({
        fileList: fileIds.slice(from, from + 50).map((fileID) => ({ fileID, maxAge: urlSeconds })),
      })
      for (const file of fileList as { fileID: string; tempFileURL: string; code: string }[]) {
        if (file.code === 'SUCCESS') byFile.set(file.fileID, file.tempFileURL)
      }
    }
    const urls = new Map<string, PhotoUrls>()
    for (const photo of photos) {
      const url = byFile.get(photo.fileId)
      const thumbUrl = byFile.get(photo.thumbFileId)
      if (url && thumbUrl) urls.set(photo._id, { url, thumbUrl })
    }
    return urls
  },
})
