import { answersOffered } from '../../../client/words/gone-answers'
import { alsoMetText, answersText, goneLabels, metByText, othersIn } from '../../../client/words/households'
import { sentences } from '../../../client/words/sentences'
import { answerBars } from '../../../cloudfunctions/contexts/report/rules/barred-answers'

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

describe('L5: of the answers to 修好了吗 those that would be refused are not offered, and it is said why', () => {
  const bars = [undefined, ...answerBars]
  /** 自己人 are barred from the yes alone, one person has said one thing, and who has said all is not asked. */
  const cases = bars.flatMap((gone) =>
    bars
      .filter(
        (notGone) => notGone !== 'one-of-ours' && (gone === undefined || gone === 'one-of-ours' || !notGone),
      )
      .filter((notGone) => !(gone === 'one-of-ours' && notGone === 'said'))
      .map((notGone) => [gone, notGone] as const),
  )

  test.each(cases)('修好了 barred: %s, 没修好 barred: %s', (gone, notGone) => {
    const barred = { ...(gone ? { gone } : {}), ...(notGone ? { notGone } : {}) }
    const hasAnswered = notGone !== undefined || (gone !== undefined && gone !== 'one-of-ours')
    const { question, offers } = answersOffered(barred, hasAnswered, true)
    expect(offers.length).toBeGreaterThan(0)
    expect(offers.some(({ isGone }) => isGone)).toBe(gone === undefined)
    const no = offers.find(({ isGone }) => !isGone)
    expect(no !== undefined).toBe(notGone !== 'said')
    expect(no?.needsPicture ?? false).toBe(notGone === 'needs-picture')
    expect(question.includes(sentences.ours)).toBe(gone === 'one-of-ours')
    if (notGone) expect(question).toContain(`“${goneLabels.no}”`)
    if (gone && gone !== 'one-of-ours') expect(question).toContain(`“${goneLabels.yes}”`)
    expect({ question, offers: offers.map(({ label }) => label) }).toMatchSnapshot()
  })

  test('by a receipt no picture is asked for: what is said is said, and a yes is still taken', () => {
    const { question, offers } = answersOffered({ notGone: 'needs-picture' }, true, false)
    expect(question).toContain(`“${goneLabels.no}”`)
    expect(offers.map(({ label }) => label)).toEqual(['修好了'])
  })

  test('where nothing is barred both are', () => {
    expect(answersOffered(undefined, false, true).offers.map(({ label }) => label)).toEqual([
      '没修好',
      '修好了',
    ])
  })
})
