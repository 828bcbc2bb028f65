import * as fc from 'fast-check'
import { toReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import {
  earlierMatters,
  type NewMatter,
  recurrenceOf,
} from '../../cloudfunctions/contexts/report/use-cases/earlier-matters'
import { cloudPorts, cloudStore } from '../../cloudfunctions/entrypoints/ports'
import { movePoint, type Point } from '../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { mondayAt, otherBranch, reportIn, rules } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

/**
 * Whoever wants a matter not to be found can plant others around it. What a rule asks of a place is answered the same
 * whatever lies there that the rule does not ask for: hundreds of it, older, newer, nearer.
 */
let town: TestCloud
let ports: ReturnType<typeof cloudPorts>
let insert: (reports: readonly Report[]) => Promise<void>
beforeAll(async () => {
  town = await openTestCloud()
  ports = cloudPorts(town.app as never)
  const store = cloudStore(town.app as never)
  insert = (reports) => store.addMissing('reports', reports.map(toReportDocument))
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const now = mondayAt + 20 * dayMs
const crowd = 120

let places = 0
/** A place where nobody has reported anything yet. */
const somewhere = (): Point => {
  places += 1
  return movePoint(inTheLane, 0, 1500 * places)
}

interface Laid {
  readonly status: ReportStatus
  /** Metres east and north of the place. */
  readonly at?: readonly [number, number]
  readonly submittedAt: number
  readonly changes?: Partial<Report>
}

const templates = new Map<ReportStatus, Report>()
const template = (status: ReportStatus): Report => {
  const known = templates.get(status) ?? reportIn(status)
  templates.set(status, known)
  return known
}

let matters = 0
const lay = (place: Point, { status, at = [0, 0], submittedAt, changes = {} }: Laid): Report => {
  const { photos: _photos, ...report } = template(status)
  const ended = ['resolved', 'closed'].includes(status) ? { resolvedAt: submittedAt + hourMs } : {}
  matters += 1
  return {
    ...report,
    photos: [],
    categoryId: 'street-lamp',
    id: `m${matters}`,
    place: { point: movePoint(place, at[0], at[1]), words: '路口' },
    submittedAt,
    changedAt: submittedAt + hourMs,
    nextClockAt: null,
    ...ended,
    ...changes,
  }
}
/** Many of a kind, one after the other. */
const many = (place: Point, laid: Laid): readonly Report[] =>
  Array.from({ length: crowd }, (_, no) => lay(place, { ...laid, submittedAt: laid.submittedAt + no }))

/** What is planted around a place, by name; as told of an instant before which or after which it was reported. */
type Planted = Readonly<Record<string, (at: number) => Laid>>
const elsewhere = { answerableUnit: otherBranch, unitPath: otherBranch.path } as const

/** Nothing of it may be merged into for the secretary of the branch, though it lies around. */
const noParents: Planted = {
  'open ones beyond the circle': (at) => ({ status: 'accepted', at: [80, 80], submittedAt: at }),
  'suspended ones': (at) => ({ status: 'suspended', submittedAt: at }),
  'what is done': (at) => ({ status: 'closed', submittedAt: at }),
  'what was withdrawn': (at) => ({ status: 'withdrawn', submittedAt: at }),
  'what is of another kind': (at) => ({
    status: 'accepted',
    submittedAt: at,
    changes: { categoryId: 'rubbish' },
  }),
  'what was of the kind, and there, before': (at) => ({
    status: 'accepted',
    at: [900, 0],
    submittedAt: at,
    changes: { categoryId: 'rubbish', formerCategoryIds: ['street-lamp'] },
  }),
  'what another branch has': (at) => ({ status: 'accepted', submittedAt: at, changes: elsewhere }),
}

const someOf = (planted: Planted) =>
  fc.uniqueArray(fc.constantFrom(...Object.keys(planted)), { minLength: 2, maxLength: 4 })
const plantedAt = (place: Point, planted: Planted, names: readonly string[], at: number) =>
  names.flatMap((name) => many(place, planted[name]?.(at) ?? { status: 'closed', submittedAt: at }))
const withinMetres = (metres: number) => fc.integer({ min: -metres, max: metres })
const examples = { numRuns: 3 }

describe('M1: what a matter may be merged into is offered, whatever lies around it besides', () => {
  const offered = async (child: Report): Promise<readonly string[]> => {
    const { mergeTargets } = await town.as('secretary').get('unit.targets', { reportId: child.id })
    return mergeTargets.map(({ id }) => id)
  }

  test.each([['older'], ['newer']])('by its place, where the others are %s', async (age) => {
    await fc.assert(
      fc.asyncProperty(someOf(noParents), withinMetres(65), withinMetres(65), async (names, east, north) => {
        const place = somewhere()
        const parent = lay(place, { status: 'accepted', at: [east, north], submittedAt: mondayAt })
        const child = lay(place, { status: 'accepted', submittedAt: mondayAt + hourMs })
        const at = mondayAt + (age === 'older' ? -hourMs : hourMs / 2)
        await insert([...plantedAt(place, noParents, names, at), parent, child])
        expect(await offered(child)).toEqual([parent.id])
      }),
      examples,
    )
  })

  test('by its name, where as many are called so elsewhere in the township', async () => {
    const place = somewhere()
    const named = (words: string, east: number, at: number): Report =>
      lay(place, {
        status: 'accepted',
        submittedAt: at,
        changes: { place: { point: movePoint(place, east, 0), words } },
      })
    const others = Array.from({ length: 2 * crowd }, (_, no) =>
      named(no % 2 === 0 ? '3号楼' : '幸福小区3号楼', no % 2 === 0 ? 1200 : 300, mondayAt - hourMs + no),
    )
    const parent = named('平安小区3号楼', 400, mondayAt)
    const child = named('平安小区3号楼', 0, mondayAt + hourMs)
    await insert([...others, parent, child])
    expect(await offered(child)).toEqual([parent.id])
  })

  test('and what only its reporter’s word could bring back takes no other’s place', async () => {
    const place = somewhere()
    const said = Array.from({ length: 12 }, (_, no) =>
      lay(place, { status: 'accepted', submittedAt: mondayAt - hourMs + no }),
    )
    const parent = lay(place, { status: 'accepted', at: [70, 0], submittedAt: mondayAt })
    const child = lay(place, {
      status: 'accepted',
      submittedAt: mondayAt + hourMs,
      changes: { reporterLeftAt: mondayAt, neverMergeInto: said.map(({ id }) => id) },
    })
    await insert([...said, parent, child])
    expect(await offered(child)).toEqual([parent.id])
  })
})

const asked = async (place: Point, accountId = 'custom:resident') => {
  const matter: NewMatter = { place: { point: place, words: '' }, categoryId: 'street-lamp', rules, now }
  const past = earlierMatters(ports)
  const earlier = await past.lookBack(matter)(matter, accountId)
  return { matter, earlier, past }
}

describe('F1: that a matter comes back is seen, whatever lies around it besides', () => {
  const noOccurrences: Planted = {
    'open ones beyond fifty metres': (at) => ({ status: 'accepted', at: [45, 45], submittedAt: at }),
    'suspended ones beyond fifty metres': (at) => ({ status: 'suspended', at: [-45, 45], submittedAt: at }),
    'what is done beyond fifty metres': (at) => ({ status: 'closed', at: [45, -45], submittedAt: at }),
    'what was withdrawn': (at) => ({ status: 'withdrawn', submittedAt: at }),
    'what was merged': (at) => ({ status: 'merged', submittedAt: at }),
    'what is of another kind': (at) => ({
      status: 'accepted',
      submittedAt: at,
      changes: { categoryId: 'rubbish' },
    }),
  }

  test('by the fix that did not hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        someOf(noOccurrences),
        withinMetres(33),
        withinMetres(33),
        async (names, east, north) => {
          const place = somewhere()
          const fixed = lay(place, { status: 'closed', at: [east, north], submittedAt: mondayAt })
          await insert([...plantedAt(place, noOccurrences, names, mondayAt + dayMs), fixed])
          const { matter, earlier } = await asked(place)
          expect(recurrenceOf(matter, earlier).isRecurring).toBe(true)
        },
      ),
      examples,
    )
  })

  test('and that the one before still runs is seen, too: nothing new has occurred', async () => {
    const place = somewhere()
    const fixed = lay(place, { status: 'closed', submittedAt: mondayAt })
    const running = lay(place, { status: 'accepted', submittedAt: mondayAt + hourMs })
    const names = Object.keys(noOccurrences)
    await insert([...plantedAt(place, noOccurrences, names, mondayAt + dayMs), fixed, running])
    const { matter, earlier } = await asked(place)
    expect(recurrenceOf(matter, earlier).isRecurring).toBe(false)
  })
})

