import { ok, type Refusal, type Result, refuse } from '../ground/result'
import type { Matters } from './matters'
import type { Journalled } from './rules/journalled'
import type { Settle } from './settle'
import { tries } from './tries'

/** What every step on matters of one kind needs, whatever it does. */
export interface Life<T extends Journalled, Law> {
  readonly matters: Pick<Matters<T>, 'get' | 'replace'>
  /** What is decided by; read anew for each try. */
  readonly lawOf: (matter: T) => Promise<Law>
  readonly catchUp: (matter: T, now: number, law: Law) => T
  readonly settle: Settle<T>
}

/** What an allowed command is taken on. */
export interface Allowed<T, Law, Caller, Grant> {
  /** Caught up to now. */
  readonly current: T
  readonly law: Law
  readonly caller: Caller
  readonly grant: Grant
}

/** One person's command on a matter. */
export interface Command<T extends Journalled, Law, Caller, Grant, Answer> {
  /** Whose it is, as those are named for whom work may be done. */
  readonly by?: string
  /** The matter, where it has been read already. */
  readonly found?: T | undefined
  /** Who asks, as they stand to the matter; refuses whoever may not know of it. */
  readonly meet: (matter: T) => Promise<Result<Caller>>
  /** What is answered without taking the step: the first answer again, to a command that was carried out before. */
  readonly answered: (
    matter: T,
    caller: Caller,
  ) => Promise<Result<Answer> | undefined> | Result<Answer> | undefined
  /** The revision that the caller has seen. Absent: the step means the same whatever happens meanwhile, and is tried again. */
  readonly seen?: {
    readonly rev: number
    /** The matter's revision as this caller counts them. */
    readonly of: (matter: T, caller: Caller) => number
    /** Why the caller could not take the step at any time; who could is told first that the matter has changed. */
    readonly refusalOf: (current: T, caller: Caller) => Refusal | undefined
  }
  readonly authorise: (current: T, caller: Caller) => Result<Grant>
  /** The matter as the step leaves it. Whatever else it writes must do no harm where the step is not taken after all. */
  readonly take: (on: Allowed<T, Law, Caller, Grant>) => Promise<Result<T>>
  /** Made beside the work that the step leaves; once more where that work has changed the matter again. */
  readonly answer: (after: T, caller: Caller) => Promise<Answer> | Answer
}

/**
 * A command on a matter: sent again? caught up to now; theirs to take, and seen at this revision? allowed now? Then the
 * room decides, one compare-and-set writes change, trace and outbox together, and what people wait for is done at once.
 * Refuses `not-found`, `stale-rev`, `busy` and what the step's own hooks refuse.
 */
export const carryOut =
  <T extends Journalled, Law>({ matters, lawOf, catchUp, settle }: Life<T, Law>) =>
  async <Caller, Grant, Answer>(
    id: string,
    now: number,
    { by, found, meet, answered, seen, authorise, take, answer }: Command<T, Law, Caller, Grant, Answer>,
  ): Promise<Result<Answer>> => {
    for await (const matter of tries(matters, id, found)) {
      if (!matter) return refuse('not-found')
      const met = await meet(matter)
      if (!met.ok) return met
      const caller = met.value
      const outright = await answered(matter, caller)
      if (outright) return outright

      const law = await lawOf(matter)
      const current = catchUp(matter, now, law)
      if (seen) {
        const error = seen.refusalOf(current, caller)
        if (error) return { ok: false, error }
        const rev = seen.of({ ...current, rev: matter.rev }, caller)
        if (seen.rev !== rev) return refuse('stale-rev', { rev })
      }
      const granted = authorise(current, caller)
      if (!granted.ok) return granted
      const taken = await take({ current, law, caller, grant: granted.value })
      if (!taken.ok) return taken
      const after = taken.value
      if (await matters.replace(matter, after)) {
        const [settled = after, made] = await Promise.all([
          settle(after, now, { before: matter, by }),
          answer(after, caller),
        ])
        return ok(settled.rev === after.rev ? made : await answer(settled, caller))
      }
      if (!seen) continue
      const winner = await matters.get(id)
      const again = winner && (await answered(winner, caller))
      if (again) return again
      // Whoever was quicker has changed nothing that this caller must have seen.
      if (winner && seen.of(winner, caller) === seen.rev) continue
      return refuse('stale-rev', { rev: winner && seen.of(winner, caller) })
    }
    return refuse('busy')
  }

/** A command by which a matter comes to be. */
interface Beginning<T extends Journalled, Seen, Answer> {
  /** Whose it is, as those are named for whom work may be done. */
  readonly by?: string
  /** Of the caller and what was sent: a matter that is there already is answered as at first where it began with the same. */
  readonly digest: string
  /** Reads what making it needs, and refuses; writes nothing. */
  readonly look: () => Promise<Result<Seen>>
  /** The matter as it begins. Whatever else it writes must do no harm where the matter does not come to be, or is there. */
  readonly make: (seen: Seen) => Promise<T>
  readonly answer: (matter: T) => Answer
}

/**
 * A command by which a matter comes to be: its id follows from who asks and from the command, so that sent again or
 * twice at once it makes one. That it is there already is what the database says to a second one: the first is not kept
 * waiting for a look.
 */
export const bringIn =
  <T extends Journalled>(matters: Pick<Matters<T>, 'get' | 'insert'>, settle: Settle<T>) =>
  async <Seen, Answer>(
    id: string,
    now: number,
    { by, digest, look, make, answer }: Beginning<T, Seen, Answer>,
  ): Promise<Result<Answer>> => {
    const answered = (matter: T): Result<Answer> =>
      matter.timeline[0]?.commandDigest === digest ? ok(answer(matter)) : refuse('command-reused')
    const seen = await look()
    if (!seen.ok) {
      // What allowed the first may be over by the time the same is sent again.
      const first = await matters.get(id)
      return first ? answered(first) : seen
    }
    const matter = await make(seen.value)
    if (!(await matters.insert(matter))) {
      const winner = await matters.get(id)
      if (!winner) throw new Error(`${id} exists and cannot be read`)
      return answered(winner)
    }
    await settle(matter, now, { before: undefined, by })
    return ok(answer(matter))
  }

/**
 * A step of the product's own: decides on the matter as it stands and writes what comes of it, anew where somebody else
 * was quicker. What is of the same revision is not written. Its outbox is left to the clock. Undefined: no such matter.
 */
export const writeAnew =
  <T extends Journalled>(matters: Pick<Matters<T>, 'get' | 'replace'>) =>
  async (
    id: string,
    take: (matter: T) => Promise<Result<T>>,
    found?: T,
  ): Promise<Result<{ readonly after: T; readonly isNew: boolean }> | undefined> => {
    for await (const matter of tries(matters, id, found)) {
      if (!matter) return undefined
      const taken = await take(matter)
      if (!taken.ok) return taken
      const after = taken.value
      if (after.rev === matter.rev) return ok({ after, isNew: false })
      if (await matters.replace(matter, after)) return ok({ after, isNew: true })
    }
    throw new Error(`${id} changes faster than it can be written`)
  }
