import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type Code = OutputOf<'signIn.begin'>
const begin = (isPublic = false): Promise<Code> =>
  town.as(null).get('signIn.begin', { device: 'Windows 电脑 · Chrome', isPublic })
const stateOf = ({ code, pageKey }: Pick<Code, 'code' | 'pageKey'>) =>
  town.as(null).get('signIn.take', { code, pageKey })
const see = (person: string, { code }: Pick<Code, 'code'>) => town.as(person).get('signIn.see', { code })
const confirm = (
  person: string,
  { code, words }: Pick<Code, 'code' | 'words'>,
  stay: 'day' | 'week' = 'day',
) => town.as(person).get('signIn.answer', { code, words, stay })

/** Signs somebody in on a computer and answers what the platform then says of its calls. */
const signIn = async (person: string, options: { isPublic?: boolean; stay?: 'day' | 'week' } = {}) => {
  const code = await begin(options.isPublic)
  await see(person, code)
  await confirm(person, code, options.stay)
  const { signedIn } = await stateOf(code)
  if (!signedIn) throw new Error('nobody was signed in')
  return signedIn
}

test('a computer shows a code, the phone sees and confirms it, and the computer is who the phone is', async () => {
  const code = await begin()
  expect(await stateOf(code)).toEqual({ state: 'waiting', signedIn: null })
  const seen = await see('secretary', code)
  expect(seen).toMatchObject({ device: 'Windows 电脑 · Chrome', isPublic: false, expiresAt: code.expiresAt })
  expect(new Set(seen.choices).size).toBe(3)
  expect(seen.choices).toContain(code.words)
  expect(await stateOf(code)).toEqual({ state: 'seen', signedIn: null })
  expect(await confirm('secretary', code)).toEqual({ isConfirmed: true })
  const { state, signedIn } = await stateOf(code)
  expect(state).toBe('confirmed')
  const onComputer = town.as(signedIn?.sessionId ?? '')
  const onPhone = town.as('secretary')
  expect(await onComputer.get('me.get', {})).toEqual(await onPhone.get('me.get', {}))
})

