import * as fc from 'fast-check'
import { listedOf } from '../../../../cloudfunctions/contexts/report/rules/listed-report'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { shelvedWith } from '../../../../cloudfunctions/contexts/report/rules/trace'
import { lastSeq } from '../../../../cloudfunctions/journal/rules/journalled'
import {
  attempt,
  bannerClerk,
  clerk,
  coReporter,
  type Person,
  reporter,
  secretary,
  stranger,
  supporter,
} from '../../../support/builders'
import { shownTo } from '../../../support/seen'
import { anyOpening, anyTurns, historyOf } from '../../../support/walk'

/** The same matter with so many of its lines, from the second on, in pieces of their own. */
const shelved = (report: Report, share: number): Report => {
  const [first, ...others] = report.timeline
  const leaving = others.slice(0, Math.round((others.length - 1) * share))
  if (!first || leaving.length === 0) return report
  return {
    ...report,
    timeline: [first, ...others.slice(leaving.length)],
    shelved: shelvedWith(report, leaving, report.changedAt),
  }
}

/** All that was decided: every field but the trace, its new lines, and what is left to do but for the trace. */
const decided = ({ timeline, shelved: _shelved, outbox, ...fields }: Report, since: number) => ({
  ...fields,
  lines: timeline.filter(({ seq }) => seq > since),
  outbox: outbox.filter(({ kind }) => kind !== 'shelve').map(({ id: _id, ...entry }) => entry),
})

/** All that is shown, with how many lines there are. */
const shown = (report: Report, person: Person, now: number) => {
  const view = shownTo(person, report, now)
  if (!view) return null
  const { timeline, olderCount, ...rest } = view
  return { ...rest, lines: timeline.length + olderCount }
}

const readers = [reporter, coReporter, supporter, secretary, clerk, bannerClerk, stranger]

test('whatever is decided, refused, offered and shown is the same, wherever the trace was cut', () => {
  fc.assert(
    fc.property(
      anyOpening,
      anyTurns(25),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (opening, turns, share) => {
        for (const { before, by, command, moment } of historyOf(opening, turns)) {
          const { now } = moment
          const cut = shelved(before, share)
          expect(listedOf(cut)).toMatchObject({ ...listedOf(before), timeline: cut.timeline })
          for (const person of readers) expect(shown(cut, person, now)).toEqual(shown(before, person, now))
          if (!command) continue
          const taking = { now, ...(by ? { by } : {}) }
          const [one, other] = [attempt(before, command, taking), attempt(cut, command, taking)]
          if (!one.ok || !other.ok) expect(other).toEqual(one)
          else expect(decided(other.value, lastSeq(before))).toEqual(decided(one.value, lastSeq(before)))
        }
      },
    ),
    { numRuns: 12 },
  )
})
