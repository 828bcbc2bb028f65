import type { Matters } from './matters'
import type { Journalled, WorkOf } from './rules/journalled'
import { tries } from './tries'

/** How one kind of work in an outbox is done. */
export interface Projector<T extends Journalled, Entry> {
  /** It neither needs what its neighbours do nor hinders it: those of which this is so are done together. */
  readonly isApart?: true
  /** Its length grows with the number of people: the clock does it, in pieces. */
  readonly isMany?: (matter: T, entry: Entry) => boolean
  /** Does the work or a piece of it, keyed, so that doing it again changes nothing; what is left of it, or null. */
  readonly project: (matter: T, entry: Entry, now: number) => Promise<Entry | null>
}

/** A projector for each kind of work that matters of this kind leave: none is forgotten. */
export type Projectors<T extends Journalled> = {
  readonly [K in WorkOf<T>['kind']]: Projector<T, Extract<WorkOf<T>, { readonly kind: K }>>
}

/**
 * Does what a matter's outbox holds: `few` leaves to the clock what is for many. Answers the matter as it stands then;
 * undefined where it changed too often, and its outbox stays.
 */
export type Settle<T extends Journalled> = (
  matter: T,
  now: number,
  extent: 'few' | 'all',
) => Promise<T | undefined>

export const settleWith = <T extends Journalled>(
  matters: Pick<Matters<T>, 'get' | 'settleOutbox'>,
  projectors: Projectors<T>,
): Settle<T> => {
  // Sound: the projector is the one of the kind of the very entry that it is then handed.
  const projectorOf = (entry: WorkOf<T>): Projector<T, WorkOf<T>> =>
    projectors[entry.kind as WorkOf<T>['kind']] as unknown as Projector<T, WorkOf<T>>

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

  /** The work in its order, what may be done together side by side. */
  const together = (work: readonly WorkOf<T>[]): readonly (readonly WorkOf<T>[])[] => {
    const groups: WorkOf<T>[][] = []
    for (const entry of work) {
      const last = groups[groups.length - 1]
      if (last?.every((one) => projectorOf(one).isApart) && projectorOf(entry).isApart) last.push(entry)
      else groups.push([entry])
    }
    return groups
  }

  return async (matter, now, extent) => {
    const work = (matter.outbox as readonly WorkOf<T>[]).filter(
      (entry) => extent === 'all' || !projectorOf(entry).isMany?.(matter, entry),
    )
    const done = new Map<string, WorkOf<T> | null>()
    for (const group of together(work))
      await Promise.all(
        group.map(async (entry) => done.set(entry.id, await projectorOf(entry).project(matter, entry, now))),
      )
    return done.size === 0 ? matter : forget(matter, done, now)
  }
}
