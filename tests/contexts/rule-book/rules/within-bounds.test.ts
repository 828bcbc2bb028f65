import * as fc from 'fast-check'
import { chineseCalendar } from '../../../../cloudfunctions/contexts/calendar/chinese-calendar'
import type {
  Allowance,
  Category,
  CategoryId,
} from '../../../../cloudfunctions/contexts/category/rules/category'
import { setDeadlines } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import { bounds } from '../../../../cloudfunctions/contexts/rule-book/rules/bounds'
import {
  categoryNameOf,
  type RuleBook,
  defaultRuleBook as region,
} from '../../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { withinBounds } from '../../../../cloudfunctions/contexts/rule-book/rules/within-bounds'
import { aCategory } from '../../../support/builders'

const own: RuleBook = { ...region, version: 'banner-1' }
const withCategory = (id: CategoryId, change: Partial<Category>): RuleBook => ({
  ...own,
  categories: own.categories.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
const faultsOf = (book: RuleBook) => withinBounds(book, region)

/** Every number of a book outside its catalogue: how it is reached, and its row in the table of bounds. */
const numbersOf = (table: object, path: readonly string[] = []): [string, 'more' | 'less' | 'own'][] =>
  Object.entries(table).flatMap(([key, row]) =>
    'kinder' in row
      ? [[[...path, key].join('.'), row.kinder] as [string, 'more' | 'less' | 'own']]
      : numbersOf(row, [...path, key]),
  )
const moved = <T extends object>(one: T, [key, ...rest]: readonly string[], by: number): T => {
  const at = key as keyof T
  const value = one[at]
  return { ...one, [at]: rest.length > 0 ? moved(value as object, rest, by) : (value as number) + by }
}

describe('K10: a banner’s rule book against the region’s', () => {
  test('may say the same under a name of its own, and not under the region’s', () => {
    expect(faultsOf(own)).toEqual([])
    expect(faultsOf(region)).toEqual(['版本的名字和上一级的一样'])
  })

  const kinder = numbersOf(bounds).filter(([path]) => !path.includes('weights'))
  test.each(kinder)('%s may move to the kinder side (%s) and never to the other', (path, side) => {
    const up = faultsOf(moved(own, path.split('.'), 1))
    const down = faultsOf(moved(own, path.split('.'), -1))
    // In all there is at least as much as at once, and so on: what contradicts itself is another matter.
    const beyond = (faults: readonly string[]) => faults.filter((fault) => fault.includes('上一级'))
    expect(beyond(up)).toHaveLength(side === 'less' ? 1 : 0)
    expect(beyond(down)).toHaveLength(side === 'more' ? 1 : 0)
  })

  test.each<[string, string, string, readonly string[]]>([
    ['the same', '10-01', '04-30', []],
    ['shorter', '11-10', '03-20', []],
    ['earlier', '09-30', '04-30', ['上冻的日子9月30日早于上一级的10月1日：土没冻，居民不该等']],
    ['later', '10-01', '05-01', ['开春的日子5月1日晚于上一级的4月30日：土化了，居民不该等']],
  ])('K6: the ground is frozen no longer than there: %s', (_what, from, until, faults) => {
    expect(faultsOf({ ...own, frozenSeason: { from, until } })).toEqual(faults)
  })

  test('a longer suspension is refused in words that say by how much and why', () => {
    expect(faultsOf({ ...own, report: { ...own.report, maxSuspensionDays: 120 } })).toEqual([
      '一次挂账的天数120多于上一级的90：挂账的时候居民只能等',
    ])
  })

  test.each<[string, Partial<RuleBook>, string]>([
    [
      'one suspension longer than all',
      { report: { ...own.report, maxSuspensionDays: 60, maxSuspensionDaysInAll: 30 } },
      '一次挂账的天数多于挂账总天数',
    ],
    [
      'more working hours of notice than notice',
      { redFace: { ...own.redFace, noticeHours: 2 } },
      '预告里的工作小时多于预告小时',
    ],
    [
      'weights that are no whole',
      { rates: { ...own.rates, weights: { response: 0.3, solved: 0.35, satisfaction: 0.3 } } },
      '三率的权重加起来不是一',
    ],
    [
      'an appeal that lapses before residents were heard',
      { redFace: { ...own.redFace, hearingWorkingDays: own.redFace.appealLapsesAfterWorkingDays } },
      '听居民说明的工作日不少于申诉失效的工作日，评价就永远撤不了',
    ],
    ['a category twice', { categories: [...own.categories, aCategory('rubbish')] }, '同一个类别写了不止一回'],
  ])('a book that contradicts itself is refused: %s', (_what, change, fault) => {
    expect(faultsOf({ ...own, ...change })).toEqual([fault])
  })

  test.each<[string, CategoryId, Partial<Category>, string]>([
    [
      'longer',
      'street-lamp',
      { resolveWithin: { unit: 'working-days', count: 5 } },
      '办结5个工作日，可能长于上一级的3个工作日',
    ],
    [
      'not to be compared: a long holiday makes working days longer',
      'lane-repair',
      { resolveWithin: { unit: 'working-days', count: 3 } },
      '办结3个工作日，可能长于上一级的7天',
    ],
    [
      'a plan that would put the work off',
      'lane-repair',
      { planWithin: { unit: 'days', count: 3 } },
      '报计划的时限和上一级的有无不一致',
    ],
    ['urgent no more', 'danger', { isUrgent: false }, '上一级列为紧急，不能改成不紧急'],
    ['in another group', 'rubbish', { groupId: 'other' }, '分组和上一级的不同，边界一变同一件事就并不到一起'],
    [
      'a cure that need not hold',
      'street-lamp',
      { cureHoldsDays: 30 },
      '修好该管的天数30少于上一级的90：修了又坏要看得出来',
    ],
    ['no word of the fire brigade', 'danger', { emergencyCalls: ['110', '120'] }, '少了上一级列出的紧急电话'],
    [
      'a complaint like any other',
      'about-branch',
      { isAboutBranch: false },
      '反映单位或干部的类别由上一级定',
    ],
    [
      'made to wait for the thaw',
      'rubbish',
      { needsThawedGround: true },
      '上一级没有列为要等开春的，不能自己加上',
    ],
    ['another remedy', 'lane-repair', { remedy: 'lasting' }, '临时处置还是根治由上一级定'],
  ])('a category may not be laxer: %s', (_what, id, change, fault) => {
    expect(faultsOf(withCategory(id, change))).toEqual([`类别“${aCategory(id).name}”：${fault}`])
  })

  test.each<[string, CategoryId, Partial<Category>]>([
    ['no wait for the thaw', 'lane-repair', { needsThawedGround: false }],
    ['shorter', 'street-lamp', { resolveWithin: { unit: 'working-days', count: 1 } }],
    [
      'four working hours for a working day',
      'suggestion',
      { acceptWithin: { unit: 'working-hours', count: 4 } },
    ],
    ['hours for days', 'lane-repair', { resolveWithin: { unit: 'hours', count: 100 } }],
    ['a cure that must hold longer', 'rubbish', { cureHoldsDays: 7 }],
    ['one number more to ring', 'danger', { emergencyCalls: ['110', '119', '120', '12345'] }],
    [
      'urgent here, by night too',
      'rubbish',
      {
        isUrgent: true,
        acceptWithin: { unit: 'hours', count: 2 },
        resolveWithin: { unit: 'hours', count: 12 },
      },
    ],
  ])('a category may be stricter: %s', (_what, id, change) => {
    expect(faultsOf(withCategory(id, change))).toEqual([])
  })

  test('a category may be left out, but none without which somebody could not report', () => {
    const without = (...ids: readonly CategoryId[]) =>
      faultsOf({ ...own, categories: own.categories.filter(({ id }) => !ids.includes(id)) })
    expect(without('suggestion', 'livelihood')).toEqual([])
    expect(without('danger', 'about-branch', 'ordinary')).toHaveLength(3)
    expect(categoryNameOf({ ...own, categories: [] }, 'suggestion')).toBe(aCategory('suggestion').name)
  })

  test('what is taken for no longer is never due later, whenever it starts', () => {
    const calendar = chineseCalendar()
    const clocks = (most: number) => {
      const allowance: fc.Arbitrary<Allowance> = fc.record({
        unit: fc.constantFrom('hours', 'days', 'working-hours', 'working-days'),
        count: fc.integer({ min: 1, max: most }),
      })
      return fc.record({
        acceptWithin: allowance,
        contactWithin: allowance,
        resolveWithin: allowance,
        isUrgent: fc.boolean(),
      })
    }
    const from = Date.parse('2026-01-01T00:00:00+08:00')
    let taken = 0
    fc.assert(
      fc.property(
        clocks(40),
        clocks(6),
        fc.integer({ min: from, max: from + 360 * 86_400_000 }),
        (aboveClocks, ownClocks, startedAt) => {
          const above: Category = { ...aCategory('ordinary'), ...aboveClocks }
          const category: Category = { ...above, ...ownClocks }
          const others = region.categories.filter(({ id }) => id !== 'ordinary')
          const faults = withinBounds(
            { ...own, categories: [...others, category] },
            { ...region, categories: [...others, above] },
          )
          if (faults.length > 0) return
          taken += 1
          const is = setDeadlines(category, startedAt, calendar, 'banner-1')
          const limit = setDeadlines(above, startedAt, calendar, 'region')
          for (const step of ['acceptDueAt', 'contactDueAt', 'resolveDueAt'] as const) {
            expect(is[step]).toBeLessThanOrEqual(limit[step])
          }
        },
      ),
      { numRuns: 10_000 },
    )
    expect(taken).toBeGreaterThan(200)
  }, 120_000)
})
