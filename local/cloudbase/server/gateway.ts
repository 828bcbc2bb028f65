import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Faults, Unanswered } from '../functions/faults'
import type { FunctionHost } from '../functions/host'
import type { MovableClock } from '../ground/clock'
import { isPlain } from '../ground/codec'
import { invalidParam, PlatformFailure } from '../ground/failure'
import type { Asker } from '../rules/collections'
import type { FunctionRules } from '../rules/functions'
import type { Identities } from '../sign-in/identities'
import type { Identity } from '../sign-in/identity'
import { authOf } from '../sign-in/identity'
import type { ClientDatabase } from './client-database'
import type { ClientFiles } from './client-files'
import { cors, type Handler, readFields, readJson, sendJson } from './http'

type Fields = Readonly<Record<string, unknown>>

/** The HTTP status of each code; the HTTP API reports errors by both. */
const statuses: Readonly<Record<string, number>> = {
  INVALID_PARAM: 400,
  INVALID_ACCESS_TOKEN: 401,
  PERMISSION_DENIED: 403,
  DATABASE_PERMISSION_DENIED: 403,
  DOCUMENT_NOT_FOUND: 404,
  EXCEED_REQUEST_SIZE_LIMIT: 413,
}

/** The HTTP API's codes for those of the server's API: https://docs.cloudbase.net/http-api/functions/云函数 */
const httpCodes: Readonly<Record<string, string>> = {
  FUNCTIONS_EXECUTE_FAIL: 'FUNCTION_INVOCATION_FAILED',
  FUNCTIONS_TIME_LIMIT_EXCEEDED: 'FUNCTION_TIME_LIMIT_EXCEEDED',
  FUNCTIONS_MEMORY_LIMIT_EXCEEDED: 'FUNCTION_MEMORY_LIMIT_EXCEEDED',
}

const databasePath = /^\/v1\/database\/instances\/\(default\)\/databases\/\(default\)\/(.+)$/

