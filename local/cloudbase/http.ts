import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { isPlain } from './codec'
import { invalidParam } from './failure'

/** Larger request bodies are refused; files travel otherwise. */
const mostBytes = 20 * 1024 * 1024

/** Forms hold a file, which has a limit of its own. */
const mostFormBytes = 51 * 1024 * 1024

// Listening is much cheaper than iterating, and nearly every request comes in one piece.
const readBytes = (request: IncomingMessage, most: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      // What is too much is read to its end all the same, or the refusal would not get through.
      if (size <= most) chunks.push(chunk)
    })
    request.once('error', reject)
    request.once('end', () => {
      if (size > most) reject(invalidParam(`the request is larger than ${most / 1024 / 1024} MB`))
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))
    })
  })

const readBody = async (request: IncomingMessage): Promise<string> =>
  (await readBytes(request, mostBytes)).toString('utf8')

/** The file of an upload by form, whose `key` must be the path that the address was signed for. */
export const fileOfForm = async (request: IncomingMessage, key: string): Promise<Readable> => {
  const body = await readBytes(request, mostFormBytes)
  const type = String(request.headers['content-type'])
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  const file = form?.get('file')
  if (form?.get('key') !== key || !(file instanceof Blob))
    throw invalidParam('the form must hold key and file')
  return Readable.from(Buffer.from(await file.arrayBuffer()))
}

/** What is nested deeper would end whatever walks through it by recursion, `JSON.stringify` first. */
const mostDepth = 1000

const isTooDeep = (value: unknown): boolean => {
  let level: readonly unknown[] = [value]
  for (let depth = 0; depth <= mostDepth; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
    if (level.length === 0) return false
  }
  return true
}

export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const body = await readBody(request)
  if (body === '') return {}
  const value = parseJson(body)
  if (isTooDeep(value)) throw invalidParam(`the request is nested deeper than ${mostDepth} levels`)
  return value
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalidParam('the request is not JSON')
  }
}

/** A request whose body must be an object. */
export const readFields = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const body = await readJson(request)
  if (!isPlain(body)) throw invalidParam('the body must be an object')
  return body
}

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** Only pages of this machine: a foreign site could otherwise reach it under a name of its own. */
export const isFromHere = (request: IncomingMessage): boolean => {
  const { host, origin } = request.headers
  return loopback.test(String(host)) && (!origin || loopback.test(origin.replace(/^https?:\/\//, '')))
}

/** Only this server's own pages, and programs: other pages of this machine do not count. */
export const isFromOwnPage = (request: IncomingMessage): boolean => {
  const { host, origin, 'sec-fetch-site': site } = request.headers
  return (
    loopback.test(String(host)) &&
    (origin === undefined || origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  )
}

/** What is asked for, decoded. Refuses addresses that cannot be read. */
export const addressOf = (
  request: IncomingMessage,
): { readonly pathname: string; readonly searchParams: URLSearchParams } => {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local')
    return { pathname: decodeURIComponent(pathname), searchParams }
  } catch {
    throw invalidParam('the address cannot be read')
  }
}

export const sendJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void => {
  // As a text it leaves together with the head.
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}
