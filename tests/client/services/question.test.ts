import type { Outcome } from '../../../client/services/api'
import { askAgain } from '../../../client/services/ask-again'
import { noteOwnStep } from '../../../client/services/own-steps'
import { type Question, questionOf, questionsUnder } from '../../../client/services/question'

jest.mock('../../../client/services/cloud', () => ({ cloud: { callFunction: jest.fn() } }))
jest.mock('../../../client/services/device-network', () => ({
  deviceNetwork: { saysOffline: jest.fn(), onChange: jest.fn() },
}))

const at = 1_700_000_000_000
const minuteMs = 60_000
const silence = { code: 'network', message: '没有网' }
const refusal = { code: 'not-found', message: '没有这件事' }

const fine = (value: string): Outcome<string> => ({ ok: true, value, now: at })
const failed = (error: typeof silence): Outcome<string> => ({ ok: false, error })

/** A server that answers when the test says so. */
const slowServer = () => {
  const waiting: ((outcome: Outcome<string>) => void)[] = []
  const asks = jest.fn(() => new Promise<Outcome<string>>((resolve) => void waiting.push(resolve)))
  const answer = async (outcome: Outcome<string>, which = 0): Promise<void> => {
    waiting.splice(which, 1)[0]?.(outcome)
    await jest.advanceTimersByTimeAsync(0)
  }
  return { asks, answer }
}

const leave: (() => void)[] = []

/** A part of a page appears: it hears of the answer, and needs it. */
const appear = (question: Question<string>): void => {
  leave.push(question.hear(() => undefined))
  question.need()
}

const disappear = (): void => {
  for (const one of leave.splice(0)) one()
}

let server = slowServer()
const onPage = (page: string): Question<string> => questionOf(page, 'me.get {}', server.asks)

beforeEach(() => {
  jest.useFakeTimers()
  server = slowServer()
})
afterEach(() => {
  disappear()
  jest.useRealTimers()
})

describe('a question that several parts of a page have', () => {
  test('is asked once, whether they appear together, while it is asked or after it was answered', async () => {
    appear(onPage('home'))
    appear(onPage('home'))
    await jest.advanceTimersByTimeAsync(10)
    appear(onPage('home'))
    await server.answer(fine('甲'))
    appear(onPage('home'))
    expect(server.asks).toHaveBeenCalledTimes(1)
    expect(onPage('home').read()).toEqual({
      value: '甲',
      answeredAt: at,
      isAwaited: false,
      isOutdated: false,
    })
  })

  test('is asked once more by all of them together when the page comes back into view', async () => {
    appear(onPage('home'))
    appear(onPage('home'))
    await server.answer(fine('甲'))
    void onPage('home').ask()
    void onPage('home').ask()
    await server.answer(fine('乙'))
    expect(server.asks).toHaveBeenCalledTimes(2)
    expect(onPage('home').read().value).toBe('乙')
  })

  test('is another one on another page', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    appear(onPage('mine'))
    expect(server.asks).toHaveBeenCalledTimes(2)
    expect(onPage('mine').read().value).toBeUndefined()
  })

  test('is forgotten with the last of them, and kept for whoever takes their place at once', async () => {
    const question = onPage('home')
    appear(question)
    await server.answer(fine('甲'))
    disappear()
    appear(question)
    expect(server.asks).toHaveBeenCalledTimes(1)
    disappear()
    appear(onPage('home'))
    expect(server.asks).toHaveBeenCalledTimes(2)
  })

  test('is asked anew for all when a part appears long after the answer, which stays meanwhile', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    await jest.advanceTimersByTimeAsync(minuteMs)
    appear(onPage('home'))
    expect(onPage('home').read()).toMatchObject({ value: '甲', isAwaited: true })
    await server.answer(fine('乙'))
    expect(onPage('home').read().value).toBe('乙')
  })
})

describe('what a command of one’s own outdates', () => {
  test('is known as outdated until it is answered anew', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    noteOwnStep()
    expect(onPage('home').read()).toMatchObject({ value: '甲', isOutdated: true })
    void onPage('home').ask()
    await server.answer(fine('乙'))
    expect(onPage('home').read()).toMatchObject({ value: '乙', isOutdated: false })
  })

  test('is not made good by an answer to what was asked before it', async () => {
    appear(onPage('home'))
    noteOwnStep()
    await server.answer(fine('甲'))
    expect(onPage('home').read()).toMatchObject({ value: '甲', isOutdated: true })
  })

  test('is asked anew by a part that appears after it', async () => {
    appear(onPage('home'))
    noteOwnStep()
    appear(onPage('home'))
    expect(server.asks).toHaveBeenCalledTimes(2)
    await server.answer(fine('乙'), 1)
    await server.answer(fine('甲'))
    expect(onPage('home').read()).toMatchObject({ value: '乙', isOutdated: false })
  })
})