test('the platform lets the computer in with the ticket, under the name of its session', async () => {
  const { ticket, sessionId } = await signIn('secretary')
  const answer = await fetch(`${town.cloud.url}/auth/v1/signin/custom`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-device-id': 'a-computer' },
    body: JSON.stringify({ provider_id: 'custom', ticket }),
  })
  const { access_token } = (await answer.json()) as { readonly access_token: string }
  const called = await fetch(`${town.cloud.url}/v1/functions/api`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${access_token}` },
    body: JSON.stringify({ action: 'webSession.list', input: {} }),
  })
  const { value } = (await called.json()) as { readonly value: OutputOf<'webSession.list'> }
  expect(value.rows.find(({ isThis }) => isThis)?.id).toBe(sessionId)
})

describe('a code', () => {
  test('is fetched once: whoever asks again is not let in', async () => {
    const code = await begin()
    await see('secretary', code)
    await confirm('secretary', code)
    const asked = await Promise.all([stateOf(code), stateOf(code), stateOf(code)])
    expect(asked.filter(({ signedIn }) => signedIn !== null)).toHaveLength(1)
    expect(await stateOf(code)).toEqual({ state: 'over', signedIn: null })
    expect(await town.as('secretary').refused('signIn.see', { code: code.code })).toBe('code-over')
  })

  test('is worth nothing to whoever has seen it and has not the page', async () => {
    const code = await begin()
    await see('secretary', code)
    await confirm('secretary', code)
    const stolen = { code: code.code, pageKey: '0'.repeat(32) }
    expect(await stateOf(stolen)).toEqual({ state: 'over', signedIn: null })
    expect((await stateOf(code)).signedIn).not.toBeNull()
  })

  test('belongs to the phone that sees it first', async () => {
    const code = await begin()
    await see('secretary', code)
    expect(await town.as('handler').refused('signIn.see', { code: code.code })).toBe('code-taken')
    const { code: text, words } = code
    expect(await town.as('handler').refused('signIn.answer', { code: text, words, stay: 'day' })).toBe(
      'code-taken',
    )
    expect(await see('secretary', code)).toMatchObject({ expiresAt: code.expiresAt })
    expect(await confirm('secretary', code)).toEqual({ isConfirmed: true })
  })

  test('that was swapped for another is found out by its words, and is over', async () => {
    const [mine, theirs] = [await begin(), await begin()]
    await see('secretary', theirs)
    const answer = { code: theirs.code, words: mine.words, stay: 'day' }
    // Of three words two are decoys: what my computer shows is none of theirs.
    expect(await town.as('secretary').get('signIn.answer', answer as never)).toEqual({ isConfirmed: false })
    expect(await stateOf(theirs)).toEqual({ state: 'refused', signedIn: null })
    expect(await town.as('secretary').refused('signIn.answer', { ...answer, words: theirs.words })).toBe(
      'code-over',
    )
  })

  test('that is not theirs is refused, and stays refused', async () => {
    const code = await begin()
    await see('secretary', code)
    const no = { code: code.code, words: null, stay: 'day' } as const
    expect(await town.as('secretary').get('signIn.answer', no)).toEqual({ isConfirmed: false })
    expect(await stateOf(code)).toEqual({ state: 'refused', signedIn: null })
  })

  test('that is not seen first is not confirmed', async () => {
    const { code, words } = await begin()
    expect(await town.as('secretary').refused('signIn.answer', { code, words, stay: 'day' })).toBe(
      'code-over',
    )
  })

  test('is over after two minutes, for the page and for the phone', async () => {
    const [unseen, seen, confirmed] = [await begin(), await begin(), await begin()]
    await see('secretary', seen)
    await see('secretary', confirmed)
    await confirm('secretary', confirmed)
    town.cloud.clock.step(2 * minuteMs)
    for (const code of [unseen, seen]) {
      expect(await stateOf(code)).toEqual({ state: 'over', signedIn: null })
      expect(await town.as('secretary').refused('signIn.see', { code: code.code })).toBe('code-over')
    }
    // Confirmed in time, it is fetched a moment later.
    expect((await stateOf(confirmed)).signedIn).not.toBeNull()
  })

  test('may be typed with small letters and gaps, and O for 0', async () => {
    const code = await begin()
    const typed = `${code.code.slice(0, 4).toLowerCase()} ${code.code.slice(4)}`.replace(/0/g, 'o')
    expect(await see('secretary', { code: typed })).toMatchObject({ expiresAt: code.expiresAt })
  })

  test.each(['', '1234', '123456789', '！！！！！！！！'])('written %p is no code', async (code) => {
    expect(await town.as('secretary').refused('signIn.see', { code })).toBe('invalid-input')
  })
})

describe('who may', () => {
  test('whoever has no work here is told whom to ask', async () => {
    const { code } = await begin()
    expect(await town.as('resident').refused('signIn.see', { code })).toBe('no-seat')
    // Their look has not made it theirs.
    expect(await see('secretary', { code })).toMatchObject({ isPublic: false })
  })

  test('one computer does not let in the next', async () => {
    const { sessionId } = await signIn('secretary')
    const { code } = await begin()
    expect(await town.as(sessionId).refused('signIn.see', { code })).toBe('phone-only')
  })

  test('nobody is let in without a name', async () => {
    const { code, words } = await begin()
    expect(await town.as(null).refused('signIn.see', { code })).toBe('sign-in-required')
    expect(await town.as(null).refused('signIn.answer', { code, words, stay: 'day' })).toBe(
      'sign-in-required',
    )
  })
})

describe('a computer that is signed in', () => {
  test.each([
    ['for a day', { stay: 'day' }, 12 * hourMs],
    ['for a week', { stay: 'week' }, 7 * dayMs],
    ['that is everybody’s', { isPublic: true, stay: 'week' }, 2 * hourMs],
  ] as const)('%s is not the person’s any more after that', async (_, options, ms) => {
    const { sessionId, untilAt } = await signIn('secretary', options)
    town.cloud.clock.step(untilAt - town.now() - 1000)
    expect((await town.as(sessionId).get('me.get', {})).memberships).toHaveLength(1)
    expect(untilAt - town.now()).toBeLessThanOrEqual(ms)
    town.cloud.clock.step(1000)
    expect(await town.as(sessionId).refused('me.get', {})).toBe('session-ended')
  })

  test('is signed out from the phone, and its next call is refused, a repeated command too', async () => {
    const { sessionId } = await signIn('secretary', { stay: 'week' })
    const { reportId } = await town.as('resident').submit()
    const { rev } = await town.as(sessionId).get('report.get', { reportId })
    const accept = { commandId: '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', reportId, rev }
    await town.as(sessionId).get('report.accept', accept as never)
    await town.as('secretary').get('webSession.end', { sessionId })
    expect(await town.as(sessionId).refused('report.accept', accept)).toBe('session-ended')
    expect(await town.as(sessionId).refused('me.get', {})).toBe('session-ended')
    const { rows } = await town.as('secretary').get('webSession.list', {})
    expect(rows.find(({ id }) => id === sessionId)).toMatchObject({ isRunning: false, isThis: false })
    // Once more it changes nothing.
    await town.as('secretary').get('webSession.end', { sessionId })
    expect((await town.as('secretary').get('webSession.list', {})).rows).toEqual(rows)
  })

  test('is listed to its own people alone, and ended by nobody else', async () => {
    const { sessionId } = await signIn('secretary')
    expect((await town.as('handler').get('webSession.list', {})).rows).toEqual([])
    expect(await town.as('handler').refused('webSession.end', { sessionId })).toBe('not-found')
    expect(await town.as('handler').refused('webSession.end', { sessionId: 'web-unknown' })).toBe('not-found')
    expect((await town.as(sessionId).get('me.get', {})).isSignedIn).toBe(true)
  })

  test('is nobody’s where no such session was ever begun', async () => {
    expect(await town.as('web-0123456789abcdef01234567').refused('me.get', {})).toBe('session-ended')
  })
})

test('the database keeps no code, no key of a page, and half a year of where somebody was signed in', async () => {
  const { code, pageKey } = await begin()
  const [lying] = await town.documents<{ readonly _id: string; readonly page: string }>('sign_ins')
  expect(lying).toBeDefined()
  expect(JSON.stringify(await town.documents('sign_ins'))).not.toMatch(new RegExp(`${code}|${pageKey}`))
  await signIn('secretary')
  town.cloud.clock.step(200 * dayMs)
  await town.cloud.invoke('clock', {})
  expect(await town.documents('sign_ins')).toEqual([])
  expect(await town.documents('web_sessions')).toEqual([])
})
