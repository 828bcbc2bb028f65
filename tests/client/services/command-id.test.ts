import { intention, newCommandId } from '../../../client/services/command-id'
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
  test('keeps its id while the words are the same, and has a new one when they change', () => {
    const { idFor } = intention()
    const first = idFor({ note: '修好了', after: ['p1'] })
    expect(idFor({ note: '修好了', after: ['p1'] })).toBe(first)
    const other = idFor({ note: '修好了', after: ['p2'] })
    expect(other).not.toBe(first)
    expect(idFor({ note: '修好了', after: ['p1'] })).not.toBe(first)
  })

  test('once carried out, the same words are meant anew', () => {
    const { idFor, isDone } = intention()
    const first = idFor({ note: '催一下' })
    isDone()
    expect(idFor({ note: '催一下' })).not.toBe(first)
  })
})
