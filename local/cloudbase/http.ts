import type { IncomingMessage, ServerResponse } from 'node:http'
import { invalidParam } from './failure'

/** Larger request bodies are refused; files travel otherwise. */
const mostBytes = 20 * 1024 * 1024

export const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength
    if (size > mostBytes) throw invalidParam('the request is larger than 20 MB')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const body = await readBody(request)
  if (body === '') return {}
  try {
    return JSON.parse(body) as unknown
  } catch {
    throw invalidParam('the request is not JSON')
  }
}

export const sendJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void => {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.byteLength,
    ...headers,
  })
  response.end(body)
}
