import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface HostedFolder {
  readonly prefix: string
  readonly folder: string
}

const byteStream = 'application/octet-stream'
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.pdf': 'application/pdf',
  '.csv': 'text/csv; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
}
export const contentTypeOf = (file: string): string => types[path.extname(file).toLowerCase()] ?? byteStream

const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.map'])
const hashedName = /\.[0-9a-f]{8,}\.\w+$/
const compress = promisify(gzip)

/** Serves built files as static hosting does; answers false when none of the folders has the file. */
export const openHosting = (folders: readonly HostedFolder[]) => {
  const byPrefix = [...folders].sort((a, b) => b.prefix.length - a.prefix.length)

  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
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
