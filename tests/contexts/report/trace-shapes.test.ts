import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { toFieldsOfTrace } from '../../../cloudfunctions/contexts/report/trace-shapes'
import { aReport, clerk, ratedUnsolved, reporter, secretary, take, takeAll } from '../../support/builders'

/** As it was stored before any of this was a field. */
const asStoredThen = ({ phoneRevealedTo: _by, lookedAt: _at, ...report }: Report): Report => ({
  ...report,
  redFaces: report.redFaces.map(({ evidence, ...episode }) => {
    if (!evidence) return episode
    const { photos: _photos, ...laid } = evidence
    return { ...episode, evidence: laid }
  }),
  requests: report.requests.map((request) => {
    if (request.kind !== 'appeal-red-face' || !request.hearing) return request
    const { words: _words, ...hearing } = request.hearing
    return { ...request, hearing } as typeof request
  }),
})

const raised = (report: Report): Report => toFieldsOfTrace(report as never) as never

const unsolved = ratedUnsolved()
test.each<[string, Report]>([
  ['who has looked at the number', takeAll(aReport(), 'accept', 'reveal-phone')],
  [
    'what was said to an appeal that waits, and the look since',
    take(
      take(
        take(unsolved, 'appeal-red-face', { by: secretary }),
        { kind: 'say-to-appeal', words: '下雨还是过不去', photos: ['photo-of-rain'] },
        { by: reporter },
      ),
      { kind: 'look', finding: 'unsolved', note: '还有水', photos: [] },
      { by: clerk },
    ),
  ],
  [
    'the photographs of evidence',
    take(unsolved, { kind: 'lay-evidence', note: '又垫了一层', photos: ['photo-of-it'] }, { by: secretary }),
  ],
])('%s is read from the lines of before, once', (_what, report) => {
  const then = asStoredThen(report)
  expect(then).not.toEqual(report)
  expect(raised(then)).toEqual(report)
  expect(raised(report)).toEqual(report)
})

test('what was never written has no field', () => {
  const report = take(aReport(), { kind: 'accept' })
  expect(raised(report)).toEqual(report)
})
