import { byKind } from '../ground/by-kind'
import type { Matters } from './matters'
import type { Journalled, WorkOf } from './rules/journalled'
import { tries } from './tries'

/** Whose work it is, where it is done at once: for whoever has just acted, nobody need be looked up. */
type By = string | undefined

interface Kind<T extends Journalled, Entry> {
  /** It neither needs what work of other kinds does nor hinders it: it is done beside theirs. */
  readonly isApart?: true
  /** Nobody waits for it, or its length grows with the number of people: the clock does it, in pieces. */
  readonly isLater?: (matter: T, entry: Entry) => boolean
  /** It may change the matter itself, which is then read again before it is shown. */
  readonly mayChangeIt?: true
}

/** Does work or a piece of it, keyed, so that doing it again changes nothing; what is left of it, or null. */
interface OneByOne<T extends Journalled, Entry> extends Kind<T, Entry> {
  readonly project: (matter: T, entry: Entry, now: number, by: By) => Promise<Entry | null>
}

/** The same for all of one kind that follow one another, in as few calls as may be. */
interface Together<T extends Journalled, Entry> extends Kind<T, Entry> {
  readonly projectAll: (
    matter: T,
    entries: readonly Entry[],
    now: number,
    by: By,
  ) => Promise<readonly (Entry | null)[]>
}

/** How one kind of work in an outbox is done: at once, and by the clock again, later and in whichever state the matter is then. */
export type Projector<T extends Journalled, Entry> = OneByOne<T, Entry> | Together<T, Entry>

/** A projector for each kind of work that matters of this kind leave: none is forgotten. */
export type Projectors<T extends Journalled> = {
  readonly [K in WorkOf<T>['kind']]: Projector<T, Extract<WorkOf<T>, { readonly kind: K }>>
}

/** What has just been written, and by whom. */
export interface JustWritten<T extends Journalled> {
  /** The matter as it was; undefined where it has just come to be. */
  readonly before: T | undefined
  readonly by: By
}

/**
 * Does what a matter's outbox holds. At once: what has just been put there, but for what is later; it stays in the
 * outbox, so that nobody waits for its being taken out. `all`, by the clock: everything, what has been done already
 * once more, and then it is taken out. Answers the matter as it stands then; undefined where it changed too often, and
 * its outbox stays.
 */
export type Settle<T extends Journalled> = (
  matter: T,
  now: number,
  extent: 'all' | JustWritten<T>,
) => Promise<T | undefined>

/** The settling of matters of one kind, by the projectors of that kind. */
export const settleWith = <T extends Journalled>(
  matters: Pick<Matters<T>, 'get' | 'settleOutbox'>,
  projectors: Projectors<T>,
): Settle<T> => {
  const projectorOf = (entry: WorkOf<T>): Projector<T, WorkOf<T>> => byKind(projectors, entry)

  /** Takes what has been done out of the outbox, also when the matter has gone on meanwhile. */
  const forget = async (
    matter: T,
    done: ReadonlyMap<string, WorkOf<T> | null>,
    now: number,
  ): Promise<T | undefined> => {
    for await (const current of tries(matters, matter.id, matter)) {
      if (!current) return undefined
      const remaining = (current.outbox as readonly WorkOf<T>[]).flatMap((entry) => {
        const left = done.get(entry.id)
        return left === undefined ? [entry] : left === null ? [] : [left]
      })
      if (await matters.settleOutbox(current, remaining, now)) return { ...current, outbox: remaining }
    }
    return undefined
  }

  /** What must be done one after the other; the kinds that are apart have each a row of their own. */
  const rowsOf = (work: readonly WorkOf<T>[]): readonly (readonly WorkOf<T>[])[] => {
    const rows = new Map<string, WorkOf<T>[]>()
    for (const entry of work) {
      const name = projectorOf(entry).isApart ? entry.kind : ''
      rows.set(name, [...(rows.get(name) ?? []), entry])
    }
    return [...rows.values()]
  }

  const runsOf = (row: readonly WorkOf<T>[]): readonly (readonly WorkOf<T>[])[] => {
    const runs: WorkOf<T>[][] = []
    for (const entry of row) {
      const last = runs[runs.length - 1]
      if (last?.[0]?.kind === entry.kind) last.push(entry)
      else runs.push([entry])
    }
    return runs
  }

  return async (matter, now, extent) => {
    const by = extent === 'all' ? undefined : extent.by
    const known = new Set(extent === 'all' ? [] : extent.before?.outbox.map((entry) => entry.id))
    const work = (matter.outbox as readonly WorkOf<T>[]).filter(
      (entry) => extent === 'all' || (!known.has(entry.id) && !projectorOf(entry).isLater?.(matter, entry)),
    )
    const done = new Map<string, WorkOf<T> | null>()
    const inOrder = async (row: readonly WorkOf<T>[]): Promise<void> => {
      for (const run of runsOf(row)) {
        const [first] = run
        if (!first) continue
        const projector = projectorOf(first)
        if ('projectAll' in projector) {
          const left = await projector.projectAll(matter, run, now, by)
          for (const [at, entry] of run.entries()) done.set(entry.id, left[at] ?? null)
        } else for (const entry of run) done.set(entry.id, await projector.project(matter, entry, now, by))
      }
    }
    const outcomes = await Promise.allSettled(rowsOf(work).map(inOrder))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    // What fails stays, and keeps nothing that has been done from being taken out.
    const settled = extent === 'all' && done.size > 0 ? await forget(matter, done, now) : matter
    if (failed) throw failed.reason
    if (extent === 'all') return settled
    return work.some((entry) => projectorOf(entry).mayChangeIt) ? matters.get(matter.id) : matter
  }
}
