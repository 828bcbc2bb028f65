import { alsoMetText, answersText, metByText } from '../../../client/words/households'

test('neighbours are counted by households wherever they are counted', () => {
  expect(alsoMetText(3)).toBe('还有3户也遇到')
  expect(metByText(4)).toBe('共4户遇到')
  expect(answersText({ goneCount: 2, notGoneCount: 1 })).toBe('2户说修好了，1户说没修好')
})

test('nothing is said of answers while there are none', () => {
  expect(answersText({ goneCount: 0, notGoneCount: 0 })).toBe('')
})
