import { chanceOf } from './chance'
import { openFunctionWorld } from './function-world'
import { playHistory, replay } from './history'
import { accountOf } from './people'
import { knownIn, observers, type Reading, readEverything } from './reading'
import type { Difference } from './swapped'
import { openMemoryWorld, type World } from './world'

const asHidden = (account: string) => (person: string) => accountOf(person === 'hidden' ? account : person)

/** Random by construction: report ids, keys, hashes and what is read out of them, salts, copies of photographs. */
const token =
  /r[2-9A-HJ-NP-Z]{19}|p[0-9a-f]{24}|[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f]{4}(?: [0-9a-f]{4}){3}/g
/** A report’s number is as random, in each of its two spellings; whether it is told is compared. */
const reportNumber = /\b[1-9]\d{9}\b|\b[1-9]\d{2}-\d{3}-\d{4}\b/g
const instant = /\b1[67]\d{11}\b/g
const minuteMs = 60_000

/** The same answer for the same facts: random names by their order, instants by the minute, addresses by what they show. */
const plainOf = (names: Map<string, string>) => {
  const nameOf = (text: string): string => {
    const known = names.get(text) ?? `#${names.size}`
    names.set(text, known)
    return known
  }
  return (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, function (this: { readonly arrivedAt?: number }, field, one) {
        // Two that arrive in one run stand in the order in which it came to them: which there are is compared.
        if (field === 'id' && this.arrivedAt !== undefined) return ''
        if (field === 'nextCursor' || field === 'cursor') return one ? 'more' : null
        if (field === 'requestId' || field === 'folder') return ''
        if (field === 'pseudonym') return one ? nameOf(`pseudonym ${String(one)}`) : null
        if (typeof one === 'string' && /^https?:/.test(one))
          return one
            .replace(/^.*(photos\/)/, '$1')
            .replace(/\?.*$/, '')
            .replace(token, nameOf)
        if (typeof one === 'number' && one > 1.6e12) return Math.floor(one / minuteMs)
        return typeof one === 'string'
          ? one
              .replace(token, nameOf)
              .replace(reportNumber, '#number')
              .replace(instant, (text) => String(Math.floor(Number(text) / minuteMs)))
          : one
      }),
    )
}

/**
 * Readings by what was asked, pages of one list together: rows that are due at one instant stand in the order of their
 * ids, which are random, so of rows only which there are is compared; order is the other check’s.
 */
const asked = (readings: readonly Reading[]): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const { person, action, input, answer } of readings) {
    const { cursor: _cursor, ...question } = input as { readonly cursor?: unknown }
    const key = JSON.stringify([person, action, question])
    const { rows, ...rest } = (answer ?? {}) as { readonly rows?: readonly unknown[] }
    const parts = [...(rows ?? []), rest].map((part) => JSON.stringify(part))
    found.set(key, [...(found.get(key) ?? []), ...parts])
  }
  for (const parts of found.values()) parts.sort()
  return found
}

/**
 * One random history, played in this process and twice through the bundled functions, the second time with the other
 * person in the hidden part: everybody must read the same in all three, up to names that are random.
 */
export const playDeployed = async (
  functionRoot: string,
  seed: number,
  length: number,
  /** How many ask besides somebody who has not signed in. */
  asking = 3,
): Promise<{ readonly readings: number; readonly differences: readonly Difference[] }> => {
  const chance = chanceOf(seed)
  const memory = await openMemoryWorld({ accountFor: asHidden('p') })
  const history = await playHistory(memory, chance, 'swap', length, async () => {}, { isUnhurried: true })
  const choosing = chanceOf(seed + 1)
  const people = [null, ...Array.from({ length: asking }, () => choosing.of(observers))]

  const readAll = async (world: World, names: Map<string, string>) => {
    const { entryIds } = await knownIn(world)
    const reportIds = [...names.keys()].filter((name) => name.startsWith('r'))
    const plain = plainOf(names)
    const inOrder = [...entryIds].sort((a, b) =>
      JSON.stringify(plain(a)) < JSON.stringify(plain(b)) ? -1 : 1,
    )
    const readings: Reading[] = []
    for (const person of people)
      readings.push(
        ...(await readEverything(world, person, { reportIds, entryIds: inOrder }, chanceOf(seed + 2))),
      )
    return readings.map((one) => plain(one) as Reading)
  }
  const ids = history.happenings.flatMap((one) => (one.kind === 'call' && one.submittedId) || [])
  const namesOf = (reportIds: readonly string[]) => new Map(reportIds.map((id, at) => [id, `#report ${at}`]))
  const inMemory = await readAll(memory, namesOf(ids))

  const differences: Difference[] = []
  for (const account of ['p', 'q']) {
    const world = await openFunctionWorld(functionRoot, { accountFor: asHidden(account) })
    try {
      const idHere = new Map<string, string>()
      const here = (value: object): object =>
        JSON.parse(JSON.stringify(value).replace(token, (text) => idHere.get(text) ?? text)) as object
      await replay(
        world,
        history,
        () => false,
        async () => {},
        here,
        ({ submittedId }, answer) => {
          if (submittedId !== undefined && answer.ok)
            idHere.set(submittedId, (answer.value as { readonly reportId: string }).reportId)
        },
      )
      const readings = await readAll(world, namesOf(ids.map((id) => idHere.get(id) ?? id)))
      const [expected, found] = [asked(inMemory), asked(readings)]
      for (const key of new Set([...expected.keys(), ...found.keys()])) {
        const [one, other] = [expected.get(key) ?? [], found.get(key) ?? []]
        if (JSON.stringify(one) === JSON.stringify(other)) continue
        const [person = null, action = '', input] = JSON.parse(key) as [string | null, string, unknown]
        differences.push({
          seed,
          question: 'swap',
          person,
          action: `${action} (${account})`,
          input,
          one: one.filter((part) => !other.includes(part)).slice(0, 3),
          other: other.filter((part) => !one.includes(part)).slice(0, 3),
        })
      }
    } finally {
      await world.close()
    }
  }
  return { readings: inMemory.length * 2, differences }
}
