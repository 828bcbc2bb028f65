import type { IncomingMessage, ServerResponse } from 'node:http'
import { isPlain } from './codec'
import type { DatabaseConfig } from './config'
import { PlatformFailure } from './failure'
import type { FunctionHost, Identity } from './functions/host'
import { readFields, readJson, sendJson } from './http'
import type { Identities } from './identities'
import type { AdminProtocol } from './protocol'
import { checkCloudPath } from './storage'

export const cors = (request: IncomingMessage): Record<string, string> => ({
  'access-control-allow-origin': request.headers.origin ?? '*',
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': String(request.headers['access-control-request-headers'] ?? '*'),
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
  vary: 'origin',
})

/** What clients may do with files: uploading to the declared folders, nothing else unless reading is open. */
const clientStorageActions = ['storage.getUploadMetadata', 'storage.batchGetDownloadUrl']

/** The protocol of the unmodified `@cloudbase/js-sdk`: sign-in, functions, and files as far as the rules allow. */
export const clientGateway = (cloud: {
  readonly identities: Identities
  readonly functions: FunctionHost
  readonly admin: AdminProtocol
  readonly storageRules: DatabaseConfig['storage']
  readonly newRequestId: () => string
}) => {
  const { identities, functions, admin, storageRules } = cloud

  const bearer = (request: IncomingMessage): Identity | undefined =>
    identities.identify(String(request.headers.authorization ?? '').replace(/^Bearer\s+/i, ''))

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
    if (verb === 'revoke' || verb === 'signout') return sendJson(response, 200, {}, headers)
    const body = await readFields(request)
    const session =
      verb === 'signin/anonymously'
        ? identities.signInAnonymously()
        : verb === 'signin/custom'
          ? identities.signInWithTicket(body.ticket ?? body.provider_token)
          : verb === 'token'
            ? identities.refresh(body.refresh_token)
            : undefined
    if (session) sendJson(response, 200, session, headers)
    else {
      sendJson(
        response,
        400,
        { error: 'invalid_grant', error_code: 4002, error_description: `${verb} is not possible with this` },
        headers,
      )
    }
  }

  const callFunction = async (
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
  ): Promise<void> => {
    const headers = cors(request)
    const identity = bearer(request)
    const requestId = cloud.newRequestId()
    if (!identity) {
      return sendJson(
        response,
        401,
        { code: 'INVALID_ACCESS_TOKEN', message: 'sign in first', requestId },
        headers,
      )
    }
    try {
      const { value } = await functions.invoke(name, await readJson(request), identity)
      sendJson(response, 200, value, headers)
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error
      sendJson(response, 500, { code: error.code, message: error.message, requestId }, headers)
    }
  }

  /** `/web`: the SDK's older form, with the token in the body. */
  const callWeb = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = cors(request)
    const requestId = cloud.newRequestId()
    const body = await readFields(request)
    const identity = identities.identify(body.access_token)
    const deny = (message: string) =>
      sendJson(response, 200, { code: 'PERMISSION_DENIED', message, requestId }, headers)
    if (!identity)
      return sendJson(
        response,
        200,
        { code: 'INVALID_ACCESS_TOKEN', message: 'sign in first', requestId },
        headers,
      )
    const action = String(body.action)
    if (!clientStorageActions.includes(action))
      return deny(`clients may not call ${action}: the collections are ADMINONLY`)
    try {
      if (action === 'storage.getUploadMetadata') {
        const cloudPath = checkCloudPath(body.path)
        if (!storageRules.clientWritePrefixes.some((prefix) => cloudPath.startsWith(prefix))) {
          return deny(`clients may not write to ${cloudPath}`)
        }
      } else if (!storageRules.clientRead) return deny('clients may not read files')
      sendJson(response, 200, { requestId, ...(await admin(body, identity)) }, headers)
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error
      sendJson(response, 200, { code: error.code, message: error.message, requestId }, headers)
    }
  }

  /** Where the SDK asks, in its present form, for the address of an upload: an answer for each wanted file. */
  const prepareUploads = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = cors(request)
    const requestId = cloud.newRequestId()
    const identity = bearer(request)
    if (!identity) {
      return sendJson(
        response,
        401,
        { code: 'INVALID_ACCESS_TOKEN', message: 'sign in first', requestId },
        headers,
      )
    }
    const wanted = await readJson(request)
    if (!Array.isArray(wanted) || wanted.length > 50) {
      return sendJson(
        response,
        400,
        { code: 'INVALID_PARAM', message: 'a list of files is needed', requestId },
        headers,
      )
    }
    const answers = await Promise.all(
      wanted.map(async (one: unknown) => {
        const { objectId } = isPlain(one) ? one : {}
        try {
          const cloudPath = checkCloudPath(objectId)
          if (!storageRules.clientWritePrefixes.some((prefix) => cloudPath.startsWith(prefix)))
            return { objectId, code: 'PERMISSION_DENIED', message: `clients may not write to ${cloudPath}` }
          const answer = (await admin(
            { action: 'storage.getUploadMetadata', path: cloudPath, method: 'put' },
            identity,
          )) as { data: Record<string, unknown> }
          const target = answer.data
          return {
            objectId,
            uploadUrl: target.url,
            authorization: target.authorization,
            token: target.token,
            cloudObjectId: target.fileId,
            cloudObjectMeta: target.cosFileId,
            downloadUrl: target.download_url,
          }
        } catch (error) {
          if (!(error instanceof PlatformFailure)) throw error
          return { objectId, code: error.code, message: error.message }
        }
      }),
    )
    sendJson(response, 200, answers, headers)
  }

  /** False when the address is none of the gateway's. */
  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
    const signInVerb = /^(?:\/v1)?\/auth\/v1\/(.+)$/.exec(pathname)?.[1]
    const functionName = /^\/v1\/functions\/([\w-]+)$/.exec(pathname)?.[1]
    const isWeb = pathname === '/web'
    const isUpload = pathname === '/v1/storages/get-objects-upload-info'
    if (!signInVerb && !functionName && !isWeb && !isUpload) return false
    if (request.method === 'OPTIONS') response.writeHead(204, cors(request)).end()
    else if (signInVerb) await signIn(request, response, signInVerb)
    else if (isUpload) await prepareUploads(request, response)
    else if (functionName) await callFunction(request, response, functionName)
    else await callWeb(request, response)
    return true
  }
}
