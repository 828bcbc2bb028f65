import { hourMs } from '../../cloudfunctions/domain/instant'
import { type ReportStatus, reportStatuses, statusKind } from '../../cloudfunctions/domain/report/lifecycle'
import type { Report } from '../../cloudfunctions/domain/report/report'
import { presentCard, presentReport } from '../../cloudfunctions/use-cases/present-report'
import { aCaller, aMembership, branch, law, reportIn, take } from '../support/builders'

const outsider = aCaller()
const secretary = aCaller({ memberships: [aMembership(branch, 'secretary')] })
const reporter = aCaller({ participation: 'reporter' })

const inWork = reportStatuses.filter((status) => statusKind(status) === 'working' && status !== 'suspended')

const shownTo = (caller: typeof outsider, report: Report, now: number) => {
  const urls = new Map()
  const views = [
    presentReport(report, caller, { law, now, urls, actorId: '' }),
    presentCard(report, caller, { rules: law.rules, now, urls }),
  ]
  return views.map((view) => {
    if (!view) throw new Error('hidden')
    const { runningDueAt, runningDueKind, isOverdue, isDueSoon } = view
    return { runningDueAt, runningDueKind, isOverdue, isDueSoon }
  })
}

const same = (fields: object) => [
  { isDueSoon: false, ...fields },
  { isDueSoon: false, ...fields },
]

describe.each(inWork)(
  'of a report that is %s and whose resident nobody has called in time',
  (status: ReportStatus) => {
    const report = reportIn(status)
    const { contactDueAt, resolveDueAt } = report.deadlines
    const now = contactDueAt + hourMs

    test('the branch and the resident read that the contact is late', () => {
      for (const caller of [secretary, reporter]) {
        expect(shownTo(caller, report, now)).toEqual(
          same({ runningDueAt: contactDueAt, runningDueKind: 'contact', isOverdue: true }),
        )
      }
    })

    test('everybody else reads when it has to be done by, and nothing of the contact', () => {
      expect(shownTo(outsider, report, now)).toEqual(
        same({ runningDueAt: resolveDueAt, runningDueKind: 'resolve', isOverdue: false }),
      )
      const called = take(report, 'contact', { now })
      for (const one of [report, called]) {
        expect(presentReport(one, outsider, { law, now, urls: new Map(), actorId: '' })).toMatchObject({
          contactDueAt: null,
          contactedAt: null,
        })
      }
    })

    test('everybody reads that it is late once it was to be done', () => {
      for (const caller of [outsider, secretary, reporter]) {
        expect(shownTo(caller, take(report, 'contact'), resolveDueAt)).toEqual(
          same({ runningDueAt: resolveDueAt, runningDueKind: 'resolve', isOverdue: true }),
        )
      }
    })
  },
)

test.each(reportStatuses)('what is due, and when, go together for a report that is %s', (status) => {
  const report = reportIn(status)
  for (const caller of [outsider, secretary, reporter]) {
    for (const { runningDueAt, runningDueKind } of shownTo(caller, report, report.changedAt)) {
      const dates = {
        accept: report.deadlines.acceptDueAt,
        contact: report.deadlines.contactDueAt,
        plan: report.deadlines.planDueAt ?? null,
        resolve: report.deadlines.resolveDueAt,
      }
      expect(runningDueAt).toBe(runningDueKind === null ? null : dates[runningDueKind])
    }
  }
})
