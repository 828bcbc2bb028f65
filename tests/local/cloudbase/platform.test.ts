import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { readCron } from '../../../local/cloudbase/functions/cron'
import { aCloud, type TestCloud } from './a-cloud'

let running: TestCloud
beforeAll(async () => {
  running = await aCloud()
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

describe('functions', () => {
  test('an invocation knows its own caller, also when several run at once', async () => {
    const people = ['alice', 'bobby', 'carol', 'david', 'erika', 'frank']
    const answers = await Promise.all(
      people.map(async (name) => {
        const { access_token: token } = await signIn(name)
        return (await post('/v1/functions/echo', { waitMs: 60 }, token)).value as {
          custom: string
          anonymous: string
        }
      }),
    )
    expect(answers.map((one) => one.custom)).toEqual(people)
    expect(answers.every((one) => one.anonymous === 'false')).toBe(true)
  })

  test('an anonymous caller carries nobody else’s name', async () => {
    await signIn('alice')
    const session = (await post('/auth/v1/signin/anonymously', {})).value as Session
    const { value } = await post('/v1/functions/echo', {}, session.access_token)
    expect(value).toMatchObject({ anonymous: 'true', hasUid: true })
    expect(value).not.toHaveProperty('custom')
  })

  test('the server SDK calls functions too', async () => {
    const { result } = await running.app.callFunction({ name: 'echo', data: { hello: '红' } })
    expect(result).toMatchObject({ event: { hello: '红' } })
  })

  test('one that throws, hangs or crashes says so to its caller, and the next call is served', async () => {
    await expect(running.cloud.invoke('faulty', { how: 'throw' })).rejects.toMatchObject({
      code: 'FUNCTION_EXECUTE_FAIL',
      message: expect.stringContaining('as asked'),
    })
    await expect(running.cloud.invoke('faulty', { how: 'hang' })).rejects.toMatchObject({
      code: 'FUNCTION_TIME_LIMIT_EXCEEDED',
    })
    const [crashed, other] = await Promise.allSettled([
      running.cloud.invoke('faulty', { how: 'crash' }),
      running.cloud.invoke('faulty', {}),
    ])
    expect(crashed.status).toBe('rejected')
    expect(other).toMatchObject({ status: 'fulfilled', value: { value: 'fine' } })
    await expect(running.cloud.invoke('faulty', {})).resolves.toMatchObject({ value: 'fine' })
    await expect(running.cloud.invoke('nobody', {})).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' })
  })

  test('a moved clock is the present for functions, timers run after the move, and the move outlives a restart', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'moved-'))
    const first = await aCloud({ folder })
    const before = Date.now()
    await first.cloud.clock.move(400 * 86_400_000)
    const { value } = await first.cloud.invoke('echo', {})
    expect((value as { now: number }).now - before).toBeGreaterThanOrEqual(400 * 86_400_000)
    await first.cloud.close()
    const second = await aCloud({ folder })
    const timer = await second.cloud.runTimer('echo')
    expect(timer.value).toMatchObject({ source: 'timer', event: { Type: 'Timer', TriggerName: 'tick' } })
    expect((timer.value as { now: number }).now - before).toBeGreaterThanOrEqual(400 * 86_400_000)
    await second.close()
  })
})

describe('timer expressions', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)

  test('seven fields, seconds first, in China’s time', () => {
    expect(readCron('0 */5 * * * * *').matches(at('2026-06-03T09:25:00'))).toBe(true)
    expect(readCron('0 */5 * * * * *').matches(at('2026-06-03T09:26:00'))).toBe(false)
    expect(readCron('0 0 2 1 * * *').matches(at('2026-07-01T02:00:00'))).toBe(true)
    expect(readCron('0 30 8-18 * * 1,3 *').matches(at('2026-06-03T18:30:00'))).toBe(true)
    expect(readCron('0 30 8-18 * * 1,3 *').matches(at('2026-06-04T18:30:00'))).toBe(false)
  })

  test('what is no expression is refused with the part that is wrong', () => {
    expect(() => readCron('* * * * *')).toThrow('seven fields')
    expect(() => readCron('61 * * * * * *')).toThrow('"61"')
    expect(() => readCron('0 x * * * * *')).toThrow('"x"')
  })

  test('a second that is listed fires and no other does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 3_000_000_000 }),
        (second, instant) => {
          const moment = instant * 1000
          expect(readCron(`${second} * * * * * *`).matches(moment)).toBe(instant % 60 === second)
        },
      ),
    )
  })
})

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
