import { minuteMs } from '../../cloudfunctions/ground/instant'
import { ok } from '../../cloudfunctions/ground/result'
import { carryOut } from '../../cloudfunctions/journal/carry-out'
import { aCloud, type TestCloud } from '../local/cloudbase/a-cloud'
import { mondayAt as start } from '../support/builders'
import { caughtUp, type Note, type NoteLaw, noteDatabase, openWall, usualLaw, writeNote } from './note'

/** Whatever has a life lives by the journal: a note on a wall, over the real repository and a real database. */
let running: TestCloud
let wall: ReturnType<typeof openWall>
beforeAll(async () => {
  running = await aCloud({ database: noteDatabase })
  wall = openWall(running.database, usualLaw)
})
afterEach(() => running.cloud.faults.clear())
afterAll(() => running.close())

let count = 0
const aNote = async (readers: readonly string[] = [], law: NoteLaw = usualLaw): Promise<string> => {
  count += 1
  const id = `note-${String(count).padStart(3, '0')}`
  await wall.notes.insert({ ...writeNote(id, 'owner', start, law), readers, outbox: [] })
  return id
}
const noteOf = async (id: string) => {
  const note = await wall.notes.get(id)
  if (!note) throw new Error(`no note ${id}`)
  return note
}
const linesOf = async (id: string): Promise<readonly string[]> =>
  (await noteOf(id)).timeline.map(
    ({ seq, kind, at, by, rev, status }) =>
      `${seq} ${kind} after ${(at - start) / minuteMs} min by ${by}, ${rev} ${status}`,
  )
const finishing = (commandId: string, rev: number, now = start + minuteMs) =>
  ({ commandId, action: 'finish', now, rev }) as const
const reading = (commandId: string, now = start + minuteMs) => ({ commandId, action: 'read', now }) as const
/** Everything that must be the same however often it was cut off. */
const outcomeOf = async (id: string) => ({
  lines: await linesOf(id),
  messages: await wall.messages(id),
  outbox: (await noteOf(id)).outbox,
  nextClockAt: (await noteOf(id)).nextClockAt,
})
const clock = (now: number) => wall.clock(now)

describe('a command by which a note comes to be', () => {
  const isFirst = { ok: true, value: { rev: 1, at: start } }

  test('twice at once and sent again makes one, and is answered the same', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => wall.write('new-1', 'owner', start)))
    expect(answers).toEqual([isFirst, isFirst, isFirst])
    expect(await wall.write('new-1', 'owner', start + minuteMs)).toEqual(isFirst)
    expect(await linesOf('new-1')).toEqual(['1 written after 0 min by owner, 1 open'])
    expect(await wall.messages('new-1')).toEqual(['owner: written'])
    expect(await wall.write('new-1', 'other', start)).toMatchObject({ error: { code: 'command-reused' } })
  })

  test('that is refused makes none', async () => {
    expect(await wall.write('new-2', 'nobody', start)).toMatchObject({ error: { code: 'not-allowed' } })
    expect(await wall.notes.get('new-2')).toBeUndefined()
  })

  test('cut off after any of its database steps and sent again comes to what it comes to in one go', async () => {
    await wall.write('new-3', 'owner', start)
    await clock(start)
    const wanted = await outcomeOf('new-3')
    let struck = 1
    let skip = 0
    for (; struck > 0; skip += 1) {
      const id = `new-3-${skip}`
      running.cloud.faults.add({
        kind: 'error',
        action: 'database.',
        code: 'SYS_ERR',
        when: 'after',
        skip,
        times: 1,
      })
      await wall.write(id, 'owner', start).catch(() => {})
      struck = running.cloud.faults.list()[0]?.struck ?? 0
      running.cloud.faults.clear()
      expect(await wall.write(id, 'owner', start)).toEqual(isFirst)
      await clock(start)
      expect([skip, await outcomeOf(id)]).toEqual([skip, wanted])
    }
    expect(skip).toBe(3)
  })
})

