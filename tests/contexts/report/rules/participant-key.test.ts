import { participantKey } from '../../../../cloudfunctions/contexts/report/rules/participant-key'
import { somePorts } from '../../../support/some-ports'

const { keyed } = somePorts({})

test('one person has another key in every report, and two never the same', () => {
  const keys = ['one', 'two'].flatMap((account) =>
    ['r1', 'r2'].map((reportId) => participantKey(keyed, account, reportId)),
  )
  expect(new Set(keys).size).toBe(4)
})
