import type { Action, Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { onAskAgain } from './ask-again'
import { cloud } from './cloud'
import { isOfflineNow, noteAnswer } from './network'
import { noteServerTime } from './server-time'
import { type Silence, silenceOf, type Trouble, troubleOf } from './trouble'
import { noteUnderWay } from './under-way'

export type { Trouble } from './trouble'

export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly now: number }
  | { readonly ok: false; readonly error: Trouble }

/** All the time one waits before it is said that no answer came; the page says long before that it still waits. */
const mostMs = 20_000
const pauseBeforeRetryMs = 800

const isAnswer = (answer: unknown): answer is Answer =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean'

/** The function that serves an action; photographs have one to themselves. */
const servingFunction = (action: Action): string => (action === 'photo.admit' ? 'photos' : 'api')

const ask = async (action: Action, input: object): Promise<unknown> => {
  const askedAt = Date.now()
  const answer = await cloud.callFunction(servingFunction(action), { action, input })
  if (isAnswer(answer)) noteServerTime(answer.now, askedAt, Date.now())
  return answer
}

/**
 * Answers what the server answers, or why it did not. A broken connection is tried once more, and whoever waits may
 * have it asked again at any time: the first answer counts. That is safe: reading changes nothing, and a command is
 * carried out once however often its `commandId` arrives.
 */
const reach = (action: Action, input: object, isWaitedFor: boolean): Promise<Answer | Silence> =>
  new Promise((resolve) => {
    let rounds = 0
    let timer: ReturnType<typeof setTimeout>

    const end = (outcome: Answer | Silence) => {
      clearTimeout(timer)
      stopListening()
      isOver()
      resolve(outcome)
    }

    const attempt = async (round: number, isLast: boolean): Promise<void> => {
      try {
        const answer = await ask(action, input)
        if (isAnswer(answer)) noteAnswer()
        end(isAnswer(answer) ? answer : 'failed')
      } catch (error) {
        if (round !== rounds) return
        const silence = silenceOf(error)
        if (silence === 'unreached' && (await isOfflineNow())) end('offline')
        else if (isLast) {
          console.info(`${action} was not answered`, error)
          end(silence)
        } else setTimeout(() => void attempt(round, true), pauseBeforeRetryMs)
      }
    }

    const begin = () => {
      rounds += 1
      clearTimeout(timer)
      timer = setTimeout(() => end('unanswered'), mostMs)
      void attempt(rounds, false)
    }

    const stopListening = onAskAgain(begin)
    const isOver = isWaitedFor ? noteUnderWay(() => end('givenUp')) : () => undefined
    begin()
  })

interface CallOptions {
  /** Nobody has pressed anything: the page does not say that a command is on its way. */
  readonly isQuiet?: boolean
}

/**
 * Asks the server. Never rejects: a refusal, a server that fails and a network that does not carry come back alike as
 * `error`, each in its own words for the resident.
 */
export const call = async <A extends Action>(
  action: A,
  input: InputOf<A>,
  { isQuiet = false }: CallOptions = {},
): Promise<Outcome<OutputOf<A>>> => {
  const isCommand = 'commandId' in input
  const outcome = await reach(action, input, isCommand && !isQuiet)
  if (typeof outcome !== 'string') return outcome as Outcome<OutputOf<A>>
  return { ok: false, error: troubleOf(outcome, isCommand) }
}
