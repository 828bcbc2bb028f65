import { horizonTitle, noMatters, nothingOpen } from '../../../../client/features/branch/words'

test('the banner’s staff read up to which date the days off are known', () => {
  expect(horizonTitle('2026-12-31')).toBe('2026年12月31日以后哪天放假还没有录入')
})

test('an empty list of an area claims nothing of what everybody may not read, and nothing against the count above it', () => {
  expect(noMatters).toMatchObject({ title: '这里还没有公开的事', hint: expect.stringContaining('保密') })
  expect(nothingOpen(0).title).toBe('现在没有正在办的事')
  expect(nothingOpen(3).title).not.toContain('没有')
})
