import type { Journalled, WorkOf } from './rules/journalled'

/** Where the matters of one kind are kept, each one document. */
export interface Matters<T extends Journalled> {
  get(id: string): Promise<T | undefined>
  getMany(ids: readonly string[]): Promise<readonly T[]>
  /** False when a matter of this id exists already. */
  insert(matter: T): Promise<boolean>
  /** Compare-and-set on id, revision and status; false when somebody else was quicker. */
  replace(before: T, after: T): Promise<boolean>
  /** Leaves in the outbox what is still to do, if the matter has not changed since it was read. */
  settleOutbox(matter: T, remaining: readonly WorkOf<T>[], now: number): Promise<boolean>
  /** Ids of the longest due but those that are passed over. */
  dueForClock(now: number, limit: number, passedOver: readonly string[]): Promise<readonly string[]>
  /** Ids of those with work to be derived, the longest waiting first, but those that are passed over. */
  withOutbox(now: number, limit: number, passedOver: readonly string[]): Promise<readonly string[]>
}
