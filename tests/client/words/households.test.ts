import { alsoMetText, answersText, metByText, othersIn } from '../../../client/words/households'

describe('neighbours are counted by households, the same wherever they are counted', () => {
  const cases = [
    // supporters, co-reporters, unreported; besides the reporter, with the reporter
    [3, 0, false, '还有3户也遇到', '共4户遇到'],
    [0, 2, false, '还有2户也遇到', '共3户遇到'],
    [3, 2, false, '还有5户也遇到', '共6户遇到'],
    [0, 0, false, '', ''],
    // Nobody has reported it: there is no household beside those who say 我也遇到.
    [3, 0, true, '共3户遇到', '共3户遇到'],
    [0, 0, true, '', ''],
  ] as const

  test.each(cases)(
    '%i supporters, %i co-reporters, unreported %s',
    (supporters, co, isUnreported, also, all) => {
      const matter = { supporterCount: supporters, coReporterCount: co, isUnreported }
      expect(alsoMetText(matter)).toBe(also)
      expect(metByText(matter)).toBe(all)
      expect(othersIn(matter)).toBe(supporters + co)
    },
  )

  test('an instance of a version before names no co-reporters', () => {
    expect(alsoMetText({ supporterCount: 2 })).toBe('还有2户也遇到')
  })
})

test('what they said is counted by households too', () => {
  expect(answersText({ goneCount: 2, notGoneCount: 1 })).toBe('2户说修好了，1户说没修好')
})

test('nothing is said of answers while there are none', () => {
  expect(answersText({ goneCount: 0, notGoneCount: 0 })).toBe('')
})
