import {
  type CommandOrigin,
  type Journalled,
  type LineOf,
  lastSeq,
  shownRev,
  type WorkOf,
} from './journalled'

type Draft<T> = { -readonly [K in keyof T]: T[K] }
/** `Omit` that keeps the members of a union apart. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A matter being changed. */
export interface Change<T extends Journalled> {
  readonly before: T
  readonly draft: Draft<T>
  readonly at: number
  readonly command?: CommandOrigin
  readonly firstNewSeq: number
}

/** What a room says of an event; the journal adds its number, its instant, its command and the state it led to. */
export type NewLine<T extends Journalled> = Without<LineOf<T>, Exclude<keyof LineOf<Journalled>, 'kind'>>

/** Opens a change of a matter as it is; `finish` closes it. */
export const begin = <T extends Journalled>(before: T, at: number, command?: CommandOrigin): Change<T> => ({
  before,
  draft: { ...before },
  at,
  ...(command ? { command } : {}),
  firstNewSeq: lastSeq(before) + 1,
})

/** Adds one line to the trace; the first of a change carries the command. */
export const record = <T extends Journalled>(change: Change<T>, line: NewLine<T>): void => {
  const draft: Draft<Journalled> = change.draft
  const { command, firstNewSeq, at } = change
  const seq = lastSeq(draft) + 1
  draft.timeline = [
    ...draft.timeline,
    {
      seq,
      at,
      ...line,
      ...(seq === firstNewSeq && command
        ? { commandId: command.id, action: command.action, commandDigest: command.digest }
        : {}),
      rev: shownRev(draft),
      status: draft.status,
    },
  ]
}

/** Queues derived work; its id makes doing it twice harmless. */
export const enqueue = <T extends Journalled>(
  change: Change<T>,
  work: Without<WorkOf<T>, 'id' | 'at'>,
): void => {
  const draft: Draft<Journalled> = change.draft
  const ofRev = `${draft.rev + 1}.`
  const places = draft.outbox.flatMap(({ id }) =>
    id.startsWith(ofRev) ? [Number(id.slice(ofRev.length))] : [],
  )
  const place = Math.max(-1, ...places) + 1
  draft.outbox = [...draft.outbox, { id: `${ofRev}${place}`, at: change.at, ...work }]
}

/**
 * Queues work that is done by the matter as it stands then: what waits of it already is done with it. However often the
 * matter changes before the clock comes, it waits once.
 */
export const enqueueOnce = <T extends Journalled>(
  change: Change<T>,
  work: Without<WorkOf<T>, 'id' | 'at'>,
): void => {
  const draft: Draft<Journalled> = change.draft
  const said = JSON.stringify(work)
  draft.outbox = draft.outbox.filter(({ id: _id, at: _at, ...waiting }) => JSON.stringify(waiting) !== said)
  enqueue(change, work)
}

/** The change is nothing that anybody must have seen before acting on the matter. */
export const passUnseen = <T extends Journalled>(change: Change<T>): void => {
  const draft: Draft<Journalled> = change.draft
  draft.unseenRevs = (draft.unseenRevs ?? 0) + 1
}

/** Closes a change: one more revision, which its new lines name. `derive` sets what follows from the matter as it is now. */
export const finish = <T extends Journalled>(
  { draft, at, firstNewSeq }: Change<T>,
  derive: (draft: Draft<T>) => void,
): T => {
  const life: Draft<Journalled> = draft
  life.rev += 1
  life.changedAt = at
  life.timeline = life.timeline.map((line) =>
    line.seq < firstNewSeq ? line : { ...line, rev: shownRev(life), status: life.status },
  )
  derive(draft)
  return draft
}
