import { type Question, questions } from '../../cloudfunctions/contexts/page/contract'
import { type OpenedPage, pageQuestions } from '../../cloudfunctions/contexts/page/rules/page-questions'
import type { InputOf } from '../../cloudfunctions/contract/contract'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { branch, region } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
let reportId = ''
let entryId = ''

beforeAll(async () => {
  town = await openTestCloud()
  reportId = (await town.as('resident').submit({ categoryId: 'danger' })).reportId
  await town.later(20 * dayMs)
  const [entry] = await town.documents<{ readonly _id: string }>('red_face_entries')
  entryId = entry?._id ?? ''
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const inputs: { readonly [P in OpenedPage]: () => readonly InputOf<'page.open'>[] } = {
  home: () => [{ page: 'home' }, { page: 'home', unitId: branch.id }, { page: 'home', unitId: 'nowhere' }],
  redFace: () => [{ page: 'redFace' }, { page: 'redFace', unitId: branch.id }],
  mine: () => [{ page: 'mine' }],
  report: () => [{ page: 'report' }, { page: 'report', unitId: branch.id }],
  detail: () => [{ page: 'detail', reportId }, { page: 'detail', reportId: 'none' }, { page: 'detail' }],
  redFaceEntry: () => [{ page: 'redFaceEntry', entryId }, { page: 'redFaceEntry' }],
  branch: () => [{ page: 'branch', unitId: branch.id }, { page: 'branch' }],
  queue: () => [{ page: 'queue' }, { page: 'queue', unitId: branch.id, tab: 'done' }],
  handle: () => [{ page: 'handle', reportId }, { page: 'handle' }],
}

const people = [null, 'resident', 'neighbour', 'secretary', 'banner-staff'] as const

const isQuestion = (action: string): action is Question => Object.hasOwn(questions, action)

const opened = async (person: string | null, input: InputOf<'page.open'>) =>
  (await town.as(person).get('page.open', input)).answers

/** Without what only tells when it was answered: a picture's address runs out, figures are of the days until now. */
const timeless = (answer: object): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => {
      if (['now', 'requestId', 'fromAt', 'toAt'].includes(key)) return undefined
      return typeof value === 'string' ? value.replace(/\?expires=.*$/, '') : value
    }),
  )

describe.each(Object.entries(inputs))('the page %s', (page, every) => {
  test.each(people)('answers %s what each question alone is answered, a refusal too', async (person) => {
    for (const input of every())
      for (const { action, input: sent, answer } of await opened(person, input)) {
        if (!isQuestion(action)) throw new Error(`${action} is no question of a page`)
        const alone = await town.as(person).send(action, sent)
        expect({ action, sent, answer: timeless(answer as object) }).toEqual({
          action,
          sent,
          answer: timeless(alone),
        })
      }
  })

  test('asks nothing that the client does not expect of it, and nothing twice', async () => {
    for (const person of people)
      for (const input of every()) {
        const asked = await opened(person, input)
        const known: readonly string[] = pageQuestions[page as OpenedPage]
        expect(asked.map(({ action }) => action).filter((action) => !known.includes(action))).toEqual([])
        const keys = asked.map(({ action, input: sent }) => `${action} ${JSON.stringify(sent)}`)
        expect(new Set(keys).size).toBe(keys.length)
      }
  })
})

test('whoever has chosen nothing is shown the place they first reported from, a visitor the region', async () => {
  const unitsOf = async (person: string | null, page: 'home' | 'redFace') =>
    (await opened(person, { page })).flatMap(({ action, input, answer }) =>
      action === 'unit.children' || action === 'redFace.list'
        ? [
            (input as { unitId?: string }).unitId ??
              (answer as { value?: { unit: { id: string } } }).value?.unit.id,
          ]
        : [],
    )
  expect(await unitsOf('resident', 'home')).toEqual([branch.id])
  expect(await unitsOf(null, 'home')).toEqual([])
  expect(await unitsOf(null, 'redFace')).toEqual([region.id, region.id])
})
