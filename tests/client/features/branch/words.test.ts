import { horizonTitle } from '../../../../client/features/branch/words'

test('the banner’s staff read up to which date the days off are known', () => {
  expect(horizonTitle('2026-12-31')).toBe('2026年12月31日以后哪天放假还没有录入')
})
