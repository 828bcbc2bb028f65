import type { Result } from '../../../ground/result'

/** What an instance keeps at most, and of one answer, in characters of JSON. */
const mostAnswers = 500
const mostCharacters = 8_000_000
const mostOfOne = 1_000_000

interface KeptAnswer {
  readonly answer: Result<unknown>
  readonly at: number
  readonly characters: number
}

/**
 * Answers to those who have not signed in, who are all answered alike: by action and input, as they were checked. What
 * has meanwhile been cleared or hidden is shown no longer than `ms`; after a command of this instance not even that.
 */
export const sharedAnswers = () => {
  const kept = new Map<string, KeptAnswer>()
  let characters = 0
  let timesForgotten = 0

  const drop = (key: string): void => {
    characters -= kept.get(key)?.characters ?? 0
    kept.delete(key)
  }

  return {
    keyOf: (action: string, input: unknown): string => `${action} ${JSON.stringify(input)}`,
    find: (key: string, ms: number, now: number): Result<unknown> | undefined => {
      const found = kept.get(key)
      // A clock that was put back knows of no answer yet.
      if (found && now >= found.at && now < found.at + ms) return found.answer
      if (found) drop(key)
      return undefined
    },
    /** To be asked before the answer is looked up: what was done meanwhile is not in it. */
    state: (): number => timesForgotten,
    keep: (key: string, answer: Result<unknown>, now: number, state: number): void => {
      if (state !== timesForgotten) return
      const one = key.length + JSON.stringify(answer).length
      if (one > mostOfOne) return
      drop(key)
      kept.set(key, { answer, at: now, characters: one })
      characters += one
      for (const oldest of kept.keys()) {
        if (kept.size <= mostAnswers && characters <= mostCharacters) break
        drop(oldest)
      }
    },
    forgetAll: (): void => {
      timesForgotten += 1
      kept.clear()
      characters = 0
    },
  }
}
