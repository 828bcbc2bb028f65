import { createHash, createHmac } from 'node:crypto'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { calendar, rules } from './builders'

type Some<T> = T extends (...args: never[]) => unknown ? T : { readonly [K in keyof T]?: T[K] }

/**
 * Ports of which only what is given can be asked; anything else fails the test, for it would mean that the use case
 * looks at what the test does not know of.
 */
export const somePorts = (given: { readonly [K in keyof Ports]?: Some<Ports[K]> }): Ports => {
  const known: Readonly<Record<string, unknown>> = {
    keyed: (text: string) => createHmac('sha256', 'of these tests').update(text).digest('hex'),
    sha256: (text: string) => createHash('sha256').update(text).digest('hex'),
    newNumber: async () => '1000000005',
    timeIn: (began: number) => began,
    newSalt: () => '5a17'.repeat(8),
    ruleBooks: {
      of: async () => rules,
      version: async () => rules,
      faultOf: async () => null,
      keepRegions: async () => undefined,
    },
    calendars: { current: async () => calendar },
    dutyMemory: { all: async () => ({}), remember: async () => undefined },
    ...given,
  }
  const only = (name: string, part: object): object =>
    new Proxy(part, {
      get: (target, key) => {
        const found = Reflect.get(target, key)
        if (found === undefined && typeof key === 'string') throw new Error(`nobody gave ${name}${key}`)
        return found
      },
    })
  const parts = Object.entries(known).map(([name, part]) => [
    name,
    typeof part === 'object' && part !== null ? only(`${name}.`, part) : part,
  ])
  return only('', Object.fromEntries(parts)) as Ports
}
