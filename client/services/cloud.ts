import type { Cloud } from './cloud-port'

type CloudbaseWeb = typeof import('./cloudbase-web').cloudbaseWeb

let opening: Promise<CloudbaseWeb> | undefined

// The SDK weighs as much as the rest of the page, so it arrives after the first paint.
const open = (): Promise<CloudbaseWeb> => {
  opening ??= import(/* webpackChunkName: "cloudbase" */ './cloudbase-web')
    .then(async ({ cloudbaseWeb }) => {
      await cloudbaseWeb.ensureSignedIn()
      return cloudbaseWeb
    })
    .catch((error: unknown) => {
      opening = undefined
      throw error
    })
  return opening
}

interface Failure {
  readonly code?: unknown
  readonly message?: unknown
}

/** The SDK resolves with `{ code, message }` for some failures and rejects with it for others. */
const settle = async <T extends object>(work: Promise<T>): Promise<T & Failure> => {
  try {
    return await work
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'message' in error) return error as T & Failure
    throw error
  }
}

/** A sign-in that the server no longer knows: expired, or made before the server was set up anew. */
const isSignInRefused = ({ code, message }: Failure): boolean =>
  /UNAUTHENTICATED|ACCESS_TOKEN|CREDENTIALS/i.test(`${String(code)} ${String(message)}`)

let renewing: Promise<void> | undefined

const renewSignIn = (web: CloudbaseWeb): Promise<void> => {
  renewing ??= web.signIn().finally(() => {
    renewing = undefined
  })
  return renewing
}

const askSignedIn = async <T extends object>(
  ask: (web: CloudbaseWeb) => Promise<T>,
): Promise<T & Failure> => {
  const web = await open()
  const answer = await settle(ask(web))
  if (!isSignInRefused(answer)) return answer
  await renewSignIn(web)
  return settle(ask(web))
}

const failure = (what: string, { code, message }: Failure): Error =>
  new Error(`${what} failed: ${String(code)} ${String(message)}`)

/** CloudBase from the browser. */
export const cloud: Cloud = {
  callFunction: async (name, payload) => {
    const answer = await askSignedIn(
      ({ app }): Promise<{ result?: unknown }> => app.callFunction({ name, data: payload }),
    )
    if (!('result' in answer)) throw failure(`calling ${name}`, answer)
    return answer.result
  },

  uploadFile: async (cloudPath, file, onProgress) => {
    if (typeof file === 'string') throw new Error('the browser uploads files, not paths')
    const answer = await askSignedIn(
      ({ app }): Promise<{ fileID?: string }> =>
        app.uploadFile({
          cloudPath,
          // The SDK's type asks for a path, its code for a File.
          filePath: file as unknown as string,
          onUploadProgress: (event: ProgressEvent) => {
            if (event.lengthComputable) onProgress(event.loaded / event.total)
          },
        }),
    )
    if (!answer.fileID) throw failure(`uploading ${cloudPath}`, answer)
    return answer.fileID
  },
}
