import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { PlatformFailure } from '../ground/failure'
import { checkCloudPath, type Storage } from '../storage/storage'
import { contentTypeOf } from './content-type'
import { cors, fileOfForm, type Handler } from './http'

const prefix = '/storage/'

type Headers = Readonly<Record<string, string>>

/** Refuses as the object storage behind the platform does, in XML. */
const fail = (response: ServerResponse, headers: Headers, status: number, code: string, message: string) =>
  response
    .writeHead(status, { ...headers, 'content-type': 'application/xml' })
    .end(
      `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>local</RequestId><TraceId>local</TraceId></Error>`,
    )

const download = async (
  storage: Storage,
  cloudPath: string,
  response: ServerResponse,
  headers: Headers,
): Promise<void> => {
  const file = await storage.open(cloudPath)
  if (!file) {
    fail(response, headers, 404, 'NoSuchKey', 'no such file')
    return
  }
  response.writeHead(200, {
    ...headers,
    'content-type': contentTypeOf(cloudPath),
    'content-length': file.size,
    'cache-control': 'private, max-age=3600',
    'x-content-type-options': 'nosniff',
    // An uploaded HTML file must not run scripts with this server's origin.
    'content-security-policy': 'sandbox',
  })
  // The reader has closed the connection or reading the disk has failed: the status has been sent, so only the
  // connection can tell.
  await pipeline(file.stream, response).catch(() => response.destroy())
}

/** `/storage/…`: uploads and downloads by the signed addresses that the storage gives out. */
export const storageAddresses =
  (storage: Storage): Handler =>
  async (request, response, { pathname, searchParams }) => {
    if (!pathname.startsWith(prefix)) return false
    const headers = cors(request)
    if (request.method === 'OPTIONS') {
      response.writeHead(204, headers).end()
      return true
    }
    const isForm = request.method === 'POST'
    const verb = request.method === 'PUT' || isForm ? 'put' : 'get'
    const cloudPath = checkCloudPath(pathname.slice(prefix.length))
    const uploader = searchParams.get('uploader') ?? ''
    const expires = Number(searchParams.get('expires'))
    if (!storage.isSigned(verb, cloudPath, expires, searchParams.get('sign') ?? '', uploader)) {
      fail(response, headers, 403, 'AccessDenied', 'the address has expired or was not signed here')
      return true
    }
    if (verb === 'get') {
      await download(storage, cloudPath, response, headers)
      return true
    }
    try {
      await storage.write(cloudPath, isForm ? await fileOfForm(request, cloudPath) : request, uploader)
      response.writeHead(isForm ? 201 : 200, headers).end()
    } catch (error) {
      const isRefusal = error instanceof PlatformFailure
      if (!isRefusal) console.error(error)
      fail(response, headers, 400, 'InvalidRequest', isRefusal ? error.message : 'the file was not stored')
    }
    return true
  }
