import {
  activeEpisode,
  type CauseRecord,
  type RedFaceCause,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { isOneOfOurs } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aCategory,
  aChild,
  aDecision,
  aMembership,
  aReport,
  community,
  farBranch,
  madePublic,
  otherBranch,
  type Person,
  refusalFrom,
  reporter,
  secretary,
  supportedBy,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'

const says = (isGone: boolean): ReportCommand => ({ kind: 'answer-red-face', isGone, note: '' })
const consents = (report: Report) => report.redFaces.flatMap(({ consent }) => consent ?? [])
const lay = (report: Report): Report => take(report, 'lay-evidence', { by: secretary })
/** With the branch from the first, and with nobody else. */
const withBranch = { decision: aDecision({ alternate: undefined }), category: aCategory('lane-hardening') }

const refOf = ({ id, name, path }: typeof otherBranch) => ({ id, name, path })
const causeOf = (
  report: Pick<Report, 'changedAt'>,
  unit: typeof otherBranch,
  cause: RedFaceCause = 'resolve-overdue',
): CauseRecord => ({
  no: 1,
  cause,
  unit: refOf(unit),
  at: report.changedAt - 2 * dayMs,
  publicAt: report.changedAt - dayMs,
  publishedAt: report.changedAt - dayMs,
  wasAppealed: false,
})

describe('H3: whoever is on the list for a matter clears nothing there, wherever it lies', () => {
  const worker = (name: string): Person => ({
    name,
    memberships: [aMembership(otherBranch, 'grid-worker')],
  })
  const workers = ['one', 'two', 'three'].map(worker)
  /** On the list of another branch that never had it: it comes back there, or the cause came along. */
  const listed: readonly (readonly [string, (reporterKey?: string) => Report])[] = [
    [
      'it comes back to them',
      (reporterKey = reporter.name) =>
        madePublic(
          takeAll(
            aReport({ ...withBranch, reporterKey, isRecurring: true, recurringUnit: refOf(otherBranch) }),
            'accept',
          ),
        ),
    ],
    [
      'their cause came along',
      (reporterKey = reporter.name) => {
        const parent = takeAll(aReport({ ...withBranch, reporterKey }), 'accept')
        const child = aChild({
          reporterKey: null,
          causes: [causeOf(parent, otherBranch)],
          deadlines: parent.deadlines,
          mergedAt: parent.changedAt,
        })
        return take(parent, { kind: 'absorb', child })
      },
    ],
  ]

  test.each(listed)('%s: their own yes as the reporter is silence, their no is one', (_how, on) => {
    const [own] = workers as [Person]
    const asked = lay(on(own.name))
    expect(refusalFrom(asked, says(true), { by: own })).toBe('not-eligible')
    expect(activeEpisode(take(asked, says(false), { by: own }).redFaces)?.words).toHaveLength(1)
    // Of anybody else it is a yes.
    expect(consents(take(lay(on()), says(true), { by: reporter }))).toEqual(['reporter'])
  })

  test.each(listed)('%s: three of them clear nothing in silence', (_how, on) => {
    const asked = lay(supportedBy(on(), ...workers))
    for (const by of workers) expect(refusalFrom(asked, says(true), { by })).toBe('not-eligible')
    expect(consents(wait(asked, asked.changedAt + 8 * dayMs))).toEqual([])
  })

  test.each(listed)('%s: with them all above them, and nobody beside them', (_how, on) => {
    const of = (unit: typeof otherBranch) => aCaller({ memberships: [aMembership(unit, 'leader')] })
    expect(isOneOfOurs(of(otherBranch), on())).toBe(true)
    expect(isOneOfOurs(of(community), on())).toBe(otherBranch.path.includes(community.id))
    expect(isOneOfOurs(of(farBranch), on())).toBe(false)
  })

  test('who had an earlier report of the matter is concerned like whoever has it', () => {
    const report = { ...aReport(withBranch), earlierStints: [{ unit: refOf(farBranch), from: 0 }] }
    const of = aCaller({ memberships: [aMembership(farBranch, 'grid-worker')] })
    expect(isOneOfOurs(of, report)).toBe(true)
  })
})
