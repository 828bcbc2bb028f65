import { chainsAtUrl } from '../../../local/ledger/from-url'

afterEach(() => jest.restoreAllMocks())

test('F6: who is told to ask more slowly waits and goes on: a ledger of more pages than a minute allows is checked too', async () => {
  let asked = 0
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const say = (value: unknown) => new Response(JSON.stringify(value))
    if (String(url).endsWith('anonymously')) return say({ access_token: 't' })
    const { action } = JSON.parse(String(init?.body)) as { action: string }
    if (action === 'unit.children')
      return say({ ok: true, value: { unit: { id: '15' }, rows: [] }, now: Date.now() })
    if (action === 'ledger.chains')
      return say({ ok: true, value: { rows: [{ id: '15' }], nextCursor: null }, now: Date.now() })
    asked += 1
    // As the server answers the six hundred and sixteenth page of a minute.
    if (asked === 1)
      return say({
        ok: false,
        error: {
          code: 'too-many',
          message: '点得太快了，请几秒后再试',
          details: { retryAt: Date.now() + 50 },
        },
        now: Date.now(),
      })
    return say({
      ok: true,
      value: {
        chain: { id: '15', name: '' },
        rows: [],
        nextCursor: null,
        headHash: null,
        headSeq: 0,
        anchors: [],
        brokenAtSeq: 0,
      },
      now: Date.now(),
    })
  })
  const ids: string[] = []
  for await (const { id } of chainsAtUrl('http://127.0.0.1:1')) ids.push(id)
  expect(ids).toEqual(['15'])
})

test('F6: a server that never gives a page is not asked for ever', async () => {
  let asked = 0
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
    asked += 1
    if (asked > 100) throw new Error('asked for ever')
    const now = Date.now()
    return new Response(
      JSON.stringify(
        String(url).endsWith('anonymously')
          ? { access_token: 't' }
          : { ok: false, error: { code: 'too-many', message: '点得太快了', details: { retryAt: now } }, now },
      ),
    )
  })
  await expect(chainsAtUrl('http://127.0.0.1:1').next()).rejects.toThrow('too-many')
})