describe('a command', () => {
  test('makes one revision, which its line names, and what few are told is told at once, and once', async () => {
    const id = await aNote(['reader'])
    expect(await wall.act(id, 'owner', finishing('c1', 1))).toEqual({
      ok: true,
      value: { rev: 2, at: start + minuteMs },
    })
    const wanted = {
      lines: ['1 written after 0 min by owner, 1 open', '2 done after 1 min by owner, 2 done'],
      messages: ['owner: done', 'reader: done'],
      nextClockAt: null,
    }
    expect(await outcomeOf(id)).toMatchObject(wanted)
    await clock(start + 2 * minuteMs)
    expect(await outcomeOf(id)).toEqual({ ...wanted, outbox: [] })
  })

  test('does at once what it has left itself, and not once more what others had left before it', async () => {
    const id = await aNote()
    const note = await noteOf(id)
    const earlier = { id: '1.0', at: start, kind: 'message', to: 'owner', text: 'of before' } as const
    await wall.notes.replace(note, { ...note, rev: 2, outbox: [earlier] })
    await wall.act(id, 'owner', finishing('c1', 2))
    expect(await wall.messages(id)).toEqual(['owner: done'])
    await clock(start + 2 * minuteMs)
    expect(await wall.messages(id)).toEqual(['owner: done', 'owner: of before'])
  })

  test('sent again is answered as the first time, whatever has come since, and done once', async () => {
    const id = await aNote()
    const first = await wall.act(id, 'reader', reading('c1'))
    await wall.act(id, 'other', reading('c2'))
    expect(await wall.act(id, 'reader', reading('c1', start + 5 * minuteMs))).toEqual(first)
    expect((await noteOf(id)).readers).toEqual(['reader', 'other'])
    expect(await wall.act(id, 'other', reading('c1'))).toMatchObject({ error: { code: 'command-reused' } })
  })

  test('at a revision that is over changes nothing, and is told the present one', async () => {
    const id = await aNote()
    await wall.act(id, 'reader', reading('c1'))
    const before = await outcomeOf(id)
    expect(await wall.act(id, 'owner', finishing('c2', 1))).toMatchObject({
      error: { code: 'stale-rev', details: { rev: 2 } },
    })
    expect(await outcomeOf(id)).toEqual(before)
  })

  test('of somebody who could never take the step is told no revision', async () => {
    const id = await aNote()
    expect(await wall.act(id, 'reader', finishing('c1', 7))).toEqual({
      ok: false,
      error: expect.not.objectContaining({ details: expect.anything() }),
    })
  })

  test('catches the note up first: the lines of the time before stand before its own', async () => {
    const id = await aNote()
    expect(await wall.act(id, 'owner', finishing('c1', 1, start + 20 * minuteMs))).toMatchObject({ ok: true })
    expect(await linesOf(id)).toEqual([
      '1 written after 0 min by owner, 1 open',
      '2 reminded after 15 min by the clock, 2 open',
      '3 done after 20 min by owner, 3 done',
    ])
    expect(await wall.messages(id)).toEqual(['owner: done', 'owner: reminder 1'])
  })

  test('is answered with the note as the work that it leaves has made it', async () => {
    const id = await aNote()
    const act = carryOut<Note, NoteLaw>({
      matters: wall.notes,
      lawOf: async () => usualLaw,
      catchUp: caughtUp,
      settle: async (note) => {
        const after = { ...note, rev: note.rev + 1, readers: ['whoever was told'] }
        return (await wall.notes.replace(note, after)) ? after : undefined
      },
    })
    const answer = await act<string, undefined, readonly string[]>(id, start, {
      meet: async () => ok('owner'),
      answered: () => undefined,
      authorise: () => ok(undefined),
      take: async ({ current }) => ok({ ...current, rev: current.rev + 1 }),
      answer: ({ readers }) => readers,
    })
    expect(answer).toEqual(ok(['whoever was told']))
  })

  test('of what is not there, or over, is refused', async () => {
    expect(await wall.act('nowhere', 'owner', finishing('c1', 1))).toMatchObject({
      error: { code: 'not-found' },
    })
    const id = await aNote()
    await wall.act(id, 'owner', finishing('c1', 1))
    expect(await wall.act(id, 'reader', reading('c2'))).toMatchObject({ error: { code: 'wrong-status' } })
  })
})