describe('K5: the clock of what somebody withdrew here goes on, whatever lies around it besides', () => {
  const notTheirs: Planted = {
    'open ones right here': (at) => ({ status: 'accepted', submittedAt: at }),
    'what is done right here': (at) => ({ status: 'closed', submittedAt: at }),
    'what others withdrew': (at) => ({ status: 'withdrawn', submittedAt: at }),
    'what was withdrawn beyond the circle': (at) => ({ status: 'withdrawn', at: [80, 80], submittedAt: at }),
  }

  test('by its place', async () => {
    await fc.assert(
      fc.asyncProperty(someOf(notTheirs), withinMetres(65), withinMetres(65), async (names, east, north) => {
        const place = somewhere()
        const withdrawn = lay(place, { status: 'withdrawn', at: [east, north], submittedAt: mondayAt })
        const reporterKey = participantKey(ports.keyed, 'custom:resident', withdrawn.id)
        await insert([...plantedAt(place, notTheirs, names, mondayAt + dayMs), { ...withdrawn, reporterKey }])
        const { matter, earlier, past } = await asked(place)
        const clock = await past.withdrawnClock(matter, 'custom:resident', earlier)
        expect(clock.resumes?.startedAt).toBe(withdrawn.deadlines.startedAt)
        expect(await past.withdrawnClock(matter, 'custom:neighbour', earlier)).toEqual({})
      }),
      examples,
    )
  })
})

test('a place where much is open is read no further than to the first that runs right here', async () => {
  const place = somewhere()
  await insert([
    ...many(place, { status: 'accepted', submittedAt: mondayAt }),
    ...many(place, { status: 'closed', submittedAt: mondayAt }),
  ])
  const { earlier } = await asked(place)
  expect(earlier.length).toBeLessThanOrEqual(50)
})
