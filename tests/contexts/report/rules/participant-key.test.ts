import {
  commandDigest,
  participantKey,
} from '../../../../cloudfunctions/contexts/report/rules/participant-key'
import { somePorts } from '../../../support/some-ports'

const { keyed } = somePorts({})

test('a command is the same one only from the same person, of the same kind, with the same content', () => {
  const digest = commandDigest(keyed, 'account', 'report.accept', { reportId: 'r1' })
  expect(commandDigest(keyed, 'account', 'report.accept', { reportId: 'r1' })).toBe(digest)
  for (const [account, action, input] of [
    ['another', 'report.accept', { reportId: 'r1' }],
    ['account', 'report.note', { reportId: 'r1' }],
    ['account', 'report.accept', { reportId: 'r2' }],
  ] as const) {
    expect(commandDigest(keyed, account, action, input)).not.toBe(digest)
  }
})

test('one person has another key in every report, and two never the same', () => {
  const keys = ['one', 'two'].flatMap((account) =>
    ['r1', 'r2'].map((reportId) => participantKey(keyed, account, reportId)),
  )
  expect(new Set(keys).size).toBe(4)
})
