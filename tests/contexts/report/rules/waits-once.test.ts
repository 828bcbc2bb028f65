import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { countFirst } from '../../../../cloudfunctions/contexts/report/shared/count-first'
import { shownRev } from '../../../../cloudfunctions/journal/rules/journalled'
import { aReport, calendar, mondayAt, rules, take, takeAll } from '../../../support/builders'

/** What waits for the clock in a matter that changes all the time. */
test('a matter on the list that two hundred more people have leaves each kind of derived work once', () => {
  const now = mondayAt + 20 * 24 * 3_600_000
  let report = take(aReport(), 'accept', { now })
  expect(report.redFaces.length).toBeGreaterThan(0)
  // What fell due in the meantime has been seen to.
  report = { ...take(report, { kind: 'support', keys: ['key-of-the-first'] }, { now }), outbox: [] }
  for (let no = 0; no < 200; no += 1) report = take(report, { kind: 'support', keys: [`key-${no}`] }, { now })
  expect(report.supporters.count).toBe(201)
  expect(report.outbox.map(({ kind }) => kind)).toEqual(['red-face'])
})

test('a matter that is counted for the first time is nothing new to whoever has seen it', async () => {
  const { countedIn: _never, ...stored } = takeAll(aReport(), 'accept')
  let kept: Report = stored
  await countFirst({
    reports: {
      get: async () => kept,
      replace: async (_before: Report, after: Report) => {
        kept = after
        return true
      },
    },
    ruleBooks: { of: async () => rules, version: async () => rules },
    calendars: { current: async () => calendar },
  } as never)(stored.id)
  expect(kept.countedIn).toBeDefined()
  expect(kept.rev).toBe(stored.rev + 1)
  expect(shownRev(kept)).toBe(shownRev(stored))
})