describe('an answer that came with another one', () => {
  test('is known on every page that asks for it, and what is still awaited does not count', async () => {
    appear(onPage('queue'))
    appear(onPage('detail'))
    await server.answer(fine('甲'))
    noteOwnStep()
    void onPage('detail').ask()
    for (const question of questionsUnder<string>('me.get {}')) question.beTold('乙', at + 1)
    await server.answer(fine('甲'))
    await server.answer(fine('甲'))
    const known = { value: '乙', answeredAt: at + 1, isAwaited: false, isOutdated: false }
    expect(onPage('queue').read()).toEqual(known)
    expect(onPage('detail').read()).toEqual(known)
  })

  test('is none for what is asked in other words', async () => {
    appear(onPage('home'))
    expect(questionsUnder('me.get {"of":"another"}')).toEqual([])
  })

  test('and is overtaken by one of a later time is not shown, but asked for', async () => {
    appear(onPage('home'))
    await server.answer({ ok: true, value: '丙', now: at + 2 })
    noteOwnStep()
    onPage('home').beTold('乙', at + 1)
    expect(onPage('home').read()).toMatchObject({ value: '丙', isAwaited: true })
    await server.answer({ ok: true, value: '丁', now: at + 3 })
    expect(onPage('home').read()).toMatchObject({ value: '丁', isOutdated: false })
  })

  test('serves the page that comes back into view, until it is left again', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    const leftAt = Date.now()
    await jest.advanceTimersByTimeAsync(1_000)
    onPage('home').beTold('乙', at + 1)
    onPage('home').comeBack(leftAt)
    expect(server.asks).toHaveBeenCalledTimes(1)
    await jest.advanceTimersByTimeAsync(1_000)
    onPage('home').comeBack(Date.now() - 500)
    expect(server.asks).toHaveBeenCalledTimes(2)
  })

  test('is asked anew by the page that comes back after yet another command, or long afterwards', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    const leftAt = Date.now()
    await jest.advanceTimersByTimeAsync(1_000)
    onPage('home').beTold('乙', at + 1)
    noteOwnStep()
    onPage('home').comeBack(leftAt)
    expect(server.asks).toHaveBeenCalledTimes(2)
    await server.answer(fine('丙'))
    onPage('home').beTold('丁', at + 2)
    await jest.advanceTimersByTimeAsync(minuteMs)
    onPage('home').comeBack(leftAt)
    expect(server.asks).toHaveBeenCalledTimes(3)
  })
})

describe('where no answer comes', () => {
  test('what was answered before stays, with the time it is of, until one comes', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    void onPage('home').ask()
    await server.answer(failed(silence))
    expect(onPage('home').read()).toMatchObject({ value: '甲', answeredAt: at, lack: silence })
    askAgain()
    await server.answer(fine('乙'))
    expect(onPage('home').read()).toEqual({
      value: '乙',
      answeredAt: at,
      isAwaited: false,
      isOutdated: false,
    })
  })

  test('pressing 再试一次 anywhere asks for it once, and takes the failure from the screen', async () => {
    appear(onPage('home'))
    appear(onPage('home'))
    await server.answer(failed(silence))
    expect(onPage('home').read().error).toBe(silence)
    askAgain()
    expect(onPage('home').read()).toMatchObject({ error: undefined, lack: silence, isAwaited: true })
    expect(server.asks).toHaveBeenCalledTimes(2)
  })

  test('a refusal takes the place of the answer, and is not asked again by itself', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    void onPage('home').ask()
    await server.answer(failed(refusal))
    expect(onPage('home').read()).toEqual({ error: refusal, isAwaited: false, isOutdated: false })
    askAgain()
    expect(server.asks).toHaveBeenCalledTimes(2)
  })
})

describe('a list that is read on', () => {
  const more =
    (outcome: (before: string) => Outcome<string>) =>
    (before = '') =>
      Promise.resolve(outcome(before))

  test('grows by what comes', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    await expect(onPage('home').extend(more((before) => fine(`${before}乙`)))).resolves.toBe(true)
    expect(onPage('home').read()).toMatchObject({ value: '甲乙', isAwaited: false })
  })

  test('stays as it is where nothing comes', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    await expect(onPage('home').extend(more(() => failed(silence)))).resolves.toBe(false)
    expect(onPage('home').read()).toMatchObject({ value: '甲', error: silence, isAwaited: false })
  })

  test('is not lengthened by what was asked before it was read anew', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    const late = onPage('home').extend(more((before) => fine(`${before}乙`)))
    void onPage('home').ask()
    await server.answer(fine('丙'))
    await expect(late).resolves.toBe(true)
    expect(onPage('home').read().value).toBe('丙')
  })
})

describe('a question that was asked too often', () => {
  const tooMany = (retryAt: number) => ({
    code: 'too-many',
    message: '点得太快了，请1分钟后再试',
    details: { retryAt },
  })

  test('keeps what was answered before, and is asked again by itself when that may be', async () => {
    appear(onPage('home'))
    await server.answer(fine('甲'))
    void onPage('home').ask()
    const refused = tooMany(Date.now() + minuteMs)
    await server.answer(failed(refused))
    const message = '点得太快了，请1分钟后再试，到时候自动打开。'
    expect(onPage('home').read()).toMatchObject({ value: '甲', lack: { ...refused, message } })
    await jest.advanceTimersByTimeAsync(minuteMs - 1)
    expect(server.asks).toHaveBeenCalledTimes(2)
    await jest.advanceTimersByTimeAsync(3_000)
    expect(server.asks).toHaveBeenCalledTimes(3)
    await server.answer(fine('乙'))
    expect(onPage('home').read()).toMatchObject({ value: '乙' })
    expect(onPage('home').read()).not.toHaveProperty('lack')
  })

  test('is left to whoever reads the page when that is long, and when nobody reads it any more', async () => {
    appear(onPage('home'))
    await server.answer(failed(tooMany(Date.now() + 10 * minuteMs)))
    await jest.advanceTimersByTimeAsync(20 * minuteMs)
    expect(server.asks).toHaveBeenCalledTimes(1)
    onPage('home').retry()
    await server.answer(failed(tooMany(Date.now() + minuteMs)))
    disappear()
    await jest.advanceTimersByTimeAsync(20 * minuteMs)
    expect(server.asks).toHaveBeenCalledTimes(2)
  })
})
