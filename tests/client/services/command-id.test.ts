import { asFirstSent, intentionFor, newCommandId } from '../../../client/services/command-id'
import { commandId } from '../../../cloudfunctions/terms/primitives'

describe('a command id', () => {
  const made = () => Array.from({ length: 500 }, newCommandId)

  test('is one the contract accepts, and never the same twice', () => {
    const ids = made()
    for (const id of ids) expect(commandId.safeParse(id).success).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('is also made where there is no `crypto`, as in WeChat', () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true })
    try {
      const ids = made()
      for (const id of ids) expect(commandId.safeParse(id).success).toBe(true)
      expect(new Set(ids).size).toBe(ids.length)
    } finally {
      if (original) Object.defineProperty(globalThis, 'crypto', original)
    }
  })
})

describe('what somebody means to do', () => {
  const said = { reportId: 'r1', rev: 5, note: '修好了', after: ['p1'] }

  test('is the same while the words are, and another when they change', () => {
    const first = intentionFor(undefined, said)
    expect(intentionFor(first, { ...said })).toBe(first)
    expect(intentionFor(first, { ...said, after: ['p2'] }).commandId).not.toBe(first.commandId)
    expect(intentionFor(first, { ...said, reportId: 'r2' }).commandId).not.toBe(first.commandId)
  })

  test('stays the same when the matter was read anew, and is sent again exactly as it was first', () => {
    const first = intentionFor(undefined, said)
    const later = { ...said, rev: 6 }
    const again = intentionFor(first, later)
    expect(again).toBe(first)
    expect(asFirstSent(later, again)).toEqual(asFirstSent(said, first))
    expect(asFirstSent(later, again)).toEqual({ ...said, commandId: first.commandId })
  })

  test('once it was decided, the same words are meant anew, of the matter as it is now', () => {
    const first = intentionFor(undefined, said)
    const next = intentionFor(undefined, { ...said, rev: 6 })
    expect(next.commandId).not.toBe(first.commandId)
    expect(asFirstSent({ ...said, rev: 6 }, next).rev).toBe(6)
  })

  test('of what has no revision is told by its words alone', () => {
    const { rev: _rev, ...unread } = said
    const first = intentionFor(undefined, unread)
    expect(asFirstSent(unread, first)).toEqual({ ...unread, commandId: first.commandId })
  })
})
