import tcb from '@cloudbase/node-sdk'
import { sign } from '@cloudbase/signature-nodejs'
import { aCloud, type TestCloud } from './a-cloud'

const load = (name: string) => `require(${JSON.stringify(require.resolve(name))})`

/** Each signs its requests in another way. */
const functions: Readonly<Record<string, string>> = {
  own: `const tcb = ${load('@cloudbase/node-sdk')}
exports.main = async ({ id }) => {
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })
  await app.database().collection('works').add({ _id: id, text: '红！*\\'()', n: 1, no: false, nothing: null, deep: { a: ['b'] } })
  const { result } = await app.callFunction({ name: 'weixin', data: { id } })
  return result
}`,
  weixin: `const cloud = ${load('wx-server-sdk')}
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async ({ id }) => (await cloud.database().collection('works').doc(id).get()).data.text`,
  meddler: `const tcb = ${load('@cloudbase/node-sdk')}
const count = async (options) => {
  try { return (await tcb.init({ env: 'local', ...options }).database().collection('works').where({ branch: 'b' }).count()).total }
  catch (error) { return error.code + ': ' + error.message.split('\\n')[0] }
}
exports.main = () => {
  const { TENCENTCLOUD_SECRETID: secretId, TENCENTCLOUD_SECRETKEY: secretKey, TENCENTCLOUD_SESSIONTOKEN: sessionToken } = process.env
  return Promise.all([
    count({ secretId, secretKey, sessionToken }),
    count({ secretId, secretKey: 'guessed', sessionToken }),
    count({ secretId, secretKey }),
  ])
}`,
}

let running: TestCloud
beforeAll(async () => {
  running = await aCloud({ functions })
})
afterAll(() => running.close())

const count = (options: object) =>
  tcb
    .init({ env: 'local', serviceUrl: running.cloud.adminUrl, ...options })
    .database()
    .collection('works')
    .where({ branch: 'b' })
    .count()

