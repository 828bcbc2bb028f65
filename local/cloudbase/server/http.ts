import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import {
  addressOf as addressAtDoor,
  DoorRefusal,
  parseJson as parseJsonAtDoor,
  readBytes as readBytesAtDoor,
} from '../../door/door'
import { isPlain } from '../ground/codec'
import { invalidParam, PlatformFailure } from '../ground/failure'

/** An address, decoded. */
export type Address = ReturnType<typeof addressAtDoor>

/**
 * One service's part of the addresses of a server. Answers the request, or resolves to false without having touched the
 * response when the address belongs to none of its own.
 */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  address: Address,
) => Promise<boolean>

/** The headers that let any page of this machine read an answer, also one with credentials. */
export const cors = (request: IncomingMessage): Record<string, string> => ({
  'access-control-allow-origin': request.headers.origin ?? '*',
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': String(request.headers['access-control-request-headers'] ?? '*'),
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  vary: 'origin',
})

/** Larger request bodies are refused; files travel otherwise. */
const mostBytes = 20 * 1024 * 1024

/** Forms hold a file, which has a limit of its own. */
const mostFormBytes = 51 * 1024 * 1024

/** Everything that refuses here does it in the platform's words. */
const asPlatform = (error: unknown): unknown => {
  if (!(error instanceof DoorRefusal)) return error
  return error.status === 403
    ? new PlatformFailure('PERMISSION_DENIED', error.message)
    : invalidParam(error.message)
}

const readBytes = (request: IncomingMessage, most: number): Promise<Buffer> =>
  readBytesAtDoor(request, most).catch((error: unknown) => {
    throw asPlatform(error)
  })

/** Refuses INVALID_PARAM what is no JSON or nested too deeply; `what` is named in the refusal. */
export const parseJson = (text: string, what?: string): unknown => {
  try {
    return parseJsonAtDoor(text, what)
  } catch (error) {
    throw asPlatform(error)
  }
}

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

export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const body = await readBody(request)
  return body === '' ? {} : parseJson(body)
}

/** A request whose body must be an object. */
export const readFields = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const body = await readJson(request)
  if (!isPlain(body)) throw invalidParam('the body must be an object')
  return body
}

/** What is asked for, decoded. Refuses INVALID_PARAM addresses that cannot be read. */
export const addressOf = (request: IncomingMessage): Address => {
  try {
    return addressAtDoor(request)
  } catch (error) {
    throw asPlatform(error)
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
