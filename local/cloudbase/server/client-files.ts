import { isPlain } from '../ground/codec'
import { invalidParam, PlatformFailure } from '../ground/failure'
import type { Asker } from '../rules/collections'
import type { FileRules } from '../rules/files'
import { checkCloudPath, type Storage } from '../storage/storage'
import { wholeNumber } from './inputs'

type Fields = Readonly<Record<string, unknown>>

/** The platform takes this many files at once. */
const mostFiles = 50

const exceeded = (cloudPath: string) =>
  new PlatformFailure(
    'STORAGE_EXCEED_AUTHORITY',
    `the rules of the storage do not allow this with ${cloudPath}`,
  )

const listOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostFiles)
    throw invalidParam(`a list of 1 to ${mostFiles} files is needed`)
  return value
}

const fieldsOf = (value: unknown): Fields => (isPlain(value) ? value : {})

/**
 * Files as the web SDK reaches them, each under the storage's rules: the HTTP API of
 * https://docs.cloudbase.net/http-api/storage/get-objects-upload-info and the older actions of `/web`.
 */
export const clientFiles = (storage: Storage, rules: FileRules) => {
  const scopeOf = async (cloudPath: string, asker: Asker) => {
    // Who puts up a new file is its creator.
    const openid = (await storage.exists(cloudPath))
      ? await storage.uploaderOf(cloudPath)
      : asker.auth?.openid
    return { ...asker, resource: { path: cloudPath, ...(openid === undefined ? {} : { openid }) } }
  }

  const upload = async (path: unknown, asker: Asker) => {
    const cloudPath = checkCloudPath(path)
    if (!(await rules.mayWrite(await scopeOf(cloudPath, asker)))) throw exceeded(cloudPath)
    return storage.uploadTarget(cloudPath, asker.auth?.openid)
  }

  const download = async (fileId: unknown, seconds: unknown, asker: Asker): Promise<string> => {
    const cloudPath = storage.pathOf(fileId)
    if (!(await rules.mayRead(await scopeOf(cloudPath, asker)))) throw exceeded(cloudPath)
    return storage.downloadUrl(fileId, wholeNumber(seconds ?? 7200, 'max_age'))
  }

  const copy = async (from: unknown, to: unknown, fields: Fields, asker: Asker): Promise<string> => {
    const [source, target] = [checkCloudPath(from), checkCloudPath(to)]
    if (!(await rules.mayRead(await scopeOf(source, asker)))) throw exceeded(source)
    if (!(await rules.mayWrite(await scopeOf(target, asker)))) throw exceeded(target)
    const isMove = fields.isMove === true
    if (isMove && !(await rules.mayWrite(await scopeOf(source, asker)))) throw exceeded(source)
    const fileId = await storage.copy(source, target, fields.overwrite !== false, asker.auth?.openid)
    if (isMove) await storage.remove(storage.idOf(source))
    return fileId
  }

  const remove = async (fileId: unknown, asker: Asker): Promise<void> => {
    const cloudPath = storage.pathOf(fileId)
    if (!(await rules.mayWrite(await scopeOf(cloudPath, asker)))) throw exceeded(cloudPath)
    await storage.remove(fileId)
  }

  /** Each file has its own answer, a refusal too. */
  const each = (
    list: unknown,
    answer: (one: unknown) => Promise<Fields>,
    refuse: (one: unknown, failure: PlatformFailure) => Fields,
  ) =>
    Promise.all(
      listOf(list).map(async (one) => {
        try {
          return await answer(one)
        } catch (error) {
          if (error instanceof PlatformFailure) return refuse(one, error)
          throw error
        }
      }),
    )

  const refuseObject = (one: unknown, { code, message }: PlatformFailure): Fields => ({
    ...fieldsOf(one),
    code: code === 'STORAGE_FILE_NONEXIST' ? 'OBJECT_NOT_EXIST' : code,
    message,
  })

  const routes: Readonly<Record<string, (list: unknown, asker: Asker) => Promise<readonly Fields[]>>> = {
    'get-objects-upload-info': (list, asker) =>
      each(
        list,
        async (one) => {
          const { objectId } = fieldsOf(one)
          const target = await upload(objectId, asker)
          return {
            objectId,
            uploadUrl: target.url,
            authorization: target.authorization,
            token: target.token,
            cloudObjectId: target.fileId,
            cloudObjectMeta: target.cosFileId,
            downloadUrl: target.download_url,
          }
        },
        refuseObject,
      ),
    'get-objects-download-info': (list, asker) =>
      each(
        list,
        async (one) => {
          const { cloudObjectId } = fieldsOf(one)
          const url = await download(cloudObjectId, undefined, asker)
          return { cloudObjectId, downloadUrl: url, downloadUrlEncoded: url }
        },
        refuseObject,
      ),
    'copy-objects': (list, asker) =>
      each(
        list,
        async (one) => {
          const { srcPath, dstPath, overwrite, removeOriginal: isMove } = fieldsOf(one)
          return { cloudObjectId: await copy(srcPath, dstPath, { overwrite, isMove }, asker) }
        },
        refuseObject,
      ),
    'delete-objects': (list, asker) =>
      each(
        list,
        async (one) => {
          const { cloudObjectId } = fieldsOf(one)
          await remove(cloudObjectId, asker)
          return { cloudObjectId }
        },
        refuseObject,
      ),
  }

  const actions: Readonly<Record<string, (fields: Fields, asker: Asker) => Promise<Fields>>> = {
    'storage.getUploadMetadata': (fields, asker) => upload(fields.path, asker),
    'storage.batchGetDownloadUrl': async (fields, asker) => ({
      download_list: await each(
        fields.file_list,
        async (one) => {
          const { fileid, max_age: seconds } = fieldsOf(one)
          const url = await download(fileid, seconds, asker)
          return { fileid, fileID: fileid, download_url: url, tempFileURL: url, code: 'SUCCESS' }
        },
        (one, { code, message }) => {
          const { fileid } = fieldsOf(one)
          return { fileid, fileID: fileid, download_url: '', tempFileURL: '', code, message }
        },
      ),
    }),
    'storage.batchCopyFile': async (fields, asker) => ({
      copy_list: await each(
        fields.file_list,
        async (one) => {
          const { src_path, dst_path, overwrite, remove_original: isMove } = fieldsOf(one)
          return { fileId: await copy(src_path, dst_path, { overwrite, isMove }, asker), code: 'SUCCESS' }
        },
        (_one, { code, message }) => ({ code, message }),
      ),
    }),
    'storage.batchDeleteFile': async (fields, asker) => ({
      delete_list: await each(
        fields.fileid_list,
        async (fileid) => {
          await remove(fileid, asker)
          return { fileid, fileID: fileid, code: 'SUCCESS' }
        },
        (fileid, { code, message }) => ({ fileid, fileID: fileid, code, message }),
      ),
    }),
  }

  return {
    /** READ, WRITE or READWRITE, with a file or a place for one. */
    mayDo: async (cloudPath: string, type: string, asker: Asker): Promise<boolean> => {
      const scope = await scopeOf(cloudPath, asker)
      const isRead = !type.includes('READ') || (await rules.mayRead(scope))
      return isRead && (!type.includes('WRITE') || (await rules.mayWrite(scope)))
    },

    /** An action of `/web`. */
    act: async (action: string, fields: Fields, asker: Asker): Promise<Fields> => {
      const handle = Object.hasOwn(actions, action) ? actions[action] : undefined
      if (!handle) throw new PlatformFailure('PERMISSION_DENIED', `clients may not call ${action}`)
      return handle(fields, asker)
    },

    /** A request of the HTTP API: a list of files, and an answer for each of them. */
    serve: async (verb: string, list: unknown, asker: Asker): Promise<readonly Fields[]> => {
      const handle = Object.hasOwn(routes, verb) ? routes[verb] : undefined
      if (!handle) throw new PlatformFailure('PERMISSION_DENIED', `clients may not call ${verb}`)
      return handle(list, asker)
    },
  }
}
export type ClientFiles = ReturnType<typeof clientFiles>
