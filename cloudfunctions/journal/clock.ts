import { pieceOf } from '../ground/even-hash'
import { minuteMs } from '../ground/instant'
import { sideBySide } from '../ground/side-by-side'
import { type ClockMemory, type Failing, mostFailing, pieceCount, untilNextTry } from './clock-memory'
import type { Matters } from './matters'
import { readEach } from './read-each'
import type { Journalled } from './rules/journalled'
import type { Settle } from './settle'

/** A matter whose turn failed; it stays due. */
export interface Failure {
  readonly id: string
  readonly reason: string
}

/** How many of those that are due are listed at once: their ids alone. */
const listed = 1000
/** So few are worked off without a word to other runs. */
const fewAtOnce = 50
/** How many matters are worked on side by side. A family whose members meet here tries as often at most. */
const width = 16
/** Longer than any run: whoever has not given a piece back by then is no more. */
const claimedMs = minuteMs

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** By their ids, so that many due at one instant fall into pieces of one size. */
const piecesOf = (ids: readonly string[]): readonly (readonly [number, string[]])[] => {
  const pieces = new Map<number, string[]>()
  for (const id of ids) {
    const piece = pieceOf(id, pieceCount)
    pieces.set(piece, [...(pieces.get(piece) ?? []), id])
  }
  return [...pieces]
}

/** Which of those that are due, and whether one still is when its turn comes. */
interface Due<T extends Journalled> {
  readonly list: 'dueForClock' | 'withOutbox'
  readonly isStill: (matter: T) => boolean
}

/**
 * One run of the clock over matters of one kind: side by side up to a bound, many of them in pieces by their ids, so
 * that two runs at once take different ones. Whatever is worked on twice all the same is caught by compare-and-set. A
 * matter that fails holds up nobody: the next run tries it again, and later ones at growing distances. `mayGoOn` is
 * asked before each piece and each matter of it.
 */
export const clockRun = <T extends Journalled>(
  matters: Pick<Matters<T>, 'getMany' | 'dueForClock' | 'withOutbox' | 'replace'>,
  memory: ClockMemory,
  now: number,
  mayGoOn: () => boolean,
) => {
  const each = async (
    { list, isStill }: Due<T>,
    work: (matter: T) => Promise<boolean>,
  ): Promise<{ readonly done: number; readonly failures: readonly Failure[] }> => {
    const failures: Failure[] = []
    const failing = new Map<string, Failing>()
    const passedOver = new Set<string>()
    let isFailingChanged = false
    let done = 0

    /** What was failing and is no more due has been mended by somebody's step. */
    const recall = async (ids: readonly string[]): Promise<void> => {
      for (const one of await memory.failing()) {
        if (ids.length < listed && !ids.includes(one.id)) {
          isFailingChanged = true
          continue
        }
        failing.set(one.id, one)
        if (one.againAt > now) passedOver.add(one.id)
      }
    }

    const fail = (id: string, error: unknown): void => {
      const reason = reasonOf(error)
      const times = (failing.get(id)?.times ?? 0) + 1
      passedOver.add(id)
      failing.set(id, { id, times, reason, againAt: now + untilNextTry(times) })
      isFailingChanged = true
      failures.push({ id, reason })
    }

    /** Also what cannot be read fails alone. */
    const read = (ids: readonly string[]): Promise<readonly T[]> =>
      readEach((some) => matters.getMany(some), ids, fail)

    const turnOf = async (matter: T): Promise<void> => {
      if (!isStill(matter)) return
      const { id } = matter
      try {
        if (await work(matter)) done += 1
        if (failing.delete(id)) isFailingChanged = true
      } catch (error) {
        fail(id, error)
      }
    }

    const inPieces = async (ids: readonly string[]): Promise<void> => {
      const begunElsewhere: string[][] = []
      const mine: number[] = []
      const workOff = async (some: readonly string[]): Promise<void> => {
        if (!mayGoOn()) return
        for (const matter of await read(some)) {
          if (!mayGoOn()) return
          await turnOf(matter)
        }
      }
      await sideBySide(piecesOf(ids), width, async ([piece, some]) => {
        if (await memory.claim(piece, now, now + claimedMs)) {
          mine.push(piece)
          await workOff(some)
        } else begunElsewhere.push(some)
      })
      // What another run has begun and not done, perhaps because it was ended: from behind, so that the two meet.
      await sideBySide(begunElsewhere, width, (some) => workOff(some.reverse()))
      await memory.giveBack(mine)
    }

    for (let isFirst = true; mayGoOn(); isFirst = false) {
      const ids = await matters[list](now, listed, [...passedOver])
      if (ids.length === 0) break
      if (isFirst) await recall(ids)
      const waiting = ids.filter((id) => !passedOver.has(id))
      const [doneBefore, failedBefore] = [done, failures.length]
      if (waiting.length <= fewAtOnce) await sideBySide(await read(waiting), width, turnOf)
      else await inPieces(waiting)
      // A page of failures alone keeps nobody behind it waiting.
      const isStanding =
        done === doneBefore && failures.length === failedBefore && waiting.length === ids.length
      if (isStanding) break
    }

    const tried = new Set(failures.map(({ id }) => id))
    for (const { id, times, reason, againAt } of failing.values()) {
      if (againAt <= now || tried.has(id)) continue
      failures.push({
        id,
        reason: `${reason} (failed ${times} times, tried again in ${Math.ceil((againAt - now) / minuteMs)} min)`,
      })
    }
    if (isFailingChanged) {
      const worstFirst = [...failing.values()].sort((a, b) => b.times - a.times)
      await memory.keepFailing(worstFirst.slice(0, mostFailing))
    }
    return { done, failures }
  }

  return {
    /** `caughtUp` answers the matter as it is now, and when it is next to be looked at where nothing was due after all. */
    catchUp: (caughtUp: (matter: T) => Promise<{ readonly after: T; readonly nextClockAt: number | null }>) =>
      each(
        {
          list: 'dueForClock',
          isStill: ({ nextClockAt }) => nextClockAt !== null && nextClockAt <= now,
        },
        async (matter) => {
          const { after, nextClockAt } = await caughtUp(matter)
          // Its next look was set by an older rule book. With a revision of its own, for else a reader of the old one
          // could write over it; one that nobody must have seen.
          const { rev, unseenRevs = 0 } = matter
          const next =
            after === matter ? { ...matter, rev: rev + 1, unseenRevs: unseenRevs + 1, nextClockAt } : after
          if (next.nextClockAt !== null && next.nextClockAt <= now) {
            throw new Error('the clock has caught it up and it is still due')
          }
          return matters.replace(matter, next)
        },
      ),
    settle: (settle: Settle<T>) =>
      each(
        { list: 'withOutbox', isStill: ({ outbox }) => outbox.length > 0 },
        async (matter) => (await settle(matter, now, 'all')) !== undefined,
      ),
  }
}
