import { newCommandId } from '../../../client/services/command-id'
import { commandId } from '../../../cloudfunctions/contract/primitives'

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
