import type { IncomingMessage, Server } from 'node:http'

/**
 * What every server of this machine does before it looks at a request: who may come in, and what it refuses to read.
 * A page in a browser of this machine reaches these servers too, whoever wrote it.
 */
export class DoorRefusal extends Error {
  constructor(
    /** Of HTTP. */
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
 * May this request (or upgrade to a socket) come in? `Host` is checked in any case, because a foreign name that leads
 * here makes a foreign page look like an own one. Browsers send `Origin` with all that changes something and with every
 * socket, and programs do not.
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

/** Refuses 403 whoever may not come in. */
export const checkDoor = (request: Pick<IncomingMessage, 'headers'>, door: Door): void => {
  if (!mayEnter(request, door)) throw new DoorRefusal(403, 'only for pages of this machine')
}

/** Opens a port to this machine alone; 0 takes any free one. */
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

/** What is asked for, decoded. Refuses 400 addresses that cannot be read. */
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

/** Refuses 413 a body of more bytes than `most`. Listens, which is much cheaper than iterating. */
export const readBytes = (request: IncomingMessage, most: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      // What is too much is read to its end all the same, or the refusal would not get through.
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

/** Lists and objects inside each other: MongoDB takes a hundred, and what walks through values is recursive. */
const mostNesting = 200

const quote = 0x22
const backslash = 0x5c

/** Reads no further than it has to. Texts that are no JSON may be said to be either. */
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

/** Refuses 400 what is no JSON, and what is nested so deeply that nothing could be done with it. */
export const parseJson = (text: string, what = 'the request'): unknown => {
  if (isNestedTooDeeply(text))
    throw new DoorRefusal(400, `${what} is nested more than ${mostNesting} levels deep`)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new DoorRefusal(400, `${what} is not JSON`)
  }
}
