import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aDecision,
  aReport,
  branch,
  coReporter,
  madePublic,
  reporter,
  secondCoReporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import { postedUntil, publicIn } from '../../../support/red-face'

type Child = ReturnType<typeof aChild>

const yes: ReportCommand = { kind: 'answer-red-face', isGone: true, note: '' }
const complex = aReport({ category: aCategory('complex'), decision: aDecision({ alternate: undefined }) })
const accepted = takeAll(complex, 'accept', 'contact')
const listed = madePublic(take(supportedBy(accepted, supporter), 'declare-red-face'))
/** In the same minute. */
const layAtOnce = (report: Report, now = report.changedAt): Report =>
  take(report, 'lay-evidence', { by: secretary, now })
const childOf = (report: Report, more: Partial<Child> = {}): Child =>
  aChild({ deadlines: report.deadlines, mergedAt: report.changedAt, ...more })
const joins = (report: Report, child: Child, now = report.changedAt): Report =>
  take(report, { kind: 'absorb', child }, { now })

describe('F5: what is agreed to is posted for three working days, whatever was posted before', () => {
  describe('new evidence, and the same yes again on the last day of the posting of the old', () => {
    const first = layAtOnce(listed)
    const posted = take(first, yes, { by: reporter })
    const until = postedUntil(posted)
    const again = take(layAtOnce(posted, first.changedAt + 3 * dayMs + minuteMs), yes, { by: reporter })
    const after = wait(again, until)

    test('is not cleared by that posting, but posted anew', () => {
      expect(until - again.changedAt).toBeLessThan(8 * hourMs)
      expect(activeEpisode(after.redFaces)?.posting).toMatchObject({ from: until })
      expect(postedUntil(after)).toBeGreaterThan(until + 2 * dayMs)
      expect(wait(after, postedUntil(after)).redFaces).toMatchObject([{ consent: 'posted' }])
    })

    test('what the posting had kept back is public at its end: it is no curtain', () => {
      const missed = layAtOnce(listed, listed.deadlines.resolveDueAt - 2 * hourMs)
      const kept = take(missed, yes, { by: reporter })
      const said = take(layAtOnce(kept, missed.changedAt + 3 * dayMs + minuteMs), yes, { by: reporter })
      expect(publicIn(wait(said, postedUntil(kept) - minuteMs))).toEqual(['declared'])
      expect(publicIn(wait(said, postedUntil(kept)))).toEqual(['declared', 'resolve-overdue'])
    })
  })

  test('nor does what came ten minutes before its end with somebody who was never asked', () => {
    const two = layAtOnce(joins(listed, childOf(listed)))
    const posted = take(take(two, yes, { by: reporter }), yes, { by: coReporter })
    const until = postedUntil(posted)
    const now = until - 10 * minuteMs
    const { id, name, path } = branch
    const late = { no: 1, cause: 'resolve-overdue', unit: { id, name, path }, at: now - hourMs } as const
    const child = childOf(listed, {
      id: 'r-third',
      reporterKey: secondCoReporter.name,
      mergingNo: 5,
      mergedAt: now,
      causes: [{ ...late, publicAt: now + dayMs, wasAppealed: false }],
    })
    const family = take(take(joins(posted, child, now), yes, { by: reporter }), yes, { by: coReporter })
    const after = wait(family, until)
    expect(activeEpisode(after.redFaces)?.posting).toMatchObject({ from: until })
    const objected = take(after, { ...yes, isGone: false }, { by: secondCoReporter })
    expect(activeEpisode(wait(objected, postedUntil(after)).redFaces)).toBeDefined()
  })
})
