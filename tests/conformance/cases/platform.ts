import type { Case } from '../case'

const storage = 'https://docs.cloudbase.net/api-reference/server/node-sdk/storage'
const functions = 'https://docs.cloudbase.net/api-reference/server/node-sdk/functions'
const sdk = '@cloudbase/node-sdk/dist/storage/index.js'
const auth = 'https://docs.cloudbase.net/api-reference/server/node-sdk/auth'

const text = async (url: string): Promise<{ readonly status: number; readonly body: string }> => {
  const answer = await fetch(url)
  return { status: answer.status, body: await answer.text() }
}

export const platformCases: readonly Case[] = [
  {
    name: 'an uploaded file gets an id that holds its path',
    source: storage,
    run: async ({ upload, filePath }) => {
      expect(await upload('a.txt', 'hello')).toMatch(new RegExp(`^cloud://[^/]+/${filePath('a.txt')}$`))
    },
  },
  {
    name: 'a file comes down as it went up',
    source: storage,
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', '红脸 hello')
      const { fileContent } = await app.downloadFile({ fileID })
      expect(String(fileContent)).toBe('红脸 hello')
    },
  },
  {
    name: 'an empty file is a file',
    source: storage,
    uncertain: 'whether the storage takes files of no bytes',
    run: async ({ app, upload }) => {
      const fileID = await upload('empty.txt', '')
      const { fileContent } = await app.downloadFile({ fileID })
      expect(String(fileContent)).toBe('')
    },
  },
  {
    name: 'uploading to a path again replaces what is there',
    source: storage,
    run: async ({ app, upload }) => {
      await upload('a.txt', 'first')
      const fileID = await upload('a.txt', 'second')
      expect(String((await app.downloadFile({ fileID })).fileContent)).toBe('second')
    },
  },
  {
    name: 'a path may hold Chinese characters and folders',
    source: storage,
    run: async ({ app, upload }) => {
      const fileID = await upload('巷子/修好前.txt', 'mud')
      expect(String((await app.downloadFile({ fileID })).fileContent)).toBe('mud')
    },
  },
  {
    name: 'a temporary address serves without any key',
    source: storage,
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', 'hello')
      const { fileList } = await app.getTempFileURL({ fileList: [fileID] })
      expect(fileList[0]).toMatchObject({ fileID, code: 'SUCCESS' })
      expect(await text(fileList[0]?.tempFileURL ?? '')).toEqual({ status: 200, body: 'hello' })
    },
  },
  {
    name: 'a temporary address may be asked for with its time to live',
    source: storage,
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', 'hello')
      const { fileList } = await app.getTempFileURL({ fileList: [{ fileID, maxAge: 60 }] })
      expect((await text(fileList[0]?.tempFileURL ?? '')).status).toBe(200)
    },
  },
  {
    name: 'several addresses come in the order they were asked for',
    source: storage,
    run: async ({ app, upload }) => {
      const ids = [await upload('b.txt', 'b'), await upload('a.txt', 'a')]
      const { fileList } = await app.getTempFileURL({ fileList: ids })
      expect(fileList.map((one) => one.fileID)).toEqual(ids)
    },
  },
  {
    name: 'a file that is not there has a code of its own and spoils no other',
    source: 'https://docs.cloudbase.net/error-code/basic/STORAGE_FILE_NONEXIST',
    uncertain: 'whether environments sign addresses of files without looking for them',
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', 'a')
      const missing = fileID.replace('a.txt', 'missing.txt')
      const { fileList } = await app.getTempFileURL({ fileList: [missing, fileID] })
      expect(fileList.map((one) => one.code)).toEqual(['STORAGE_FILE_NONEXIST', 'SUCCESS'])
    },
  },
  {
    name: 'an address that was tampered with is refused',
    source: 'https://cloud.tencent.com/document/product/436/14114',
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', 'a')
      const { fileList } = await app.getTempFileURL({ fileList: [fileID] })
      const url = new URL(fileList[0]?.tempFileURL ?? '')
      const [key] = [...url.searchParams.keys()].filter((one) => /sign/.test(one))
      url.searchParams.set(key ?? 'sign', 'f'.repeat(32))
      expect((await text(url.href)).status).toBe(403)
    },
  },
  {
    name: 'a deleted file is gone',
    source: storage,
    run: async ({ app, upload, refused }) => {
      const fileID = await upload('a.txt', 'a')
      const { fileList } = await app.deleteFile({ fileList: [fileID] })
      expect(fileList[0]).toMatchObject({ fileID, code: 'SUCCESS' })
      expect(await refused(app.downloadFile({ fileID }))).toMatch(/^STORAGE_/)
    },
  },
  {
    name: 'deleting a file that is not there says so in its place',
    source: storage,
    uncertain: 'environments may answer SUCCESS',
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', 'a')
      const missing = fileID.replace('a.txt', 'missing.txt')
      const { fileList } = await app.deleteFile({ fileList: [missing, fileID] })
      expect(fileList.map((one) => one.code)).toEqual(['STORAGE_FILE_NONEXIST', 'SUCCESS'])
    },
  },
  {
    name: 'deleting needs a list that is not empty',
    source: `${sdk}:112`,
    run: async ({ app, refused }) => {
      expect(await refused(app.deleteFile({ fileList: [] }))).toBe('INVALID_PARAM')
    },
  },
  {
    name: 'a list of addresses must not be empty',
    source: `${sdk}:151`,
    run: async ({ app, refused }) => {
      expect(await refused(app.getTempFileURL({ fileList: [] }))).toBe('INVALID_PARAM')
    },
  },
  {
    name: 'fileContent must be bytes or a stream',
    source: `${sdk}:58`,
    run: async ({ app, filePath, refused }) => {
      const upload = app.uploadFile({ cloudPath: filePath('x'), fileContent: 'text' as never })
      expect(await refused(upload)).toBe('INVALID_PARAM')
    },
  },
  {
    name: 'a copy holds the same bytes and leaves the original',
    source: `${sdk}:361`,
    run: async ({ app, upload, filePath }) => {
      const fileID = await upload('a.txt', 'copied')
      const { fileList } = await app.copyFile({
        fileList: [{ srcPath: filePath('a.txt'), dstPath: filePath('copy/a.txt') }],
      })
      expect(fileList[0]?.code ?? 'SUCCESS').toBe('SUCCESS')
      const copy = fileID.replace('a.txt', 'copy/a.txt')
      expect(String((await app.downloadFile({ fileID: copy })).fileContent)).toBe('copied')
      expect(String((await app.downloadFile({ fileID })).fileContent)).toBe('copied')
      await app.deleteFile({ fileList: [copy] })
    },
  },
  {
    name: 'a copy may remove its original',
    source: `${sdk}:380`,
    run: async ({ app, upload, filePath, refused }) => {
      const fileID = await upload('a.txt', 'moved')
      await app.copyFile({
        fileList: [{ srcPath: filePath('a.txt'), dstPath: filePath('moved/a.txt'), removeOriginal: true }],
      })
      const moved = fileID.replace('a.txt', 'moved/a.txt')
      expect(String((await app.downloadFile({ fileID: moved })).fileContent)).toBe('moved')
      expect(await refused(app.downloadFile({ fileID }))).toMatch(/^STORAGE_/)
      await app.deleteFile({ fileList: [moved] })
    },
  },
  {
    name: 'copying what is not there says so',
    source: `${sdk}:361`,
    run: async ({ app, filePath }) => {
      const { fileList } = await app.copyFile({
        fileList: [{ srcPath: filePath('none.txt'), dstPath: filePath('to/none.txt') }],
      })
      expect(fileList[0]?.code).toMatch(/^STORAGE_/)
    },
  },
  {
    name: 'a copy keeps the name of its file',
    source: `${sdk}:375`,
    run: async ({ app, filePath, refused }) => {
      const copy = app.copyFile({ fileList: [{ srcPath: filePath('a.txt'), dstPath: filePath('b.txt') }] })
      expect(await refused(copy)).toBe('INVALID_PARAM')
    },
  },
  {
    name: 'getFileInfo tells size and type of a file',
    source: `${sdk}:200`,
    run: async ({ app, upload }) => {
      const fileID = await upload('a.txt', 'twelve bytes')
      const { fileList } = await app.getFileInfo({ fileList: [fileID] })
      expect(fileList[0]).toMatchObject({ fileID, code: 'SUCCESS', size: 12 })
    },
  },
  {
    name: 'a function answers what it returns, with its event',
    source: functions,
    run: async ({ app }) => {
      const { result } = await app.callFunction({
        name: 'conformance_echo',
        data: { hello: '红', n: [1, null] },
      })
      expect(result).toMatchObject({ event: { hello: '红', n: [1, null] } })
    },
  },
  {
    name: 'a function without data gets an empty event',
    source: functions,
    run: async ({ app }) => {
      const { result } = await app.callFunction({ name: 'conformance_echo' } as never)
      expect((result as { event: object }).event).toEqual({})
    },
  },
  {
    name: 'each invocation has a request id of its own',
    source: 'https://docs.cloudbase.net/cloud-function/how-coding',
    run: async ({ app }) => {
      const ids = await Promise.all(
        [1, 2, 3].map(async () => {
          const { result } = await app.callFunction({ name: 'conformance_echo' } as never)
          return (result as { requestId: string }).requestId
        }),
      )
      expect(new Set(ids).size).toBe(3)
    },
  },
  {
    name: 'an exception of a function is FUNCTIONS_EXECUTE_FAIL for its caller',
    source: 'https://docs.cloudbase.net/error-code/basic/FUNCTIONS_EXECUTE_FAIL',
    run: async ({ app, refused }) => {
      expect(await refused(app.callFunction({ name: 'conformance_echo', data: { fail: true } }))).toBe(
        'FUNCTIONS_EXECUTE_FAIL',
      )
    },
  },
  {
    name: 'a function that is not there is said to be missing',
    source: 'https://docs.cloudbase.net/error-code/basic',
    run: async ({ app, refused }) => {
      expect(await refused(app.callFunction({ name: 'conformance_nobody' } as never))).toBe(
        'FUNCTION_NOT_FOUND',
      )
    },
  },
  {
    name: 'a function needs a name',
    source: '@cloudbase/node-sdk/dist/functions/index.js',
    run: async ({ app, refused }) => {
      expect(await refused(app.callFunction({ name: '' } as never))).toMatch(/INVALID_PARAM|FUNCTION/)
    },
  },
  {
    name: 'outside of a function there is no caller',
    source: auth,
    run: async ({ app }) => {
      expect(app.auth().getUserInfo()).toMatchObject({ openId: '', appId: '', uid: '', customUserId: '' })
    },
  },
  {
    name: 'a collection that was not made is DATABASE_COLLECTION_NOT_EXIST',
    source: 'https://docs.cloudbase.net/error-code/basic/DATABASE_COLLECTION_NOT_EXIST',
    run: async ({ db, refused }) => {
      expect(await refused(db.collection('conformance_nowhere').limit(1).get())).toBe(
        'DATABASE_COLLECTION_NOT_EXIST',
      )
    },
  },
]
