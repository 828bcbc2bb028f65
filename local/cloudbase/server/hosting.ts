import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { contentTypeOf } from './content-type'
import type { Handler } from './http'

export interface HostedFolder {
  readonly prefix: string
  readonly folder: string
}

const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.map'])
const hashedName = /\.[0-9a-f]{8,}\.\w+$/
const compress = promisify(gzip)

/** Serves built files as static hosting does. */
export const openHosting = (folders: readonly HostedFolder[]): Handler => {
  const byPrefix = [...folders].sort((a, b) => b.prefix.length - a.prefix.length)

  return async (request, response, { pathname }) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    for (const { prefix, folder } of byPrefix) {
      if (!pathname.startsWith(prefix)) continue
      const relative = pathname.slice(prefix.length).replace(/^\/+/, '') || 'index.html'
      const file = path.join(folder, relative)
      if (!file.startsWith(`${folder}${path.sep}`)) continue
      const isFile = await stat(file).then(
        (found) => found.isFile(),
        () => false,
      )
      if (!isFile) continue
      const bytes = await readFile(file)
      const extension = path.extname(file)
      const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`
      const headers: Record<string, string> = {
        'content-type': contentTypeOf(file),
        'cache-control': hashedName.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        etag,
      }
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers).end()
        return true
      }
      const accepts = String(request.headers['accept-encoding'] ?? '').includes('gzip')
      const body = accepts && compressible.has(extension) ? await compress(bytes) : bytes
      if (body !== bytes) headers['content-encoding'] = 'gzip'
      response.writeHead(200, { ...headers, 'content-length': body.byteLength })
      response.end(request.method === 'HEAD' ? undefined : body)
      return true
    }
    return false
  }
}
