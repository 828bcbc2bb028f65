import { begin, enqueue, enqueueOnce } from '../../cloudfunctions/journal/rules/change'
import { type Note, usualLaw, writeNote } from './note'

const start = 1_000_000
const tell = (text: string) => ({ kind: 'tell-readers', text }) as const

test('work that is done by the matter as it stands then waits once, however often the matter changes', () => {
  let note: Note = { ...writeNote('n', 'owner', start, usualLaw), outbox: [] }
  for (let rev = 1; rev < 200; rev += 1) {
    const change = begin({ ...note, rev }, start + rev)
    enqueueOnce<Note>(change, tell('done'))
    note = change.draft
  }
  expect(note.outbox).toEqual([{ id: '200.0', at: start + 199, ...tell('done') }])
})

test('of what was left in one change no two have one id, also where some of it no longer waits', () => {
  const change = begin({ ...writeNote('n', 'owner', start, usualLaw), outbox: [] }, start)
  enqueueOnce<Note>(change, tell('one'))
  enqueue<Note>(change, { kind: 'message', to: 'owner', text: 'another' })
  enqueueOnce<Note>(change, tell('one'))
  enqueue<Note>(change, tell('two'))
  const ids = change.draft.outbox.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(change.draft.outbox.map(({ text }) => text)).toEqual(['another', 'one', 'two'])
})
