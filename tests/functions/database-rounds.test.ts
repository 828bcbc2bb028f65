import { randomUUID } from 'node:crypto'
import { env } from 'node:process'
import type { CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import type { Action, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { branch } from '../support/builders'
import { aSubmissionInput } from '../support/cloud'
import { openOwnProcess } from '../support/own-process'

/**
 * A resident on a village's network waits for each round: what an action asks of the database is counted, and may
 * become less. What each command asks stands in command-calls.test.ts.
 */
let own: Awaited<ReturnType<typeof openOwnProcess>>
beforeAll(async () => {
  own = await openOwnProcess()
})
afterAll(() => own.close())

const get = <A extends Action>(person: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> =>
  own.get(person, action, input)

interface Seen {
  readonly commandId: string
  readonly reportId: string
  readonly rev: number
}

const steps = {
  submit: (person: string, categoryId: CategoryId) =>
    get(person, 'report.submit', aSubmissionInput(person, { categoryId })),
  accept: (seen: Seen) => get('secretary', 'report.accept', seen),
  contact: (seen: Seen) => get('secretary', 'report.contact', { ...seen, channel: 'visit', note: '去看了' }),
  resolve: (seen: Seen) =>
    get('secretary', 'report.resolve', { ...seen, note: '垫平了', before: [], after: [], remedy: 'lasting' }),
  rate: (person: string, seen: Seen) =>
    get(person, 'report.rate', { ...seen, contacted: true, solved: 'yes', satisfaction: 'satisfied' }),
}

const openQueue = () => get('secretary', 'page.open', { page: 'queue', unitId: branch.id })

type Watch = (name: string, job: () => Promise<unknown>) => Promise<void>

/** A report from sending to the resident's verdict, and what its people look at meanwhile. */
const live = async (person: string, categoryId: CategoryId, watch: Watch): Promise<void> => {
  await watch('report.submit', () => steps.submit(person, categoryId))
  const [{ id: reportId = '' } = {}] = (await get(person, 'report.mine', {})).rows
  const seenBy = async (who: string): Promise<Seen> => {
    const { rev } = await get(who, 'report.get', { reportId })
    return { commandId: randomUUID(), reportId, rev }
  }
  await watch('report.get', () => get(person, 'report.get', { reportId }))
  const unitId = branch.id
  for (const page of ['home', 'redFace', 'mine', 'report', 'branch'] as const)
    await watch(`page ${page}`, () => get(person, 'page.open', { page, unitId }))
  await watch('page detail', () => get(person, 'page.open', { page: 'detail', reportId }))
  await watch('page handle', () => get('secretary', 'page.open', { page: 'handle', reportId }))
  await watch('queue.list', () => get('secretary', 'queue.list', { unitId: branch.id, tab: 'waiting' }))
  await watch('queue page', openQueue)
  const routed = await seenBy('secretary')
  await watch('report.accept', () => steps.accept(routed))
  await steps.contact(await seenBy('secretary'))
  await steps.resolve(await seenBy('secretary'))
  const resolved = await seenBy(person)
  await watch('report.rate', () => steps.rate(person, resolved))

  await watch('me.get', () => get(person, 'me.get', {}))
  await watch('report.mine', () => get(person, 'report.mine', { limit: 50 }))
  await watch('unit.get', () => get(person, 'unit.get', { unitId: branch.id }))
  await watch('redFace.list', () =>
    get(person, 'redFace.list', { unitId: branch.id, tab: 'public', limit: 1 }),
  )
  await watch('report.recent', () => get(person, 'report.recent', { unitId: branch.id, limit: 10 }))
}

interface Counts {
  readonly calls: number
  readonly rounds: number
}

/**
 * What may be asked at most. Who makes an action ask less lowers its numbers here; nobody raises them unnoticed. A step is
 * answered with the report as it is after it: no `report.get` follows.
 */
const most: Readonly<Record<string, Counts>> = {
  'report.submit': { calls: 10, rounds: 4 },
  'report.accept': { calls: 7, rounds: 4 },
  'report.rate': { calls: 5, rounds: 3 },
  'report.get': { calls: 2, rounds: 1 },
  'queue.list': { calls: 2, rounds: 2 },
  // Who asks; their rows, the figures, up to when they have read, where they are at home; what is new in both inboxes.
  'queue page': { calls: 7, rounds: 3 },
  // What an instance keeps for a minute is read again: which rule book is in force, the calendar's notices, where photographs lie.
  'queue page, seldom asked': { calls: 10, rounds: 3 },
  home: { calls: 19, rounds: 8 },
  // Everything that a page asks first, in one call of the client: what its questions have in common is asked once.
  'page home': { calls: 11, rounds: 3 },
  'page redFace': { calls: 6, rounds: 3 },
  'page mine': { calls: 8, rounds: 3 },
  'page report': { calls: 6, rounds: 3 },
  'page branch': { calls: 10, rounds: 3 },
  'page detail': { calls: 3, rounds: 3 },
  'page handle': { calls: 4, rounds: 4 },
}

const measured = new Map<string, Counts>()

beforeAll(async () => {
  // An instance that has served before knows the rule book and the calendar; a new one reads them once. The secretary
  // has worked today, the resident has not: each first call of somebody in a window adds the count of it.
  await live('second-neighbour', 'street-lamp', async (_name, job) => void (await job()))
  const watch: Watch = async (name, job) => {
    const { calls, rounds } = await own.database.during(job)
    measured.set(name, { calls: calls.length, rounds })
    if (env.SHOW_ROUNDS) console.info([`${name}: ${rounds} rounds`, ...calls].join('\n  '))
  }
  await live('resident', 'lane-repair', watch)
  await steps.submit('neighbour', 'street-lamp')
  own.pass(2 * minuteMs)
  await watch('queue page, seldom asked', openQueue)
  const of = (name: string): Counts => measured.get(name) ?? { calls: 0, rounds: 0 }
  // The first view of a device that has chosen no community: who am I beside what did I report, then the unit, then
  // its red faces beside its matters. Calls sent side by side are served side by side.
  const waves = [['me.get', 'report.mine'], ['unit.get'], ['redFace.list', 'report.recent']]
  measured.set('home', {
    calls: waves.flat().reduce((sum, name) => sum + of(name).calls, 0),
    rounds: waves.reduce((sum, wave) => sum + Math.max(...wave.map((name) => of(name).rounds)), 0),
  })
})

test.each(Object.entries(most))(
  '%s asks the database no more, and waits for it no oftener',
  (name, bound) => {
    const { calls, rounds } = measured.get(name) ?? { calls: Number.NaN, rounds: Number.NaN }
    expect({ calls: Math.max(calls, bound.calls), rounds: Math.max(rounds, bound.rounds) }).toEqual(bound)
  },
)

test('calls that do not need one another are one round, whichever is answered first', async () => {
  const collection = (name: string) => own.town.app.database().collection(name).limit(1).get()
  const asked = await own.database.during(async () => {
    await Promise.all([collection('units').then(() => collection('reports')), collection('grid_cells')])
    await collection('photos')
  })
  expect(asked.calls.map((call) => call.split(' ')[1]).sort()).toEqual([
    'grid_cells',
    'photos',
    'reports',
    'units',
  ])
  expect(asked.rounds).toBe(3)
})
