import {
  alsoMetText,
  answersOffered,
  answersText,
  goneLabels,
  metByText,
} from '../../../client/words/households'
import { sentences } from '../../../client/words/sentences'
import { answerBars } from '../../../cloudfunctions/contexts/report/rules/barred-answers'

test('neighbours are counted by households wherever they are counted', () => {
  expect(alsoMetText(3)).toBe('还有3户也遇到')
  expect(metByText(4)).toBe('共4户遇到')
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
    const { question, offers } = answersOffered(barred, hasAnswered)
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

  test('where nothing is barred both are', () => {
    expect(answersOffered(undefined, false).offers.map(({ label }) => label)).toEqual(['没修好', '修好了'])
  })
})
