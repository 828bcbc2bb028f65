import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { aCloud, type TestCloud } from './a-cloud'

let running: TestCloud
beforeAll(async () => {
  running = await aCloud({ signatures: 'ignore' })
})
afterAll(() => running.close())

interface Session {
  readonly access_token: string
  readonly refresh_token: string
}

const post = async (
  route: string,
  body: unknown,
  token?: string,
): Promise<{ status: number; value: never }> => {
  const answer = await fetch(`${running.cloud.url}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, value: (await answer.json()) as never }
}

const signIn = async (customUserId: string): Promise<Session> => {
  const { value } = await post('/local/ticket', { customUserId })
  return (await post('/auth/v1/signin/custom', { ticket: (value as { ticket: string }).ticket })).value
}

describe('files', () => {
  test('go up, come down by a signed address, and are gone when deleted', async () => {
    const bytes = Buffer.from('巷子'.repeat(5000))
    const { fileID } = await running.app.uploadFile({
      cloudPath: 'photos/a.jpg',
      fileContent: bytes as never,
    })
    const { fileContent } = await running.app.downloadFile({ fileID })
    expect(Buffer.from(fileContent as Uint8Array).equals(bytes)).toBe(true)
    const { fileList } = await running.app.getTempFileURL({ fileList: [{ fileID, maxAge: 60 }] })
    const address = (fileList as { tempFileURL: string }[])[0]?.tempFileURL ?? ''
    expect((await fetch(address)).status).toBe(200)
    expect((await fetch(address.replace(/sign=.{4}/, 'sign=0000'))).status).toBe(403)
    expect((await fetch(address.replace(/expires=\d+/, 'expires=9999999999'))).status).toBe(403)
    await running.app.deleteFile({ fileList: [fileID] })
    expect((await fetch(address)).status).toBe(404)
    const again = await running.app.getTempFileURL({ fileList: [{ fileID, maxAge: 60 }] })
    expect(again.fileList).toMatchObject([{ code: 'STORAGE_FILE_NONEXIST' }])
  })

  test('an address expires by the cloud’s clock', async () => {
    const own = await aCloud()
    const { fileID } = await own.app.uploadFile({
      cloudPath: 'x.jpg',
      fileContent: Buffer.from('x') as never,
    })
    const { fileList } = await own.app.getTempFileURL({ fileList: [{ fileID, maxAge: 3600 }] })
    const address = (fileList as { tempFileURL: string }[])[0]?.tempFileURL ?? ''
    expect((await fetch(address)).status).toBe(200)
    await own.cloud.clock.move(2 * 3_600_000)
    expect((await fetch(address)).status).toBe(403)
    await own.close()
  })

  test('go up as forms too, under the name and the size that the address was given for', async () => {
    const { data } = await running.app.getUploadMetadata({ cloudPath: 'forms/a.txt' })
    const { url } = data as { url: string }
    const send = async (fields: Readonly<Record<string, string | Blob>>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      return (await fetch(url, { method: 'POST', body: form })).status
    }
    const file = new Blob(['text'])
    expect(await send({ key: 'forms/b.txt', file })).toBe(400)
    expect(await send({ key: 'forms/a.txt', file: 'no file' })).toBe(400)
    expect((await fetch(url, { method: 'POST', body: 'no form' })).status).toBe(400)
    expect(await send({ key: 'forms/a.txt', file })).toBe(201)
    const fileID = 'cloud://local.local-bucket/forms/a.txt'
    expect(String((await running.app.downloadFile({ fileID })).fileContent)).toBe('text')
  })

  test('are no pages of this server’s, whatever they hold', async () => {
    const { fileID } = await running.app.uploadFile({
      cloudPath: 'pages/a.html',
      fileContent: Buffer.from('<script>1</script>') as never,
    })
    const { fileList } = await running.app.getTempFileURL({ fileList: [fileID] })
    const answer = await fetch((fileList as { tempFileURL: string }[])[0]?.tempFileURL ?? '')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe('sandbox')
  })

  test('path tricks are refused', async () => {
    for (const cloudPath of ['../a.jpg', 'a/../../b', '/etc/passwd', 'a//b', 'a\\b', '.', 'a\u0000b']) {
      await expect(
        running.app.uploadFile({ cloudPath, fileContent: Buffer.from('x') as never }).then(
          () => 'uploaded',
          () => 'refused',
        ),
      ).resolves.toBe('refused')
    }
    expect(
      (await fetch(`${running.cloud.url}/storage/..%2f..%2fdatabase.sqlite?expires=1&sign=x`)).status,
    ).toBe(400)
  })

  test('a client may upload where the rule allows it, and nowhere else; reading is closed', async () => {
    const { access_token: token } = await signIn('alice')
    const ask = async (objectId: string) =>
      (await post('/v1/storages/get-objects-upload-info', [{ objectId }], token)).value as Record<
        string,
        string
      >[]
    const [allowed] = await ask('incoming/a.jpg')
    expect((await fetch(allowed?.uploadUrl ?? '', { method: 'PUT', body: 'x' })).status).toBe(200)
    await expect(ask('photos/a.jpg')).resolves.toMatchObject([{ code: 'STORAGE_EXCEED_AUTHORITY' }])
    const web = (body: object) => post('/web', { access_token: token, ...body })
    await expect(web({ action: 'storage.getUploadMetadata', path: 'photos/a.jpg' })).resolves.toMatchObject({
      value: { code: 'STORAGE_EXCEED_AUTHORITY' },
    })
    await expect(
      web({
        action: 'storage.batchGetDownloadUrl',
        file_list: [{ fileid: 'cloud://local.local-bucket/incoming/a.jpg' }],
      }),
    ).resolves.toMatchObject({
      value: { data: { download_list: [{ code: 'STORAGE_EXCEED_AUTHORITY', tempFileURL: '' }] } },
    })
  })
})

describe('clients', () => {
  test('reach no collection', async () => {
    const { access_token: token } = await signIn('alice')
    await expect(
      post('/web', { access_token: token, action: 'database.queryDocument', collectionName: 'works' }),
    ).resolves.toMatchObject({ value: { code: 'DATABASE_PERMISSION_DENIED' } })
  })

  test('need a sign-in that was made here', async () => {
    const { status, value } = await post('/v1/functions/echo', {}, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x')
    expect(status).toBe(401)
    expect(value).toMatchObject({ code: 'INVALID_ACCESS_TOKEN' })
    await expect(
      post('/auth/v1/signin/custom', { ticket: 'local/@@/made.up.ticket' }),
    ).resolves.toMatchObject({
      status: 400,
    })
    const session = await signIn('alice')
    await expect(post('/v1/functions/echo', {}, session.refresh_token)).resolves.toMatchObject({
      status: 401,
    })
    const renewed = (await post('/auth/v1/token', { refresh_token: session.refresh_token })).value as Session
    await expect(post('/v1/functions/echo', {}, renewed.access_token)).resolves.toMatchObject({
      status: 200,
      value: { custom: 'alice' },
    })
  })
})

test('sign-ins that are not made here are unimplemented, in the words of the sign-in service', async () => {
  for (const verb of ['v1/signin', 'v1/signup', 'v1/verification', 'v1/captcha/init', 'v2/signin/username'])
    await expect(post(`/auth/${verb}`, { username: 'x', password: 'y' })).resolves.toMatchObject({
      status: 501,
      value: { error: 'unimplemented', error_code: 12 },
    })
  await expect(post('/auth/v1/signin/custom', { ticket: 'x/@@/y' })).resolves.toMatchObject({
    status: 400,
    value: { error: 'invalid_grant' },
  })
})

describe('the server', () => {
  const raw = (headers: Record<string, string>, route: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(running.cloud.url)
      request({ hostname, port, path: route, method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
        .on('error', reject)
        .end('{"customUserId":"alice"}')
    })

  test('gives tickets to pages of this machine only', async () => {
    await expect(raw({ host: 'evil.example' }, '/local/ticket')).resolves.toBe(403)
    await expect(raw({ origin: 'https://evil.example' }, '/local/ticket')).resolves.toBe(403)
    await expect(raw({}, '/local/ticket')).resolves.toBe(200)
  })

  test('gives its key for tickets to programs of this machine only; with it the server SDK makes tickets', async () => {
    const { value: credentials } = await post('/local/login-key', {})
    expect((await post('/local/login-key', {})).value).toEqual(credentials)
    const json = { 'content-type': 'application/json' }
    await expect(raw({ ...json, host: 'evil.example' }, '/local/login-key')).resolves.toBe(403)
    await expect(raw({ ...json, origin: 'http://127.0.0.1:1' }, '/local/login-key')).resolves.toBe(403)
    const ticket = tcb
      .init({ env: 'local', credentials } as never)
      .auth()
      .createTicket('carol')
    const { status, value } = await post('/auth/v1/signin/custom', { ticket })
    expect(status).toBe(200)
    await expect(post('/v1/functions/echo', {}, (value as Session).access_token)).resolves.toMatchObject({
      value: { custom: 'carol' },
    })
  })

  test('stays up whatever it is sent', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '{"action":"database.dropEverything"}',
      '{"action":"__proto__"}',
    ]) {
      const { value } = await post('/admin', body)
      expect(value).toMatchObject({ code: 'INVALID_PARAM', requestId: expect.any(String) })
    }
    await expect(post('/local/query', { collection: 'nothing' })).resolves.toMatchObject({ status: 400 })
    await expect(post('/local/move-clock', { ms: 'much' })).resolves.toMatchObject({ status: 400 })
    expect((await fetch(`${running.cloud.url}/nowhere`)).status).toBe(404)
    expect((await fetch(`${running.cloud.url}/console`)).status).toBe(200)
    await expect(
      post('/local/query', { collection: 'works', query: { branch: 'x' } }),
    ).resolves.toMatchObject({
      value: { plan: { kind: 'index' }, rows: [] },
    })
  })

  test('a port in use and a broken data folder are said plainly', async () => {
    const port = Number(new URL(running.cloud.url).port)
    await expect(aCloud({ port })).rejects.toThrow(`port ${port} is in use`)
    const folder = await mkdtemp(path.join(tmpdir(), 'broken-'))
    await mkdir(path.join(folder, 'cloud'))
    await writeFile(
      path.join(folder, 'cloud', 'database.sqlite'),
      'this is no database, it only looks like one'.repeat(50),
    )
    await expect(aCloud({ folder })).rejects.toThrow('cannot be opened')
    await rm(folder, { recursive: true, force: true })
  })
})
