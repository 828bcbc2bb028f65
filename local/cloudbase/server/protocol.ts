import type { Engine } from '../database/engine'
import type { Caller, Faults } from '../functions/faults'
import type { FunctionHost } from '../functions/host'
import type { MovableClock } from '../ground/clock'
import { type Document, isPlain, readEjson, writeEjson } from '../ground/codec'
import { invalidParam, PlatformFailure } from '../ground/failure'
import type { Identities } from '../sign-in/identities'
import { checkCloudPath, type Storage } from '../storage/storage'
import type { ClientFiles } from './client-files'
import { parseJson } from './http'
import { documentId, sortOf, text, wholeNumber } from './inputs'

type Parameters_ = Readonly<Record<string, unknown>>
/** The fields of the answer besides `requestId`. */
type Reply = Readonly<Record<string, unknown>>

/** The SDK's default page size and the platform's maximum. */
const defaultLimit = 100
const mostRows = 1000

/** The only version that functions have here. */
const latest = '$LATEST'

/**
 * The protocol of `@cloudbase/node-sdk`: one POST with an `action`. Returns the fields of the answer; throws
 * PlatformFailure for what the platform refuses.
 */
export const adminProtocol = (cloud: {
  readonly engine: Engine
  readonly storage: Storage
  readonly files: ClientFiles
  readonly functions: FunctionHost
  readonly identities: Identities
  readonly envId: string
  readonly clock: MovableClock
  readonly faults: Faults
}) => {
  const { engine, storage, functions, identities, clock } = cloud

  const queryOf = (parameters: Parameters_): Document =>
    parameters.query === undefined ? {} : readEjson(parameters.query, 'query', clock.now())
  const transactionOf = (parameters: Parameters_): string | undefined =>
    parameters.transactionId === undefined ? undefined : text(parameters.transactionId, 'transactionId')
  /** The id of a query that consists of nothing else. */
  const onlyId = ({ _id: id, ...others }: Document): string | number => {
    if (Object.keys(others).length > 0) throw invalidParam('query must be the _id of a document')
    return documentId(id)
  }

  /**
   * The SDK sends `where().update()` and `where().remove()` of a transaction without the transaction's id
   * (@cloudbase/database, query.js): they are executed outside of it and survive its rollback, surely unintended.
   */
  const checkNotPast = ({ queryType, collectionName }: Parameters_, caller: Caller | undefined): void => {
    if (queryType !== 'WHERE' || !caller || !engine.isInTransaction(caller.requestId)) return
    engine.complain(
      `${caller.functionName} changes ${String(collectionName)} by a condition while its transaction is open: the SDK does that outside of the transaction, which takes documents by their ids only`,
    )
  }

  const files = (list: unknown): readonly unknown[] => {
    if (!Array.isArray(list) || list.length === 0 || list.length > 50) {
      throw invalidParam('the list of files must hold 1 to 50 files')
    }
    return list
  }

  const handlers: Readonly<
    Record<string, (parameters: Parameters_, caller: Caller | undefined) => Promise<Reply> | Reply>
  > = {
    'database.addCollection': (parameters) => {
      const name = text(parameters.collectionName, 'collectionName')
      if (!engine.collectionNames().includes(name)) {
        throw new PlatformFailure(
          'DATABASE_PERMISSION_DENIED',
          `declare the collection ${name} in the database configuration`,
        )
      }
      return {}
    },

    'database.getDocument': async (parameters) => {
      const offset = parameters.offset === undefined ? 0 : wholeNumber(parameters.offset, 'offset')
      const limit = Math.min(
        mostRows,
        parameters.limit === undefined ? defaultLimit : wholeNumber(parameters.limit, 'limit'),
      )
      const now = clock.now()
      const list = await engine.find(
        parameters.collectionName,
        {
          query: queryOf(parameters),
          offset,
          limit,
          ...(parameters.order ? { sort: sortOf(readEjson(parameters.order, 'order', now)) } : {}),
          ...(parameters.projection
            ? { projection: readEjson(parameters.projection, 'projection', now) }
            : {}),
        },
        transactionOf(parameters),
      )
      return { data: { offset, limit, list } }
    },

    'database.calculateDocument': async (parameters) => ({
      data: { total: await engine.count(parameters.collectionName, queryOf(parameters)) },
    }),

    'database.insertDocument': async (parameters) => {
      if (!Array.isArray(parameters.data) || parameters.data.length === 0)
        throw invalidParam('data must be a list')
      const now = clock.now()
      const documents = parameters.data.map((one) => readEjson(one, 'data', now))
      const insertedIds = await engine.insert(parameters.collectionName, documents, transactionOf(parameters))
      return { data: { insertedIds } }
    },

    'database.modifyDocument': async (parameters, caller) => {
      const query = queryOf(parameters)
      const change = readEjson(parameters.data, 'data', clock.now())
      const transactionId = transactionOf(parameters)
      if (parameters.merge === false) {
        const id = onlyId(query)
        const { updated, isNew } = await engine.replace(parameters.collectionName, id, change, transactionId)
        return { data: { updated, upsert_id: isNew ? id : null } }
      }
      if (parameters.upsert === true)
        throw invalidParam('an update that also inserts is not supported: use set')
      if (transactionId !== undefined) onlyId(query)
      else checkNotPast(parameters, caller)
      const isMulti = parameters.multi === true
      const { updated } = await engine.update(
        parameters.collectionName,
        query,
        change,
        isMulti,
        transactionId,
      )
      return { data: { updated, upsert_id: null } }
    },

    'database.modifyAndReturnDoc': async (parameters) => {
      const { updated, document } = await engine.update(
        parameters.collectionName,
        queryOf(parameters),
        readEjson(parameters.data, 'data', clock.now()),
        false,
        transactionOf(parameters),
      )
      return { data: { updated, doc: document ? writeEjson(document) : null } }
    },

    'database.removeDocument': async (parameters, caller) => {
      const query = queryOf(parameters)
      const transactionId = transactionOf(parameters)
      if (transactionId !== undefined) onlyId(query)
      else checkNotPast(parameters, caller)
      const isMulti = parameters.multi === true
      return {
        data: { deleted: await engine.remove(parameters.collectionName, query, isMulti, transactionId) },
      }
    },

    'database.aggregateDocuments': async (parameters) => {
      if (!Array.isArray(parameters.stages)) throw invalidParam('stages must be a list')
      const stages = parameters.stages.map((stage: unknown) => {
        if (!isPlain(stage)) throw invalidParam('stages must be a list of stages')
        const wrapped = readEjson(
          `{"value":${text(stage.stageValue, 'stageValue')}}`,
          'stageValue',
          clock.now(),
        )
        return { [text(stage.stageKey, 'stageKey')]: wrapped.value }
      })
      return { data: { list: await engine.aggregate(parameters.collectionName, stages) } }
    },

    'database.startTransaction': (_parameters, caller) => ({
      transactionId: engine.startTransaction(caller?.requestId),
    }),
    'database.commitTransaction': async (parameters) => {
      await engine.commit(text(parameters.transactionId, 'transactionId'))
      return {}
    },
    'database.abortTransaction': (parameters) => {
      engine.abort(text(parameters.transactionId, 'transactionId'))
      return {}
    },

    'functions.invokeFunction': async (parameters, caller) => {
      // The SDK sends an empty string where no data is given.
      const data = parameters.request_data ? text(parameters.request_data, 'request_data') : '{}'
      const event = parseJson(data, 'request_data')
      const name = text(parameters.function_name, 'function_name')
      const { qualifier = latest } = parameters
      if (qualifier !== latest)
        throw new PlatformFailure('FUNCTION_NOT_FOUND', `${name} has no version ${String(qualifier)} here`)
      const { value } = await functions.invoke(name, event, caller?.identity, {
        trigger: 'function',
        source: caller ? `${caller.source},scf` : 'scf',
        address: caller?.address ?? '',
      })
      return { data: { response_data: JSON.stringify(value) } }
    },

    'storage.getUploadMetadata': (parameters) => ({
      data: storage.uploadTarget(checkCloudPath(parameters.path)),
    }),

    'storage.batchGetDownloadUrl': async (parameters) => ({
      data: {
        download_list: await Promise.all(
          files(parameters.file_list).map(async (one) => {
            const { fileid, max_age: seconds } = isPlain(one) ? one : {}
            const answer = { fileid, fileID: fileid, download_url: '', tempFileURL: '', code: 'SUCCESS' }
            try {
              const url = await storage.downloadUrl(fileid, wholeNumber(seconds ?? 7200, 'max_age'))
              return { ...answer, download_url: url, tempFileURL: url }
            } catch (error) {
              return {
                ...answer,
                code: error instanceof PlatformFailure ? error.code : 'STORAGE_REQUEST_FAIL',
              }
            }
          }),
        ),
      },
    }),

    'storage.batchDeleteFile': async (parameters) => ({
      data: {
        delete_list: await Promise.all(
          files(parameters.fileid_list).map(async (fileid) => {
            try {
              await storage.remove(fileid)
              return { fileid, fileID: fileid, code: 'SUCCESS' }
            } catch (error) {
              return {
                fileid,
                fileID: fileid,
                code: error instanceof PlatformFailure ? error.code : 'STORAGE_REQUEST_FAIL',
              }
            }
          }),
        ),
      },
    }),

    'storage.batchCopyFile': async (parameters) => ({
      data: {
        copy_list: await Promise.all(
          files(parameters.file_list).map(async (one) => {
            const { src_path, dst_path, overwrite, remove_original } = isPlain(one) ? one : {}
            try {
              const from = checkCloudPath(src_path)
              // Overwriting is the default.
              const fileId = await storage.copy(from, checkCloudPath(dst_path), overwrite !== false)
              if (remove_original === true) await storage.remove(storage.idOf(from))
              return { fileId, code: 'SUCCESS' }
            } catch (error) {
              if (!(error instanceof PlatformFailure)) throw error
              return { code: error.code, message: error.message }
            }
          }),
        ),
      },
    }),

    /** Whether a client may access files, asked by a function that acts on its behalf. */
    'storage.getFileAuthority': async (parameters) => {
      const { openId, uid } = parameters
      const openid = openId || uid
      const auth = openid
        ? { openid: text(openid, 'openId'), ...(uid ? { uid: text(uid, 'uid') } : {}) }
        : null
      const asker = { auth, now: clock.now() }
      return {
        data: await Promise.all(
          files(parameters.fileList).map(async (one) => {
            const { path, type } = isPlain(one) ? one : {}
            const cloudPath = checkCloudPath(path)
            const isAllowed = await cloud.files.mayDo(cloudPath, text(type, 'type'), asker)
            return { path: cloudPath, cosFileId: storage.idOf(cloudPath), read: isAllowed }
          }),
        ),
      }
    },

    'auth.getUserInfoForAdmin': ({ uuid, platform, platformId }) => {
      const isByName = uuid === undefined && platform === 'CUSTOM'
      const user = identities.userOf(
        isByName ? { customUserId: text(platformId, 'platformId') } : { uid: text(uuid, 'uuid') },
      )
      if (!user) throw invalidParam(`nobody like that has signed in here: ${String(uuid ?? platformId)}`)
      return { data: { openId: '', appId: '', ...user, envName: cloud.envId, hasPassword: false } }
    },
  }

  return async (parameters: unknown, caller?: Caller): Promise<Reply> => {
    if (typeof parameters !== 'object' || parameters === null)
      throw invalidParam('the body must be an object')
    const { action } = parameters as Parameters_
    const handle =
      typeof action === 'string' && Object.hasOwn(handlers, action) ? handlers[action] : undefined
    if (!handle) throw invalidParam(`the action ${String(action)} is not supported`)
    return cloud.faults.around(String(action), caller, () => handle(parameters as Parameters_, caller))
  }
}
export type AdminProtocol = ReturnType<typeof adminProtocol>
