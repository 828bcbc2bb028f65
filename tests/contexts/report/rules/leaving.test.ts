import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { requestOf } from '../../../../cloudfunctions/contexts/report/rules/request'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aDecision,
  aReport,
  aVerdict,
  clerk,
  coReporter,
  madePublic,
  mondayAt,
  reporter,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'

type Child = ReturnType<typeof aChild>
const says = (isGone: boolean, photo?: string): ReportCommand => ({
  kind: 'answer-red-face',
  isGone,
  note: '',
  ...(photo ? { photo } : {}),
})
const childOf = (report: Report, more: Partial<Child> = {}): Child =>
  aChild({ deadlines: report.deadlines, mergedAt: report.changedAt, ...more })
const joins = (report: Report, child: Child): Report => take(report, { kind: 'absorb', child })
const leaves = (report: Report, { id, mergingNo }: Child): Report =>
  take(report, { kind: 'release', childReportId: id, mergingNo })
const later = (report: Report): Report => wait(report, report.changedAt + 20 * dayMs)

const accepted = takeAll(aReport({ decision: aDecision({ alternate: undefined }) }), 'accept', 'contact')
const listed = madePublic(take(supportedBy(accepted, supporter), 'declare-red-face'))

describe('M4, K8: what somebody asked for who has left is upheld for nobody', () => {
  const child = childOf(listed)
  const evidence = take(joins(listed, child), 'lay-evidence', { by: secretary })
  const said = take(evidence, says(false), { by: coReporter })
  const lookedAt = (report: Report): Report =>
    take(requestOf(report.requests, 'look') ? report : take(report, 'ask-look', { by: secretary }), 'look', {
      by: clerk,
    })

  test('an appeal against a look falls, and brings no no back', () => {
    const left = leaves(take(lookedAt(said), 'appeal-look', { by: coReporter }), child)
    expect(left.requests).toEqual([])
    const after = later(left)
    expect(activeEpisode(after.redFaces)).toBeUndefined()
    expect(after.reopenedAts).toEqual([])
  })

  test('where somebody else’s went with it, it is theirs alone, and brings back theirs alone', () => {
    const both = lookedAt(take(said, says(false, 'photo-x'), { by: supporter }))
    const appealed = take(take(both, 'appeal-look', { by: coReporter }), 'appeal-look', { by: supporter })
    const left = leaves(appealed, child)
    expect(requestOf(left.requests, 'appeal-look')).toMatchObject({ byKey: supporter.name })
    expect(requestOf(left.requests, 'appeal-look')?.joinedKeys).toBeUndefined()
    const words = activeEpisode(later(left).redFaces)?.words ?? []
    expect(words.map(({ key }) => key)).toEqual([supporter.name])
  })

  test('an appeal against a closing, of a supporter who came with it', () => {
    const theirs = childOf(accepted, { supporters: [{ key: supporter.name, at: mondayAt }] })
    const resolved = take(joins(accepted, theirs), 'resolve')
    const now = resolved.changedAt + 8 * dayMs
    const appealed = take(wait(resolved, now), 'appeal', { by: supporter, now })
    expect(later(appealed).reopenedAts).toHaveLength(1)
    expect(later(leaves(appealed, theirs)).reopenedAts).toEqual([])
  })

  test('an appeal of a reporter who withdraws', () => {
    const own = take(supportedBy(accepted, secondSupporter), 'declare-red-face')
    const waiting = take(madePublic(own), 'lay-evidence', { by: secretary })
    const looked = lookedAt(take(waiting, says(false), { by: reporter }))
    const appealed = take(looked, 'appeal-look', { by: reporter })
    const unsolved = { kind: 'rate', rating: aVerdict({ solved: 'no' }) } as const
    const again = take(appealed, unsolved, { by: reporter })
    expect(requestOf(again.requests, 'appeal-look')).toBeDefined()
    const { requests } = take(again, 'withdraw', { by: reporter })
    expect(requestOf(requests, 'appeal-look')).toBeUndefined()
  })
})

describe('what waited for somebody who leaves waits for them no more', () => {
  test('F5: the one yes that is needed now clears', () => {
    const alone = madePublic(take(accepted, 'declare-red-face'))
    const child = childOf(alone)
    const evidence = take(joins(alone, child), 'lay-evidence', { by: secretary })
    const left = leaves(take(evidence, says(true), { by: reporter }), child)
    expect(left.redFaces[0]?.consent).toBe('reporter')
  })

  describe('K9: every reporter has agreed', () => {
    const child = childOf(accepted)
    const hardening = { kind: 'reclassify', categoryId: 'lane-hardening', note: '' } as const
    const asked = take(joins(accepted, child), hardening, { by: secretary })
    const agreed = (by = reporter): Report => take(asked, { kind: 'agree', request: 'reclassify' }, { by })

    test('once whoever had not has taken their report out', () => {
      expect(agreed().categoryId).toBe(accepted.categoryId)
      expect(leaves(agreed(), child)).toMatchObject({ categoryId: 'lane-hardening', requests: [] })
    })

    test('or has withdrawn', () => {
      expect(take(agreed(coReporter), 'withdraw', { by: reporter }).categoryId).toBe('lane-hardening')
    })

    test('not where nobody is left, or who is left has not', () => {
      expect(leaves(agreed(coReporter), child).categoryId).toBe(accepted.categoryId)
    })
  })

  test('lifecycle: every reporter has answered, and the last of their answers says how it ended', () => {
    const child = childOf(accepted)
    const resolved = take(joins(accepted, child), 'resolve')
    const partly = { kind: 'rate', rating: aVerdict({ solved: 'partly' }) } as const
    const left = leaves(take(resolved, partly, { by: reporter }), child)
    expect(left.status).toBe('closed')
    expect(left.timeline).toContainEqual(
      expect.objectContaining({ kind: 'closed', facts: { because: 'partly-solved' } }),
    )
    expect(leaves(resolved, child).status).toBe('resolved')
  })
})
