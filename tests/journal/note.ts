import { minuteMs } from '../../cloudfunctions/ground/instant'
import { ok, type Result, refuse } from '../../cloudfunctions/ground/result'
import { bringIn, carryOut, type Life } from '../../cloudfunctions/journal/carry-out'
import { clockRun } from '../../cloudfunctions/journal/clock'
import { catchUp, type Scheduled } from '../../cloudfunctions/journal/rules/catch-up'
import { begin, type Change, enqueue, finish, record } from '../../cloudfunctions/journal/rules/change'
import type { CommandOrigin, Journalled, TraceLine } from '../../cloudfunctions/journal/rules/journalled'
import { settleWith } from '../../cloudfunctions/journal/settle'
import { clockMemory } from '../../cloudfunctions/platform/cloudbase/clock-memory'
import { type Database, openDatabase } from '../../cloudfunctions/platform/cloudbase/database'
import {
  journalRepository,
  toJournalDocument,
  toJournalled,
} from '../../cloudfunctions/platform/cloudbase/journal-repository'
import { readWhole } from '../../cloudfunctions/platform/cloudbase/long-documents'
import type { DatabaseConfig } from '../../local/cloudbase'
import { anIndex } from '../local/cloudbase/a-cloud'

/** A note on a wall: its owner is reminded of it until it is done, and then whoever has read it is told. */
export interface Note
  extends Journalled<
    TraceLine<'written' | 'read' | 'reminded' | 'done', 'open' | 'done'> & { readonly by: string },
    | { readonly kind: 'message'; readonly to: string; readonly text: string }
    | { readonly kind: 'tell-readers'; readonly text: string; readonly toldCount?: number }
  > {
  readonly owner: string
  readonly readers: readonly string[]
  readonly writtenAt: number
}

/** How long after it was written its owner is reminded of it, each time. */
export type NoteLaw = readonly number[]

interface Reminder {
  readonly no: number
}

export const scheduleOf = (note: Note, law: NoteLaw): readonly Scheduled<Reminder>[] =>
  note.status === 'done'
    ? []
    : law.flatMap((afterMs, place) => {
        const mark = `reminded:${place}`
        const at = note.writtenAt + afterMs
        return note.clockMarks.includes(mark) ? [] : [{ at, mark, deed: { no: place + 1 } }]
      })

export const nextLook = (note: Note, law: NoteLaw): number | null => scheduleOf(note, law)[0]?.at ?? null

const finishNote = (change: Change<Note>, law: NoteLaw): Note =>
  finish(change, (note) => {
    note.nextClockAt = nextLook(note, law)
  })

export const caughtUp = (note: Note, now: number, law: NoteLaw): Note =>
  catchUp<Note, Change<Note>, Reminder>(note, now, {
    scheduleOf: (current) => scheduleOf(current, law),
    begin,
    carryOut: (change, { no }) => {
      record<Note>(change, { kind: 'reminded', by: 'the clock' })
      enqueue<Note>(change, { kind: 'message', to: note.owner, text: `reminder ${no}` })
    },
    finish: (change) => finishNote(change, law),
  })

export const writeNote = (
  id: string,
  owner: string,
  now: number,
  law: NoteLaw,
  origin?: CommandOrigin,
): Note => {
  const blank: Note = {
    id,
    rev: 0,
    status: 'open',
    changedAt: now,
    nextClockAt: null,
    clockMarks: [],
    timeline: [],
    outbox: [],
    owner,
    readers: [],
    writtenAt: now,
  }
  const change = begin(blank, now, origin)
  record<Note>(change, { kind: 'written', by: owner })
  enqueue<Note>(change, { kind: 'message', to: owner, text: 'written' })
  return finishNote(change, law)
}

type Action = 'finish' | 'read'

const decide = (note: Note, by: string, origin: CommandOrigin, now: number, law: NoteLaw): Note => {
  const change = begin(note, now, origin)
  if (origin.action === 'read') {
    change.draft.readers = [...note.readers, by]
    record<Note>(change, { kind: 'read', by })
  } else {
    change.draft.status = 'done'
    record<Note>(change, { kind: 'done', by })
    enqueue<Note>(change, { kind: 'message', to: note.owner, text: 'done' })
    enqueue<Note>(change, { kind: 'tell-readers', text: 'done' })
  }
  return finishNote(change, law)
}

export const noteDatabase: DatabaseConfig = {
  collections: [
    {
      CollectionName: 'notes',
      AclTag: 'ADMINONLY',
      CreateIndexes: [anIndex('due', ['nextClockAt', '_id']), anIndex('outbox', ['outboxAt', '_id'])],
    },
    { CollectionName: 'note_sheets', AclTag: 'ADMINONLY', CreateIndexes: [] },
    { CollectionName: 'messages', AclTag: 'ADMINONLY', CreateIndexes: [] },
    { CollectionName: 'clock_progress', AclTag: 'ADMINONLY', CreateIndexes: [] },
  ],
  storage: { read: false, write: false },
}

