import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { invalidParam, PlatformFailure } from '../ground/failure'

/** A larger upload is broken off. */
const mostBytes = 50 * 1024 * 1024
const bucket = 'local-bucket'

const segment = /^[A-Za-z0-9_\-.~\u4e00-\u9fff]+$/

/** A file, or a folder, which has no size. */
export interface StoredName {
  readonly name: string
  readonly size?: number
  /** By this machine's clock. */
  readonly writtenAt?: number
}

/** A path inside the bucket. Refuses tricks: empty or dotted segments, backslashes, control characters. */
export const checkCloudPath = (cloudPath: unknown): string => {
  const segments = typeof cloudPath === 'string' ? cloudPath.split('/') : []
  const isFine =
    segments.length > 0 &&
    segments.length <= 16 &&
    segments.every((one) => segment.test(one) && one !== '.' && one !== '..' && one.length <= 120)
  if (!isFine) throw invalidParam(`the cloud path ${JSON.stringify(cloudPath)} is not allowed`)
  return segments.join('/')
}

/** A new name lasts when its folder has been written. */
const keepNames = async (folder: string): Promise<void> => {
  // Windows knows no handles of folders.
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Files in a folder, with upload and download URLs that expire. */
export const openStorage = (options: {
  readonly folder: string
  readonly envId: string
  readonly baseUrl: () => string
  readonly secret: string
  readonly now: () => number
}) => {
  const files = path.join(options.folder, 'storage')
  const uploaders = path.join(options.folder, 'uploaders')
  const partial = path.join(options.folder, 'partial')
  // Uploads that were broken off when this machine was.
  rmSync(partial, { recursive: true, force: true })

  const idOf = (cloudPath: string): string => `cloud://${options.envId}.${bucket}/${cloudPath}`
  const pathOf = (fileId: unknown): string => {
    const start = idOf('')
    if (typeof fileId !== 'string' || !fileId.startsWith(start)) {
      throw new PlatformFailure(
        'STORAGE_FILE_NONEXIST',
        `the file ${String(fileId)} is not in this environment`,
      )
    }
    return checkCloudPath(fileId.slice(start.length))
  }
  const fileOf = (cloudPath: string): string => path.join(files, ...cloudPath.split('/'))

  const uploaderFileOf = (cloudPath: string): string => path.join(uploaders, ...cloudPath.split('/'))

  const sign = (verb: string, cloudPath: string, expires: number, uploader: string): string =>
    createHmac('sha256', options.secret)
      .update(`${verb}\n${cloudPath}\n${expires}\n${uploader}`)
      .digest('hex')

  const urlFor = (verb: 'get' | 'put', cloudPath: string, seconds: number, uploader = ''): string => {
    const expires = Math.floor(options.now() / 1000) + seconds
    // The SDK encodes the addresses of downloads itself.
    const address = verb === 'get' ? cloudPath : encodeURI(cloudPath)
    const query = new URLSearchParams({ expires: String(expires), ...(uploader ? { uploader } : {}) })
    query.set('sign', sign(verb, cloudPath, expires, uploader))
    return `${options.baseUrl()}/storage/${address}?${query}`
  }

  /** Written before the file gets its name: a file never stands there as another's. */
  const noteUploader = async (cloudPath: string, uploader: string): Promise<void> => {
    const file = uploaderFileOf(cloudPath)
    if (uploader === '') return rm(file, { force: true })
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, uploader, { flush: true })
  }

  /** What is whole on the disk gets its name, which lasts when this returns. */
  const takePlace = async (draft: string, cloudPath: string, uploader: string): Promise<void> => {
    const folder = path.dirname(fileOf(cloudPath))
    try {
      await mkdir(folder, { recursive: true })
      await noteUploader(cloudPath, uploader)
      await rename(draft, fileOf(cloudPath))
      await keepNames(folder)
    } catch (error) {
      await rm(draft, { force: true })
      const code = String((error as { code?: unknown }).code)
      if (['EEXIST', 'ENOTDIR', 'EISDIR', 'ERR_FS_EISDIR', 'ENOTEMPTY'].includes(code))
        throw invalidParam(`${cloudPath} is a folder, or below a file`)
      throw error
    }
  }

  const exists = async (cloudPath: string): Promise<boolean> =>
    stat(fileOf(cloudPath)).then(
      (found) => found.isFile(),
      () => false,
    )

  return {
    idOf,
    pathOf,
    /** `uploader` is the client that may use the address; server programs have none. */
    uploadTarget: (cloudPath: string, uploader?: string) => ({
      url: urlFor('put', cloudPath, 3600, uploader),
      token: 'local',
      authorization: 'local',
      fileId: idOf(cloudPath),
      cosFileId: randomUUID(),
      download_url: urlFor('get', cloudPath, 3600),
    }),
    downloadUrl: async (fileId: unknown, seconds: number) => {
      const cloudPath = pathOf(fileId)
      if (!(await exists(cloudPath)))
        throw new PlatformFailure('STORAGE_FILE_NONEXIST', `no file ${cloudPath}`)
      return urlFor('get', cloudPath, seconds)
    },
    /** Was this URL signed here for this verb, and does it still serve? */
    isSigned: (
      verb: 'get' | 'put',
      cloudPath: string,
      expires: number,
      given: string,
      uploader: string,
    ): boolean => {
      const expected = Buffer.from(sign(verb, cloudPath, expires, uploader))
      const actual = Buffer.from(given)
      return (
        expected.length === actual.length &&
        timingSafeEqual(expected, actual) &&
        expires * 1000 >= options.now()
      )
    },
    /** The client that uploaded a file; undefined for files of server programs and for no file. */
    uploaderOf: async (cloudPath: string): Promise<string | undefined> =>
      (await exists(cloudPath))
        ? readFile(uploaderFileOf(cloudPath), 'utf8').catch(() => undefined)
        : undefined,
    exists,
    /** What lies in a folder, the topmost being '': in the order of the names, as many as `limit` after `after`. */
    list: async (folder: string, after: string, limit: number): Promise<readonly StoredName[]> => {
      const place = folder === '' ? files : fileOf(folder)
      const entries = await readdir(place, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
        throw error
      })
      const page = entries
        .filter((one) => one.name > after)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .slice(0, limit)
      return Promise.all(
        page.map(async (one) => {
          const { size, mtimeMs } = await stat(path.join(place, one.name))
          return { name: one.name, ...(one.isDirectory() ? {} : { size, writtenAt: Math.floor(mtimeMs) }) }
        }),
      )
    },
    /** Whole or not at all: the bytes get their name when all of them are on the disk. */
    write: async (cloudPath: string, body: Readable, uploader = ''): Promise<void> => {
      await mkdir(partial, { recursive: true })
      const draft = path.join(partial, randomUUID())
      let size = 0
      const limit = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          size += chunk.byteLength
          done(size > mostBytes ? invalidParam('the file is larger than 50 MB') : null, chunk)
        },
      })
      try {
        await pipeline(body, limit, createWriteStream(draft, { flush: true }))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await takePlace(draft, cloudPath, uploader)
    },
    open: async (
      cloudPath: string,
    ): Promise<{ readonly size: number; readonly stream: Readable } | undefined> => {
      if (!(await exists(cloudPath))) return undefined
      const { size } = await stat(fileOf(cloudPath))
      return { size, stream: createReadStream(fileOf(cloudPath)) }
    },
    /** Within the bucket, whole or not at all. Refuses to replace a file unless `isReplacing`. */
    copy: async (from: string, to: string, isReplacing: boolean, uploader = ''): Promise<string> => {
      if (!(await exists(from))) throw new PlatformFailure('STORAGE_FILE_NONEXIST', `no file ${from}`)
      if (!isReplacing && (await exists(to)))
        throw new PlatformFailure('STORAGE_REQUEST_FAIL', `the file ${to} is there already`)
      await mkdir(partial, { recursive: true })
      const draft = path.join(partial, randomUUID())
      await pipeline(createReadStream(fileOf(from)), createWriteStream(draft, { flush: true }))
      await takePlace(draft, to, uploader)
      return idOf(to)
    },
    remove: async (fileId: unknown): Promise<void> => {
      const cloudPath = pathOf(fileId)
      if (!(await exists(cloudPath)))
        throw new PlatformFailure('STORAGE_FILE_NONEXIST', `no file ${cloudPath}`)
      await rm(fileOf(cloudPath))
      await rm(uploaderFileOf(cloudPath), { force: true })
    },
  }
}
export type Storage = ReturnType<typeof openStorage>