/** The protocol of the unmodified `@cloudbase/js-sdk`: sign-in, and functions, files and documents under their rules. */
export const clientGateway = (cloud: {
  readonly identities: Identities
  readonly functions: FunctionHost
  readonly functionRules: FunctionRules
  readonly files: ClientFiles
  readonly database: ClientDatabase
  readonly faults: Faults
  readonly clock: MovableClock
}): Handler => {
  const { identities, functions, files, database, faults } = cloud

  const bearer = (request: IncomingMessage): Identity | undefined =>
    identities.identify(String(request.headers.authorization ?? '').replace(/^Bearer\s+/i, ''))

  /** Without a token the caller is anonymous, which rules may allow; a token that was not issued here is refused. */
  const identityOf = (isTokenShown: boolean, identity: Identity | undefined): Identity => {
    if (isTokenShown && !identity) throw new PlatformFailure('INVALID_ACCESS_TOKEN', 'sign in first')
    return identity ?? { kind: 'none' }
  }
  const askerOf = (identity: Identity): Asker => ({ auth: authOf(identity), now: cloud.clock.now() })

  const signIn = async (request: IncomingMessage, response: ServerResponse, verb: string): Promise<void> => {
    const headers = cors(request)
    if (verb === 'user/me') {
      const identity = bearer(request)
      if (!identity || identity.kind === 'none' || identity.kind === 'wechat') {
        return sendJson(
          response,
          401,
          { error: 'unauthenticated', error_code: 16, error_description: 'sign in first' },
          headers,
        )
      }
      const name = identity.kind === 'custom' ? identity.customUserId : 'anonymous'
      return sendJson(
        response,
        200,
        { sub: identity.uid, name, username: name, provider: identity.kind },
        headers,
      )
    }
    if (['revoke', 'user/signout', 'user/revoke/all'].includes(verb))
      return sendJson(response, 200, {}, headers)
    const signInBy: Readonly<Record<string, (body: Fields) => object | undefined>> = {
      'signin/anonymously': () => identities.signInAnonymously(request.headers['x-device-id']),
      'signin/custom': (body) => identities.signInWithTicket(body.ticket ?? body.provider_token),
      token: (body) => identities.refresh(body.refresh_token),
    }
    const handle = Object.hasOwn(signInBy, verb) ? signInBy[verb] : undefined
    if (!handle) {
      return sendJson(
        response,
        501,
        { error: 'unimplemented', error_code: 12, error_description: `${verb} is not possible here` },
        headers,
      )
    }
    const session = handle(await readFields(request))
    if (session) return sendJson(response, 200, session, headers)
    sendJson(
      response,
      400,
      { error: 'invalid_grant', error_code: 3, error_description: `${verb} is not possible with this` },
      headers,
    )
  }

  /** `/web`: the SDK's older form, with the token in the body. */
  const callWeb = async (request: IncomingMessage): Promise<unknown> => {
    const body = await readFields(request)
    const token = body.access_token
    const asker = askerOf(
      identityOf(token !== undefined && token !== '' && token !== null, identities.identify(token)),
    )
    const action = String(body.action)
    const answer = action.startsWith('database.') ? database : files
    return { data: await faults.around(action, undefined, () => answer.act(action, body, asker)) }
  }

  const callFunction = async (
    name: string,
    event: unknown,
    identity: Identity,
    address: string,
  ): Promise<unknown> => {
    if (!(await cloud.functionRules.mayInvoke(name, authOf(identity))))
      throw new PlatformFailure('PERMISSION_DENIED', `clients may not call the function ${name}`)
    const origin = {
      trigger: 'client',
      source: identity.kind === 'wechat' ? 'wx_client' : 'web_client',
      address,
    } as const
    return (await functions.invoke(name, event, identity, origin)).value
  }

  const fieldsOf = async (
    request: IncomingMessage,
    searchParams: URLSearchParams,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const body = request.method === 'GET' ? Object.fromEntries(searchParams) : await readJson(request)
    if (!isPlain(body)) throw invalidParam('the body must be an object')
    return body
  }

  /** How to answer a request; undefined when its address is none of the gateway's. */
  const answerTo = (
    request: IncomingMessage,
    pathname: string,
    searchParams: URLSearchParams,
  ): (() => Promise<unknown>) | undefined => {
    const functionName = /^\/v1\/functions\/([\w-]+)$/.exec(pathname)?.[1]
    const filesVerb = /^\/v1\/storages\/([\w-]+)$/.exec(pathname)?.[1]
    const collectionPath = databasePath.exec(pathname)?.[1]
    const caller = () => identityOf(request.headers.authorization !== undefined, bearer(request))
    if (functionName)
      return async () =>
        // As the gateway sees it: a header that a client may write says nothing.
        callFunction(functionName, await readJson(request), caller(), request.socket.remoteAddress ?? '')
    if (filesVerb)
      return async () => {
        const list = await readJson(request)
        const asker = askerOf(caller())
        return faults.around(`storage.${filesVerb}`, undefined, () => files.serve(filesVerb, list, asker))
      }
    if (!collectionPath) return undefined
    return async () => {
      const method = String(request.method)
      const fields = await fieldsOf(request, searchParams)
      const asker = askerOf(caller())
      return faults.around(`database.${method.toLowerCase()}`, undefined, () =>
        database.serve(method, collectionPath, fields, asker),
      )
    }
  }

  return async (request, response, { pathname, searchParams }) => {
    const headers = cors(request)
    const signInVerb = /^(?:\/v1)?\/auth\/(?:v1\/|(?=v2\/))(.+)$/.exec(pathname)?.[1]
    const isWeb = pathname === '/web'
    const answer = isWeb ? () => callWeb(request) : answerTo(request, pathname, searchParams)
    if (!signInVerb && !answer) return false
    if (request.method === 'OPTIONS') {
      response.writeHead(204, headers).end()
      return true
    }
    if (signInVerb) {
      await signIn(request, response, signInVerb)
      return true
    }
    const requestId = randomUUID()
    try {
      const value = await answer?.()
      sendJson(response, 200, isWeb ? { requestId, ...(value as object) } : value, headers)
    } catch (error) {
      if (error instanceof Unanswered) {
        response.destroy()
        return true
      }
      if (!(error instanceof PlatformFailure)) throw error
      const { message } = error
      const isFunction = pathname.startsWith('/v1/functions/')
      const code = (isFunction ? httpCodes[error.code] : undefined) ?? error.code
      const status = isWeb ? 200 : (statuses[code] ?? (isFunction ? 500 : 400))
      sendJson(response, status, { code, message, requestId }, headers)
    }
    return true
  }
}
