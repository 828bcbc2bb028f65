import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { mayEnter } from '../../door/door'
import { PlatformFailure } from '../ground/failure'
import { contentTypeOf } from '../server/content-type'
import { type Handler, readFields, sendJson } from '../server/http'
import { type ConsoleCloud, consoleVerbs } from './verbs'

/** The page gets everything from here, and nobody shows it in a frame of theirs. */
const pageHeaders = {
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const partOfPage = /^\/console(?:\/|\/([a-z]+(?:-[a-z]+)*\.(?:css|js)))?$/

/** The console page and what it (and the local build's sign-in) asks for. */
export const consoleRoutes = (cloud: ConsoleCloud): Handler => {
  const handle = consoleVerbs(cloud)

  const refuse = (response: ServerResponse, status: number, message: string): void =>
    sendJson(response, status, { code: status === 403 ? 'PERMISSION_DENIED' : 'INVALID_PARAM', message })

  /** False when there is no such part. */
  const servePart = async (response: ServerResponse, name: string): Promise<boolean> => {
    const body = await readFile(path.join(__dirname, 'page', name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (!body) return false
    response.writeHead(200, { ...pageHeaders, 'content-type': contentTypeOf(name) }).end(body)
    return true
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, verb: string): Promise<void> => {
    if (!mayEnter(request, 'own-page')) return refuse(response, 403, 'only for pages of this machine')
    const isPost = request.method === 'POST'
    if (!isPost && !(verb === 'state' && request.method === 'GET')) return refuse(response, 405, 'POST only')
    const isJson = /^application\/json\b/.test(String(request.headers['content-type']))
    if (isPost && verb !== 'ticket' && !isJson) return refuse(response, 415, 'application/json only')
    try {
      sendJson(response, 200, await handle(verb, isPost ? await readFields(request) : {}))
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error
      sendJson(response, 400, { code: error.code, message: error.message })
    }
  }

  return async (request, response, { pathname }) => {
    const verb = /^\/local\/([a-z-]+)$/.exec(pathname)?.[1]
    if (verb) {
      await answer(request, response, verb)
      return true
    }
    const part = partOfPage.exec(pathname)
    if (!part || (request.method !== 'GET' && request.method !== 'HEAD')) return false
    return servePart(response, part[1] ?? 'page.html')
  }
}
