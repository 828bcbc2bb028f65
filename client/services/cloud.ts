import type { Cloud } from './cloud-port'

type CloudbaseWeb = typeof import('./cloudbase-web')

let opening: Promise<CloudbaseWeb> | undefined

// The SDK weighs as much as the rest of the page, so it arrives after the first paint.
const open = (): Promise<CloudbaseWeb> => {
  opening ??= import(/* webpackChunkName: "cloudbase" */ './cloudbase-web')
    .then(async (web) => {
      await web.ensureSignedIn()
      return web
    })
    .catch((error: unknown) => {
      opening = undefined
      throw error
    })
  return opening
}

/** A sign-in that the server no longer knows: expired, or made before the server was set up anew. */
const isSignInRefused = (code: unknown): boolean =>
  typeof code === 'string' && /UNAUTHENTICATED|INVALID_ACCESS_TOKEN|ACCESS_TOKEN|CREDENTIALS|401/i.test(code)

const failure = (what: string, code: unknown, message: unknown): Error =>
  new Error(`${what} failed: ${String(code)} ${String(message)}`)

/** CloudBase from the browser. The SDK resolves with `{ code, message }` when a call fails. */
export const cloud: Cloud = {
  callFunction: async (name, payload) => {
    const web = await open()
    const ask = () => web.app.callFunction({ name, data: payload })
    let answer: { result?: unknown; code?: unknown; message?: unknown } = await ask()
    if (isSignInRefused(answer.code)) {
      await web.signIn()
      answer = await ask()
    }
    if (answer.code) throw failure(`calling ${name}`, answer.code, answer.message)
    return answer.result
  },

  uploadFile: async (cloudPath, file, onProgress) => {
    if (typeof file === 'string') throw new Error('the browser uploads files, not paths')
    const web = await open()
    const answer: { fileID?: string; code?: unknown; message?: unknown } = await web.app.uploadFile({
      cloudPath,
      // The SDK's type asks for a path, its code for a File.
      filePath: file as unknown as string,
      onUploadProgress: (event: ProgressEvent) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total)
      },
    })
    if (!answer.fileID) throw failure(`uploading ${cloudPath}`, answer.code, answer.message)
    return answer.fileID
  },
}
