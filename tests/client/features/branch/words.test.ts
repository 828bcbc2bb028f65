import { horizonTitle, noMatters } from '../../../../client/features/branch/words'

test('the banner’s staff read up to which date the days off are known', () => {
  expect(horizonTitle('2026-12-31')).toBe('2026年12月31日以后哪天放假还没有录入')
})

test('an empty list of an area claims nothing of what everybody may not read', () => {
  expect(noMatters).toMatchObject({ title: '这里还没有公开的事', hint: expect.stringContaining('保密') })
})
