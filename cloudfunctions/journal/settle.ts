import type { Matters } from './matters'
import type { Journalled, WorkOf } from './rules/journalled'
import { tries } from './tries'

/** How one kind of work in an outbox is done. */
export interface Projector<T extends Journalled, Entry> {
  /** Its length grows with the number of people: the clock does it, in pieces. */
  readonly isMany?: (matter: T, entry: Entry) => boolean
  /** Does the work or a piece of it, keyed, so that doing it again changes nothing; what is left of it, or null. */
  readonly project: (matter: T, entry: Entry, now: number) => Promise<Entry | null>
}

/** A projector for each kind of work that matters of this kind leave: none is forgotten. */
export type Projectors<T extends Journalled> = {
  readonly [K in WorkOf<T>['kind']]: Projector<T, Extract<WorkOf<T>, { readonly kind: K }>>
}

/** Does what a matter's outbox holds: `few` leaves to the clock what is for many. False: changed too often, its outbox stays. */
export type Settle<T extends Journalled> = (matter: T, now: number, extent: 'few' | 'all') => Promise<boolean>

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
  ): Promise<boolean> => {
    for await (const current of tries(matters, matter.id, matter)) {
      if (!current) return false
      const remaining = (current.outbox as readonly WorkOf<T>[]).flatMap((entry) => {
        const left = done.get(entry.id)
        return left === undefined ? [entry] : left === null ? [] : [left]
      })
      if (await matters.settleOutbox(current, remaining, now)) return true
    }
    return false
  }

  return async (matter, now, extent) => {
    const done = new Map<string, WorkOf<T> | null>()
    for (const entry of matter.outbox as readonly WorkOf<T>[]) {
      const projector = projectorOf(entry)
      if (extent === 'few' && projector.isMany?.(matter, entry)) continue
      done.set(entry.id, await projector.project(matter, entry, now))
    }
    return done.size === 0 || forget(matter, done, now)
  }
}
