import type { Question } from '../../cloudfunctions/contexts/page/contract'
import { type OpenedPage, pageQuestions } from '../../cloudfunctions/contexts/page/rules/page-questions'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import type { Bucket } from '../../cloudfunctions/ground/bucket'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { type ActionLimits, ordinarySteps } from '../../cloudfunctions/terms/limits'

const actions = Object.keys(contract) as readonly Action[]
const aSubmission = (categoryId: string) => ({ categoryId })

const limitsOf = (action: Action, input: object = aSubmission('lane-repair')): ActionLimits | undefined => {
  const terms = contract[action]
  return terms.kind === 'command' ? terms.limitsOf(input as never) : undefined
}
const readingOf = (action: Action, input: object = {}) => {
  const terms = contract[action]
  return terms.kind === 'command' ? undefined : terms.readingOf(input as never)
}

const perHour = ({ rate }: Bucket) => (rate.most / rate.withinMs) * hourMs

describe('the limits of the contract', () => {
  test.each(actions.filter((action) => contract[action].kind === 'command'))('hold %s back', (action) => {
    const limits = limitsOf(action)
    for (const bucket of [limits?.resident, limits?.staff]) {
      expect(bucket?.burst).toBeGreaterThan(0)
      expect(bucket?.rate.most).toBeGreaterThan(0)
      expect(bucket?.rate.withinMs).toBeLessThanOrEqual(dayMs)
      // What is empty is full again within a day.
      expect((bucket?.burst ?? 0) / perHour(bucket ?? ordinarySteps.staff)).toBeLessThanOrEqual(24)
    }
  })

  test.each(actions.filter((action) => contract[action].kind === 'query'))('brake %s', (action) => {
    const { person, address, together, sharedMs } = readingOf(action) ?? {}
    expect(perHour(person as Bucket)).toBeLessThan(perHour(address as Bucket))
    expect(perHour(address as Bucket)).toBeLessThan(perHour(together as Bucket))
    expect(sharedMs).toBeGreaterThanOrEqual(10_000)
    expect(sharedMs).toBeLessThanOrEqual(minuteMs)
  })

  test.each(actions.filter((action) => contract[action].kind === 'open'))('brake %s by address', (action) => {
    const { address, together } = readingOf(action) ?? {}
    expect(perHour(address as Bucket)).toBeLessThan(perHour(together as Bucket))
  })

  test('are never met by a clerk who clears a hundred reports an hour, in five steps each', () => {
    for (const action of ['report.accept', 'report.dispatch', 'report.check', 'report.ruleOn'] as const)
      expect(perHour(limitsOf(action)?.staff as Bucket)).toBeGreaterThanOrEqual(500)
    expect(limitsOf('report.revealPhone')?.staff.burst).toBeGreaterThanOrEqual(100)
  })

  test('never give staff less than residents', () => {
    for (const action of actions) {
      const { staff, resident } = limitsOf(action) ?? ordinarySteps
      expect(staff.burst).toBeGreaterThanOrEqual(resident.burst)
      expect(perHour(staff)).toBeGreaterThanOrEqual(perHour(resident))
    }
  })

  test('count what a branch lists itself as what is reported', () => {
    for (const category of ['lane-repair', 'danger'])
      expect(limitsOf('redFace.declareNew', aSubmission(category))).toEqual(
        limitsOf('report.submit', aSubmission(category)),
      )
  })

  test('count all ordinary steps on reports together, and a danger to life by itself', () => {
    expect(limitsOf('report.accept')?.group).toBe(limitsOf('report.progress')?.group)
    expect(limitsOf('report.submit')?.group).not.toBe(limitsOf('report.accept')?.group)
    expect(limitsOf('report.submit', aSubmission('danger'))?.group).not.toBe(limitsOf('report.submit')?.group)
  })

  test('refuse nobody who has signed in, because of all the others, what a report or a step needs', () => {
    const needed = actions.filter((action) => readingOf(action)?.isNeededToAct)
    expect(needed).toEqual(
      expect.arrayContaining([
        'me.get',
        'report.get',
        'unit.targets',
        'photo.ticket',
        'category.list',
        'place.preview',
      ]),
    )
    expect(needed).not.toContain('queue.counts')
  })

  test('brake a page that asks for lists as its lists are braked, whoever asks for all of it at once', () => {
    const lists: readonly Question[] = [
      'queue.list',
      'queue.counts',
      'redFace.list',
      'report.mine',
      'report.recent',
    ]
    const pages = Object.entries(pageQuestions) as [OpenedPage, readonly Question[]][]
    for (const [page, questions] of pages) {
      const isBraked = !readingOf('page.open', { page })?.isNeededToAct
      if (questions.some((question) => lists.includes(question)))
        expect([page, isBraked]).toEqual([page, true])
    }
    const needed = pages.flatMap(([page]) => (readingOf('page.open', { page })?.isNeededToAct ? [page] : []))
    expect(needed).toEqual(['report', 'detail', 'handle'])
  })
})
