import { createHmac } from 'node:crypto'
import { keyedWith, readEnvironment } from '../../../cloudfunctions/platform/cloudbase/environment'

const bytes = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7))

test.each([
  ['hex', bytes.toString('hex')],
  ['hex in capitals, with a line’s end', `${bytes.toString('hex').toUpperCase()}\n`],
  ['base64', bytes.toString('base64')],
  ['base64url', bytes.toString('base64url')],
])('the secret is taken as %s', (_, text) => {
  expect(Buffer.from(readEnvironment({ REDFACE_SECRET: text }).secret).equals(bytes)).toBe(true)
})

test.each([
  ['nothing', undefined],
  ['an empty text', '  '],
  ['31 bytes', bytes.subarray(1).toString('hex')],
  ['31 bytes as base64', bytes.subarray(1).toString('base64')],
  ['a word', 'secret'],
  ['a placeholder that nobody filled in', '{{env.REDFACE_SECRET_OF_THE_ENVIRONMENT_OF_PRODUCTION}}'],
])('a function with %s for a secret does not start, and says which variable it is', (_, text) => {
  expect(() => readEnvironment({ REDFACE_SECRET: text })).toThrow(/^REDFACE_SECRET is /)
})

test('a complaint about the secret does not tell it', () => {
  expect(() => readEnvironment({ REDFACE_SECRET: 'too-short-but-mine' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('mine') }),
  )
})

test('a keyed digest is the HMAC-SHA256 under the secret', () => {
  expect(keyedWith(bytes)('红脸')).toBe(createHmac('sha256', bytes).update('红脸', 'utf8').digest('hex'))
})
