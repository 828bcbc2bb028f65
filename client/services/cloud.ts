import { askCloud, type CloudAnswer, failure, functionPath, isFine } from './cloud-api'
import type { Cloud } from './cloud-port'
import { takeEarly } from './early-call'
import { accessToken } from './session'

/** Which status says it is not documented, its codes are: https://docs.cloudbase.net/error-code */
const isTokenRefused = ({ status, body }: CloudAnswer): boolean =>
  status === 401 ||
  /UNAUTHENTICATED|ACCESS_TOKEN|CREDENTIALS/.test(String((body as { code?: unknown } | undefined)?.code))

/** A call in the caller's name. A token that the cloud no longer knows is renewed, and the call made once more. */
const askSignedIn = async (path: string, body: unknown): Promise<CloudAnswer> => {
  const ask = (shown: string) => askCloud(path, body, { authorization: `Bearer ${shown}` })
  const early = await takeEarly(path, body)
  const token = await accessToken()
  const answer = early ?? (await ask(token))
  return !isFine(answer) && isTokenRefused(answer) ? ask(await accessToken(token)) : answer
}

interface UploadTarget {
  readonly uploadUrl?: string
  readonly authorization: string
  readonly token: string
  readonly cloudObjectMeta: string
  readonly cloudObjectId: string
}

/** `fetch` tells nothing of how far an upload is. */
const put = (
  file: Blob,
  { uploadUrl = '', authorization, token, cloudObjectMeta }: UploadTarget,
  onProgress: (share: number) => void,
): Promise<Pick<CloudAnswer, 'status' | 'body'>> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', uploadUrl)
    request.setRequestHeader('authorization', authorization)
    request.setRequestHeader('x-cos-security-token', token)
    request.setRequestHeader('x-cos-meta-fileid', cloudObjectMeta)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => resolve({ status: request.status, body: undefined })
    request.onerror = () => reject(new Error('network error: the upload broke off'))
    request.send(file)
  })

/** Whoever signed this computer out from a phone has signed it out: it begins anew, without a name. */
const isSignedOut = (body: unknown): boolean =>
  (body as { error?: { code?: unknown } } | undefined)?.error?.code === 'session-ended'

/** CloudBase from the browser, through its HTTP API: the SDK weighs as much as the rest of the page. */
export const cloud: Cloud = {
  callFunction: async (name, payload) => {
    const answer = await askSignedIn(functionPath(name), payload)
    if (!isFine(answer)) throw failure(`calling ${name}`, answer)
    const { body, askedAt, answeredAt } = answer
    if (isSignedOut(body)) (await import('./leave-computer')).leaveComputer(true)
    return { answer: body, askedAt, answeredAt }
  },

  // https://docs.cloudbase.net/http-api/storage/get-objects-upload-info
  uploadFile: async (cloudPath, file, onProgress) => {
    if (typeof file === 'string') throw new Error('the browser uploads files, not paths')
    const answer = await askSignedIn('/v1/storages/get-objects-upload-info', [{ objectId: cloudPath }])
    const [target] = isFine(answer) ? (answer.body as readonly UploadTarget[]) : []
    if (!target?.uploadUrl)
      throw failure(`uploading ${cloudPath}`, { ...answer, body: target ?? answer.body })
    const sent = await put(file, target, onProgress)
    if (!isFine(sent)) throw failure(`uploading ${cloudPath}`, sent)
    return target.cloudObjectId
  },
}
