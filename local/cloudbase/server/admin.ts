import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { mayEnter } from '../../door/door'
import { Unanswered } from '../functions/faults'
import type { FunctionHost } from '../functions/host'
import type { MovableClock } from '../ground/clock'
import { PlatformFailure } from '../ground/failure'
import { type Handler, readJson, sendJson } from './http'
import type { AdminProtocol } from './protocol'
import { checkSignature, secretIdOf } from './signature'

/** The credential that a server program outside of the functions signs with. */
export interface ProgramCredential {
  readonly secretId: string
  readonly secretKey: string
}

/** `/admin`, where the server SDK posts its actions: checks the caller and its signature, and frames the answer. */
export const adminAddress = (cloud: {
  readonly protocol: AdminProtocol
  readonly functions: FunctionHost
  readonly clock: MovableClock
  readonly signatures: 'ignore' | 'check'
  readonly credential: ProgramCredential | undefined
}): Handler => {
  const answer = async (request: IncomingMessage, requestId: string): Promise<object> => {
    const secretId = secretIdOf(request)
    const body = await readJson(request)
    const caller = cloud.functions.callerOf(secretId)
    if (caller || cloud.signatures === 'check') {
      const own = secretId === cloud.credential?.secretId ? cloud.credential : undefined
      checkSignature(request, body, caller?.credential ?? own, [Date.now(), cloud.clock.now()])
    }
    return { requestId, ...(await cloud.protocol(body, caller)) }
  }

  const refusalOf = (error: unknown, requestId: string): object => {
    if (error instanceof PlatformFailure) return { code: error.code, message: error.message, requestId }
    console.error(error)
    return { code: 'SYS_ERR', message: error instanceof Error ? error.message : String(error), requestId }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID()
    // This protocol allows everything: it is for programs of this machine, and not for pages in its browsers.
    if (!mayEnter(request, 'program')) {
      sendJson(response, 403, { code: 'PERMISSION_DENIED', message: 'not for web pages', requestId })
      return
    }
    try {
      sendJson(response, 200, await answer(request, requestId))
    } catch (error) {
      if (error instanceof Unanswered) response.destroy()
      else sendJson(response, 200, refusalOf(error, requestId))
    }
  }

  return async (request, response, { pathname }) => {
    if (pathname !== '/admin') return false
    if (request.method === 'POST') await serve(request, response)
    else sendJson(response, 405, { code: 'INVALID_PARAM', message: 'POST only' })
    return true
  }
}
