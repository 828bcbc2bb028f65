import { openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const ask = (route: string, body: object, token?: string): Promise<Response> =>
  fetch(`${town.cloud.url}${route}`, {
    method: 'POST',
    headers: {
      'x-device-id': 'a-device-of-somebody',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  })

const tokenOf = async (session: Promise<Response>): Promise<string> =>
  ((await (await session).json()) as { access_token: string }).access_token

const doors = async (): Promise<Readonly<Record<string, string | undefined>>> => {
  const { ticket } = (await (await ask('/local/ticket', { customUserId: 'resident' })).json()) as {
    ticket: string
  }
  return {
    resident: await tokenOf(ask('/auth/v1/signin/custom', { ticket })),
    anonymous: await tokenOf(ask('/auth/v1/signin/anonymously', {})),
    nobody: undefined,
  }
}

test('api, photos and papers are open to whoever has signed in, the clock to no client', async () => {
  for (const [who, token] of Object.entries(await doors())) {
    for (const name of ['api', 'photos', 'papers', 'clock']) {
      const { status } = await ask(`/v1/functions/${name}`, {}, token)
      expect([who, name, status]).toEqual([who, name, who !== 'nobody' && name !== 'clock' ? 200 : 403])
    }
  }
})

test('no client reads or writes a document past the functions', async () => {
  const { resident } = await doors()
  for (const collection of ['reports', 'ledger', 'memberships']) {
    const answer = await ask('/web', {
      action: 'database.queryDocument',
      collectionName: collection,
      access_token: resident,
    })
    await expect(answer.json()).resolves.toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' })
    const documents = `/v1/database/instances/(default)/databases/(default)/collections/${collection}/documents`
    expect((await ask(documents, { data: [{ a: 1 }] }, resident)).status).toBe(403)
  }
})
