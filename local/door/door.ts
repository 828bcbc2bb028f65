import type { IncomingMessage, Server } from 'node:http'

/**
 * What every local server checks before it handles a request: where the request comes from, and its size and depth. Any
 * web page that is open in a browser on this machine can send requests to these servers.
 */
export class DoorRefusal extends Error {
  constructor(
    /** The HTTP status. */
    readonly status: 400 | 403 | 413,
    message: string,
  ) {
    super(message)
  }
}

/**
 * `machine`: programs of this machine, and pages that a server of this machine shows. `own-page`: programs, and this
 * server's own pages. `program`: no page at all.
 */
export type Door = 'machine' | 'own-page' | 'program'

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

const isLoopbackOrigin = (origin: string): boolean => loopback.test(origin.replace(/^https?:\/\//, ''))

/**
 * Whether a request (or the upgrade to a WebSocket) is allowed. `Host` is always checked against DNS rebinding: a foreign
 * name that resolves to this machine makes a foreign page same-origin. Browsers send `Origin` with every request that can
 * change something and with every WebSocket; programs do not.
 */
export const mayEnter = (request: Pick<IncomingMessage, 'headers'>, door: Door): boolean => {
  const { host, origin, 'sec-fetch-site': site } = request.headers
  if (!loopback.test(String(host))) return false
  if (door === 'machine') return origin === undefined || isLoopbackOrigin(origin)
  if (door === 'program') return origin === undefined && site === undefined
  return (
    (origin === undefined || origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  )
}

/** Refuses 403 a request that is not allowed. */
export const checkDoor = (request: Pick<IncomingMessage, 'headers'>, door: Door): void => {
  if (!mayEnter(request, door)) throw new DoorRefusal(403, 'only for pages of this machine')
}

/** Listens on the loopback interface only; port 0 takes any free one. */
export const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is in use: stop what uses it or choose another one`)
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', resolve)
  })

/** Decodes the address of a request. Refuses 400 for a malformed one. */
export const addressOf = (
  request: Pick<IncomingMessage, 'url'>,
): { readonly pathname: string; readonly searchParams: URLSearchParams } => {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local')
    return { pathname: decodeURIComponent(pathname), searchParams }
  } catch {
    throw new DoorRefusal(400, 'the address cannot be read')
  }
}

/** Reads a body. Refuses 413 when it exceeds `most` bytes. Uses events, which are much cheaper than async iteration. */
export const readBytes = (request: IncomingMessage, most: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      // The rest is drained: the client would not read the refusal while it is still sending.
      if (size <= most) chunks.push(chunk)
      else chunks.length = 0
    })
    request.once('error', reject)
    request.once('end', () => {
      if (size > most)
        reject(new DoorRefusal(413, `the request is larger than ${Math.floor(most / 1024 / 1024)} MB`))
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))
    })
  })

/** Nesting of JSON: MongoDB allows a hundred levels, and the code that traverses values is recursive. */
const mostNesting = 200

const quote = 0x22
const backslash = 0x5c

/** Scans without parsing and stops early. The answer for malformed JSON is unspecified. */
export const isNestedTooDeeply = (text: string): boolean => {
  if (text.length <= mostNesting) return false
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isInText) {
      if (code === backslash) at += 1
      else if (code === quote) isInText = false
    } else if (code === quote) isInText = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > mostNesting) return true
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return false
}

/** Parses JSON. Refuses 400 for malformed or too deeply nested texts. */
export const parseJson = (text: string, what = 'the request'): unknown => {
  if (isNestedTooDeeply(text))
    throw new DoorRefusal(400, `${what} is nested more than ${mostNesting} levels deep`)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new DoorRefusal(400, `${what} is not JSON`)
  }
}
