import { overBudget } from '../journeys/budgets'
import type { JourneyName } from '../journeys/journeys'
import { type Ground, prepareGround } from '../journeys/play'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

/** What people do most; `npm run journeys` plays all of them in both builds. */
const most: readonly JourneyName[] = ['report', 'rate']

describe('what people do most takes no more taps than its budget', () => {
  let ground: Ground
  beforeAll(async () => {
    ground = await prepareGround()
  })

  test.each(most)('%s', async (name) => {
    const counts = await ground.play(name, 'h5')
    expect(overBudget(name, 'h5', counts)).toBeUndefined()
  })
})
