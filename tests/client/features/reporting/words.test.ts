import {
  ifLateText,
  previewWords,
  promisedDues,
  secrecyText,
  sentTo,
} from '../../../../client/features/reporting/words'
import { defaultCategories } from '../../../../cloudfunctions/contexts/category/rules/category'
import { deadlinesAhead } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import { receiptOf } from '../../../../cloudfunctions/contexts/report/use-cases/submit-receipt'
import { aReport, branch, township } from '../../../support/builders'

const choices = defaultCategories.map(({ id, name, hint, emergencyCalls, isAboutBranch }) => ({
  id,
  name,
  hint,
  emergencyCalls: [...(emergencyCalls ?? [])],
  isAboutBranch: isAboutBranch ?? false,
}))

const places = [
  {
    branchName: township.name,
    accused: { id: branch.id, name: branch.name },
    reasons: [`由${township.name}负责`],
  },
  { branchName: null, reasons: [`由${township.name}确定由谁办理`] },
]

const everyState = choices.flatMap((category) =>
  places.flatMap((preview) =>
    [undefined, township.id].map(
      (accusedUnitId) =>
        [
          category.id,
          preview.branchName ?? 'nobody',
          accusedUnitId ?? 'not named',
          { category, preview, accusedUnitId },
        ] as const,
    ),
  ),
)

test.each(everyState)(
  'H4: before %s is sent where %s would answer, the accused being %s, no unit is named that may not have it',
  (_id, _who, _accused, { category, preview, accusedUnitId }) => {
    const { who, reasons } = previewWords(preview, category, accusedUnitId)
    const said = [who, ...reasons].join()
    if (!category.isAboutBranch) {
      expect(reasons).toEqual(preview.reasons)
      expect(who.includes(preview.branchName ?? '责任单位')).toBe(true)
      return
    }
    for (const { name } of [township, branch]) expect(said).not.toContain(name)
    expect(said).toContain('被反映的单位看不到')
    const isNamed = accusedUnitId !== undefined || preview.accused !== undefined
    expect(said.includes('交给被反映单位的上级')).toBe(isNamed)
  },
)

test.each(choices)(
  'what $id promises on its receipt is every date its clocks run for, in their order',
  ({ id }) => {
    const category = defaultCategories.find((one) => one.id === id)
    if (!category) throw new Error(id)
    const report = aReport({ category })
    expect(promisedDues(receiptOf(report)).map(({ kind, dueAt }) => [kind, dueAt])).toEqual(
      deadlinesAhead(report).map(({ kind, dueAt }) => [kind, dueAt]),
    )
  },
)

test('K3: the plan that was promised before sending is on the receipt', () => {
  const category = defaultCategories.find(({ id }) => id === 'lane-hardening')
  if (!category) throw new Error('no such kind')
  expect(promisedDues(receiptOf(aReport({ category }))).map(({ deed }) => deed)).toEqual([
    '受理',
    '联系居民',
    '报计划',
    '办结',
  ])
})

test('an answer of before, which knew two dates, shows those two', () => {
  expect(promisedDues({ status: 'routed', acceptDueAt: 1, resolveDueAt: 2 }).map(({ kind }) => kind)).toEqual(
    ['accept', 'resolve'],
  )
})

test('the receipt says who has it, or who looks for who will', () => {
  expect(sentTo({ branchName: township.name, status: 'routed' })).toBe(township.name)
  expect(sentTo({ branchName: township.name, status: 'unrouted' })).toBe(`由${township.name}指定责任单位`)
})

test('H4: whatever is said of a complaint hides it from whom it is about, not from “this branch”', () => {
  const complaint = choices.find(({ isAboutBranch }) => isAboutBranch)
  for (const text of [secrecyText(complaint), ifLateText(true)]) {
    expect(text).toContain('被反映的单位看不到')
    expect(text).not.toContain('支部')
  }
  expect(ifLateText(false)).toContain('红脸榜')
  expect(secrecyText(undefined)).not.toContain('被反映')
})
