import { minuteMs } from '../../cloudfunctions/ground/instant'
import type { Outcome, Trouble } from './api'
import { onAskAgain } from './ask-again'
import { lastAsked } from './last-asked'
import { onOwnStep } from './own-steps'
import { serverNow } from './server-time'
import type { SharedValue } from './shared-value'
import { signal } from './signal'
import { isForLater, retryAtOf } from './trouble'

/** What is known of a question at the moment. */
export interface Known<V> {
  /** The answer that came last; gone once the question is refused. */
  readonly value?: V
  readonly answeredAt?: number
  /** Why there is no answer, or no newer one. */
  readonly error?: Trouble
  /** The network kept the answer from coming, or too much was asked; stays while it is asked for anew. */
  readonly lack?: Trouble
  readonly isAwaited: boolean
  /** One of the person's own commands was carried out since it was asked. */
  readonly isOutdated: boolean
}

/** Asks the server. `before` is what was answered last; `isLast` tells whether nothing has been asked since. */
export type Ask<V> = (before: V | undefined, isLast: () => boolean) => Promise<Outcome<V>>

/** One question, for all parts of a page that have it. */
export interface Question<V> extends SharedValue<Known<V>> {
  /** For a part that has just appeared: asks, unless the others know already or are about to. */
  readonly need: () => void
  /** For a page that was left then and is in view again: asks anew, unless it was told meanwhile. */
  readonly comeBack: (leftAt: number) => void
  /** Takes the answer that came with another one's, unless the question was answered at a later time: then it asks anew. */
  readonly beTold: (value: V, answeredAt: number) => void
  /** Asks anew; all who say so at the same moment ask once. */
  readonly ask: () => Promise<void>
  /** Asks anew; what says that it failed leaves the screen meanwhile. */
  readonly retry: () => void
  /** Makes a longer answer of the last one; false when it did not come. */
  readonly extend: (more: Ask<V>) => Promise<boolean>
}

/** A part that appears when the answer is older than that asks anew, for all of them. */
const freshMs = minuteMs

/** Whoever would have to wait longer asks by themselves. */
const longestWaitMs = 5 * minuteMs
/** Those who were refused at the same moment do not all come back at the same one. */
const spreadMs = 2_000

/** Whoever has the question waits for its answer from the beginning. */
const nothingKnown = { isAwaited: true, isOutdated: false } as const

/** `onHeard` is told when the first part listens, and when the last has left. */
const openQuestion = <V>(asks: Ask<V>, onHeard: (isHeard: boolean) => void): Question<V> => {
  const asking = lastAsked()
  const answered = signal()
  let partCount = 0
  let known: Known<V> = nothingKnown
  let heardAt = 0
  let toldAt = 0
  let isUnderWay = false
  let hasActedSince = false
  let justAsked: Promise<void> | undefined
  let stopListening: readonly (() => void)[] = []
  let later: ReturnType<typeof setTimeout> | undefined

  const learn = (next: Known<V>): void => {
    known = next
    answered.tell()
  }

  /** Asks again when the server said that one may, and says so; what is over too late is left as it is. */
  const askLater = (error: Trouble): Trouble => {
    const retryAt = retryAtOf(error)
    if (retryAt === undefined || partCount === 0) return error
    const waitMs = Math.max(0, retryAt - serverNow())
    if (waitMs > longestWaitMs) return error
    later = setTimeout(() => void ask(), waitMs + Math.random() * spreadMs)
    return { ...error, message: `${error.message}，到时候自动打开。` }
  }

  const pose = async (): Promise<void> => {
    clearTimeout(later)
    const isLast = asking()
    isUnderWay = true
    hasActedSince = false
    learn({ ...known, isAwaited: true })
    const outcome = await asks(known.value, isLast)
    if (!isLast()) return
    isUnderWay = false
    if (outcome.ok) {
      heardAt = Date.now()
      learn({
        value: outcome.value,
        answeredAt: outcome.now,
        isAwaited: false,
        isOutdated: hasActedSince,
      })
      return
    }
    const error = askLater(outcome.error)
    learn(
      isForLater(error)
        ? { ...known, error, lack: error, isAwaited: false }
        : { error, isAwaited: false, isOutdated: hasActedSince },
    )
  }

  const ask = (): Promise<void> => {
    if (justAsked) return justAsked
    const asked = pose()
    justAsked = asked
    void Promise.resolve().then(() => {
      justAsked = undefined
    })
    return asked
  }

  const isKnown = (): boolean =>
    known.value !== undefined && !known.isOutdated && Date.now() - heardAt < freshMs

  const retry = (): void => {
    learn({ ...known, error: undefined })
    void ask()
  }

  const listen = (): void => {
    stopListening = [
      onAskAgain(() => {
        if (known.lack) retry()
      }),
      onOwnStep(() => {
        hasActedSince = true
        justAsked = undefined
        learn({ ...known, isOutdated: true })
      }),
    ]
    onHeard(true)
  }

  return {
    hear: (listener) => {
      if (partCount === 0) listen()
      partCount += 1
      const stop = answered.hear(listener)
      return () => {
        stop()
        partCount -= 1
        if (partCount > 0) return
        clearTimeout(later)
        for (const stop of stopListening) stop()
        onHeard(false)
      }
    },
    read: () => known,
    need: () => {
      const isComing = isUnderWay && !hasActedSince
      if (!isComing && !isKnown()) void ask()
    },
    comeBack: (leftAt) => {
      if (toldAt <= leftAt || !isKnown()) void ask()
    },
    beTold: (value, answeredAt) => {
      // Asked later and answered sooner: nobody can tell which of the two is the newer one.
      if (known.answeredAt !== undefined && known.answeredAt > answeredAt) {
        void ask()
        return
      }
      // Whatever was asked before does not count any more.
      asking()
      isUnderWay = false
      heardAt = Date.now()
      toldAt = heardAt
      learn({ value, answeredAt, isAwaited: false, isOutdated: false })
    },
    ask,
    retry,
    extend: async (more) => {
      const isLast = asking()
      // Whatever was asked before does not count any more.
      isUnderWay = false
      learn({ ...known, isAwaited: true })
      const outcome = await more(known.value, isLast)
      if (!isLast()) return true
      learn({
        ...known,
        ...(outcome.ok ? { value: outcome.value, error: undefined } : { error: outcome.error }),
        isAwaited: false,
      })
      return outcome.ok
    },
  }
}

/** What parts of pages ask now: by page and key, each with its key. */
const open = new Map<string, { readonly key: string; readonly question: unknown }>()

/**
 * The question that all parts of a page have under this key: asked in the first one's way, forgotten when the last has
 * left. A key begins with its action, and that says what is answered.
 */
export const questionOf = <V>(page: string, key: string, asks: Ask<V>): Question<V> => {
  const place = `${page} ${key}`
  const asked = open.get(place)?.question as Question<V> | undefined
  if (asked) return asked
  const question = openQuestion(asks, (isHeard) => {
    if (isHeard) open.set(place, { key, question })
    else if (open.get(place)?.question === question) open.delete(place)
  })
  open.set(place, { key, question })
  return question
}

/** The question as every page has it that asks it now. */
export const questionsUnder = <V>(key: string): readonly Question<V>[] =>
  [...open.values()].flatMap((one) => (one.key === key ? [one.question as Question<V>] : []))
