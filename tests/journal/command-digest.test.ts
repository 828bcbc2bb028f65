import { commandDigest } from '../../cloudfunctions/journal/rules/command-digest'
import { somePorts } from '../support/some-ports'

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
