import * as fc from 'fast-check'
import { defaultCategories } from '../../../../cloudfunctions/contexts/category/rules/category'
import { toReportDocument } from '../../../../cloudfunctions/contexts/report/report-documents'
import { deadlinesAhead } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { distanceMetres } from '../../../../cloudfunctions/ground/geometry'
import {
  aCategory,
  aDecision,
  aReport,
  aSubmission,
  branch,
  mondayAt,
  otherBranch,
  township,
} from '../../../support/builders'

const recipients = (report: ReturnType<typeof aReport>) =>
  report.outbox.flatMap((entry) =>
    entry.kind === 'message'
      ? [typeof entry.to === 'object' && 'unitId' in entry.to ? entry.to.unitId : entry.to]
      : [],
  )

describe('a report that is submitted', () => {
  test('goes to the branch that is responsible; branch, neighbour and reporter are told', () => {
    const report = aReport()
    expect(report).toMatchObject({
      rev: 1,
      status: 'routed',
      answerableUnit: { id: branch.id, name: branch.name },
      isSorting: false,
      unitPath: branch.path,
      submittedAt: mondayAt,
    })
    expect(recipients(report)).toEqual(['reporter', branch.id, otherBranch.id])
  })

  test('that nobody can be found for waits with the township, and its place joins the coverage gaps', () => {
    const report = aReport({
      responsible: null,
      decision: aDecision({ policy: 'hand-sorting', alternate: undefined, isCoverageGap: true }),
    })
    expect(report).toMatchObject({
      status: 'unrouted',
      answerableUnit: { id: township.id, name: township.name },
      isSorting: true,
    })
    expect(recipients(report)).toEqual(['reporter', township.id])
    expect(report.outbox.map((entry) => entry.kind)).toContain('coverage-gap')
  })

  test('in words only leaves no gap on the map', () => {
    const report = aReport({
      responsible: null,
      place: { words: '供销社往东' },
      decision: aDecision({ policy: 'hand-sorting', alternate: undefined }),
    })
    expect(report.outbox.map((entry) => entry.kind)).not.toContain('coverage-gap')
    expect(report.publicPoint).toBeUndefined()
    expect(toReportDocument(report).spots).toEqual([])
  })

  test('remembers what its reporter was told', () => {
    const report = aReport()
    expect(report.firstAnswer).toEqual({
      status: 'routed',
      unitName: branch.name,
      reasons: aDecision().reasons,
      isProvisional: true,
      acceptDueAt: report.deadlines.acceptDueAt,
      contactDueAt: report.deadlines.contactDueAt,
      resolveDueAt: report.deadlines.resolveDueAt,
    })
    expect(report.timeline[0]).toMatchObject({
      kind: 'submitted',
      commandId: 'c-submit',
      rev: 1,
      status: 'routed',
    })
  })

  test.each(
    defaultCategories.flatMap((category) =>
      ['a resident', 'nobody'].map((who) => [category.id, who, category] as const),
    ),
  )(
    'of the kind %s, by %s, promises every date that its clocks run for, and none besides',
    (_id, who, category) => {
      const report = aReport({ category, ...(who === 'nobody' ? { reporterKey: null } : {}) })
      const { acceptDueAt, contactDueAt, planDueAt, resolveDueAt } = report.firstAnswer
      const told = { accept: acceptDueAt, contact: contactDueAt, plan: planDueAt, resolve: resolveDueAt }
      expect(Object.entries(told).filter(([, dueAt]) => dueAt !== undefined)).toEqual(
        deadlinesAhead(report).map(({ kind, dueAt }) => [kind, dueAt]),
      )
    },
  )

  test('F1: where the same keeps happening is kept for who accepts it, with the unit whose fix did not hold', () => {
    expect(aReport()).not.toHaveProperty('comesBackTo')
    const elsewhere = { id: otherBranch.id, name: otherBranch.name, path: otherBranch.path }
    const ofOthers = aReport({ isRecurring: true, recurringUnit: elsewhere })
    expect(ofOthers).toMatchObject({ comesBackTo: elsewhere, redFaces: [] })
    expect(aReport({ isRecurring: true }).comesBackTo?.id).toBe(branch.id)
  })

  test('shows the public neither the resident’s words nor the exact place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultCategories),
        fc.record({
          lng: fc.double({ min: 97.2, max: 126.1, noNaN: true }),
          lat: fc.double({ min: 37.4, max: 53.4, noNaN: true }),
        }),
        (category, point) => {
          const report = aReport({
            category,
            text: '王大爷家门口',
            place: { point, words: '红砖房' },
          })
          const shown = JSON.stringify([
            report.publicSummary,
            report.timeline.filter((event) => event.visibility === 'public'),
            report.outbox.map((work) => (work.kind === 'message' ? messageText(work).text : work)),
          ])
          expect(shown).not.toContain('王大爷')
          expect(shown).not.toContain('红砖房')
          expect(report.publicPoint).toBeDefined()
          if (report.publicPoint) expect(distanceMetres(point, report.publicPoint)).toBeLessThan(100)
          const decimals = /\.\d{4,}/
          expect(`${report.publicPoint?.lng} ${report.publicPoint?.lat}`).not.toMatch(decimals)
        },
      ),
    )
  })

  test.each(defaultCategories.map((category) => category.id))(
    'of the category %s runs from the hour it came, first accept, then contact, then resolve',
    (id) => {
      const { deadlines } = aReport({ category: aCategory(id) })
      expect(deadlines.startedAt).toBe(mondayAt)
      expect(deadlines.acceptDueAt).toBeGreaterThan(mondayAt)
      expect(deadlines.contactDueAt).toBeGreaterThanOrEqual(deadlines.acceptDueAt)
      expect(deadlines.resolveDueAt).toBeGreaterThanOrEqual(deadlines.contactDueAt)
    },
  )

  test('that the branch lists itself has its category’s clocks, no reporter and a cause from the start', () => {
    const declared = aReport({ reporterKey: null, hasPhone: false })
    expect(declared.deadlines).toEqual(aReport().deadlines)
    expect(declared.redFaces).toMatchObject([{ causes: [{ cause: 'declared', unit: { id: branch.id } }] }])
    expect(declared.timeline[0]).toMatchObject({ kind: 'declared', side: 'staff' })
    expect(recipients(declared)).toEqual([otherBranch.id])
  })

  test('follows from its submission alone', () => {
    expect(aReport(aSubmission())).toEqual(aReport(aSubmission()))
  })
})
