import type { Category, CategoryId } from '../../../../cloudfunctions/contexts/category/rules/category'
import {
  categoryNameOf,
  categoryOf,
  type RuleBook,
  defaultRuleBook as region,
} from '../../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { runningRules } from '../../../../cloudfunctions/contexts/rule-book/rules/running-rules'

const book = (version: string, change: Partial<RuleBook> = {}): RuleBook => ({
  ...region,
  version,
  ...change,
})
const withCategory = (version: string, id: CategoryId, change: Partial<Category>): RuleBook =>
  book(version, {
    categories: region.categories.map((one) => (one.id === id ? { ...one, ...change } : one)),
  })

describe('K10: what runs when a new rule book comes into force', () => {
  const kind = book('v1', {
    report: { ...region.report, appealWithinDays: 60, maxSuspensionDays: 30, freePasses: 0 },
    redFace: {
      ...region.redFace,
      postingWorkingDays: 5,
      recurrence: { ...region.redFace.recurrence, count: 2 },
    },
  })

  test('keeps what the old one promised its residents', () => {
    const law = runningRules(book('v2'), kind)
    expect(law.report).toMatchObject({ appealWithinDays: 60, maxSuspensionDays: 30, freePasses: 0 })
    expect(law.redFace).toMatchObject({ postingWorkingDays: 5, recurrence: { count: 2 } })
  })

  test('is met at once by what the new one makes stricter', () => {
    const law = runningRules(kind, book('v0'))
    expect(law.report).toEqual(kind.report)
    expect(law.redFace).toEqual(kind.redFace)
  })

  test('K6: waits for the thaw only as long, and only with the kinds, that both books let wait', () => {
    const short = book('v1', { frozenSeason: { from: '11-01', until: '04-30' } })
    const early = book('v2', { frozenSeason: { from: '10-01', until: '03-15' } })
    expect(runningRules(early, short).frozenSeason).toEqual({ from: '11-01', until: '03-15' })
    expect(runningRules(short, early).frozenSeason).toEqual({ from: '11-01', until: '03-15' })
    const never = withCategory('v3', 'lane-repair', { needsThawedGround: false })
    for (const law of [runningRules(never, book('v1')), runningRules(book('v4'), never)]) {
      expect(categoryOf(law, 'lane-repair')?.needsThawedGround).toBe(false)
      expect(categoryOf(law, 'lane-hardening')?.needsThawedGround).toBe(true)
    }
  })

  test('goes by the present version’s name, and by its own choices', () => {
    const present = book('v2', {
      routing: { ...region.routing, nearestWithinMetres: 800 },
      rates: { ...region.rates, isPublished: true },
    })
    const law = runningRules(
      present,
      book('v1', { routing: { ...region.routing, nearestWithinMetres: 200 } }),
    )
    expect(law.version).toBe('v2')
    expect(law.routing.nearestWithinMetres).toBe(800)
    expect(law.rates.isPublished).toBe(true)
    expect(runningRules(present, present)).toBe(present)
  })

  test.each<[string, Partial<Category>, Partial<Category>, Partial<Category>]>([
    [
      'longer now: as it was',
      { resolveWithin: { unit: 'working-days', count: 3 } },
      { resolveWithin: { unit: 'working-days', count: 1 } },
      { resolveWithin: { unit: 'working-days', count: 1 } },
    ],
    [
      'shorter now: as it is',
      { acceptWithin: { unit: 'working-hours', count: 1 } },
      { acceptWithin: { unit: 'working-hours', count: 4 } },
      { acceptWithin: { unit: 'working-hours', count: 1 } },
    ],
    [
      'not to be compared: as it was',
      { resolveWithin: { unit: 'hours', count: 20 } },
      { resolveWithin: { unit: 'working-hours', count: 10 } },
      { resolveWithin: { unit: 'working-hours', count: 10 } },
    ],
    ['urgent no more: urgent still', { isUrgent: false }, { isUrgent: true }, { isUrgent: true }],
    [
      'a cure that holds less: as it was',
      { cureHoldsDays: 90 },
      { cureHoldsDays: 180 },
      { cureHoldsDays: 180 },
    ],
  ])('a category that is %s', (_what, is, was, law) => {
    const merged = runningRules(withCategory('v2', 'street-lamp', is), withCategory('v1', 'street-lamp', was))
    expect(categoryOf(merged, 'street-lamp')).toMatchObject(law)
  })

  test('a category that is offered no more keeps its name and its clocks', () => {
    const narrower = book('v2', { categories: region.categories.filter(({ id }) => id !== 'suggestion') })
    const law = runningRules(narrower, book('v1'))
    expect(categoryOf(law, 'suggestion')).toEqual(categoryOf(region, 'suggestion'))
    expect(categoryNameOf(narrower, 'suggestion')).toBe('意见建议')
  })
})
