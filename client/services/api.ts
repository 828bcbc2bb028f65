import type { Action, Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { cloud } from './cloud'
import { noteServerTime } from './server-time'

/** A refusal or a failure in words for the resident; `fields` of a refused form are in `details`. */
export interface Trouble {
  readonly code: string
  readonly message: string
  readonly details?: unknown
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly now: number }
  | { readonly ok: false; readonly error: Trouble }

const offline: Trouble = { code: 'network', message: '网络不太好，内容还在，稍后再试' }
const unavailable: Trouble = { code: 'unavailable', message: '服务暂时没有回应，内容还在，稍后再试' }

const answerTimeoutMs = 20_000
const pauseBeforeRetryMs = 800

const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs))

const inTime = <T>(work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), answerTimeoutMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })

const isAnswer = (answer: unknown): answer is Answer =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean'

/** The function that serves an action; photographs have one to themselves. */
const servingFunction = (action: Action): string => (action === 'photo.admit' ? 'photos' : 'api')

const ask = async (action: Action, input: object): Promise<unknown> => {
  const askedAt = Date.now()
  const answer = await inTime(cloud.callFunction(servingFunction(action), { action, input }))
  if (isAnswer(answer)) noteServerTime(answer.now, askedAt, Date.now())
  return answer
}

/**
 * Asks the server. Never rejects: a refusal and a broken network alike come back as `error` with words for the
 * resident. A broken connection is tried once more, which is safe: reading changes nothing, and a command is
 * carried out once however often its `commandId` arrives.
 */
export const call = async <A extends Action>(action: A, input: InputOf<A>): Promise<Outcome<OutputOf<A>>> => {
  const attempt = () => ask(action, input)
  try {
    const answer = await attempt().catch(() => pause(pauseBeforeRetryMs).then(attempt))
    return isAnswer(answer) ? (answer as Outcome<OutputOf<A>>) : { ok: false, error: unavailable }
  } catch (error) {
    console.info(`${action} did not reach the server`, error)
    return { ok: false, error: offline }
  }
}
