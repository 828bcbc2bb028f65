import fc from 'fast-check'
import { aCloud, type TestCloud } from '../local/cloudbase/a-cloud'
import { mondayAt as start } from '../support/builders'
import { type Note, noteDatabase, openWall, usualLaw, writeNote } from './note'

jest.setTimeout(300_000)

/** However much comes together in a matter: no document is long, and it is read as it was written. */
let running: TestCloud
let wall: ReturnType<typeof openWall>
beforeAll(async () => {
  running = await aCloud({ database: noteDatabase })
  wall = openWall(running.database, usualLaw)
})
afterEach(() => running.cloud.faults.clear())
afterAll(() => running.close())

const bound = 64 * 1024
const longestOf = async (collection: string): Promise<number> => {
  const { data } = await running.database.collection(collection).where({}).limit(1000).get()
  return Math.max(0, ...data.map((one: object) => Buffer.byteLength(JSON.stringify(one))))
}
const sheetIds = async (): Promise<readonly string[]> => {
  const { data } = await running.database.collection('note_sheets').where({}).limit(1000).get()
  return data.map(({ _id }: { readonly _id: string }) => _id).sort()
}
const named = (note: Note): readonly string[] => Object.values(note.sheets ?? {}).flat()

const read = async (id: string): Promise<Note> => {
  const note = await wall.notes.get(id)
  if (!note) throw new Error(`no note ${id}`)
  return note
}
/** What is said of it, without how it lies. */
const content = ({ sheets: _sheets, cut: _cut, ...note }: Note) => note

let count = 0
const aNote = async (fields: Partial<Note> = {}): Promise<Note> => {
  count += 1
  const note = { ...writeNote(`long-${count}`, 'owner', start, usualLaw), ...fields }
  await wall.notes.insert(note)
  return read(note.id)
}
const people = (many: number, word = 'reader'): readonly string[] =>
  Array.from({ length: many }, (_, no) => `${word}-${no}`)
/** One revision on. */
const changed = (note: Note, fields: Partial<Note>): Note => ({ ...note, rev: note.rev + 1, ...fields })

test('a note with forty-eight thousand readers is read as it was written, and no document of it is long', async () => {
  const readers = people(48_000)
  const note = await aNote({ readers })
  expect(note.readers).toEqual(readers)
  expect(await longestOf('notes')).toBeLessThanOrEqual(bound)
  expect(await longestOf('note_sheets')).toBeLessThanOrEqual(bound)
  const [again] = await wall.notes.getMany([note.id])
  expect(again).toEqual(note)
})

test('one more at the end of a long list writes what it changes, and not what lies before it', async () => {
  const note = await aNote({ readers: people(20_000) })
  const before = named(note)
  await wall.notes.replace(note, changed(note, { readers: [...note.readers, 'one more'] }))
  const after = named(await read(note.id))
  expect(after.filter((id) => before.includes(id))).toHaveLength(before.length - 1)
  expect(await sheetIds()).toEqual(expect.arrayContaining([...after]))
  expect(await sheetIds()).not.toContain(before[before.length - 1])
})

test('whatever is written, in whatever order, is read again, and nothing lies about that no note names', async () => {
  const words = fc.string({ unit: 'binary', maxLength: 40 })
  const fields = fc.record(
    {
      readers: fc.tuple(fc.nat(9), words).map(([many, word]) => people(many * 900, word)),
      clockMarks: fc.tuple(fc.nat(3), words).map(([many, word]) => people(many * 900, `"${word}\\`)),
      owner: words,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 6 }), async (steps) => {
      let note = await aNote()
      const others = (await sheetIds()).filter((id) => !id.startsWith(`${note.id}.`))
      for (const step of steps) {
        const next = changed(note, step)
        expect(await wall.notes.replace(note, next)).toBe(true)
        note = await read(note.id)
        expect(content(note)).toEqual(content(next))
        expect(await sheetIds()).toEqual([...others, ...named(note)].sort())
      }
      expect(await longestOf('notes')).toBeLessThanOrEqual(bound)
      expect(await longestOf('note_sheets')).toBeLessThanOrEqual(bound)
    }),
    { numRuns: 8 },
  )
})

test('cut off before or after any call, it is as it was or as it was to be, and whole', async () => {
  const was = await aNote({ readers: people(9_000) })
  const is = changed(was, { readers: people(6_000, 'another'), clockMarks: people(5_000, 'mark') })
  const seen = new Set<number>()
  for (let step = 1; step <= 8; step += 1) {
    for (const when of ['before', 'after'] as const) {
      const current = await read(was.id)
      const next = { ...is, rev: current.rev + 1, sheets: current.sheets, cut: current.cut } as Note
      const id = running.cloud.faults.add({
        kind: 'error',
        action: 'database.',
        code: 'CUT_OFF',
        when,
        skip: step - 1,
        times: 1,
      })
      await wall.notes.replace(current, next).catch(() => undefined)
      running.cloud.faults.remove(id)
      const after = await read(was.id)
      seen.add(after.rev - current.rev)
      expect([content(current), content(next)]).toContainEqual(content(after))
    }
  }
  expect(seen).toEqual(new Set([0, 1]))
})

test('of many who write at once one has written, and whoever reads meanwhile reads it whole', async () => {
  const was = await aNote({ readers: people(9_000) })
  const wanted = people(6).map((word) => changed(was, { readers: people(9_000, word) }))
  const [written, reads] = await Promise.all([
    Promise.all(wanted.map((one) => wall.notes.replace(was, one))),
    Promise.all(people(20).map(() => read(was.id))),
  ])
  expect(written.filter(Boolean)).toHaveLength(1)
  const after = await read(was.id)
  expect(after.readers).toEqual(wanted[written.indexOf(true)]?.readers)
  for (const one of reads) expect([was.readers, after.readers]).toContainEqual(one.readers)
  expect((await sheetIds()).filter((id) => id.startsWith(`${was.id}.`))).toEqual([...named(after)].sort())
})

test('whose outbox has been emptied since it was read is written by nobody who read it before', async () => {
  const outbox = people(3_000).map(
    (to, no) => ({ id: `1.${no}`, at: start, kind: 'message', to, text: '' }) as const,
  )
  const was = await aNote({ outbox })
  expect(was.sheets?.outbox).toBeDefined()
  expect(await wall.notes.settleOutbox(was, outbox.slice(0, 2), start)).toBe(true)
  expect(await wall.notes.replace(was, changed(was, { owner: 'another' }))).toBe(false)
  const now = await read(was.id)
  expect([now.owner, now.outbox]).toEqual(['owner', outbox.slice(0, 2)])
  expect(await wall.notes.replace(now, changed(now, { owner: 'another' }))).toBe(true)
  expect((await read(was.id)).outbox).toEqual(outbox.slice(0, 2))
})
