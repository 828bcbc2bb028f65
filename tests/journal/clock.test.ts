import { clockRun } from '../../cloudfunctions/journal/clock'
import type { ClockMemory } from '../../cloudfunctions/journal/clock-memory'
import { shownRev } from '../../cloudfunctions/journal/rules/journalled'
import { type Note, usualLaw, writeNote } from './note'

const start = 1_000_000
const always = () => true

/** So many notes that are due, a clock over them, and what each read of them asked for. */
const aWall = (
  count: number,
  memory: Partial<ClockMemory> = {},
  meanwhile: (notes: Map<string, Note>) => void = () => undefined,
) => {
  const notes = new Map<string, Note>()
  for (let no = 0; no < count; no += 1)
    notes.set(`note-${no}`, { ...writeNote(`note-${no}`, 'owner', start, usualLaw), nextClockAt: start })
  const read: (readonly string[])[] = []
  const seen = { working: 0, most: 0 }
  const due = () => [...notes.values()].flatMap(({ id, nextClockAt }) => (nextClockAt === null ? [] : [id]))
  const run = clockRun<Note>(
    {
      getMany: async (ids) => {
        read.push(ids)
        meanwhile(notes)
        return ids.flatMap((id) => notes.get(id) ?? [])
      },
      dueForClock: async (_now, limit, passedOver) =>
        due()
          .filter((id) => !passedOver.includes(id))
          .slice(0, limit),
      withOutbox: async () => [],
      replace: async (_before, after) => {
        notes.set(after.id, after)
        return true
      },
    },
    {
      failing: async () => [],
      keepFailing: async () => undefined,
      claim: async () => true,
      giveBack: async () => undefined,
      ...memory,
    },
    start,
    always,
  )
  const catchUp = () =>
    run.catchUp(async (note) => {
      seen.working += 1
      seen.most = Math.max(seen.most, seen.working)
      await new Promise(setImmediate)
      seen.working -= 1
      return { after: note, nextClockAt: null }
    })
  return { catchUp, read, seen, due, notes }
}

test('many are worked on side by side, never more than the bound, each once', async () => {
  const { catchUp, seen, due } = aWall(400)
  expect(await catchUp()).toEqual({ done: 400, failures: [] })
  expect(due()).toEqual([])
  expect(seen.most).toBeGreaterThan(4)
  expect(seen.most).toBeLessThanOrEqual(16)
})

test('pieces that another run works on come last and from behind, so that two runs meet as late as may be', async () => {
  const all = aWall(400)
  await all.catchUp()
  const pieceOf = new Map(all.read.flatMap((ids, piece) => ids.map((id) => [id, piece] as const)))

  const asked: number[] = []
  const givenBack: number[] = []
  const { catchUp, read } = aWall(400, {
    claim: async (piece) => {
      asked.push(piece)
      return asked.length % 2 === 0
    },
    giveBack: async (pieces) => {
      givenBack.push(...pieces)
    },
  })
  expect((await catchUp()).done).toBe(400)
  const mine = givenBack.length
  expect(asked.length).toBeGreaterThan(20)
  expect(mine).toBe(Math.floor(asked.length / 2))
  // Each piece is read whole, once; those of the other run behind one's own.
  expect(read.map((ids) => new Set(ids.map((id) => pieceOf.get(id))).size)).toEqual(asked.map(() => 1))
  for (const [place, ids] of read.entries()) {
    const before = all.read.find(([first]) => first !== undefined && ids.includes(first)) ?? []
    expect(ids).toEqual(place < mine ? before : [...before].reverse())
  }
})

test('what is due and few is worked off without a word to other runs', async () => {
  const { catchUp, read } = aWall(30, {
    claim: async () => {
      throw new Error('nobody is asked')
    },
  })
  expect(await catchUp()).toEqual({ done: 30, failures: [] })
  expect(read).toHaveLength(1)
})

test('somebody’s step in between is no work any more: what is not due when its turn comes is left alone', async () => {
  let steps = 0
  const { catchUp, due } = aWall(3, {}, (notes) => {
    steps += 1
    for (const id of steps === 1 ? ['note-0', 'note-2'] : [])
      notes.set(id, { ...writeNote(id, 'owner', start, usualLaw), nextClockAt: start + 1 })
  })
  expect(await catchUp()).toEqual({ done: 1, failures: [] })
  expect(due()).toEqual(['note-0', 'note-2'])
})

test('a new time for the next look is no change that anybody must have seen', async () => {
  const { catchUp, notes } = aWall(3)
  const before = [...notes.values()].map(shownRev)
  await catchUp()
  expect([...notes.values()].map(shownRev)).toEqual(before)
  expect([...notes.values()].every(({ rev }) => rev > 1)).toBe(true)
})

test('what was failing and has been mended by somebody’s step is forgotten', async () => {
  const failing = { id: 'mended', times: 6, reason: 'it was broken', againAt: start + 3_000_000 }
  const kept: unknown[] = []
  const { catchUp } = aWall(3, {
    failing: async () => [failing],
    keepFailing: async (some) => {
      kept.push(...[some])
    },
  })
  expect(await catchUp()).toEqual({ done: 3, failures: [] })
  expect(kept).toEqual([[]])
})
