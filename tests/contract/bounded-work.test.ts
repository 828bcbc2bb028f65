import { contract } from '../../cloudfunctions/contract/contract'
import { parseInput } from '../../cloudfunctions/contract/parse-input'

const asked = (from: string, to: string) =>
  parseInput(contract['unit.days'].input, { unitId: '15', from, to })

test('the days of a span are counted, not listed: it is checked before anybody is asked who they are', () => {
  const dates = jest.spyOn(Date.prototype, 'toISOString')
  expect(asked('0001-01-01', '9999-12-31')).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  expect(dates.mock.calls.length).toBeLessThan(10)
  dates.mockRestore()
})

test.each([
  ['2026-01-01', '2026-01-01', true],
  ['2026-01-01', '2026-04-02', true],
  ['2026-01-01', '2026-04-03', false],
  ['2026-01-02', '2026-01-01', false],
  ['2026-02-30', '2026-03-01', false],
])('a quarter is asked for at most: from %s to %s', (from, to, isTaken) => {
  expect(asked(from, to).ok).toBe(isTaken)
})
