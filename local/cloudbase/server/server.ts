import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listen, mayEnter } from '../../door/door'
import { PlatformFailure } from '../ground/failure'
import { addressOf, cors, type Handler, sendJson } from './http'

export interface Server {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Answers an error that no handler has answered; a response that has begun can only be broken off. */
const answerError = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
  const isRefusal = error instanceof PlatformFailure
  if (!isRefusal) console.error(error)
  if (response.headersSent) {
    response.destroy()
    return
  }
  const message = error instanceof Error ? error.message : String(error)
  sendJson(
    response,
    isRefusal ? 400 : 500,
    { code: isRefusal ? error.code : 'SYS_ERR', message },
    cors(request),
  )
}

/**
 * One port for all services: asks the handlers in their order until one has answered. Throws when the port cannot be
 * opened.
 */
export const openServer = async (port: number, handlers: readonly Handler[]): Promise<Server> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Some handlers let fewer callers in; a page of a foreign site, or one under a foreign host name, gets nothing here.
    if (!mayEnter(request, 'machine')) {
      sendJson(response, 403, { code: 'PERMISSION_DENIED', message: 'only for pages of this machine' })
      return
    }
    const address = addressOf(request)
    for (const handle of handlers) if (await handle(request, response, address)) return
    sendJson(response, 404, { code: 'NOT_FOUND', message: `nothing is served at ${address.pathname}` })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => answerError(request, response, error))
  })
  // Longer than clients keep idle connections: a request sent on a connection that is just being closed would fail.
  server.keepAliveTimeout = 120_000
  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