type CollectionOfWall = 'notes' | 'note_sheets' | 'messages' | 'clock_progress'

interface Message {
  readonly _id: string
  readonly to: string
  readonly text: string
}

/** How many readers one piece of work tells. */
export const piece = 2

/** What has happened to a note, as whoever asked is answered. */
interface Done {
  readonly rev: number
  readonly at: number
}

/** Notes in a database, with everything that may be done to them. */
export const openWall = (database: Database, law: NoteLaw) => {
  const store = readWhole<CollectionOfWall>(openDatabase<CollectionOfWall>(database), {
    notes: 'note_sheets',
  })
  const notes = journalRepository<'notes' | 'note_sheets', Note>(store, {
    collection: 'notes',
    sheets: 'note_sheets',
    mayLeave: ['timeline', 'outbox', 'readers', 'clockMarks'],
    toDocument: toJournalDocument,
    toMatter: toJournalled,
    firstCome: [['_id', 'asc']],
  })

  const tell = (note: Note, entryId: string, to: readonly string[], text: string): Promise<void> =>
    store.addMissing(
      'messages',
      to.map((one): Message => ({ _id: `${note.id}:${entryId}:${one}`, to: one, text })),
    )

  const settle = settleWith<Note>(notes, {
    message: {
      project: async (note, { id, to, text }) => {
        if (to === 'nobody') throw new Error('nobody is there to be told')
        await tell(note, id, [to], text)
        return null
      },
    },
    'tell-readers': {
      isLater: (note) => note.readers.length > piece,
      project: async (note, entry) => {
        const { id, text, toldCount = 0 } = entry
        const upTo = toldCount + piece
        await tell(note, id, note.readers.slice(toldCount, upTo), text)
        return upTo >= note.readers.length ? null : { ...entry, toldCount: upTo }
      },
    },
  })

  const life: Life<Note, NoteLaw> = { matters: notes, lawOf: async () => law, catchUp: caughtUp, settle }
  const carryOutOn = carryOut(life)

  const doneOf = (note: Note, commandId: string): Result<Done> | undefined => {
    const line = note.timeline.find((one) => one.commandId === commandId)
    return line && ok({ rev: line.rev, at: line.at })
  }

  return {
    notes,
    messages: async (noteId: string): Promise<readonly string[]> =>
      (await store.findAll<Message>('messages', {}, { atMost: 1000 }))
        .filter(({ _id }) => _id.startsWith(`${noteId}:`))
        .map(({ to, text }) => `${to}: ${text}`)
        .sort(),

    /** Somebody writes a note: its id is the command's. */
    write: (id: string, by: string, now: number): Promise<Result<Done>> => {
      const origin: CommandOrigin = { id, action: 'write', digest: by }
      return bringIn(notes, settle)<string, Done>(id, now, {
        digest: by,
        look: async () => (by === 'nobody' ? refuse('not-allowed') : ok(by)),
        make: async (owner) => writeNote(id, owner, now, law, origin),
        answer: (note) => ({ rev: 1, at: note.writtenAt }),
      })
    },

    /** A command of somebody's; `rev` is what they have seen, which who only reads need not say. */
    act: (
      id: string,
      by: string,
      { commandId, action, now, rev }: { commandId: string; action: Action; now: number; rev?: number },
    ): Promise<Result<Done>> => {
      const origin: CommandOrigin = { id: commandId, action, digest: `${by} ${action}` }
      return carryOutOn<string, undefined, Done>(id, now, {
        meet: async () => ok(by),
        answered: (note) => {
          const line = note.timeline.find((one) => one.commandId === commandId)
          return line && line.commandDigest !== origin.digest
            ? refuse('command-reused')
            : doneOf(note, commandId)
        },
        ...(rev === undefined
          ? {}
          : {
              seen: {
                rev,
                of: (note) => note.rev,
                refusalOf: (note) => (note.owner === by ? undefined : refuse('not-allowed').error),
              },
            }),
        authorise: (note) => (note.status === 'open' ? ok(undefined) : refuse('wrong-status')),
        take: async ({ current, law: today }) => ok(decide(current, by, origin, now, today)),
        answer: (note) => {
          const done = doneOf(note, commandId)
          if (!done?.ok) throw new Error('a step left no trace')
          return done.value
        },
      })
    },

    /** One run of the clock, as far as its time goes. */
    clock: async (now: number, mayGoOn: () => boolean = () => true) => {
      const run = (work: string) => clockRun(notes, clockMemory(store, work), now, mayGoOn)
      const first = await run('deadlines').catchUp(async (note) => ({
        after: caughtUp(note, now, law),
        nextClockAt: nextLook(note, law),
      }))
      const then = await run('outboxes').settle(settle)
      return { caughtUp: first.done, settled: then.done, failures: [...first.failures, ...then.failures] }
    },
  }
}

/** Reminded after a quarter of an hour, and after an hour. */
export const usualLaw: NoteLaw = [15 * minuteMs, 60 * minuteMs]
