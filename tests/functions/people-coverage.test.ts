import { dayMs } from '../../cloudfunctions/ground/instant'
import type { AnsweredQuery } from '../../local/cloudbase'
import { branch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { aSeat } from '../support/people'
import { toDocument } from '../support/town'

/** A township of many branches, every tenth of which has nobody; each of the others has had three people, one of them long ago. */
const branchCount = 330
const branches = Array.from({ length: branchCount }, (_, no) => {
  const id = `${township.id}x${String(no).padStart(3, '0')}`
  return { ...branch, id, name: `第${no}党支部`, path: [...township.path, id] }
})
const isEmpty = (no: number): boolean => no % 10 === 9

let town: TestCloud
const heard: AnsweredQuery[] = []
beforeAll(async () => {
  town = await openTestCloud({ onQuery: (query) => heard.push(query) })
  await town.put('units', branches.map(toDocument))
  await town.put(
    'memberships',
    branches.flatMap((unit, no) =>
      isEmpty(no)
        ? []
        : [
            aSeat(`secretary-${no}`, unit, 'secretary'),
            aSeat(`worker-${no}`, unit, 'grid-worker'),
            { ...aSeat(`gone-${no}`, unit, 'secretary'), untilAt: town.now() - dayMs },
          ],
    ),
  )
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type Show = 'all' | 'missing' | 'invited'

/** A page of it, and what it read: calls, and documents looked at, those of who asks apart. */
const pageOf = async (show: Show, limit: number, cursor?: string) => {
  heard.length = 0
  const page = await town
    .as('township-staff')
    .get('people.coverage', { unitId: township.id, show, limit, cursor })
  const reads = heard.filter(
    ({ kind, collection, plan }) =>
      kind === 'find' &&
      ['units', 'memberships', 'invitations'].includes(collection) &&
      plan.kind === 'index',
  )
  return {
    ...page,
    calls: reads.length,
    documents: reads.reduce((sum, { examined }) => sum + (examined ?? Number.NaN), 0),
  }
}

const throughout = async (show: Show, limit: number) => {
  const pages: Awaited<ReturnType<typeof pageOf>>[] = []
  let cursor: string | undefined
  do {
    const page = await pageOf(show, limit, cursor)
    pages.push(page)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return pages
}

test('a page reads as much as it shows, wherever it lies, and each unit stands on one', async () => {
  const pages = await throughout('all', 20)
  for (const { calls, documents } of pages) {
    // Who asks; the units, their seats, their invitations.
    expect(calls).toBeLessThanOrEqual(4)
    expect(documents).toBeLessThanOrEqual(1 + 21 + 3 * 20 + 20)
  }
  const ids = pages.flatMap(({ rows }) => rows.map(({ unit }) => unit.id))
  expect(ids.filter((id) => id.includes('x'))).toEqual(branches.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('who is missing is found among the others, five pages of units at a time at most', async () => {
  const pages = await throughout('missing', 20)
  const found = pages.flatMap(({ rows }) => rows)
  expect(found.filter(({ unit }) => unit.id.includes('x')).map(({ unit }) => unit.id)).toEqual(
    branches.filter((_unit, no) => isEmpty(no)).map(({ id }) => id),
  )
  for (const { rows, calls, nextCursor } of pages) {
    expect(calls).toBeLessThanOrEqual(1 + 5 * 3)
    expect(rows.length === 20 || nextCursor === null || calls === 1 + 5 * 3).toBe(true)
  }
})

test('where nobody is invited every page is empty, and they come to an end', async () => {
  const pages = await throughout('invited', 20)
  expect(pages.flatMap(({ rows }) => rows)).toEqual([])
  expect(pages.length).toBeLessThanOrEqual(Math.ceil((branchCount + 3) / 250))
})

test('whoever’s last day was yesterday fills no seat', async () => {
  const { rows } = await pageOf('all', 50)
  const [row] = rows.filter(({ unit }) => unit.id === branches[0]?.id)
  expect(row?.needed).toEqual([
    { role: 'secretary', holders: 1 },
    { role: 'grid-worker', holders: 1 },
  ])
  expect(row).toMatchObject({ missingCount: 0, staffCount: 2, isOnePerson: false })
})
