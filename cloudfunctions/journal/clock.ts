import type { Matters } from './matters'
import type { Journalled } from './rules/journalled'
import type { Settle } from './settle'

/** A matter whose turn failed; it stays due and is tried again by the next run. */
export interface Failure {
  readonly id: string
  readonly reason: string
}

const batch = 100

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * One run of the clock over matters of one kind, in two parts: `catchUp` first, `settle` when the rest of the run has
 * been done. A matter that fails holds up nobody, and is left alone until the next run. `mayGoOn` is asked before each
 * batch.
 */
export const clockRun = <T extends Journalled>(
  matters: Pick<Matters<T>, 'dueForClock' | 'withOutbox' | 'replace'>,
  now: number,
  mayGoOn: () => boolean,
) => {
  const failed = new Set<string>()

  const each = async (
    due: 'dueForClock' | 'withOutbox',
    work: (matter: T) => Promise<boolean>,
  ): Promise<{ readonly done: number; readonly failures: readonly Failure[] }> => {
    const failures: Failure[] = []
    let done = 0
    let hasProgress = true
    while (hasProgress) {
      if (!mayGoOn()) break
      const found = await matters[due](now, batch, [...failed])
      hasProgress = false
      for (const matter of found) {
        try {
          if (await work(matter)) {
            done += 1
            hasProgress = true
          }
        } catch (error) {
          failed.add(matter.id)
          failures.push({ id: matter.id, reason: reasonOf(error) })
        }
      }
      // A page of failures alone keeps nobody behind it waiting.
      hasProgress ||= found.length > 0 && found.every(({ id }) => failed.has(id))
    }
    return { done, failures }
  }

  return {
    /** `caughtUp` answers the matter as it is now, and when it is next to be looked at where nothing was due after all. */
    catchUp: (caughtUp: (matter: T) => Promise<{ readonly after: T; readonly nextClockAt: number | null }>) =>
      each('dueForClock', async (matter) => {
        const { after, nextClockAt } = await caughtUp(matter)
        // Its next look was set by an older rule book. With a revision of its own, for else a reader of the old one
        // could write over it.
        const next = after === matter ? { ...matter, rev: matter.rev + 1, nextClockAt } : after
        if (next.nextClockAt !== null && next.nextClockAt <= now) {
          throw new Error('the clock has caught it up and it is still due')
        }
        return matters.replace(matter, next)
      }),
    settle: (settle: Settle<T>) =>
      each('withOutbox', async (matter) => (await settle(matter, now, 'all')) !== undefined),
  }
}
