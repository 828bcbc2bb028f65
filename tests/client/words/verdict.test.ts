import { satisfactionsOffered } from '../../../client/words/verdict'
import {
  satisfactionAnswers,
  saysNo,
  solvedAnswers,
} from '../../../cloudfunctions/contexts/report/rules/rating'

test('H3: of our own people a verdict is offered exactly where it says no in some part; of others every one is', () => {
  for (const solved of solvedAnswers) {
    expect(satisfactionsOffered(solved, false)).toEqual(satisfactionAnswers)
    for (const satisfaction of satisfactionAnswers) {
      expect(satisfactionsOffered(solved, true).includes(satisfaction)).toBe(saysNo({ solved, satisfaction }))
    }
    // Whatever they say first, there is a way on.
    expect(satisfactionsOffered(solved, true).length).toBeGreaterThan(0)
  }
})
