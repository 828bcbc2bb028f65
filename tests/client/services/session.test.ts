import { accessToken } from '../../../client/services/session'
import { webSession } from '../../../client/services/web-session'

jest.mock('@tarojs/taro', () => ({}))

const kept = new Map<string, string>()
let asked: string[] = []
/** What the page's head names. */
let publishableKey = ''
/** What the cloud answers next; without an answer it stays silent. */
let answers: (object | undefined)[] = []

const session = (name: string) => ({ access_token: name, refresh_token: `${name}-refresh`, expires_in: 7200 })

beforeEach(() => {
  kept.clear()
  asked = []
  answers = []
  publishableKey = ''
  jest.useFakeTimers()
  Object.assign(globalThis, {
    window: {},
    document: { querySelector: () => ({ href: 'https://cloud.example/', content: publishableKey }) },
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
    fetch: async (url: string, { signal }: { signal: AbortSignal }) => {
      asked.push(new URL(url).pathname)
      const answer = answers.shift()
      if (answer) return Response.json(answer)
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    },
  })
})
afterEach(() => jest.useRealTimers())

test('however many calls begin at once, one sign-in is made for all of them', async () => {
  answers = [session('first')]
  expect(await Promise.all([accessToken(), accessToken(), accessToken()])).toEqual([
    'first',
    'first',
    'first',
  ])
  expect(asked).toEqual(['/auth/v1/signin/anonymously'])
})

test('a sign-in that nobody answers is given up, and whoever calls next asks again', async () => {
  const waiting = Promise.allSettled([accessToken(), accessToken()])
  await jest.advanceTimersByTimeAsync(20_000)
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  answers = [session('second')]
  expect(await accessToken()).toBe('second')
})

test('a token that has expired since is refreshed, a good one is not', async () => {
  answers = [session('first'), session('next')]
  await accessToken()
  expect(await accessToken()).toBe('first')
  jest.setSystemTime(Date.now() + 7_200_000)
  expect(await accessToken()).toBe('next')
  expect(asked).toEqual(['/auth/v1/signin/anonymously', '/auth/v1/token'])
})

test('a refused token is renewed once: who was refused with the same one takes the new one', async () => {
  answers = [session('first'), session('next')]
  const first = await accessToken()
  expect(await Promise.all([accessToken(first), accessToken(first)])).toEqual(['next', 'next'])
  expect(await accessToken(first)).toBe('next')
  expect(asked).toEqual(['/auth/v1/signin/anonymously', '/auth/v1/token'])
})

test('what another window has renewed meanwhile is taken as it is', async () => {
  answers = [session('first')]
  const first = await accessToken()
  const expires_at = new Date(Date.now() + 3_600_000).toISOString()
  kept.set('credentials_', JSON.stringify({ ...session('theirs'), expires_at }))
  expect(await accessToken(first)).toBe('theirs')
  expect(asked).toHaveLength(1)
})

test('what is kept and is no sign-in is as good as none', async () => {
  kept.set('credentials_', '{"access_token":')
  answers = [session('first')]
  expect(await accessToken()).toBe('first')
})

test('where the page names a publishable key, who has no account shows it and signs in nowhere', async () => {
  publishableKey = 'for-everybody'
  expect(await Promise.all([accessToken(), accessToken()])).toEqual(['for-everybody', 'for-everybody'])
  expect(asked).toEqual([])
})

test('a publishable key that the cloud refuses is replaced by a sign-in, which is kept', async () => {
  publishableKey = 'for-nobody'
  answers = [session('first')]
  expect(await accessToken('for-nobody')).toBe('first')
  expect(await accessToken()).toBe('first')
  expect(asked).toEqual(['/auth/v1/signin/anonymously'])
})

test('who has signed in is never asked for by the publishable key, not when the sign-in has expired either', async () => {
  answers = [session('mine'), session('next')]
  await accessToken()
  publishableKey = 'for-everybody'
  expect(await accessToken()).toBe('mine')
  jest.setSystemTime(Date.now() + 7_200_000)
  expect(await accessToken()).toBe('next')
})

test('where another window has signed out, nobody is taken here for whoever was', async () => {
  publishableKey = 'for-everybody'
  webSession.keep({ sessionId: 's1', person: 'p1', isPublic: false, untilAt: Date.now() + 3_600_000 })
  expect(await accessToken()).toBe('for-everybody')
  expect(webSession.read()).toBeUndefined()
})
