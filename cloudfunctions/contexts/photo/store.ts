import { type Cloud, mostAtOnce, type Store } from '../../platform/cloudbase/database'
import { instanceMemory } from '../../platform/cloudbase/instance-memory'
import type { Photo, Photos, PhotoUrls } from './ports'
import { givenUpAt } from './rules/given-up'
import { pictureKeys } from './rules/same-picture'

/** A photo as stored; what was laid as evidence can be looked up by its picture. */
export type PhotoDocument = Omit<Photo, 'id'> & {
  readonly _id: string
  readonly evidenceKeys?: readonly string[]
}

const toPhoto = ({ _id, evidenceKeys: _keys, ...rest }: PhotoDocument): Photo => ({ id: _id, ...rest })

const evidenceFields = ({ digest }: Photo, isEvidence: boolean): Pick<PhotoDocument, 'evidenceKeys'> =>
  isEvidence && digest ? { evidenceKeys: pictureKeys(digest) } : {}

/** So many files the platform takes in one call. */
const filesAtOnce = 50

/** How long a temporary URL serves, in seconds. */
const urlSeconds = 3600

/** Of how many photos an instance knows the URLs: what people look at within a minute. So much of its hour a URL may lose. */
const mostUrlsKept = 5_000

const pathOf = (fileId: string): string => fileId.replace(/^cloud:\/\/[^/]+\//, '')

export const photoRepository = (store: Store<'photos'>, cloud: Cloud): Photos => {
  // Under one id there are the same files as long as it is there.
  const known = instanceMemory<PhotoUrls>(mostUrlsKept)
  const getDocuments = (ids: readonly string[]) => store.getMany<PhotoDocument>('photos', ids)
  const getMany = async (ids: readonly string[]): Promise<readonly Photo[]> =>
    (await getDocuments(ids)).map(toPhoto)
  /** The URLs of these files, as far as they are there. */
  const urlsOf = async (fileIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const byFile = new Map<string, string>()
    for (let from = 0; from < fileIds.length; from += filesAtOnce) {
      const { fileList } = await cloud.getTempFileURL({
        fileList: fileIds.slice(from, from + filesAtOnce).map((fileID) => ({ fileID, maxAge: urlSeconds })),
      })
      for (const file of fileList as { fileID: string; tempFileURL: string; code: string }[]) {
        if (file.code === 'SUCCESS') byFile.set(file.fileID, file.tempFileURL)
      }
    }
    return byFile
  }

  const add = async ({ id, ...rest }: Photo, more: Pick<PhotoDocument, 'evidenceKeys'> = {}) => {
    await store.add('photos', { _id: id, ...rest, ...more } as PhotoDocument)
  }

  // The platform copies a file only under its own name: what tells two photos apart is the folder.
  const copyFiles = async (files: readonly (readonly [string, string])[]): Promise<readonly string[]> => {
    const { fileList } = await cloud.copyFile({
      fileList: files.map(([fileId, dstPath]) => ({ srcPath: pathOf(fileId), dstPath, overwrite: true })),
    })
    return fileList.map(({ fileId, code, message }) => {
      if (!fileId) throw new Error(`a photo's file was not copied: ${String(code)} ${String(message)}`)
      return fileId
    })
  }

  return {
    getMany,
    add: (photo) => add(photo),
    claimAll: async (ids, use) =>
      (await store.setInMany('photos', ids, { usedIn: null }, 'usedIn', use)) === ids.length,
    claim: async (photo, use, isEvidence) => {
      const fields = { usedIn: use, ...evidenceFields(photo, isEvidence) }
      if ((await store.update('photos', { _id: photo.id, usedIn: null }, fields)) === 1) return use
      const [now] = await getMany([photo.id])
      if (!now?.usedIn) throw new Error(`photo ${photo.id} could not be claimed`)
      return now.usedIn
    },
    copy: async (photo, as, isEvidence) => {
      if ((await getMany([as.id])).length > 0) return
      const [fileId = '', thumbFileId = ''] = await copyFiles([
        [photo.fileId, `photos/${as.id}/full.jpg`],
        [photo.thumbFileId, `photos/${as.id}/thumb.jpg`],
      ])
      await add({ ...photo, ...as, fileId, thumbFileId }, evidenceFields(photo, isEvidence))
    },
    digests: async (ids) =>
      new Map((await getMany(ids)).flatMap(({ id, digest }) => (digest ? [[id, digest] as const] : []))),
    evidenceAlike: async (digests) => {
      const keys = digests.map(pictureKeys)
      const having = (wanted: readonly string[]) =>
        store.first<PhotoDocument>(
          'photos',
          { evidenceKeys: store.command.in([...new Set(wanted)]) },
          [],
          mostAtOnce,
        )
      // The same bytes first and apart: however many look alike, those are among what is found.
      const [same, alike] = await Promise.all([
        having(keys.flatMap(([exact = '']) => exact)),
        having(keys.flatMap(([, ...look]) => look)),
      ])
      return [...same, ...alike].slice(0, mostAtOnce).map(toPhoto)
    },
    giveUp: async (before, now, most) => {
      const isUnused = { usedIn: null, admittedAt: store.command.lte(before) }
      const unused = await store.first<PhotoDocument>('photos', isUnused, [['admittedAt', 'asc']], most, [
        '_id',
      ])
      const ids = unused.map(({ _id }) => _id)
      // Asked again: meanwhile a report may have taken one of them.
      await store.setInMany('photos', ids, isUnused, 'usedIn', givenUpAt(now))
      return ids.length
    },
    removeGivenUp: async (before, most) => {
      const { command } = store
      const found = await store.first<PhotoDocument>(
        'photos',
        { usedIn: command.gte(givenUpAt(0)).and(command.lte(givenUpAt(before))) },
        [['usedIn', 'asc']],
        most,
      )
      const fileIds = found.flatMap(({ fileId, thumbFileId }) => [fileId, thumbFileId])
      for (let from = 0; from < fileIds.length; from += filesAtOnce)
        await cloud.deleteFile({ fileList: fileIds.slice(from, from + filesAtOnce) })
      // Rows last: as long as one is there, its files are found again.
      await store.removeMany(
        'photos',
        found.map(({ _id }) => _id),
      )
      return found.length
    },
    urls: async (ids) => {
      const urls = new Map(ids.map((id) => [id, known.get(id)]))
      const missing = [...urls].flatMap(([id, theirs]) => (theirs ? [] : [id]))
      const photos = missing.length === 0 ? [] : await getDocuments(missing)
      const byFile = await urlsOf([...new Set(photos.flatMap((one) => [one.fileId, one.thumbFileId]))])
      for (const { _id, fileId, thumbFileId } of photos) {
        const [url, thumbUrl] = [byFile.get(fileId), byFile.get(thumbFileId)]
        if (!url || !thumbUrl) continue
        urls.set(_id, { url, thumbUrl })
        known.keep(_id, { url, thumbUrl })
      }
      return new Map([...urls].flatMap(([id, theirs]) => (theirs ? [[id, theirs] as const] : [])))
    },
  }
}