/** A request as the SDK would send it, with whatever is changed after signing. */
const send = async (change: {
  readonly timestamp?: number
  readonly headers?: Record<string, string>
  readonly body?: object
  readonly query?: string
}): Promise<{ code?: string; message?: string; data?: object }> => {
  const url = `${running.cloud.adminUrl}?env=local&seqId=1`
  const params = { action: 'database.calculateDocument', collectionName: 'works', query: '{"branch":"b"}' }
  const headers = { host: new URL(url).host, 'content-type': 'application/json', 'x-sdk-version': 'test' }
  const { authorization, timestamp } = sign({
    ...{ secretId: 'x', secretKey: 'y', method: 'post', url, headers, params, withSignedParams: true },
    timestamp: change.timestamp ?? Math.floor(Date.now() / 1000),
  })
  const answer = await fetch(`${url}${change.query ?? ''}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sdk-version': 'test',
      authorization,
      'x-timestamp': String(timestamp),
      'x-signature-expires': '600',
      ...change.headers,
    },
    body: JSON.stringify({ ...params, ...change.body }),
  })
  return (await answer.json()) as { code?: string }
}

const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds

describe('where signatures are checked', () => {
  test('the server SDK’s requests with the right credentials pass, whatever they hold', async () => {
    const works = running.database.collection('works')
    const document = {
      _id: 's1',
      text: "红 脸！*'()~&=%+",
      zero: 0,
      no: false,
      nothing: null,
      list: [{ A: [] }],
    }
    await works.add(document)
    expect((await works.doc('s1').get()).data).toEqual([document])
    await running.database.runTransaction(async (transaction: typeof running.database) => {
      await transaction.collection('works').doc('s1').update({ zero: 1 })
    })
    const { fileID } = await running.app.uploadFile({
      cloudPath: 'signed/红.jpg',
      fileContent: Buffer.from('x') as never,
    })
    await running.app.deleteFile({ fileList: [fileID] })
  })

  test('other credentials do not', async () => {
    await expect(count({ secretId: 'x', secretKey: 'y' })).resolves.toMatchObject({ total: 0 })
    await expect(count({ secretId: 'x', secretKey: 'z' })).rejects.toMatchObject({
      code: 'SIGN_PARAM_INVALID',
      message: expect.stringContaining('signature is invalid'),
    })
    await expect(count({ secretId: 'nobody', secretKey: 'y' })).rejects.toMatchObject({
      code: 'SIGN_PARAM_INVALID',
      message: expect.stringContaining('secret id error'),
    })
  })

  test('functions pass with the credentials that they are given, through either SDK', async () => {
    const { value } = await running.cloud.invoke('own', { id: 's2' })
    expect(value).toBe("红！*'()")
  })

  test('an instance’s credentials do not hold with another key or without their token', async () => {
    const { value } = await running.cloud.invoke('meddler', {})
    expect(value).toEqual([
      0,
      expect.stringMatching(/^SIGN_PARAM_INVALID: .*signature is invalid/),
      expect.stringMatching(/^SIGN_PARAM_INVALID: .*session token error/),
    ])
  })

  test('functions pass whatever the cloud’s clock says', async () => {
    running.cloud.clock.step(400 * 86_400_000)
    await expect(running.cloud.invoke('own', { id: 's3' })).resolves.toMatchObject({ value: "红！*'()" })
    await expect(count({ secretId: 'x', secretKey: 'y' })).resolves.toMatchObject({ total: 0 })
    running.cloud.clock.step(-400 * 86_400_000)
  })

  test('a signature holds for ten minutes', async () => {
    await expect(send({})).resolves.toMatchObject({ data: { total: 0 } })
    await expect(send({ timestamp: secondsFromNow(-550) })).resolves.toMatchObject({ data: { total: 0 } })
    for (const seconds of [-650, 650]) {
      await expect(send({ timestamp: secondsFromNow(seconds) })).resolves.toMatchObject({
        code: 'SIGN_PARAM_INVALID',
        message: 'signature is expired',
      })
    }
    // Nothing signs how long it is to hold.
    await expect(
      send({ timestamp: secondsFromNow(-650), headers: { 'x-signature-expires': '99999999' } }),
    ).resolves.toMatchObject({ message: 'signature is expired' })
  })

  test.each([
    ['the query', { body: { query: '{"branch":"c"}' } }],
    ['the action', { body: { action: 'database.removeDocument' } }],
    ['a parameter more', { body: { limit: 1000 } }],
    ['the address', { query: '&more=1' }],
    ['a signed header', { headers: { 'x-sdk-version': 'other' } }],
    ['the time', { headers: { 'x-timestamp': String(secondsFromNow(5)) } }],
    ['no time', { headers: { 'x-timestamp': 'now' } }],
    [
      'nothing signed',
      {
        headers: {
          authorization: `TC3-HMAC-SHA256 Credential=x/2026-01-01/tcb/tc3_request, Signature=${'0'.repeat(64)}`,
        },
      },
    ],
    [
      'no signature',
      { headers: { authorization: 'TC3-HMAC-SHA256 Credential=x/2026-01-01/tcb/tc3_request' } },
    ],
  ])('a request changed after signing is refused: %s', async (_, change) => {
    await expect(send(change)).resolves.toMatchObject({
      code: 'SIGN_PARAM_INVALID',
      message: 'signature is invalid',
    })
  })

  test('a request that is not signed at all is refused', async () => {
    for (const authorization of ['', 'Bearer x', 'TC3-HMAC-SHA256']) {
      await expect(send({ headers: { authorization } })).resolves.toMatchObject({
        code: 'SIGN_PARAM_INVALID',
        message: 'secret id error',
      })
    }
  })
})

test('where they are ignored any credentials do, but an instance’s own still need their key', async () => {
  const lax = await aCloud({ functions, signatures: 'ignore' })
  const app = tcb.init({ env: 'local', secretId: 'any', secretKey: 'body', serviceUrl: lax.cloud.adminUrl })
  await expect(app.database().collection('works').where({ branch: 'b' }).count()).resolves.toMatchObject({
    total: 0,
  })
  const { value } = await lax.cloud.invoke('meddler', {})
  expect((value as unknown[]).map((one) => String(one).split(':')[0])).toEqual([
    '0',
    'SIGN_PARAM_INVALID',
    'SIGN_PARAM_INVALID',
  ])
  await lax.close()
})
