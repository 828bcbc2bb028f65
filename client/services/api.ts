import type { Action, Answer, CommandAction, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { onAskAgain } from './ask-again'
import { cloud } from './cloud'
import { isOfflineNow, noteAnswer } from './network'
import { shownWith } from './receipt'
import { noteServerTime } from './server-time'
import { type Silence, silenceOf, type Trouble, troubleOf } from './trouble'
import { noteUnderWay } from './under-way'

export type { Trouble } from './trouble'

/** What only reads, or changes nothing that a second call would change again. */
export type QueryAction = Exclude<Action, CommandAction>

export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly now: number }
  | { readonly ok: false; readonly error: Trouble }

/** All the time one waits before it is said that no answer came; the page says long before that it still waits. */
const mostMs = 20_000
const pauseBeforeRetryMs = 800

const isAnswer = (answer: unknown): answer is Answer =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean'

/** The function that serves an action; photographs have one to themselves, and so has long work. */
const servingFunction = (action: Action): string =>
  action === 'photo.admit' ? 'photos' : action === 'job.nudge' ? 'papers' : 'api'

const ask = async (action: Action, input: object): Promise<unknown> => {
  const { answer, askedAt, answeredAt } = await cloud.callFunction(servingFunction(action), {
    action,
    input,
    ...shownWith(action, input),
  })
  if (isAnswer(answer)) noteServerTime(answer.now, askedAt, answeredAt)
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

const answerTo = async <A extends Action>(
  action: A,
  input: object,
  isWaitedFor: boolean,
  isSending: boolean,
): Promise<Outcome<OutputOf<A>>> => {
  const outcome = await reach(action, input, isWaitedFor)
  // Sound: whoever answers is typed by the same contract, of which no later version takes anything away.
  if (typeof outcome !== 'string') return outcome as Outcome<OutputOf<A>>
  return { ok: false, error: troubleOf(outcome, isSending) }
}

/**
 * Asks the server. Never rejects: a refusal, a server that fails and a network that does not carry come back alike as
 * `error`, each in its own words for the resident.
 */
export const call = <A extends QueryAction>(action: A, input: InputOf<A>): Promise<Outcome<OutputOf<A>>> =>
  answerTo(action, input, false, false)

/** What may still be open in a form: it is sent as nothing, and the server says that it is missing. */
export type Unfinished<T> = { readonly [K in keyof T]: T[K] | undefined }

/** What a form says of a command: all but its id. */
export type CommandInput<A extends CommandAction> = Unfinished<Omit<InputOf<A>, 'commandId'>>

interface CommandOptions {
  /** Nobody has pressed anything: the page does not say that a command is on its way. */
  readonly isQuiet?: boolean
}

/** Sends a command, and answers as `call` does. */
export const command = <A extends CommandAction>(
  action: A,
  input: CommandInput<A> & { readonly commandId: string },
  { isQuiet = false }: CommandOptions = {},
): Promise<Outcome<OutputOf<A>>> => answerTo(action, input, !isQuiet, true)
