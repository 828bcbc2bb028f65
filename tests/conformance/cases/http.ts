import type { Bench, Case, HttpAnswer } from '../case'

const api = 'https://docs.cloudbase.net/http-api'
const anonymously = `${api}/auth/auth-sign-in-anonymously`
const grant = `${api}/auth/auth-grant-token`
const calls = 'https://docs.cloudbase.net/cloud-function/function-calls/http-api'
const uploads = `${api}/storage/get-objects-upload-info`

const signIn = ({ http }: Bench, deviceId: string): Promise<HttpAnswer> =>
  http('/auth/v1/signin/anonymously', {}, { 'x-device-id': deviceId })

const refresh = ({ http }: Bench, token: unknown): Promise<HttpAnswer> =>
  http('/auth/v1/token', { grant_type: 'refresh_token', refresh_token: token })

const bearer = ({ body }: HttpAnswer) => ({ authorization: `Bearer ${String(body.access_token)}` })

const aSession = {
  token_type: 'Bearer',
  access_token: expect.stringMatching(/\S+/),
  refresh_token: expect.stringMatching(/\S+/),
  expires_in: expect.any(Number),
  sub: expect.stringMatching(/\S+/),
}

/** The HTTP API as a client without an SDK uses it. */
export const httpCases: readonly Case[] = [
  {
    name: 'HTTP API: an anonymous sign-in answers tokens and when they expire',
    source: anonymously,
    run: async (bench) => {
      const { status, body } = await signIn(bench, `device-${bench.run}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ ...aSession, scope: 'anonymous' })
    },
  },
  {
    name: 'HTTP API: a device has one anonymous account, another device another one',
    source: anonymously,
    run: async (bench) => {
      const first = await signIn(bench, `device-${bench.run}`)
      const again = await signIn(bench, `device-${bench.run}`)
      const other = await signIn(bench, `device-${bench.run}-other`)
      expect(again.body.sub).toBe(first.body.sub)
      expect(other.body.sub).not.toBe(first.body.sub)
    },
  },
  {
    name: 'HTTP API: without the id of a device nobody signs in anonymously',
    source: anonymously,
    run: async ({ http }) => {
      const { status, body } = await http('/auth/v1/signin/anonymously', {})
      expect(status).toBeGreaterThanOrEqual(400)
      expect(body.access_token).toBeUndefined()
    },
  },
  {
    name: 'HTTP API: a refresh token answers new tokens of the same account',
    source: grant,
    run: async (bench) => {
      const before = await signIn(bench, `device-${bench.run}`)
      const { status, body } = await refresh(bench, before.body.refresh_token)
      expect(status).toBe(200)
      expect(body).toMatchObject({ ...aSession, sub: before.body.sub })
      expect(body.refresh_token).not.toBe(before.body.refresh_token)
    },
  },
  {
    name: 'HTTP API: a refresh token is good once',
    source: grant,
    run: async (bench) => {
      const { body } = await signIn(bench, `device-${bench.run}`)
      await refresh(bench, body.refresh_token)
      const again = await refresh(bench, body.refresh_token)
      expect(again.status).toBeGreaterThanOrEqual(400)
      expect(again.body).toMatchObject({ error: expect.any(String) })
    },
    uncertain: 'how long the token before goes on being taken while the new one is on its way',
  },
  {
    name: 'HTTP API: a refresh token that nobody gave out is refused as the client’s fault',
    source: grant,
    run: async (bench) => {
      const { status, body } = await refresh(bench, 'nonsense')
      expect(Math.floor(status / 100)).toBe(4)
      expect(body).toMatchObject({ error: expect.any(String) })
    },
  },
  {
    name: 'HTTP API: a ticket of createTicket signs in',
    source: `${api}/auth/auth-sign-in-custom`,
    onlyLocal: 'an environment’s key for tickets comes from its console',
    run: async (bench) => {
      const ticket = bench.ticket('user-1234')
      const session = await bench.http('/auth/v1/signin/custom', { provider_id: 'custom', ticket })
      expect(session).toMatchObject({ status: 200, body: aSession })
      const { body } = await bench.http('/v1/functions/conformance_echo', {}, bearer(session))
      expect(body).toMatchObject({ customUserId: 'user-1234' })
    },
  },
  {
    name: 'HTTP API: a function is called by its name, and what it answers is the body',
    source: calls,
    run: async (bench) => {
      const session = await signIn(bench, `device-${bench.run}`)
      const { status, body } = await bench.http(
        '/v1/functions/conformance_echo',
        { 红: [1, null] },
        bearer(session),
      )
      expect(status).toBe(200)
      expect(body).toMatchObject({ event: { 红: [1, null] } })
    },
  },
  {
    name: 'HTTP API: the publishable key calls a function, without a sign-in and in nobody’s name',
    source: 'https://docs.cloudbase.net/http-api/basic/access-token',
    onlyLocal: 'an environment’s key comes from its console',
    run: async (bench) => {
      const authorization = `Bearer ${bench.publishableKey()}`
      const { status, body } = await bench.http('/v1/functions/conformance_echo', {}, { authorization })
      expect(status).toBe(200)
      expect(body.customUserId).toBeUndefined()
    },
    uncertain: 'whether the function is told a uid; the product reads custom user ids and openids only',
  },
  {
    name: 'HTTP API: a token that nobody gave out calls nothing',
    source: 'https://docs.cloudbase.net/error-code/INVALID_ACCESS_TOKEN',
    run: async ({ http }) => {
      const { status, body } = await http(
        '/v1/functions/conformance_echo',
        {},
        { authorization: 'Bearer nonsense' },
      )
      expect(status).toBeGreaterThanOrEqual(400)
      expect(body.code).toBe('INVALID_ACCESS_TOKEN')
    },
    uncertain: 'with which status it is said; the client goes by 401 and by the code',
  },
  {
    name: 'HTTP API: a file goes up by PUT to the address, with the three headers, that were answered for it',
    source: uploads,
    run: async (bench) => {
      const session = await signIn(bench, `device-${bench.run}`)
      const objectId = bench.filePath('by-http.txt')
      const { status, body } = await bench.http(
        '/v1/storages/get-objects-upload-info',
        [{ objectId }],
        bearer(session),
      )
      expect(status).toBe(200)
      const [target] = body as unknown as readonly (Record<string, string> | undefined)[]
      expect(target).toMatchObject({ objectId, cloudObjectId: expect.stringMatching(/^cloud:/) })
      const sent = await fetch(target?.uploadUrl ?? '', {
        method: 'PUT',
        headers: {
          authorization: target?.authorization ?? '',
          'x-cos-security-token': target?.token ?? '',
          'x-cos-meta-fileid': target?.cloudObjectMeta ?? '',
        },
        body: '红',
      })
      expect(sent.ok).toBe(true)
      const fileID = target?.cloudObjectId ?? ''
      expect(String((await bench.app.downloadFile({ fileID })).fileContent)).toBe('红')
      await bench.app.deleteFile({ fileList: [fileID] })
    },
  },
]
