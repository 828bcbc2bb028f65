import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aReport,
  aVerdict,
  clerk,
  madePublic,
  newWork,
  reporter,
  ruleOn,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  thirdSupporter,
  wait,
} from '../../../support/builders'

const three = [supporter, secondSupporter, thirdSupporter]
const accepted = takeAll(supportedBy(aReport(), ...three), 'accept', 'contact')
const resolved = take(madePublic(take(accepted, 'declare-red-face')), 'resolve', { by: secretary })
const allSay = (report: Report, now = report.changedAt): Report =>
  three.reduce(
    (current, by) => take(current, { kind: 'answer-red-face', isGone: true, note: '' }, { by, now }),
    report,
  )
const weekLater = (report: Report): number => report.changedAt + 7 * dayMs + hourMs

describe('F5: the silence of a reporter after which three supporters clear', () => {
  test('is one in which they have said nothing', () => {
    const silent = allSay(resolved)
    expect(activeEpisode(wait(silent, weekLater(silent)).redFaces)).toBeUndefined()
  })

  test.each([
    { solved: 'partly', satisfaction: 'satisfied' },
    { solved: 'partly', satisfaction: 'dissatisfied' },
    { solved: 'yes', satisfaction: 'dissatisfied' },
  ] as const)('not where they have rated %j: it takes a look', (said) => {
    const rated = take(resolved, { kind: 'rate', rating: aVerdict(said) }, { by: reporter })
    const answered = allSay(madePublic(rated))
    const later = wait(answered, weekLater(answered))
    expect(activeEpisode(later.redFaces)).toBeDefined()
    const looked = take(take(later, 'ask-look', { by: secretary }), 'look', { by: clerk })
    expect(looked.redFaces[0]).toMatchObject({ consent: 'look' })
  })

  test('but what they rated was an earlier fix: of new evidence they may be silent', () => {
    const rated = take(
      resolved,
      { kind: 'rate', rating: aVerdict({ solved: 'partly' }) },
      { by: reporter, now: resolved.changedAt + 3 * dayMs },
    )
    const laid = allSay(take(rated, 'lay-evidence', { by: secretary, now: rated.changedAt + hourMs }))
    expect(activeEpisode(wait(laid, weekLater(laid)).redFaces)).toBeUndefined()
  })
})

describe('F3, F5: while a reporter appeals against a striking', () => {
  const unsolved = take(
    take(accepted, 'resolve', { by: secretary }),
    { kind: 'rate', rating: aVerdict({ solved: 'no' }) },
    { by: reporter },
  )
  const disputed = take(unsolved, 'appeal-red-face', { by: secretary })
  const heard = take(
    take(disputed, { kind: 'look', finding: 'solved', note: '好的', photos: ['l1'] }, { by: clerk }),
    'say-to-appeal',
    { by: reporter },
  )
  const struck = take(heard, ruleOn('appeal-red-face'), { by: clerk })
  const appealed = take(struck, 'appeal-struck', { by: reporter })
  const again = take(take(appealed, 'declare-red-face', { by: secretary }), 'resolve', { by: secretary })

  test('they are not silent: three supporters clear nothing, and the appeal waits', () => {
    const after = allSay(again, weekLater(again))
    expect(activeEpisode(after.redFaces)).toBeDefined()
    expect(after.requests.map(({ kind }) => kind)).toContain('appeal-struck')
  })

  test('A7, K8: where it falls all the same, by their own yes, who asked is told', () => {
    const posted = take(again, { kind: 'rate', rating: aVerdict() }, { by: reporter })
    const { until = 0 } = activeEpisode(posted.redFaces)?.posting ?? {}
    const cleared = wait(posted, until)
    expect(cleared.requests).toEqual([])
    const told = newWork(posted, cleared).flatMap((work) =>
      work.kind === 'message' && work.parts.some(({ template }) => template === 'request-dropped')
        ? [work.to]
        : [],
    )
    expect(told).toEqual(['reporter'])
  })
})

test('A7, K8: a supporter whose appeal falls is told, and of the others nobody', () => {
  const closed = wait(take(accepted, 'resolve', { by: secretary }), weekLater(accepted) + dayMs)
  const appealed = take(closed, 'appeal', { by: supporter, now: closed.changedAt })
  const reopened = take(
    appealed,
    { kind: 'rate', rating: aVerdict({ solved: 'no' }) },
    { by: reporter, now: closed.changedAt + hourMs },
  )
  expect(reopened.requests).toEqual([])
  const told = newWork(appealed, reopened).flatMap((work) =>
    work.kind === 'message' && work.parts.some(({ template }) => template === 'request-dropped')
      ? [work.to]
      : [],
  )
  expect(told).toMatchObject([{ personKey: supporter.name }])
})
