import { lastAsked } from '../../../client/services/last-asked'

test('only the answer to what was asked last counts, whichever comes first', () => {
  const asking = lastAsked()
  const isFirst = asking()
  expect(isFirst()).toBe(true)
  const isSecond = asking()
  expect([isFirst(), isSecond()]).toEqual([false, true])
})

test('two pages on the screen ask for themselves', () => {
  const isOne = lastAsked()()
  const isOther = lastAsked()()
  expect([isOne(), isOther()]).toEqual([true, true])
})
