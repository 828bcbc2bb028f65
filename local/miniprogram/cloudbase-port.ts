import { randomUUID } from 'node:crypto'
import type { CloudPort } from './server'

interface Refusal {
  readonly code?: string
  readonly message?: string
}

const refusal = ({ code, message }: Refusal, otherwise: string): Error =>
  Object.assign(new Error(message ?? otherwise), { code })

/**
 * `wx.cloud` on a CloudBase with its HTTP API: `url` is its address, `token` the access token of whoever holds the phone
 * at the moment, or undefined of nobody. Source: https://docs.cloudbase.net/http-api/basic/overview
 */
export const cloudbasePort = (url: string, token: () => string | undefined): CloudPort => {
  const post = async (route: string, body: unknown): Promise<unknown> => {
    const bearer = token()
    const answer = await fetch(`${url}${route}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(body),
    })
    const value = (await answer.json().catch(() => ({}))) as Refusal
    if (!answer.ok) throw refusal(value, `HTTP ${answer.status}`)
    return value
  }

  const each = async (route: string, list: readonly object[]) => {
    const answers = (await post(route, list)) as readonly (Refusal & Record<string, string>)[]
    return answers
  }

  return {
    callFunction: async (name, payload) => ({
      result: await post(`/v1/functions/${encodeURIComponent(name)}`, payload),
      requestID: randomUUID(),
    }),
    uploadFile: async (cloudPath, content) => {
      const [target] = await each('/v1/storages/get-objects-upload-info', [{ objectId: cloudPath }])
      if (!target || target.code) throw refusal(target ?? {}, 'no place for this file')
      const answer = await fetch(String(target.uploadUrl), {
        method: 'PUT',
        headers: {
          authorization: String(target.authorization),
          'x-cos-security-token': String(target.token),
          'x-cos-meta-fileid': String(target.cloudObjectMeta),
        },
        body: new Uint8Array(content),
      })
      if (!answer.ok) throw refusal({}, `upload: HTTP ${answer.status}`)
      return { fileID: String(target.cloudObjectId) }
    },
    getTempFileURL: async (fileList) => {
      const answers = await each(
        '/v1/storages/get-objects-download-info',
        fileList.map((cloudObjectId) => ({ cloudObjectId })),
      )
      return {
        fileList: answers.map((one, at) => ({
          fileID: fileList[at],
          tempFileURL: one.downloadUrl ?? '',
          status: one.code ? 1 : 0,
          errMsg: one.message ?? 'ok',
        })),
      }
    },
    deleteFile: async (fileList) => {
      const answers = await each(
        '/v1/storages/delete-objects',
        fileList.map((cloudObjectId) => ({ cloudObjectId })),
      )
      return {
        fileList: answers.map((one, at) => ({
          fileID: fileList[at],
          status: one.code ? 1 : 0,
          errMsg: one.message ?? 'ok',
        })),
      }
    },
  }
}