describe('two at once', () => {
  test('who saw the same revision are not both obeyed', async () => {
    const id = await aNote()
    const answers = await Promise.all(
      ['c1', 'c2', 'c3'].map((commandId) => wall.act(id, 'owner', finishing(commandId, 1))),
    )
    expect(answers.map((one) => (one.ok ? 'done' : one.error.code)).sort()).toEqual([
      'done',
      'stale-rev',
      'stale-rev',
    ])
    expect((await noteOf(id)).timeline.map(({ kind }) => kind)).toEqual(['written', 'done'])
    expect(await wall.messages(id)).toEqual(['owner: done'])
  })

  test('of whom the same command comes twice are answered the same', async () => {
    const id = await aNote()
    const answers = await Promise.all([1, 2].map(() => wall.act(id, 'owner', finishing('c1', 1))))
    expect(answers.map((one) => one.ok && one.value.rev)).toEqual([2, 2])
    expect((await noteOf(id)).timeline).toHaveLength(2)
  })

  test('whose step means the same at every revision are all obeyed', async () => {
    const id = await aNote()
    const people = ['a', 'b', 'c', 'd', 'e']
    const answers = await Promise.all(people.map((one) => wall.act(id, one, reading(one))))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    const { readers, rev, timeline } = await noteOf(id)
    expect([...readers].sort()).toEqual(people)
    expect(rev).toBe(6)
    expect(timeline.map((line) => line.rev)).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('cut off', () => {
  test.each(['before', 'after'] as const)(
    '%s any database step and sent again, a command comes to what it comes to in one go',
    async (when) => {
      const calm = await aNote(['a', 'b', 'c'])
      await wall.act(calm, 'owner', finishing('c1', 1))
      await clock(start + 2 * minuteMs)
      await clock(start + 3 * minuteMs)
      const wanted = await outcomeOf(calm)
      let struck = 1
      let skip = 0
      for (; struck > 0; skip += 1) {
        const id = await aNote(['a', 'b', 'c'])
        running.cloud.faults.add({
          kind: 'error',
          action: 'database.',
          code: 'SYS_ERR',
          when,
          skip,
          times: 1,
        })
        const first = await wall.act(id, 'owner', finishing('c1', 1)).catch(() => 'no answer')
        struck = running.cloud.faults.list()[0]?.struck ?? 0
        running.cloud.faults.clear()
        expect([skip, first === 'no answer']).toEqual([skip, struck > 0])
        expect(await wall.act(id, 'owner', finishing('c1', 1))).toMatchObject({ ok: true, value: { rev: 2 } })
        await clock(start + 2 * minuteMs)
        await clock(start + 3 * minuteMs)
        expect([skip, await outcomeOf(id)]).toEqual([skip, wanted])
      }
      expect(skip).toBe(4)
    },
  )

  test('after any of its database steps, the clock comes to what it comes to in one go', async () => {
    const at = start + 90 * minuteMs
    const calm = await aNote()
    await clock(at)
    const wanted = await outcomeOf(calm)
    let struck = 1
    let skip = 0
    for (; struck > 0; skip += 1) {
      const id = await aNote()
      running.cloud.faults.add({
        kind: 'error',
        action: 'database.',
        code: 'SYS_ERR',
        when: 'after',
        skip,
        times: 1,
      })
      await clock(at).catch(() => {})
      struck = running.cloud.faults.list()[0]?.struck ?? 0
      running.cloud.faults.clear()
      await clock(at)
      expect([skip, await outcomeOf(id)]).toEqual([skip, wanted])
    }
    expect(skip).toBeGreaterThan(4)
  })
})

describe('the clock', () => {
  test('doubled, late and at every minute comes to the same notes and the same messages', async () => {
    const [late, often, doubled] = [await aNote(), await aNote(), await aNote()]
    for (let minute = 0; minute <= 70; minute += 5) {
      const before = await noteOf(often)
      const after = caughtUp(before, start + minute * minuteMs, usualLaw)
      if (after !== before) expect(await wall.notes.replace(before, after)).toBe(true)
    }
    const twice = await Promise.all([1, 2].map(() => clock(start + 70 * minuteMs)))
    expect(twice.flatMap(({ failures }) => failures)).toEqual([])
    await clock(start + 71 * minuteMs)
    const wanted = await outcomeOf(late)
    expect(wanted).toEqual({
      lines: [
        '1 written after 0 min by owner, 1 open',
        '2 reminded after 15 min by the clock, 2 open',
        '3 reminded after 60 min by the clock, 3 open',
      ],
      messages: ['owner: reminder 1', 'owner: reminder 2'],
      outbox: [],
      nextClockAt: null,
    })
    expect(await outcomeOf(often)).toEqual(wanted)
    expect(await outcomeOf(doubled)).toEqual(wanted)
  })

  test('leaves alone for its run what fails, and keeps nobody waiting behind it', async () => {
    const bad = await aNote()
    const note = await noteOf(bad)
    await wall.notes.replace(note, { ...note, owner: 'nobody' })
    const good = await aNote()
    const run = await clock(start + 20 * minuteMs)
    expect(run.failures).toEqual([{ id: bad, reason: 'nobody is there to be told' }])
    expect(await wall.messages(good)).toEqual(['owner: reminder 1'])
    expect((await clock(start + 21 * minuteMs)).failures).toHaveLength(1)
    await wall.notes.replace(await noteOf(bad), { ...(await noteOf(bad)), outbox: [] })
  })

  test('sees many to what concerns them in pieces that are remembered, behind the work of all others', async () => {
    const readers = ['a', 'b', 'c', 'd', 'e']
    const id = await aNote(readers)
    await wall.act(id, 'owner', finishing('c1', 1))
    expect(await wall.messages(id)).toEqual(['owner: done'])
    const said: (readonly string[])[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      let mayGoOn = 1
      // Nothing falls due: one batch of the settling part alone.
      await wall.clock(start + (2 + turn) * minuteMs, () => {
        mayGoOn += 1
        return mayGoOn <= 3
      })
      said.push(await wall.messages(id))
    }
    expect(said.map((one) => one.length)).toEqual([3, 5, 6])
    expect((await noteOf(id)).outbox).toEqual([])
  })

  test('looks again when the law of now says, where it was called by one of before', async () => {
    const id = await aNote([], [minuteMs])
    const { rev } = await noteOf(id)
    expect(await clock(start + 2 * minuteMs)).toMatchObject({ caughtUp: 1, failures: [] })
    expect(await noteOf(id)).toMatchObject({ rev: rev + 1, nextClockAt: start + 15 * minuteMs })
    expect(await linesOf(id)).toHaveLength(1)
    await wall.act(id, 'owner', finishing('c1', rev + 1))
  })

  test('does nothing once its time is over', async () => {
    const id = await aNote()
    expect(await wall.clock(start + 20 * minuteMs, () => false)).toMatchObject({ caughtUp: 0, settled: 0 })
    expect(await linesOf(id)).toHaveLength(1)
  })

  test('says of a schedule without an end that it has none', () => {
    const note = writeNote('endless', 'owner', start, [])
    const endless = Array.from({ length: 600 }, () => 0)
    expect(() => caughtUp(note, start, endless)).toThrow('does not come to an end')
  })
})
